"""What both distributions have in common stands in the pyproject.toml of the repository alone."""

import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

COMMON = ("authors", "classifiers", "license", "requires-python")


class Common(MetadataHookInterface):
    """Takes it over, and asks for the package of the same version."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in what is dynamic."""
        main = tomllib.loads(Path(self.root, "..", "pyproject.toml").read_text("utf-8"))["project"]
        metadata |= {name: main[name] for name in COMMON}
        metadata["dependencies"] = [f"{main['name']}=={metadata['version']}"]
