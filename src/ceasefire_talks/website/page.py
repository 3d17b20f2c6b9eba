"""A file of the site, and lists that go over several pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

# Where the late part of a page goes.
LATE = "<!-- late -->"
# So near to the current page, a page of a list is named by its number.
_NEAR = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site.

    Attributes:
        path: where it lies, relative to the root of the site's sources, with forward slashes.
        content: its Markdown or HTML; what makes it, where there are many of its kind; or the file whose bytes it is.
        in_nav: whether the navigation should lead to it; false for those that other pages lead to.
        late: what makes the HTML for the place that `LATE` marks in the Markdown. It goes into the finished page:
            neither Markdown nor the search index has to read through it.
    """

    path: str
    content: str | Callable[[], str] | Path
    in_nav: bool = True
    late: Callable[[], str] | None = None

    def text(self) -> str:
        """Its content, made now if it was not before.

        Raises:
            OSError: it is a file that cannot be read.
            UnicodeError: it is a file that is not UTF-8.
        """
        if isinstance(self.content, Path):
            return self.content.read_text("utf-8")
        return self.content if isinstance(self.content, str) else self.content()

    def whole(self) -> str:
        """Its content with the late part in place.

        Raises:
            OSError: it is a file that cannot be read.
            UnicodeError: it is a file that is not UTF-8.
        """
        return self.text().replace(LATE, self.late()) if self.late else self.text()


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """What one of several pages shows of a list.

    Attributes:
        items: its share.
        number: which page it is, from 1; `count`, of how many.
    """

    items: Sequence[T]
    number: int
    count: int

    @property
    def numbers(self) -> Iterator[int | None]:
        """The pages to name in a pager: the first, the last, and those near this one; None where some are left out."""
        last = 0
        for number in range(1, self.count + 1):
            if number in (1, self.count) or abs(number - self.number) <= _NEAR:
                yield from [None] if number - last > 1 else []
                yield number
                last = number


def parts(items: Iterable[T], most: int, weight: Callable[[T], int], heaviest: int) -> list[Part[T]]:
    """A list in parts; there is always one, if only an empty one.

    Args:
        items: the list.
        most: how many items a part may have.
        weight: of an item.
        heaviest: how much a part may weigh, unless a single item weighs more.
    """
    shares: list[list[T]] = [[]]
    total = 0
    for item in items:
        heavy = weight(item)
        if shares[-1] and (len(shares[-1]) == most or total + heavy > heaviest):
            shares.append([])
            total = 0
        shares[-1].append(item)
        total += heavy
    return [Part(share, number, len(shares)) for number, share in enumerate(shares, 1)]


def numbered(path: str, number: int) -> str:
    """The path of a page of a list; the first has no number, so that its address stays when the list grows."""
    stem, _, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}.{number}.{suffix}"
