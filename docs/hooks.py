"""The one hook of the site: adds the pages that `ceasefire_talks.website` makes from the package."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from ceasefire_talks import commands
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.home import json_ld, with_picture
from ceasefire_talks.website.pages import pages


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the generated pages to those written by hand."""
    package = _package(config)
    for page in pages(package, commands.parser(), [*_theme_styles(config), *map(str, config.extra_css)]):
        if isinstance(page.content, Path):
            file = File.generated(config, page.path, abs_src_path=str(page.content))
        else:
            file = File.generated(config, page.path, content=page.content)
        if not page.in_nav:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Draw the picture on the home page."""
    return with_picture(markdown, _package(config)) if page.is_homepage else markdown


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the theme's search dialogue for screen readers; describe the data on the home page for search engines."""
    output = output.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)
    if page.is_homepage:
        output = output.replace("</head>", json_ld(_package(config), config.site_url or "") + "</head>", 1)
    return output


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the pages that are no document; no sitemap where the address of the site is not known."""
    if template_name == "sitemap.xml" and not config.site_url:
        return ""
    return output_content.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)


def _package(config: MkDocsConfig) -> Package:
    return Package(Path(config.config_file_path).parent)


def _theme_styles(config: MkDocsConfig) -> list[str]:
    folders = [Path(folder) for folder in config.theme.dirs]
    found = [(folder, path) for folder in folders for path in sorted(folder.glob("assets/stylesheets/*.min.css"))]
    return [path.relative_to(folder).as_posix() for folder, path in found]
