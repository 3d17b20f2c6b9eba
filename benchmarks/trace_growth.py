"""How time and memory grow with the ledger, against a copy that has all of its sentences.

    python benchmarks/trace_growth.py [--most SENTENCES] [--runs N]

Each size is measured in a process of its own, so many runs: the least processor seconds of `align`, the least and the
most seconds on the wall, and the most memory that the process held, which includes ledger, copy and result. The
exponent is the slope of the processor seconds over the sizes, both in logarithms: 1 is linear. The exit code is 1 if
the plain copy of any size took 10 s or more in its shortest run, or 1 GB or more.

The sentences are made up of the words of the fictional articles, each with its own number, 8 to 35 words long.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from perturbations.corpus import read_articles
from perturbations.typography import hard_wrapped, hyphenated, straight_quotes

from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import count_words, normalise
from ceasefire_talks.tracing.ledger import LedgerSentence
from ceasefire_talks.tracing.match import align

MOST_SECONDS, MOST_BYTES = 10, 1_000_000_000
COPIES = ("plain", "straight quotes", "hard-wrapped", "hyphenated", "one of 100 changed", "another text")
SIZES = (3_125, 6_250, 12_500, 25_000, 50_000, 100_000)


def sentences(count: int, seed: int = 0) -> list[str]:
    """So many sentences, no two of them equal, in no language."""
    random = Random(seed)
    words = sorted({word for article in read_articles() for word in article.document.split() if word.isalpha()})
    return [_sentence(random.choices(words, k=random.randint(7, 34)), number) for number in range(count)]


def _sentence(words: Sequence[str], number: int) -> str:
    return f"“{' '.join(words).capitalize()}” {number}."


def _row(position: int, text: str) -> LedgerSentence:
    folded = sha256(fold(text))
    return LedgerSentence(
        f"s{position}", position, "body", count_words(text), len(text), sha256(text), folded, simhash(text)
    )


def _copied(copy: str, texts: Sequence[str]) -> str:
    if copy == "one of 100 changed":
        texts = [text.replace(" ", " not ", 1) if i % 100 == 0 else text for i, text in enumerate(texts)]
    if copy == "another text":
        texts = sentences(len(texts), seed=1)
    document = "\n".join(" ".join(texts[i : i + 4]) for i in range(0, len(texts), 4))
    lines = {
        "straight quotes": lambda text: straight_quotes(text, Random(0)),
        "hard-wrapped": lambda text: hard_wrapped(text, 72),
        "hyphenated": lambda text: hyphenated(text, 72),
    }
    return normalise(lines[copy](document)) if copy in lines else document


@dataclass(frozen=True)
class Cost:
    """What matching one copy took: of each run the seconds on the wall and of the processor; the most bytes held."""

    characters: int
    proven: int
    wall: tuple[float, ...]
    processor: tuple[float, ...]
    held: int


def measure(copy: str, count: int, runs: int) -> Cost:
    """Match a copy of so many sentences so many times."""
    texts = sentences(count)
    ledger = [_row(position, text) for position, text in enumerate(texts, 1)]
    document = _copied(copy, texts)
    del texts
    proven = 0
    times = []
    for _ in range(runs):
        begun = time.perf_counter(), time.process_time()
        proven = sum(match.proven for match in align(ledger, document).matches)
        times.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    wall, processor = zip(*times, strict=True)
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(len(document), proven, wall, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of the size with which the time grows, fitted by least squares."""
    return statistics.linear_regression(list(map(math.log, sizes)), list(map(math.log, seconds))).slope


def _measured_apart(copy: str, size: int, runs: int) -> Cost:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        cost = pool.apply(measure, (copy, size, runs))
    seconds = (min(cost.processor), min(cost.wall), max(cost.wall))
    times = " | ".join(f"{one:.2f}" for one in seconds)
    print(
        f"| {copy} | {size:,} | {cost.characters:,} | {cost.proven:,} | {times} | {cost.held / 1e6:,.0f} |", flush=True
    )
    return cost


def main() -> int:
    """Measure, print, and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description="Measure how the cost of matching grows with the ledger.")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="leave larger sizes out")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    sizes = [size for size in SIZES if size <= arguments.most]
    heads = ("Copy", "Sentences", "Characters", "Proven", "Processor s", "Wall s, least", "Most", "MB")
    print(f"| {' | '.join(heads)} |\n|---{'|--:' * (len(heads) - 1)}|")
    kept, fitted = True, []
    for copy in COPIES:
        costs = [_measured_apart(copy, size, arguments.runs) for size in sizes]
        kept &= copy != "plain" or all(min(c.wall) < MOST_SECONDS and c.held < MOST_BYTES for c in costs)
        fitted.append(f"{copy} {exponent(sizes, [min(cost.processor) for cost in costs]):.2f}")
    print(f"\nFitted exponents: {', '.join(fitted)}.")
    print(
        f"Limits of {MOST_SECONDS} s and {MOST_BYTES / 1e9:.0f} GB on the plain copy: {'kept' if kept else 'NOT kept'}."
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
