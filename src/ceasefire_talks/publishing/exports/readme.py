"""The README of the CSV bundle, for readers who have neither this package nor its documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation import cite
from ceasefire_talks.publishing.exports.tables import resources, schemas
from ceasefire_talks.schema.model import Field

RECIPES = {
    "Python with pandas": (
        "python",
        (
            "import pandas as pd\n"
            "{name} = pd.read_csv('{path}', keep_default_na=False, na_values=[''])\n"
            "print(len({name}))"
        ),
    ),
    "R": (
        "r",
        '{name} <- read.csv("{path}", na.strings = "", encoding = "UTF-8", check.names = FALSE)\nprint(nrow({name}))',
    ),
    "DuckDB": ("sql", "SELECT count(*) FROM read_csv('{path}');"),
}


def readme(package: Package, files: Iterable[str]) -> bytes:
    """The README as Markdown; its front matter tells the Hugging Face `datasets` library where the tables are.

    Args:
        package: what is described.
        files: the paths of the other files of the bundle.
    """
    blocks = [
        _front_matter(package),
        *_introduction(package.descriptor),
        "## Files\n",
        *_files(files),
        "## Tables\n",
        *_tables(package),
        "## Reading the tables\n",
        *_reading(package),
        "## Citing and licence\n",
        *_terms(package.descriptor),
    ]
    return "\n".join(blocks).encode("utf-8")


def _front_matter(package: Package) -> str:
    d = package.descriptor
    lines = [
        "---",
        f"pretty_name: {json.dumps(d['title'])}",
        f"license: {json.dumps([licence['name'].lower() for licence in d['licenses']])}",
        f"tags: {json.dumps(d['keywords'], ensure_ascii=False)}",
        "configs:",
    ]
    for resource in resources(package):
        lines += [
            f"  - config_name: {json.dumps(resource['name'])}",
            f"    data_files: {json.dumps(resource['path'])}",
            "    keep_default_na: false",
            '    na_values: [""]',
        ]
    lines.append("dataset_info:")
    for schema in schemas(package):
        lines += [f"  - config_name: {json.dumps(schema.name)}", "    features:"]
        lines += [f"      - {{name: {json.dumps(f.name)}, dtype: {_feature_type(f)}}}" for f in schema.fields]
    return "\n".join([*lines, "---", ""])


def _introduction(descriptor: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {descriptor['title']}, version {descriptor['version']}\n"
    yield f"{descriptor['description']}\n"


def _feature_type(field: Field) -> str:
    # The library reads with NumPy's types, in which integers and booleans cannot be missing.
    if field.type in ("integer", "number"):
        return "int64" if field.type == "integer" and field.required else "float64"
    return "bool" if field.type == "boolean" and field.required else "string"


_PURPOSES = {
    "datapackage.json": "describes every table and column (Frictionless Data Package 2)",
    "csv-metadata.json": "the same for readers of CSV on the Web",
    "croissant.json": "the same for readers of Croissant",
    "sql/postgresql.sql": "loads all tables into PostgreSQL, with every key",
    "sql/sqlite.sql": "the definition of the tables of the SQLite file",
    "CHANGELOG.md": "what changed in which version",
    "CITATION.cff": "how to cite, for programs",
    "LICENSE": "the licence of the program code",
    "LICENSE-DATA": "the licence of the data",
    "SHA256SUMS": "a sum of every file: `sha256sum --check SHA256SUMS`",
}


def _files(files: Iterable[str]) -> Iterator[str]:
    yield "- `data/`: the tables as CSV"
    yield "- `labelled/`: copies in which a column `<name>_label` behind every id and code says what it stands for"
    yield from (f"- `{path}`: {_PURPOSES[path]}" for path in sorted(files) if path in _PURPOSES)
    yield ""


def _tables(package: Package) -> Iterator[str]:
    yield "| Table | File | Rows | Key | What a row is |\n|---|---|---:|---|---|"
    for resource in resources(package):
        key = ", ".join(package.schema(resource["name"]).primary_key)
        description = resource["description"].replace("|", "\\|")
        yield f"| {resource['name']} | `{resource['path']}` | {resource['rows']} | {key} | {description} |"
    yield ""


def _reading(package: Package) -> Iterator[str]:
    yield "- UTF-8 without a byte order mark, comma, double quotes, lines end in LF, one header row."
    yield "- An empty cell means not stated, unknown or not applicable. `NA` is a text like any other."
    yield "- Dates are `YYYY-MM-DD`; the columns that are described as EDTF also hold intervals and sets of days."
    yield "- For Excel or LibreOffice use the `.xlsx` file of this release: its cells have types.\n"
    name = package.tables[0]
    for title, (language, code) in RECIPES.items():
        shown = code.format(name=name, path=f"data/{name}.csv")
        yield f"{title}:\n\n```{language}\n{shown}\n```\n"


def _terms(descriptor: Mapping[str, Any]) -> Iterator[str]:
    yield f"{cite(descriptor, 'apa')}\n"
    yield f"Data: {', '.join(map(_licence, descriptor['licenses']))}; see `LICENSE-DATA` for what it does not cover.\n"
    yield "Source of the coded rows:\n"
    yield from (f"- {source['title']}, <{source['path']}>" for source in descriptor["sources"])
    yield ""


def _licence(licence: Mapping[str, str]) -> str:
    title = licence.get("title") or licence.get("name", "")
    return f"[{title}]({licence['path']})" if "path" in licence else title
