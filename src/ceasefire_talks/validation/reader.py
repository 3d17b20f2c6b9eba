"""Stage 2: the file of a table, row by row in constant memory; what is wrong with bytes, lines and header is noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.bytestreams import (
    ALGORITHMS,
    UNREADABLE,
    CompressionError,
    EncodingError,
    ExpansionError,
    Tally,
    UnreadableError,
    decoded,
    expanded,
    split,
    unreadable_bytes,
)
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.description import Description, Resource
from ceasefire_talks.validation.header import (
    fields_match,
    header_faults,
    in_schema_case,
    joined,
    lost_keys,
    may_lack_columns,
    positions,
    restricted,
    told_apart,
)
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rows import Damage, Row, read_rows

_DESCRIBE = "If the file is right, run `ceasefire-talks describe`; if not, restore it."

BYTES = Code(
    "F01",
    "bytes",
    "The file is longer or shorter than the descriptor says.",
    "It is not the file that was released.",
    _DESCRIBE,
)
HASH = Code(
    "F02",
    "hash",
    "The file has another hash than the descriptor says.",
    "It is not the file that was released.",
    _DESCRIBE,
)
ROW_COUNT = Code(
    "F03",
    "row-count",
    "The file has more or fewer rows than the descriptor says.",
    "Rows were lost or added since the descriptor was written.",
    _DESCRIBE,
)
EMPTY = Code(
    "F04",
    "empty-file",
    "The file is empty.",
    "Not even its columns are known.",
    "Restore the file; a table without rows still has its header.",
)
NOT_UTF8 = Code(
    "F05",
    "not-utf-8",
    "A line holds bytes that are not of the file's encoding: UTF-8, unless the descriptor names another.",
    "Readers stop there, or show other letters than were meant.",
    "Save the file as UTF-8, or name its encoding in the descriptor.",
)
NUL = Code(
    "F06",
    "nul",
    "A line holds a NUL character.",
    "Many readers cut the cell or the file off there.",
    "Remove the character.",
)
BYTE_ORDER_MARK = Code(
    "F07",
    "byte-order-mark",
    "The file begins with a byte-order mark.",
    "Readers take it for a part of the first column's name.",
    "Save the file as UTF-8 without a byte-order mark.",
)
LINE_END = Code(
    "F08",
    "line-end",
    "A line ends with a carriage return, although the descriptor says that lines end with a line feed.",
    "Hashes and offsets differ between copies of the file.",
    "Save the file with LF as the line end.",
)
RAGGED = Code(
    "F13",
    "ragged-row",
    "A row has more or fewer cells than the header.",
    "Cells slip into the wrong column, or are lost.",
    "Give the row as many cells as the header; put a cell that holds a comma into quotes.",
)
BLANK = Code(
    "F14",
    "blank-line",
    "A line is blank.",
    "Some readers make an empty row of it.",
    "Remove the line.",
)
QUOTING = Code(
    "F15",
    "quoting",
    "The quotes of a row are broken, or a cell of it is too long to be read.",
    "Readers swallow the rows behind it.",
    "Put the whole cell into quotes, and double every quote within it.",
)
COMPRESSION = Code(
    "F16",
    "compression",
    "A compressed file is damaged.",
    "Readers stop there, and lose the rows behind it.",
    "Compress the file anew, or restore it.",
)
EXPANSION = Code(
    "F17",
    "expansion",
    "A compressed file becomes so large that it is not read to its end.",
    "It may have been made to fill a reader's memory or disk.",
    "Publish the file uncompressed, or in parts.",
)

# What stands in the place of bytes and characters that were reported and that no frame should hold.
_REPLACEMENT = "\ufffd"
_BOM = "\ufeff"
_NO_FIELDS: Mapping[str, Any] = {"fields": []}


class TableReader:
    """The rows of a resource, of all its files; what is wrong with them is noted in the description.

    After `open` the header is known; `rows` reads on and may be run once. At its end bytes, hash and the number of rows
    are compared with the descriptor. Of several files the later ones may begin with the header of the first.

    Attributes:
        resource: the table.
        schema: of those of its columns that the file has, once the header is known.
        fields: the position of each column in the file, from 1.
        width: how many cells a row should have.
        count: how many rows were read.
    """

    def __init__(self, description: Description, resource: Resource) -> None:
        self.schema = description.schemas.get(resource.name) or TableSchema.from_descriptor(resource.name, _NO_FIELDS)
        self.fields: dict[str, int] = {}
        self.width = 0
        self.count = 0
        self._has_columns = False
        self._description = description
        self.resource = resource
        self._dialect = resource.dialect
        self._file = resource.files[0]
        self._headers: list[list[str]] = []
        self._rows: Iterator[Row | None] = iter(())
        self._lines: _Lines | None = None
        self._tally = Tally(self._algorithm())

    def open(self) -> bool:
        """Read the header; False where none can be read, and then there are no rows either."""
        self._rows = self._all_rows()
        return next(self._rows, False) is None

    def rows(self) -> Iterator[Row]:
        """The sound rows behind the header; of ragged ones the cells are cut or filled up to the header's number."""
        yield from (row for row in self._rows if row is not None)

    def check_bytes(self) -> None:
        """Compare only bytes and hash of the files with the descriptor, as of a resource that is no table."""
        for path in self.resource.paths:
            for _ in self._tally.chunks(path):
                pass
        self.compare_stats(None, self._tally.bytes, self._tally.digest)

    def use_header(self, names: list[str], line: int) -> None:
        """Take these names for the header, and report what is wrong with them."""
        whole, columns = self.schema, self.schema.columns
        if not self._dialect.case_sensitive_header:
            names = in_schema_case(names, columns)
        if columns != tuple(field["name"] for field in self.resource.schema.get("fields", ())):
            names = told_apart(names)  # as those of the schema were, some of which are alike
        match = fields_match(self.resource.schema)
        for code, name, fault in header_faults(names, columns, match):
            at = names.index(name) + 1 if name in names else None
            place = {"column": name, "field": at, "value": name, "expected": ", ".join(columns)}
            self._report(code, line, f"{quoted(name)} {fault}", **place)
        self.fields, self.width = positions(names, columns), len(names)
        self.schema = restricted(whole, self.fields)
        if may_lack_columns(match) and (keys := lost_keys(whole, self.schema)):
            self._description.skip(f"table {whole.name}", f"keys with columns that the file lacks: {keys}")

    def compare_stats(self, rows: int | None, size: int, digest: str | None = None) -> None:
        """Compare rows, bytes and hash with what the descriptor says of them."""
        announced, expected = self.resource.descriptor, self._digest()
        self._file = self.resource.files[0]
        if (bytes_ := announced.get("bytes")) not in (None, size):
            self._report(BYTES, 1, f"{size} bytes, the descriptor says {bytes_}", expected=f"{bytes_} bytes")
        elif digest is not None and digest != expected.lower():
            message = f"the hash is {digest}, the descriptor says {expected}"
            self._report(HASH, 1, message, value=digest, expected=expected)
        self._compare_rows(rows)

    def compare_files(self, rows: int) -> None:
        """Compare the files with what the descriptor says of them, where something else has read their rows."""
        size = sum(path.stat().st_size for path in self.resource.paths)
        for path in self.resource.paths if "hash" in self.resource.descriptor else ():
            for _ in self._tally.chunks(path):
                pass
        self.compare_stats(rows, size, self._tally.digest)

    def _compare_rows(self, rows: int | None) -> None:
        if rows is not None and (count := self.resource.descriptor.get("rows")) not in (None, rows):
            self._report(ROW_COUNT, 1, f"{rows} rows, the descriptor says {count}", expected=f"{count} rows")

    def _digest(self) -> str:
        return str(self.resource.descriptor.get("hash", "")).rpartition(":")[2]

    def _algorithm(self) -> str | None:
        if "hash" not in self.resource.descriptor:
            return None
        algorithm = self.resource.descriptor["hash"].rpartition(":")[0] or "md5"
        if algorithm in ALGORITHMS:
            return str(algorithm)
        self._description.skip(f"hash of table {self.schema.name}", f"algorithm {algorithm}")
        return None

    def _report(self, code: Code, line: int, message: str, **details: Any) -> None:
        place: dict[str, Any] = {"table": self.schema.name, "file": self._file, "line": line}
        self._description.problems.append(code.problem(message, **place, **details))

    def _all_rows(self) -> Iterator[Row | None]:
        """None once the header is read, then the rows of all files."""
        is_whole = True
        for part, (file, chunks) in enumerate(self._files()):
            self._file = file
            try:
                yield from self._rows_of(_Lines(self, chunks), part)
            except UnreadableError as error:
                self._report_unreadable(error)
                is_whole = False
            for _ in chunks:  # to the end, for their number and hash
                pass
        self.compare_stats(
            self.count if is_whole and self._has_columns else None, self._tally.bytes, self._tally.digest
        )

    def _files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The name and the bytes of every file."""
        return zip(self.resource.files, map(self._tally.chunks, self.resource.paths), strict=True)

    def _rows_of(self, lines: _Lines, part: int) -> Iterator[Row | None]:
        self._lines, commented = lines, self._dialect.comment_rows
        found = read_rows(lines, self._dialect)
        rows: Iterator[Row | Damage] = (row for row in found if row.number not in commented)
        if part:
            rows = self._behind_repeated_header(rows)
        elif self._take_header(rows):
            self._has_columns = True
            yield None
        if self._has_columns:
            yield from self._body(rows)
        for row in rows:
            self._report_unsound(row)

    def _take_header(self, rows: Iterator[Row | Damage]) -> bool:
        """Read the header rows; False where one of them cannot be read."""
        if not self._dialect.header_rows:
            self.use_header(list(self.schema.columns), 1)
            return True
        last, headers = max(self._dialect.header_rows), []
        for number, row in enumerate(islice(rows, last), 1):
            if number not in self._dialect.header_rows:
                continue
            if isinstance(row, Damage) or not any(map(str.strip, row.cells)):
                self._report_no_header(row, rows)
                return False
            headers.append(row)
        if len(headers) < len(self._dialect.header_rows):
            self._report(EMPTY, 1, "the file is empty", expected="a header row")
            return False
        self._headers = [row.cells for row in headers]
        self.use_header(joined(self._headers, self._dialect.header_join), headers[0].line)
        return True

    @property
    def _is_blank(self) -> bool:
        """Whether nothing was read so far but white space."""
        return self._lines is not None and self._lines.is_blank

    def _report_no_header(self, row: Row | Damage, rows: Iterator[Row | Damage]) -> None:
        while self._is_blank and next(rows, None) is not None:
            pass
        if self._is_blank:
            self._report(EMPTY, 1, "the file is empty", expected="a header row")
        elif isinstance(row, Row) and row.cells:
            self._report(BLANK, row.line, "the header is blank", expected="the names of the columns")
        else:
            self._report_unsound(row)

    def _behind_repeated_header(self, rows: Iterator[Row | Damage]) -> Iterator[Row | Damage]:
        first = list(islice(rows, max(self._dialect.header_rows, default=0)))
        cells = [first[n - 1] for n in self._dialect.header_rows if n <= len(first)]
        is_header = bool(first) and [row.cells for row in cells if isinstance(row, Row)] == self._headers
        return rows if is_header else chain(first, rows)

    def _body(self, rows: Iterable[Row | Damage]) -> Iterator[Row]:
        exchange = exchange_with_line_feed(self._dialect.line_terminator)
        for row in rows:
            if isinstance(row, Damage) or not row.cells:
                self._report_unsound(row)
                continue
            # Without header and schema, the first row tells.
            self.width = self.width or len(row.cells)
            if len(row.cells) != self.width:
                self._even_out(row)
            if exchange is not None:
                row.cells = [cell.translate(exchange) for cell in row.cells]
            row.file = self._file
            self.count += 1
            yield row

    def _even_out(self, row: Row) -> None:
        found, wanted = len(row.cells), self.width
        self._report(RAGGED, row.line, f"{found} cells, the header has {wanted}", expected=f"{wanted} cells")
        row.cells = [*row.cells, *([""] * (wanted - found))][:wanted]
        row.ragged = True

    def _report_unsound(self, row: Row | Damage) -> None:
        if isinstance(row, Damage):
            self._report(QUOTING, row.line, row.reason, expected="quoting as in RFC 4180")
        elif not row.cells:
            self._report(BLANK, row.line, "the line is blank", expected="a row")

    def _report_unreadable(self, error: UnreadableError) -> None:
        codes = {CompressionError: COMPRESSION, ExpansionError: EXPANSION, EncodingError: NOT_UTF8}
        code = codes.get(type(error), QUOTING)
        self._report(code, 1, f"the rest of the file is not read: {error}", expected="a file that can be read")


def exchange_with_line_feed(terminator: str | None) -> dict[int, str] | None:
    """What makes a line terminator and LF change places, there and back; None where lines end as usual."""
    return None if terminator is None else {ord(terminator): "\n", ord("\n"): terminator}


class _Lines(Iterable[str]):
    """The physical lines of a file, each with its LF; what is wrong with their characters is reported.

    A line terminator of the dialect that is no line end changes places with LF; cells are changed back when read.
    """

    def __init__(self, reader: TableReader, chunks: Iterable[bytes]) -> None:
        self.is_blank = True
        self._reader = reader
        self._resource = reader.resource
        self._chunks = expanded(chunks) if self._resource.is_compressed else chunks
        self._encoding = self._resource.encoding
        self._is_doubtful = False
        self._returns = 0

    def __iter__(self) -> Iterator[str]:
        texts = self._with_line_feeds(self._without_mark(decoded(self._chunks, self._encoding)))
        for number, line in enumerate(split(self._watched(texts)), 1):
            yield self._readable(number, line) if self._is_doubtful else line

    def _watched(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            self.is_blank = self.is_blank and not text.strip()
            self._is_doubtful = self._is_doubtful or "\0" in text or UNREADABLE.search(text) is not None
            yield text

    def _without_mark(self, texts: Iterator[str]) -> Iterator[str]:
        first = next(texts, "")
        if first.startswith(_BOM) and self._encoding == "utf-8":
            self._report(BYTE_ORDER_MARK, 1, "the file begins with a byte-order mark", expected="no byte-order mark")
        yield first.removeprefix(_BOM)
        yield from texts

    def _with_line_feeds(self, texts: Iterator[str]) -> Iterator[str]:
        exchange = exchange_with_line_feed(self._resource.dialect.line_terminator)
        if exchange is not None:
            yield from (text.translate(exchange) for text in texts)
            return
        line, first, held = 1, 0, ""
        for text in chain(texts, [""]):
            whole = held + text
            held = "\r" if whole.endswith("\r") and text else ""
            whole = whole.removesuffix(held)
            if "\r" in whole:
                first = first or line + whole.count("\n", 0, whole.index("\r"))
                self._returns += whole.count("\r")
                whole = whole.replace("\r\n", "\n").replace("\r", "\n")
            line += whole.count("\n")
            yield whole
        self._report_returns(first)

    def _report_returns(self, line: int) -> None:
        if self._returns and self._resource.line_terminator == "\n":
            message = f"{self._returns} carriage returns, the first on this line"
            self._report(LINE_END, line, message, expected="LF")

    def _readable(self, number: int, line: str) -> str:
        if shown := unreadable_bytes(line):
            name = self._encoding.upper()
            self._report(NOT_UTF8, number, f"{quoted(shown)} is not {name}", value=shown, expected=name)
            line = UNREADABLE.sub(_REPLACEMENT, line)
        if "\0" in line:
            self._report(NUL, number, "a NUL character", value="\\x00", expected="no NUL")
        return line.replace("\0", _REPLACEMENT)

    def _report(self, code: Code, line: int, message: str, **details: Any) -> None:
        self._reader._report(code, line, message, **details)  # noqa: SLF001
