"""How time and memory grow with the ledger, against a copy that has all of its sentences.

    python benchmarks/trace_growth.py [--most SENTENCES] [--runs N]

Each size is measured in a process of its own: the seconds of `align` alone, the shortest and the longest of the runs,
and the most memory that the process held, which includes ledger, copy and result. The exponent is the slope of the
shortest times over the sizes, both in logarithms: 1 is linear. The exit code is 1 if the plain copy of any size took
10 s or more in its shortest run, or 1 GB or more.

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
from random import Random

from perturbations.corpus import read_articles
from perturbations.typography import hard_wrapped, hyphenated, straight_quotes

from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import count_words, normalise
from ceasefire_talks.tracing.ledger import LedgerSentence
from ceasefire_talks.tracing.match import align

MOST_SECONDS, MOST_BYTES = 10, 1_000_000_000
COPIES = ("plain", "straight quotes", "hard-wrapped", "hyphenated", "one of 100 changed")
SIZES = (3_125, 6_250, 12_500, 25_000, 50_000, 100_000)


def sentences(count: int) -> list[str]:
    """So many sentences, no two of them equal, in no language."""
    random = Random(count)
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
    document = "\n".join(" ".join(texts[i : i + 4]) for i in range(0, len(texts), 4))
    lines = {
        "straight quotes": lambda text: straight_quotes(text, Random(0)),
        "hard-wrapped": lambda text: hard_wrapped(text, 72),
        "hyphenated": lambda text: hyphenated(text, 72),
    }
    return normalise(lines[copy](document)) if copy in lines else document


def measure(copy: str, count: int, runs: int) -> tuple[int, int, list[float], int]:
    """The size of a copy in characters, the sentences proven, the seconds of each run, and the most bytes held."""
    texts = sentences(count)
    ledger = [_row(position, text) for position, text in enumerate(texts, 1)]
    document = _copied(copy, texts)
    del texts
    proven, seconds = 0, []
    for _ in range(runs):
        begun = time.perf_counter()
        proven = sum(match.proven for match in align(ledger, document).matches)
        seconds.append(time.perf_counter() - begun)
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return len(document), proven, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of the size with which the time grows, fitted by least squares."""
    return statistics.linear_regression(list(map(math.log, sizes)), list(map(math.log, seconds))).slope


def main() -> int:
    """Measure, print, and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description="Measure how the cost of matching grows with the ledger.")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="leave larger sizes out")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    sizes = [size for size in SIZES if size <= arguments.most]
    print("| Copy | Sentences | Characters | Proven | Seconds, least | most | MB |\n|---|--:|--:|--:|--:|--:|--:|")
    kept, fitted = True, []
    for copy in COPIES:
        least: list[float] = []
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                characters, proven, seconds, held = pool.apply(measure, (copy, size, arguments.runs))
            least.append(min(seconds))
            print(
                f"| {copy} | {size:,} | {characters:,} | {proven:,} | {min(seconds):.2f} | {max(seconds):.2f} |"
                f" {held / 1e6:,.0f} |",
                flush=True,
            )
            kept &= copy != "plain" or (min(seconds) < MOST_SECONDS and held < MOST_BYTES)
        fitted.append(f"{copy} {exponent(sizes, least):.2f}" if len(sizes) > 1 else copy)
    print(f"\nFitted exponents: {', '.join(fitted)}.")
    print(
        f"Limits of {MOST_SECONDS} s and {MOST_BYTES / 1e9:.0f} GB on the plain copy: {'kept' if kept else 'NOT kept'}."
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
