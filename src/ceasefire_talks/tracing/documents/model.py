"""What reading a copy gives, and the error that says why one could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ceasefire_talks.package.errors import PackageError

Kind = Literal["text", "html", "markdown"]


class DocumentError(PackageError):
    """A copy of a text could not be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a copy, not yet in normal form.

    Attributes:
        text: what is taken for the article. Of a web page, the lines from its headline to the last of its article,
            without menus, adverts and boxes; of Markdown, without the marks.
        page: all that there is to read, equal to `text` where nothing was left out: every line that a web page shows
            or hides, Markdown as written. What is not in `text` and should be is here.
        kind: how it was read.
    """

    text: str
    page: str
    kind: Kind
