"""The files of a release: what each is called, what it is, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR, Package
from ceasefire_talks.publishing.exports.annotations import web_annotations
from ceasefire_talks.publishing.exports.croissant import croissant
from ceasefire_talks.publishing.exports.csvw import csvw_metadata
from ceasefire_talks.publishing.exports.datacite import datacite
from ceasefire_talks.publishing.exports.encode import with_sums, zip_bytes
from ceasefire_talks.publishing.exports.geojson import events_geojson, places_geojson
from ceasefire_talks.publishing.exports.labelled import labelled_tables
from ceasefire_talks.publishing.exports.parquet import parquet_tables
from ceasefire_talks.publishing.exports.postgresql import postgresql_script
from ceasefire_talks.publishing.exports.readme import readme
from ceasefire_talks.publishing.exports.schema_org import schema_org
from ceasefire_talks.publishing.exports.sqlite import sqlite_database, sqlite_ddl
from ceasefire_talks.publishing.exports.tables import resources
from ceasefire_talks.publishing.exports.xlsx import workbook


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of a release.

    Attributes:
        suffix: what stands behind `<name>-<version>` in its name.
        media_type: its type.
        title: what it is.
        make: its bytes, from the package.
        tables: without these tables there is no such file.
    """

    suffix: str
    media_type: str
    title: str
    make: Callable[[Package], bytes]
    tables: tuple[str, ...] = ()

    def is_of(self, package: Package) -> bool:
        """Whether the package has what the file is made from."""
        return set(self.tables) <= set(package.tables)


DOCUMENTS = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA")


def csv_bundle(package: Package) -> bytes:
    """The CSV files with all that belongs to them, as a zip archive."""
    return zip_bytes(bundle_files(package), package.descriptor["created"])


def bundle_files(package: Package) -> dict[str, bytes]:
    """The files of the CSV bundle by their paths.

    Raises:
        PackageError: the package's folder lacks a file that belongs to a release.
    """
    files = {path: read(package, path) for path in (DESCRIPTOR, *DOCUMENTS)}
    files |= {resource["path"]: read(package, resource["path"]) for resource in resources(package)}
    files |= {f"labelled/{table}.csv": data for table, data in labelled_tables(package).items()}
    files["croissant.json"] = croissant(package)
    files["csv-metadata.json"] = csvw_metadata(package)
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


def _parquet(package: Package) -> bytes:
    files = {f"{table}.parquet": data for table, data in parquet_tables(package).items()}
    files |= {path: read(package, path) for path in DOCUMENTS}
    return zip_bytes(with_sums(files), package.descriptor["created"])


def _schema_org(package: Package) -> bytes:
    return schema_org(package, [(a.suffix, a.media_type, a.title) for a in ARTEFACTS if a.is_of(package)])


ARTEFACTS = (
    Artefact("-csv.zip", "application/zip", "All tables as CSV, with descriptor, labelled copies and SQL", csv_bundle),
    Artefact(
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "All tables as a workbook with typed cells, for Excel and LibreOffice",
        workbook,
    ),
    Artefact(".sqlite", "application/vnd.sqlite3", "All tables as an SQLite database", sqlite_database),
    Artefact("-parquet.zip", "application/zip", "All tables as Parquet files", _parquet),
    Artefact("-places.geojson", "application/geo+json", "The places as GeoJSON", places_geojson, ("places",)),
    Artefact("-events.geojson", "application/geo+json", "The events as GeoJSON", events_geojson, ("events", "places")),
    Artefact(
        "-annotations.jsonld",
        "application/ld+json",
        "The evidence as W3C Web Annotations",
        web_annotations,
        ("evidence", "sentences", "sources"),
    ),
    Artefact("-schema-org.jsonld", "application/ld+json", "What the release is, for search engines", _schema_org),
    Artefact("-datacite.json", "application/vnd.datacite.datacite+json", "The same, for DataCite 4.5", datacite),
)
