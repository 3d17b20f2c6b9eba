"""The one hook of the site: adds the pages that `ceasefire_talks.website` makes from the package."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from ceasefire_talks import commands
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.pages import pages


def on_config(config: MkDocsConfig) -> None:
    """Leave out the sitemap where the address of the site is not known."""
    if not config.site_url:
        config.theme.static_templates.discard("sitemap.xml")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the generated pages to those written by hand."""
    package = Package(Path(config.config_file_path).parent)
    for page in pages(package, commands.parser(), [*_theme_styles(config), *map(str, config.extra_css)]):
        if isinstance(page.content, Path):
            file = File.generated(config, page.path, abs_src_path=str(page.content))
        else:
            file = File.generated(config, page.path, content=page.content)
        if not page.in_nav:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Name the theme's search dialogue, which has no name of its own, for screen readers."""
    return output.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG001
    """The same for the pages that are no document, such as 404."""
    return output_content.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)


def _theme_styles(config: MkDocsConfig) -> list[str]:
    folders = [Path(folder) for folder in config.theme.dirs]
    found = [(folder, path) for folder in folders for path in sorted(folder.glob("assets/stylesheets/*.min.css"))]
    return [path.relative_to(folder).as_posix() for folder, path in found]
