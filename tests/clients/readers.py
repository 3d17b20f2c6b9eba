"""The clients that read the tables from the files of a release, each in the way that the documentation shows."""

import csv
import json
import platform
import re
import sqlite3
import tempfile
from pathlib import Path

from client import Bundle, Client, library, need_library, need_program, run

PANDAS = 'pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])'
POLARS = "pl.read_csv(path, infer_schema=False)"
DUCKDB = "SELECT * FROM read_csv('{path}', all_varchar = true)"
BASE_R = 'read.csv(path, colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)'
READR = 'readr::read_csv(path, col_types = readr::cols(.default = "c"), na = "")'
MILLER = "mlr --icsv --ojson -S cat {path}"
CSVKIT = "csvjson --no-inference --blanks {path}"
CSV_PARSE = "parse(text, { columns: true })"
PAPAPARSE = "Papa.parse(text, { header: true, skipEmptyLines: true }).data"
NPM = ("csv-parse@7", "papaparse@5")


def read_csv_module(bundle: Bundle):
    def rows(path):
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return {table: rows(path) for table, path in bundle.paths.items()}


def read_pandas(bundle):
    import pandas as pd

    frames = {table: eval(PANDAS, {"pd": pd, "path": path}) for table, path in bundle.paths.items()}
    return {table: frame.to_dict("records") for table, frame in frames.items()}


def read_polars(bundle):
    need_library("polars")
    import polars as pl

    return {table: eval(POLARS, {"pl": pl, "path": path}).to_dicts() for table, path in bundle.paths.items()}


def read_polars_parquet(bundle):
    need_library("polars")
    import polars as pl

    return {table: pl.read_parquet(path).to_dicts() for table, path in parquet(bundle).items()}


def read_duckdb(bundle):
    need_library("duckdb")
    return {table: duckdb_rows(DUCKDB.format(path=path)) for table, path in bundle.paths.items()}


def read_duckdb_parquet(bundle):
    need_library("duckdb")
    return {table: duckdb_rows(f"SELECT * FROM '{path}'") for table, path in parquet(bundle).items()}


def duckdb_rows(query):
    import duckdb

    with duckdb.connect() as connection:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def parquet(bundle):
    folder = bundle.folder.parent / "parquet"
    return {table: folder / f"{table}.parquet" for table in bundle.paths}


def read_base_r(bundle):
    need_program("Rscript", "r-base-core")
    return through_r(bundle, f'write.csv({BASE_R}, out, row.names = FALSE, na = "", fileEncoding = "UTF-8")')


def read_readr(bundle):
    readr_version()
    return through_r(bundle, f'readr::write_csv({READR}, out, na = "")')


def through_r(bundle, step):
    with tempfile.TemporaryDirectory() as out:
        names = [Path(out) / f"{table}.csv" for table in bundle.paths]
        pairs = zip(map(str, bundle.paths.values()), map(str, names), strict=True)
        script = "\n".join(f"path <- {json.dumps(path)}; out <- {json.dumps(name)}; {step}" for path, name in pairs)
        source = Path(out) / "script.R"
        source.write_text(f"options(readr.show_progress = FALSE)\n{script}\n", encoding="utf-8")
        run("Rscript", "--vanilla", source, env=utf8())
        return {table: csv_rows(name) for table, name in zip(bundle.paths, names, strict=True)}


def csv_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def utf8():
    import os

    return os.environ | {"LC_ALL": "C.UTF-8"}


def read_miller(bundle):
    need_program("mlr", "miller")
    return {table: json.loads(run(*MILLER.format(path=path).split()) or "[]") for table, path in bundle.paths.items()}


def read_csvkit(bundle):
    need_program("csvjson", "csvkit")
    return {table: json.loads(run(*CSVKIT.format(path=path).split())) for table, path in bundle.paths.items()}


def read_csv_parse(bundle):
    return through_node(bundle, "const { parse } = require('csv-parse/sync');", CSV_PARSE)


def read_papaparse(bundle):
    return through_node(bundle, "const Papa = require('papaparse');", PAPAPARSE)


def through_node(bundle, requires, expression):
    modules = node_modules()
    paths = json.dumps({table: str(path) for table, path in bundle.paths.items()})
    script = f"""{requires}
const fs = require('fs');
const read = (path) => {{ const text = fs.readFileSync(path, 'utf8'); return {expression}; }};
const tables = Object.entries({paths}).map(([table, path]) => [table, read(path)]);
process.stdout.write(JSON.stringify(Object.fromEntries(tables)));"""
    return json.loads(run("node", "-e", script, env=utf8() | {"NODE_PATH": str(modules)}))


