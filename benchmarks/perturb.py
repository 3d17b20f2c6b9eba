"""How the matcher judges the sentences of an article of which a copy has been edited.

    python benchmarks/perturb.py [--seed N] [--rounds N]

The articles are fictional and stand in `articles/`, the edits in `perturbations/`. An edit of the whole article is
tried so many rounds on each; an edit of one sentence on every sentence that has something to edit. What the columns
mean and what is right stands in docs/robustness.md. The exit code is 1 if a sentence whose type alone was edited is not
proven, or if one whose words were edited is.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from perturbations.corpus import Article, Span, read_articles
from perturbations.edits import ADDED, CLAUSES, GONE, ORDERS, WORDS, Copy, Edit, Order
from perturbations.pages import PAGES, Page
from perturbations.typography import TYPOGRAPHY, UNFORGIVEN, Typography, hyphenated, straight_quotes

from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.documents import read_document
from ceasefire_talks.tracing.match import Match, align

SEED, ROUNDS, COLUMNS = 1, 3, 40

Counts = Counter[str]
Articles = Sequence[Article]


def of_typography(edit: Typography, articles: Articles, random: Random, rounds: int = 1) -> Counts:
    """How many sentences have which status in copies of which the type alone was edited."""
    counts: Counts = Counter()
    for article in articles:
        for _ in range(rounds):
            matches = align(article.ledger, normalise(edit(article.document, random))).matches
            counts.update(match.status for match in matches)
            counts.update(sentences=len(matches), proven=sum(match.proven for match in matches))
    return counts


def of_pages(page: Page, articles: Articles, random: Random, rounds: int = 1) -> Counts:
    """How many sentences are proven by what is taken for a page's article, and by all that the page shows."""
    counts: Counts = Counter()
    for article in articles:
        for _ in range(rounds):
            document = read_document(page(article.document, random).encode(), kind="html")
            for name, text in (("in its article", document.text), ("proven", document.page)):
                found = align(article.ledger, normalise(text))
                counts[name] += sum(match.proven for match in found.matches)
            counts.update(sentences=len(article), new=len(found.new))
    return counts


def of_words(edit: Edit, articles: Articles, random: Random, *, wrapped: bool = False) -> Counts:
    """How many edited sentences have which status, and how many of the others are proven in their order.

    Args:
        edit: of one sentence.
        articles: what to try it on, every sentence in turn.
        random: what it draws from.
        wrapped: whether the copy is then hyphenated and its quotes made straight; places are not judged in such a one.
    """
    counts: Counts = Counter()
    for article, copy in _copies(edit, articles, random):
        text = normalise(straight_quotes(hyphenated(copy.text, COLUMNS), random)) if wrapped else copy.text
        matches = align(article.ledger, text).matches
        counts.update(_judged(matches[i], None if wrapped else copy.place) for i in copy.touched)
        counts.update(edited=len(copy.touched), **_others(matches, copy.touched))
    return counts


def of_added(edit: Edit, articles: Articles, random: Random) -> Counts:
    """How many sentences put in are reported, just as they stand, and how many others are proven in their order."""
    counts: Counts = Counter()
    for article, copy in _copies(edit, articles, random):
        found = align(article.ledger, copy.text)
        # Words, not places: of two that follow each other, either is the repetition.
        reported = [copy.text[one.start : one.end] for one in (*found.new, *found.repeated)]
        right = copy.place is not None and reported == [copy.text[slice(*copy.place)]]
        counts.update(edited=1, right=right, **_others(found.matches, ()))
    return counts


def of_order(edit: Order, articles: Articles, random: Random, rounds: int = 1) -> Counts:
    """How many sentences are proven, how many `moved`, and how many of the copies have no more `moved` than must be."""
    counts: Counts = Counter()
    for article in articles:
        for _ in range(rounds):
            text, order = edit(article, random)
            matches = align(article.ledger, text).matches
            moved = sum(match.status == "moved" for match in matches)
            right = moved == len(order) - _longest_rising(order)
            proven = sum(match.proven for match in matches)
            counts.update(copies=1, right=right, moved=moved, proven=proven, sentences=len(matches))
    return counts


def _copies(edit: Edit, articles: Articles, random: Random) -> Iterator[tuple[Article, Copy]]:
    for article in articles:
        for index in range(len(article)):
            copy = edit(article, index, random)
            if copy is not None:
                yield article, copy


def _judged(match: Match, place: Span | None) -> str:
    if match.proven:
        return "proven"
    if match.start is None or match.end is None or place is None:
        return match.status
    first, last = max(match.start, place[0]), min(match.end, place[1])
    return "altered" if (first, last) in (place, (match.start, match.end)) else "elsewhere"


