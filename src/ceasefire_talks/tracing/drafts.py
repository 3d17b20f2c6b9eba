"""Draft rows: the figures and dates that the readers find in a text, for a coder to accept or delete.

A draft is no data. It lies outside `data/` and holds at most seven words in a row. What only a person can say it leaves
empty: what is counted, what happened, who says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ceasefire_talks.package.record import cell_text
from ceasefire_talks.text.normalise import count_words
from ceasefire_talks.text.quantities import LocatedQuantity, find_quantities
from ceasefire_talks.text.segment import Sentence
from ceasefire_talks.text.times import LocatedReading, find_times

DRAFTS = "drafts.csv"
COLUMNS = (
    "draft_id",
    "column",
    "sentence_id",
    "start",
    "end",
    "words",
    "measure",
    "low",
    "high",
    "qualifier",
    "unit",
    "date",
    "date_min",
    "date_max",
    "date_precision",
    "date_basis",
    "subject",
    "summary",
    "type",
    "status",
    "attribution",
    "attributed_to",
)
LANGUAGE = "en"
_MOST_WORDS = 7
# What the words by themselves say is measured; a count may be of anything.
_MEASURES = {
    "money": "cost",
    "duration": "duration",
    "recency": "recency",
    "distance": "distance",
    "share": "share",
    "extent": "extent",
}

_ON = re.compile(r"\b[Oo]n $")

Cells = dict[str, str]


def propose(sentences: Iterable[tuple[str, Sentence]], published: date) -> Iterator[Cells]:
    """The drafts of an English text, by sentence and place; `draft_id` is left to the caller.

    Args:
        sentences: each with its id.
        published: the day of publication, from which relative dates are resolved.

    Returns:
        Cells by column. `column` is what the draft is for: `value_text` of a figure or `date` of an event or position;
        `start` and `end` are code-point offsets within the sentence, end-exclusive.
    """
    for sentence_id, sentence in sentences:
        figures = [_figure(found) for found in find_quantities(sentence.text)]
        dates = [_date(found, sentence.text) for found in find_times(sentence.text, published)]
        for draft in sorted((*figures, *dates), key=lambda draft: (int(draft["start"]), draft["column"])):
            words = sentence.text[int(draft["start"]) : int(draft["end"])]
            draft |= {"sentence_id": sentence_id, "words": words if count_words(words) <= _MOST_WORDS else ""}
            yield {column: draft.get(column, "") for column in COLUMNS}


def draft_id(number: int) -> str:
    """The id of a draft."""
    return f"dr-{number:04d}"


def next_number(ids: Iterable[str]) -> int:
    """The number for the next draft behind those with these ids."""
    numbers = (one.removeprefix("dr-") for one in ids)
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def _figure(found: LocatedQuantity) -> Cells:
    quantity = found.quantity
    return {
        "column": "value_text",
        "start": str(found.start),
        "end": str(found.end),
        "measure": _MEASURES.get(quantity.kind, ""),
        "low": cell_text(quantity.low),
        "high": cell_text(quantity.high),
        "qualifier": quantity.qualifier,
        "unit": quantity.unit or "",
    }


def _date(found: LocatedReading, sentence: str) -> Cells:
    reading = found.reading
    # A coder marks "on Friday", which the reader finds as "Friday".
    on = _ON.search(sentence, 0, found.start)
    return {
        "column": "date",
        "start": str(on.start() if on else found.start),
        "end": str(found.end),
        "date": reading.edtf,
        "date_min": cell_text(reading.earliest),
        "date_max": cell_text(reading.latest),
        "date_precision": reading.precision,
        "date_basis": reading.basis,
    }
