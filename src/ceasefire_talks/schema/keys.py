"""Keys within one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ceasefire_talks.schema.model import TableSchema

if TYPE_CHECKING:
    import pandas as pd

    from ceasefire_talks.schema.columns import Mask


# Between the parts of a composite key, where it stands as one text.
KEY_SEPARATOR = "/"


def candidate_keys(schema: TableSchema) -> Iterator[tuple[str, ...]]:
    """Every set of columns that no two rows may share beside the primary key: `unique` fields and `uniqueKeys`."""
    single = ((field.name,) for field in schema.fields if field.constraints.get("unique"))
    for key in dict.fromkeys((*single, *schema.unique_keys)):
        if key != schema.primary_key:
            yield key


def repeats(frame: pd.DataFrame, key: Sequence[str]) -> Mask:
    """Which rows repeat the key of an earlier row; a key with an empty part repeats nothing."""
    return frame.duplicated(list(key)) & frame[list(key)].notna().all(axis="columns")
