"""What the wheel holds otherwise than the checkout: the tables' data and definitions, and their descriptor.

The codings that are kept beside the tables are left out, and JSON is written without the space that only people need.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DEFINITIONS = "src/ceasefire_talks/schema/tables"


class Wheel(BuildHookInterface[Any]):
    """Puts them into the wheel; an editable installation uses those of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files."""
        if version == "editable":
            return
        root = Path(self.root)
        self.folder = TemporaryDirectory()
        written = {
            "datapackage.json": without_codings(json.loads((root / "datapackage.json").read_bytes())),
            "schema/tables.json": {
                path.stem: json.loads(path.read_bytes()) for path in sorted((root / DEFINITIONS).iterdir())
            },
        }
        files = {f"data/{path.name}": path for path in sorted((root / "data").glob("*.csv"))}
        for inside, content in written.items():
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
