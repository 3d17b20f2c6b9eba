"""Source text in files, folders and archives."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ceasefire_talks.tracing.leaks.files import contents
from ceasefire_talks.tracing.leaks.model import Leak, LeakReport
from ceasefire_talks.tracing.leaks.search import search
from ceasefire_talks.tracing.leaks.source import Source


def find_leaks(texts: Iterable[str], paths: Iterable[str | Path]) -> LeakReport:
    """Whether anything to be published holds source text.

    A verbatim run of 8 words is found across lines, tags and escapes. A restatement is a line or a CSV cell that has
    60 % of the words of a sentence (of 8 words or more) in their order. Text in pictures is not read.

    Args:
        texts: the source texts; the first line of each is its headline, which may be published.
        paths: files, archives (ZIP, wheel, tar, gzip, bzip2, xz) and folders.

    Raises:
        PackageError: a path does not exist.
    """
    source = Source(texts)
    leaks: list[Leak] = []
    files = 0
    for content in (content for path in paths for content in contents(Path(path))):
        if content.reason:
            leaks.append(Leak(content.path, None, "not-examined", 0, 0.0, content.reason))
        else:
            files += 1
            leaks += search(source, content.path, content.data)
    return LeakReport(leaks, files)
