"""From words to dates: the public functions of the date reader."""

from __future__ import annotations

from datetime import date

from ceasefire_talks.text.edtf import EdtfError, parse
from ceasefire_talks.text.times.compound import read
from ceasefire_talks.text.times.model import AnchorNeededError, Context, Direction, Reading, TimeError
from ceasefire_talks.text.times.patterns import canonical

LONGEST_EXPRESSION = 200


def read_time(text: str, published: date, *, anchor: date | None = None, direction: Direction | None = None) -> Reading:
    """The date that an expression such as "late September" or "over the past week" states.

    Args:
        text: the expression, with its preposition or without.
        published: the day of publication, from which relative words are resolved.
        anchor: the day that "then", "the day before" or "the days leading up to the visit" refer to.
        direction: the tense of the sentence, past or future. Without it "on Tuesday" keeps both readings.

    Raises:
        AnchorNeededError: they tell the date from another day; read them with it as the anchor.
        TimeError: the words are no date that the grammar reads, or contradict themselves.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise TimeError(f"{text[:40]!r}… is too long for a date expression")
    try:
        reading = read(canonical(text), Context(published, anchor, direction))
        parse(reading.edtf)
    except AnchorNeededError as error:
        raise AnchorNeededError(f"{text!r}: {error}", error.named) from error
    except (TimeError, EdtfError) as error:
        raise TimeError(f"{text!r}: {error}") from error
    except (OverflowError, ValueError) as error:
        raise TimeError(f"{text!r}: the calendar does not reach so far") from error
    return reading
