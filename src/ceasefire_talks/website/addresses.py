"""Where things lie on the site. An address once published stays: nothing here may depend on which rows there are."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ceasefire_talks.schema.model import TableSchema

_NUMBERED = re.compile(r"\^[a-z]+-\[0-9\]")
_PLAIN = re.compile(r"[A-Za-z0-9.-]")


def record_path(schema: TableSchema, record_id: str) -> str:
    """The file of a record's page, relative to the root of the site.

    Numbered ids tell their table, so that they stand by themselves: `records/ev-014.html`. Slugs and composite keys
    stand under their table: `records/actors/israel.html`, `records/participants/ev-002~israel~target.html`.
    """
    name = "~".join(file_name(part) for part in record_id.split("/"))
    folder = "" if is_numbered(schema) else f"{file_name(schema.name)}/"
    return f"records/{folder}{name}.html"


def article_path(sources: TableSchema, source_id: str) -> str:
    """The file of the page that shows a sentence-traced source, relative to the root of the site."""
    return "articles/" + record_path(sources, source_id).rpartition("/")[2]


def is_numbered(schema: TableSchema) -> bool:
    """Whether the ids of a table are numbers behind a stem of its own, such as `ev-014`."""
    if len(schema.primary_key) != 1:
        return False
    return bool(_NUMBERED.match(str(schema.field(*schema.primary_key).constraints.get("pattern", ""))))


def anchor(*parts: str) -> str:
    """The fragment of an address, `#` included, that leads to the element whose id is the parts joined by `/`."""
    return "#" + quote("/".join(parts), safe="/")


def web_address(text: str) -> str:
    """The text if it is an http or https address that a page may link to, else nothing."""
    return text if urlsplit(text).scheme in {"http", "https"} else ""


def from_page(path: str, base: str) -> str:
    """An address relative to the root of the site as a page writes it whose way to the root is `base`."""
    return path if not path or web_address(path) else base + path


def file_name(text: str) -> str:
    """The text as a name of a file that is safe everywhere, and another for each text."""
    # A name that begins with a dot would be hidden, or lead out of the folder.
    escaped = "".join(c if _PLAIN.match(c) else "".join(f"_{b:02x}" for b in c.encode()) for c in text)
    return "_2e" + escaped[1:] if escaped.startswith(".") else escaped
