"""The one hook of the site: adds the pages that `ceasefire_talks.website` makes from the package."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ceasefire_talks import commands
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.pages import pages


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the generated pages to those written by hand."""
    package = Package(Path(config.config_file_path).parent)
    for page in pages(package, commands.parser()):
        if isinstance(page.content, Path):
            files.append(File.generated(config, page.path, abs_src_path=str(page.content)))
        else:
            files.append(File.generated(config, page.path, content=page.content))
