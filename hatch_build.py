"""What the wheel holds otherwise than the checkout.

Its descriptor leaves out the codings that are kept beside the tables, as the wheel does. It holds the definition of the
tables too, which then need no files of their own but for what no descriptor says.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DEFINITIONS = "src/ceasefire_talks/schema/tables"


class Wheel(BuildHookInterface[Any]):
    """Puts the data into the wheel; an editable installation uses those of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files."""
        if version == "editable":
            return
        root = Path(self.root)
        self.folder = TemporaryDirectory()
        made = {
            "datapackage.json": without_codings(json.loads((root / "datapackage.json").read_bytes())),
            "schema/standard-codes.json": standard_codes(root / DEFINITIONS),
        }
        files = {f"data/{path.name}": path for path in sorted((root / "data").glob("*.csv"))}
        for inside, content in made.items():
            files[inside] = Path(self.folder.name, Path(inside).name)
            files[inside].write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
        build_data["force_include"] |= {str(path): f"ceasefire_talks/{inside}" for inside, path in files.items()}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for the wheel."""
        if version != "editable":
            self.folder.cleanup()


def without_codings(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor of the tables alone."""
    return descriptor | {"resources": [resource for resource in descriptor["resources"] if "coding" not in resource]}


def standard_codes(definitions: Path) -> dict[str, dict[str, Any]]:
    """By table and column, the codes of a closed list that come from a standard and not from the vocabulary."""
    fields = {path.stem: json.loads(path.read_bytes())["fields"] for path in sorted(definitions.glob("*.json"))}
    found = {table: {f["name"]: f["standardCodes"] for f in of if "standardCodes" in f} for table, of in fields.items()}
    return {table: codes for table, codes in found.items() if codes}
