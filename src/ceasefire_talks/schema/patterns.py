"""Patterns of a schema, run on an engine that cannot hang.

A pattern comes from a descriptor, and a descriptor is untrusted: on Python's backtracking engine `(a+)+$` takes years
for thirty letters. RE2 takes time linear in the text, needs no more memory than it is allowed, and knows neither
look-around nor back-references; whoever needs those gets `UnsupportedPatternError` and is told that the column was not
checked, rather than a risk. Length is bounded too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import re2

LONGEST = 10_000
MEMORY = 8 << 20


class UnsupportedError(ValueError):
    """Something of a schema is right, but is not tested here; the message says why."""


class PatternError(ValueError):
    """The pattern is no regular expression; the message says why."""


class UnsupportedPatternError(PatternError, UnsupportedError):
    """The pattern is a regular expression, but no safe engine runs it; the message says why."""


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A function that tells whether a whole text matches; Table Schema anchors patterns at both ends.

    Raises:
        PatternError: the pattern is no regular expression.
        UnsupportedPatternError: it is one, but is too long, too large, or uses look-around or back-references.
    """
    if len(pattern) > LONGEST:
        raise UnsupportedPatternError(f"it is longer than {LONGEST} characters")
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options=options)
    except re2.error as error:
        raise _refusal(pattern, error) from error
    return lambda text: compiled.fullmatch(text) is not None


def _refusal(pattern: str, error: Exception) -> PatternError:
    reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error.args[0])
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return PatternError(reason)
    return UnsupportedPatternError(reason)
