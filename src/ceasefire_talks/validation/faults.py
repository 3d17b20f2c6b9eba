"""What can be wrong with a cell and with a row: its codes, and how a problem is worded, whoever found it."""

from __future__ import annotations

from ceasefire_talks.schema.model import RowRule
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding, Placed
from ceasefire_talks.validation.problem import Problem, quoted

TYPE = Code(
    "C01",
    "type",
    "A cell is not in the lexical form of its column's type.",
    "Readers guess: one makes a text of the column, another drops the cell.",
    "Write the value in the form of its type, or empty the cell.",
)
REQUIRED = Code(
    "C02",
    "required",
    "A cell is empty that every row must fill.",
    "The row says nothing without it.",
    "Fill the cell, or remove the row.",
)
ENUM = Code(
    "C03",
    "enum",
    "A cell holds a code that is not in the closed list of its column.",
    "Nobody says what the code means, and who counts by code misses the row.",
    "Use one of the codes, or define this one in the vocabulary.",
)
PATTERN = Code(
    "C04",
    "pattern",
    "A cell does not match the pattern of its column.",
    "Programs that take it apart fail on it.",
    "Write the value in the form that the column's description gives.",
)
LENGTH = Code(
    "C05",
    "length",
    "A cell is shorter or longer than its column allows.",
    "Readers with fixed sizes cut it off.",
    "Shorten or complete the text.",
)
RANGE = Code(
    "C06",
    "range",
    "A value is less or greater than its column allows.",
    "It cannot be true, or has another unit than its column.",
    "Correct the value.",
)
JSON_SCHEMA = Code(
    "C07",
    "json-schema",
    "A cell holds JSON that does not conform to the JSON Schema of its column.",
    "Programs that take it apart fail on it.",
    "Correct the JSON; the column's `jsonSchema` says what it must hold.",
)

EXACTLY_ONE = Code(
    "R01",
    "exactly-one",
    "Of several columns not exactly one is filled.",
    "What the row is about is open.",
    "Fill one of them and empty the others.",
)
BOTH_OR_NEITHER = Code(
    "R02",
    "both-or-neither",
    "Of two columns that belong together only one is filled.",
    "Half of the statement is missing.",
    "Fill the other one, or empty both.",
)
ORDERED = Code(
    "R03",
    "ordered",
    "A lower bound is not below its upper bound.",
    "The range holds nothing.",
    "Swap or correct the two values.",
)
REQUIRED_WHEN = Code(
    "R04",
    "required-when",
    "A cell is empty that the row must fill because of another of its cells.",
    "The other cell promises what is not there.",
    "Fill the cell, or correct the other.",
)
REQUIRED_UNLESS = Code(
    "R05",
    "required-unless",
    "A cell is empty that the row must fill unless another of its cells excuses it.",
    "What a reader needs to understand the row is missing.",
    "Fill the cell, or correct the other.",
)
EMPTY_WHEN = Code(
    "R06",
    "empty-when",
    "A cell is filled that must be empty because of another of its cells.",
    "The two cells contradict each other.",
    "Empty the cell, or correct the other.",
)
EQUAL_WHEN = Code(
    "R07",
    "equal-when",
    "Two cells differ that must be equal because of a third.",
    "The cells contradict each other.",
    "Make them equal, or correct the third.",
)
COMPOSED = Code(
    "R08",
    "composed",
    "An id is not composed of the cells that it is made of.",
    "Who takes the id apart gets to another row.",
    "Compose it anew.",
)
EDTF = Code(
    "R09",
    "edtf",
    "A date in EDTF names no day of the calendar, or ends before it begins.",
    "It cannot be put on a time line.",
    "Write a date whose days exist and whose end is not before its beginning.",
)
EDTF_BOUNDS = Code(
    "R10",
    "edtf-bounds",
    "A date, its bounds, its precision and its basis do not agree.",
    "Who filters by the bounds gets other rows than who reads the date.",
    "Derive the bounds and the precision from the date.",
)

_CELL_CODES = {
    "type": TYPE,
    "required": REQUIRED,
    "enum": ENUM,
    "categories": ENUM,
    "pattern": PATTERN,
    "jsonSchema": JSON_SCHEMA,
    "minLength": LENGTH,
    "maxLength": LENGTH,
    "minimum": RANGE,
    "maximum": RANGE,
    "exclusiveMinimum": RANGE,
    "exclusiveMaximum": RANGE,
}
ROW_CODES = {
    code.slug: code
    for code in (
        EXACTLY_ONE,
        BOTH_OR_NEITHER,
        ORDERED,
        REQUIRED_WHEN,
        REQUIRED_UNLESS,
        EMPTY_WHEN,
        EQUAL_WHEN,
        COMPOSED,
        EDTF,
        EDTF_BOUNDS,
    )
}


def cell_problem(rows: Placed, row: int, column: str, check: str, expected: str) -> Problem:
    """A cell that fails a check: `type`, `required`, or the property of Table Schema that it enforces."""
    code = _CELL_CODES[check]
    text = rows.text(row, column)
    message = "the cell is empty" if text is None else f"{quoted(text)} is not {expected}"
    return rows.problem(code, Finding(rows.name, row, column, message, expected))


def row_problem(rows: Placed, row: int, column: str, rule: RowRule) -> Problem:
    """A row that breaks a rule; the rule blames a column."""
    title = str(rule.descriptor.get("title", rule.name)).rstrip(".")
    cells = ((name, rows.text(row, name)) for name in rule.involved)
    found = ", ".join(f"{name} {'empty' if cell is None else quoted(cell)}" for name, cell in cells)
    mend = str(rule.descriptor.get("mend", ""))
    finding = Finding(rows.name, row, column, f"{found}: {title} ({rule.name})", title, mend)
    return rows.problem(ROW_CODES[rule.kind], finding)