def _others(matches: Sequence[Match], touched: Sequence[int]) -> dict[str, int]:
    others = [match.status for i, match in enumerate(matches) if i not in touched]
    return {"others": len(others), "in order": others.count("exact") + others.count("reformatted")}


def _longest_rising(values: Sequence[int]) -> int:
    tails: list[int] = []
    for value in values:
        i = bisect_left(tails, value)
        tails[i : i + 1] = [value]
    return len(tails)


class Table:
    """Lines of Markdown, one an edit, with a sum below."""

    def __init__(self, title: str, columns: Sequence[str]) -> None:
        self._columns = columns
        self._sum: Counts = Counter()
        heads = [column.capitalize() for column in columns]
        print(f"\n**{title}**\n\n| Edit | {' | '.join(heads)} |\n|---{'|--:' * len(columns)}|", flush=True)

    def add(self, name: str, counts: Counts) -> None:
        """Print a line."""
        self._sum.update(counts)
        self._print(name, counts)

    def close(self) -> Counts:
        """Print the sum, and give it."""
        self._print("all", self._sum)
        return self._sum

    def _print(self, name: str, counts: Counts) -> None:
        cells = (f"{counts[column]:,}" for column in self._columns)
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


STATUSES = ("sentences", "proven", "exact", "reformatted", "moved", "altered", "lost")


class Run:
    """Every table, each with what is required of it.

    Attributes:
        met: whether all that is required was found so far.
    """

    def __init__(self, seed: int, rounds: int) -> None:
        self._seed, self._rounds = seed, rounds
        self._articles = read_articles()
        self.met = True
        sentences = sum(map(len, self._articles))
        print(f"{len(self._articles)} articles, {sentences} sentences, seed {seed}, rounds {rounds}")

    def type_alone(self) -> None:
        """Required: every sentence is proven."""
        table = Table("The type alone", STATUSES)
        for name, edit in TYPOGRAPHY.items():
            table.add(name, of_typography(edit, self._articles, self._random(name), self._rounds))
        self._require_all(table.close())

    def web_pages(self) -> None:
        """Required: every sentence is proven."""
        table = Table("Web pages", ("sentences", "proven", "in its article", "new"))
        for name, page in PAGES.items():
            table.add(name, of_pages(page, self._articles, self._random(name), self._rounds))
        self._require_all(table.close())

    def words(self, *, wrapped: bool) -> None:
        """Required: no sentence is proven of which words are others or gone."""
        title = f"The words, in a copy hyphenated at {COLUMNS} columns" if wrapped else "The words"
        table = Table(title, ("edited", "proven", "altered", "elsewhere", "lost", "others", "in order"))
        for name, edit in (WORDS | CLAUSES | GONE).items():
            table.add(name, of_words(edit, self._articles, self._random(name), wrapped=wrapped))
        self.met &= table.close()["proven"] == 0

    def put_in(self) -> None:
        """Required: all others are proven."""
        table = Table("Sentences put in", ("edited", "right", "others", "in order"))
        for name, edit in ADDED.items():
            table.add(name, of_added(edit, self._articles, self._random(name)))
        total = table.close()
        self.met &= total["in order"] == total["others"]

    def order(self) -> None:
        """Required: every sentence is proven."""
        table = Table("The order", ("copies", "right", "sentences", "proven", "moved"))
        for name, edit in ORDERS.items():
            table.add(name, of_order(edit, self._articles, self._random(name), self._rounds))
        self._require_all(table.close())

    def unforgiven(self) -> None:
        """Nothing is required."""
        table = Table("What is not forgiven", STATUSES)
        for name, edit in UNFORGIVEN.items():
            table.add(name, of_typography(edit, self._articles, self._random(name)))

    def _random(self, name: str) -> Random:
        return Random(f"{self._seed} {name}")

    def _require_all(self, total: Counts) -> None:
        self.met &= total["proven"] == total["sentences"]


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description="Try the matcher on edited copies of fictional articles.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="copies of an article for each edit of the whole")
    arguments = parser.parse_args()
    run = Run(arguments.seed, arguments.rounds)
    run.type_alone()
    run.web_pages()
    run.words(wrapped=False)
    run.words(wrapped=True)
    run.put_in()
    run.order()
    run.unforgiven()
    print("\nAll requirements are met." if run.met else "\nNOT all requirements are met.")
    return 0 if run.met else 1


if __name__ == "__main__":
    sys.exit(main())
