"""What the wheel holds otherwise than the checkout.

Its descriptor leaves out the codings that are kept beside the tables, as the wheel does, and holds the definition of the
tables, which then needs no files of its own.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DESCRIPTOR = "datapackage.json"
DEFINITIONS = "src/ceasefire_talks/schema/tables"


class Wheel(BuildHookInterface[Any]):
    """Puts the data into the wheel; an editable installation uses those of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files."""
        if version == "editable":
            return
        root = Path(self.root)
        self.folder = TemporaryDirectory()
        descriptor = Path(self.folder.name, DESCRIPTOR)
        content = of_the_wheel(json.loads((root / DESCRIPTOR).read_bytes()), root / DEFINITIONS)
        descriptor.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
        build_data["force_include"][str(descriptor)] = f"ceasefire_talks/{DESCRIPTOR}"
        for path in sorted((root / "data").glob("*.csv")):
            build_data["force_include"][str(path)] = f"ceasefire_talks/data/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for the wheel."""
        if version != "editable":
            self.folder.cleanup()


def of_the_wheel(descriptor: dict[str, Any], definitions: Path) -> dict[str, Any]:
    """The descriptor of the tables alone, with what their definitions have and a descriptor has not."""
    resources = [resource for resource in descriptor["resources"] if "coding" not in resource]
    for resource in resources:
        defined = json.loads((definitions / f"{resource['name']}.json").read_bytes())
        for field, definition in zip(resource["schema"]["fields"], defined["fields"], strict=True):
            if "standardCodes" in definition:
                field["standardCodes"] = definition["standardCodes"]
    return descriptor | {"resources": resources}