_NODE_MODULES = []


def node_modules():
    """The folder with the two parsers, installed once a run."""
    need_program("node", "nodejs")
    need_program("npm", "npm")
    if not _NODE_MODULES:
        folder = tempfile.TemporaryDirectory()
        run("npm", "install", "--no-audit", "--no-fund", "--prefix", folder.name, *NPM)
        _NODE_MODULES.append(folder)
    return Path(_NODE_MODULES[0].name) / "node_modules"


def node_version(name):
    return json.loads((node_modules() / name / "package.json").read_text("utf-8"))["version"]


def read_sqlite(bundle):
    need_program("sqlite3", "sqlite3")
    path = bundle.artefact(".sqlite")
    assert run("sqlite3", path, "PRAGMA foreign_key_check; PRAGMA integrity_check;") == "ok\n"
    tables = {table: table.replace("-", "_") for table in bundle.paths}
    return {
        table: json.loads(run("sqlite3", "-readonly", "-json", path, f'SELECT * FROM "{name}"') or "[]")
        for table, name in tables.items()
    }


def read_datasets(bundle):
    need_library("datasets")
    import datasets

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        return {
            table: datasets.load_dataset(str(bundle.folder), table, cache_dir=cache, split="train").to_list()
            for table in bundle.paths
            if bundle.package.records(table)
        }


def read_csvw(bundle):
    need_library("csvw")
    from csvw import TableGroup

    group = TableGroup.from_file(bundle.folder / "csv-metadata.json")
    group.check_referential_integrity()
    paths = {str(path.relative_to(bundle.folder)): table for table, path in bundle.paths.items()}
    return {paths[str(table.url)]: [dict(row) for row in table] for table in group.tables}


def read_mlcroissant(bundle):
    need_library("mlcroissant")
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(bundle.folder / "croissant.json"))
    return {table: [_plain(table, row) for row in dataset.records(table)] for table in bundle.paths}


def _plain(table, row):
    values = {name.removeprefix(f"{table}/"): value for name, value in row.items()}
    return {name: value.decode("utf-8") if isinstance(value, bytes) else value for name, value in values.items()}


def readr_version():
    need_program("Rscript", "r-base-core")
    found = r("if (requireNamespace('readr', quietly = TRUE)) cat(as.character(packageVersion('readr')))")
    if not found:
        import pytest

        pytest.skip("needs the R package readr, on Debian: apt-get install r-cran-readr")
    return found


def r(expression):
    need_program("Rscript", "r-base-core")
    return run("Rscript", "--vanilla", "-e", expression)


def program(name, package, *arguments):
    def version():
        need_program(name, package)
        return re.search(r"[0-9]+(\.[0-9]+)+", run(name, *arguments))[0]

    return version


CSV = "CSV files"
READERS = [
    Client("Python csv", CSV, 'open(path, encoding="utf-8", newline="")', platform.python_version, read_csv_module),
    Client("pandas", CSV, PANDAS, lambda: library("pandas"), read_pandas),
    Client("Polars", CSV, POLARS, lambda: library("polars"), read_polars),
    Client("Polars, Parquet", "Parquet files", "", lambda: library("polars"), read_polars_parquet),
    Client("DuckDB", CSV, DUCKDB, lambda: library("duckdb"), read_duckdb),
    Client("DuckDB, Parquet", "Parquet files", "", lambda: library("duckdb"), read_duckdb_parquet),
    Client("R", CSV, BASE_R, lambda: r("cat(paste(R.version$major, R.version$minor, sep = '.'))"), read_base_r),
    Client("readr (R)", CSV, READR, readr_version, read_readr),
    Client("Miller", CSV, MILLER, program("mlr", "miller", "--version"), read_miller),
    Client("csvkit", CSV, CSVKIT, lambda: library("csvkit"), read_csvkit),
    Client("csv-parse (Node)", CSV, CSV_PARSE, lambda: node_version("csv-parse"), read_csv_parse),
    Client("Papa Parse (Node)", CSV, PAPAPARSE, lambda: node_version("papaparse"), read_papaparse),
    Client("SQLite", "SQLite file", "", program("sqlite3", "sqlite3", "--version"), read_sqlite),
    Client("Hugging Face datasets", "folder of the CSV bundle", "", lambda: library("datasets"), read_datasets),
    Client("csvw", "csv-metadata.json", "", lambda: library("csvw"), read_csvw),
    Client("mlcroissant", "croissant.json", "", lambda: library("mlcroissant"), read_mlcroissant, ("12", "NA", "null")),
]
assert sqlite3.sqlite_version_info >= (3, 37), "STRICT tables"
