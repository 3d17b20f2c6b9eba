"""The files of a release: what each is called, what it is, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR, Package
from ceasefire_talks.publishing.exports.encode import with_sums, zip_bytes
from ceasefire_talks.publishing.exports.tables import resources


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of a release.

    Attributes:
        suffix: what stands behind `<name>-<version>` in its name.
        media_type: its type.
        title: what it is.
        make: its bytes, from the package.
    """

    suffix: str
    media_type: str
    title: str
    make: Callable[[Package], bytes]


DOCUMENTS = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA")


def csv_bundle(package: Package) -> bytes:
    """The CSV files with all that belongs to them, as a zip archive."""
    return zip_bytes(bundle_files(package), package.descriptor["created"])


def bundle_files(package: Package) -> dict[str, bytes]:
    """The files of the CSV bundle by their paths.

    Raises:
        PackageError: the package's folder lacks a file that belongs to a release.
    """
    from ceasefire_talks.publishing.exports.labelled import labelled_tables
    from ceasefire_talks.publishing.exports.postgresql import postgresql_script
    from ceasefire_talks.publishing.exports.readme import readme
    from ceasefire_talks.publishing.exports.sqlite import sqlite_ddl

    files = {path: read(package, path) for path in (DESCRIPTOR, *DOCUMENTS)}
    files |= {resource["path"]: read(package, resource["path"]) for resource in resources(package)}
    files |= {f"labelled/{table}.csv": data for table, data in labelled_tables(package).items()}
    files["sql/postgresql.sql"] = postgresql_script(package)
    files["sql/sqlite.sql"] = sqlite_ddl(package).encode("utf-8")
    files["README.md"] = readme(package, [*files, "SHA256SUMS"])
    return with_sums(files)


def read(package: Package, path: str) -> bytes:
    """A file of the package's folder.

    Raises:
        PackageError: there is no such file.
    """
    try:
        return (package.root / path).read_bytes()
    except OSError as error:
        raise PackageError(f"a release needs {package.root / path}: {error.strerror}") from error


def _sqlite(package: Package) -> bytes:
    from ceasefire_talks.publishing.exports.sqlite import sqlite_database

    return sqlite_database(package)


ARTEFACTS = (
    Artefact("-csv.zip", "application/zip", "All tables as CSV, with descriptor, labelled copies and SQL", csv_bundle),
    Artefact(".sqlite", "application/vnd.sqlite3", "All tables as an SQLite database", _sqlite),
)
