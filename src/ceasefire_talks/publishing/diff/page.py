"""A difference as one HTML page that needs nothing else: no script, no other file, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from ceasefire_talks.publishing.diff.model import PackageDiff, Row, RowChange, TableDiff
from ceasefire_talks.publishing.diff.text import definition, summary, title
from ceasefire_talks.validation.problem import neutral

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border: 1px solid GrayText; padding: .2rem .5rem; text-align: left; vertical-align: top; }
caption { text-align: left; font-weight: 600; }
del::before { content: "\\2212 "; } ins::before { content: "+ "; }
"""


def as_page(diff: PackageDiff, limit: int | None = None) -> Iterator[str]:
    """The lines of an HTML page.

    Args:
        diff: what differs.
        limit: how many rows of a kind are shown a table; all without it. The counts are always of all.
    """
    heading = _text(title(diff))
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Nothing may be fetched or run, whatever a cell holds.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{heading}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{heading}</h1>"
    if not diff:
        yield "<p>No difference in tables, definitions and metadata.</p>"
    yield from _list(definition(change) for change in diff.metadata)
    for table in diff.tables:
        yield from _section(table, limit)
    yield from _list(f"Not compared: {name} is no table" for name in diff.uncompared)
    yield "</main>\n</body>\n</html>"


def _section(table: TableDiff, limit: int | None) -> Iterator[str]:
    yield f"<section>\n<h2>{_text(table.table)}</h2>\n<p>{_text(summary(table))}</p>"
    yield from _list(definition(change) for change in table.definitions if change.column or change.property)
    if table.changed:
        yield from _table("Changed", ("Row", "Column", "Old", "New"), _changed(table.changed[:limit]))
    for caption, rows in (("Added", table.added), ("Removed", table.removed)):
        if rows:
            yield from _table(caption, ("Row", "Cells"), _rows(rows[:limit]))
    if limit is not None and max(map(len, (table.changed, table.added, table.removed))) > limit:
        yield f"<p>Only the first {limit:,} rows of a kind are shown.</p>"
    yield "</section>"


def _list(items: Iterable[str]) -> Iterator[str]:
    lines = [f"<li>{_text(item)}</li>" for item in items]
    if lines:
        yield "\n".join(["<ul>", *lines, "</ul>"])


def _table(caption: str, columns: Sequence[str], rows: Iterator[str]) -> Iterator[str]:
    yield f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">'
    yield f"<table>\n<caption>{caption}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{name}</th>' for name in columns) + "</tr></thead>\n<tbody>"
    yield from rows
    yield "</tbody>\n</table>\n</div>"


def _changed(rows: Iterable[RowChange]) -> Iterator[str]:
    for row in rows:
        for n, (column, (old, new)) in enumerate(row.cells.items()):
            record = f'<th scope="rowgroup" rowspan="{len(row.cells)}">{_text(row.record)}</th>' if n == 0 else ""
            cells = f"<td>{_marked('del', old)}</td><td>{_marked('ins', new)}</td>"
            yield f"<tr>{record}<td>{_text(column)}</td>{cells}</tr>"


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        cells = "; ".join(f"{column}: {cell}" for column, cell in row.cells.items())
        yield f'<tr><th scope="row">{_text(row.record)}</th><td>{_text(cells)}</td></tr>'


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{_text(text)}</{tag}>" if text else "empty"


def _text(text: str) -> str:
    return escape(neutral(text))
