"""The lines that a web page shows, in the order of the page. No script is run and nothing is loaded.

The parser reports elements as it meets them and builds no tree, so that neither depth nor size of a page can hurt.
Hidden elements are read too: what a script would have shown, such as the rest of an article, is there for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from lxml import etree

_UNREAD = frozenset(("script", "style", "title", "svg", "select", "datalist", "textarea", "iframe"))
_WITHIN_A_LINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "q", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_FURNITURE = frozenset(("nav", "aside", "footer", "menu", "dialog", "button", "label"))
_FURNITURE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search", "menu"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|banner|breadcrumbs?|comments?|cookies?|consent|discussion|footer|masthead|menu|"
    r"mostpopular|mostread|nav\w*|newsletters?|outbrain|paywall|popup|promo\w*|recirc\w*|recommend\w*|related\w*|share|"
    r"sharing|sharedaddy|sidebar|signup|social\w*|sponsor\w*|subscri\w+|taboola|toolbar|trending|widgets?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NEVER_FURNITURE = frozenset(("html", "body", "main", "article"))
_LONGEST_NAME = 1000
# Two sentences in neighbouring elements stand apart by style alone.
_END_OF_SENTENCE = re.compile(r"[\w”’\"')]{2}[.!?…][\"'”’»)]*$")
_START_OF_SENTENCE = re.compile(r"[\"'“‘«(]?[^\W\d_]")
_BLANK = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands between two line breaks of a page.

    Attributes:
        text: its words, white space collapsed.
        headline: it is a heading of the first rank.
        linked: the share of its characters that stand in links, 0 to 1.
        furniture: it stands in a menu, a box beside the text, an advert, a discussion or the like, as far as the
            page's own mark-up says so.
    """

    text: str
    headline: bool
    linked: float
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as lines.

    Attributes:
        lines: all that it shows or hides, in its own order.
        elements: how many elements it has.
        depth: how deep they are nested.
        attributes: the most attributes that one of them has.
    """

    lines: list[Line]
    elements: int
    depth: int
    attributes: int


def read_page(html: str) -> Page:
    """The lines of a page.

    Args:
        html: a page or a part of one, as text; what it declares about its encoding is ignored.
    """
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, huge_tree=True)
    if html.strip():
        parser.feed(html.encode("utf-8", "replace"))
        parser.close()
    lines = [replace(line, furniture=mark) for line, mark in zip(reader.lines, reader.furniture(), strict=True)]
    return Page(lines, reader.elements, reader.depth, reader.attributes)


class _Reader:
    """What the parser reports to; it reports an end for every start, in the right order, whatever the page."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.elements = self.depth = self.attributes = 0
        self._open: list[tuple[str, int | None]] = []
        self._spans: list[tuple[int, int]] = []
        self._unread = self._links = self._headlines = self._verbatim = 0
        self._text: list[str] = []
        self._linked = 0
        self._at_tag = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._separate(tag)
        self._count(tag, 1)
        self._open.append((tag, len(self.lines) if _is_furniture(tag, attributes) else None))
        self.elements += 1
        self.depth = max(self.depth, len(self._open))
        self.attributes = max(self.attributes, len(attributes))

    def end(self, tag: str) -> None:
        self._separate(tag)
        self._count(tag, -1)
        first = self._open.pop()[1]
        if first is not None:
            self._spans.append((first, len(self.lines)))

    def data(self, text: str) -> None:
        if self._unread:
            return
        if self._at_tag and self._is_between_sentences(text):
            self._break()
        self._at_tag = False
        first, *others = text.split("\n") if self._verbatim else [text]
        self._add(first)
        for other in others:
            self._break()
            self._add(other)

    def close(self) -> None:
        self._break()

    def furniture(self) -> Iterator[bool]:
        """For every line whether it is in furniture; what holds most of the page's words is none, whatever its name."""
        sizes = [0, *accumulate(len(line.text) for line in self.lines)]
        steps = [0] * (len(self.lines) + 1)
        for first, last in self._spans:
            if 2 * (sizes[last] - sizes[first]) <= sizes[-1]:
                steps[first] += 1
                steps[last] -= 1
        return (count > 0 for count in list(accumulate(steps))[:-1])

    def _separate(self, tag: str) -> None:
        if tag not in _WITHIN_A_LINE:
            self._break()
        self._at_tag = True

    def _count(self, tag: str, step: int) -> None:
        self._unread += step * (tag in _UNREAD)
        self._links += step * (tag == "a")
        self._headlines += step * (tag == "h1")
        self._verbatim += step * (tag == "pre")

    def _add(self, text: str) -> None:
        self._text.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _is_between_sentences(self, text: str) -> bool:
        before = "".join(self._text[-3:])[-8:]
        return bool(_START_OF_SENTENCE.match(text) and _END_OF_SENTENCE.search(before))

    def _break(self) -> None:
        text = _BLANK.sub(" ", "".join(self._text)).strip(" ")
        if text:
            self.lines.append(Line(text, self._headlines > 0, min(self._linked / len(text), 1.0)))
        self._text, self._linked = [], 0


def _is_furniture(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in _NEVER_FURNITURE:
        return False
    if tag in _FURNITURE or attributes.get("role") in _FURNITURE_ROLES:
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return bool(_FURNITURE_NAMES.search(names[:_LONGEST_NAME]))
