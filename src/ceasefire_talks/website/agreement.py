"""The agreement of two codings as a picture and as short tables, drawn from the agreement table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from ceasefire_talks.package.package import Row

ROW = "row"
RULINGS = ("first", "second", "both", "neither")
TITLE = "Agreement of two codings"
LEFT, WIDTH, RIGHT, TOP, STEP = 160, 420, 130, 56, 17
INK, FAINT, ACCENT, PAPER = "#1f2933", "#c3ccd5", "#00695c", "#ffffff"
LEAST = -0.4

Measures = dict[str, Row]
Line = tuple[str, str, Measures]


def agreement_svg(rows: Sequence[Row]) -> str:
    """A picture: a line a column, with F1 or alpha as a dot in its interval and exact agreement as a ring.

    Args:
        rows: of the agreement table.
    """
    lines = list(_lines(rows))
    tables = len({table for table, _, _ in lines})
    height = TOP + STEP * (len(lines) + tables) + 24
    picture = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {LEFT + WIDTH + RIGHT} {height}",
            "role": "img",
            "font-family": "sans-serif",
            "font-size": "12",
        },
    )
    ET.SubElement(picture, "title").text = TITLE
    _add(picture, "rect", width="100%", height="100%", fill=PAPER)
    _draw_legend(picture)
    _draw_axis(picture, height - 24)
    y = TOP
    for table, group in groupby(lines, key=lambda line: line[0]):
        y += STEP
        _write(picture, 8, y, table, **{"font-weight": "bold"})
        for line in group:
            y += STEP
            _draw_line(picture, y, line)
    return ET.tostring(picture, encoding="unicode") + "\n"


def units_table(rows: Sequence[Row]) -> str:
    """A Markdown table: how many rows each coding has, how many both have, and what that makes."""
    out = [
        "| Table | First | Second | Both | Precision | Recall | F1, 95 % interval |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    for table, column, found in _lines(rows):
        if column == ROW:
            precision, recall = found["precision"], found["recall"]
            both = round(recall["value"] * recall["n"])
            cells = (table, recall["n"], precision["n"], both, *map(_value, (precision, recall)), _whole(found["f1"]))
            out.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(out) + "\n"


def columns_table(rows: Sequence[Row]) -> str:
    """A Markdown table of the columns in which not all matched rows agree."""
    out = ["| Column | n | Exact | Within tolerance | Alpha, 95 % interval |", "|---|--:|---|---|---|"]
    for table, column, found in _lines(rows):
        if column != ROW and found["exact"]["value"] != 1:
            tolerance = _whole(found["tolerance"]) if "tolerance" in found else ""
            alpha = found["alpha"]
            exact = found["exact"]
            fewer = f" (n = {alpha['n']})" if alpha["n"] < exact["n"] else ""
            cells = (f"`{table}.{column}`", exact["n"], _whole(exact), tolerance, _whole(alpha) + fewer)
            out.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(out) + "\n"


def rulings_table(rows: Sequence[Row]) -> str:
    """A Markdown table: how the disagreements of each table were decided.

    Args:
        rows: of the adjudication table.
    """
    counts = Counter((row["table"], row["ruling"]) for row in rows)
    tables = list(dict.fromkeys(row["table"] for row in rows))
    out = ["| Table | Disagreements | First | Second | Both | Neither |", "|---|--:|--:|--:|--:|--:|"]
    for name, among in [*((table, [table]) for table in tables), ("all", tables)]:
        by_ruling = [sum(counts[table, ruling] for table in among) for ruling in RULINGS]
        out.append("| " + " | ".join(map(str, (name, sum(by_ruling), *by_ruling))) + " |")
    return "\n".join(out) + "\n"


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    """By table, its rows first, then its columns."""
    in_order = sorted(rows, key=lambda row: (row["table"], row["column"] != ROW, row["column"]))
    for (table, column), group in groupby(in_order, key=lambda row: (row["table"], row["column"])):
        yield table, column, {row["measure"]: row for row in group}


def _value(row: Row) -> str:
    return "undefined" if row["value"] is None else f"{row['value']:.3f}"


def _whole(row: Row) -> str:
    bounds = "" if row["interval_low"] is None else f" [{row['interval_low']:.3f}, {row['interval_high']:.3f}]"
    return _value(row) + bounds


def _draw_line(picture: ET.Element, y: float, line: Line) -> None:
    _, column, found = line
    _write(picture, 20, y, "which rows there are" if column == ROW else column)
    main = found["f1"] if column == ROW else found["alpha"]
    if main["interval_low"] is not None:
        low, high = (_x(main[end]) for end in ("interval_low", "interval_high"))
        _add(picture, "line", x1=low, x2=high, y1=y - 4, y2=y - 4, stroke=ACCENT, **{"stroke-width": "3"})
    if "exact" in found and found["exact"]["value"] is not None:
        _add(picture, "circle", cx=_x(found["exact"]["value"]), cy=y - 4, r=6, fill="none", stroke=INK)
    if main["value"] is not None:
        _add(picture, "circle", cx=_x(main["value"]), cy=y - 4, r=4, fill=ACCENT)
    _write(picture, LEFT + WIDTH + 12, y, f"{_value(main)}, n {main['n']}")


def _draw_legend(picture: ET.Element) -> None:
    _add(picture, "circle", cx=14, cy=16, r=4, fill=ACCENT)
    _write(picture, 26, 20, "alpha (for rows: F1) in its 95 % interval; at the right its value and units")
    _add(picture, "circle", cx=14, cy=34, r=6, fill="none", stroke=INK)
    _write(picture, 26, 38, "exact agreement")


def _draw_axis(picture: ET.Element, bottom: float) -> None:
    for tick in (-0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        _add(picture, "line", x1=_x(tick), x2=_x(tick), y1=TOP, y2=bottom, stroke=FAINT)
        _write(picture, _x(tick), bottom + 16, f"{tick:.1f}", **{"text-anchor": "middle"})


def _x(value: float) -> float:
    return round(LEFT + WIDTH * (max(value, LEAST) - LEAST) / (1 - LEAST), 1)


def _write(picture: ET.Element, x: float, y: float, text: str, **attributes: object) -> None:
    _add(picture, "text", x=x, y=y, fill=INK, **attributes).text = text


def _add(parent: ET.Element, tag: str, **attributes: object) -> ET.Element:
    return ET.SubElement(parent, tag, {name: str(value) for name, value in attributes.items()})
