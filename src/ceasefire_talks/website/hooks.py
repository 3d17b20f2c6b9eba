"""What MkDocs calls while it builds the site of a package."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import Bar
from ceasefire_talks.website.home import json_ld, with_picture
from ceasefire_talks.website.imprint import imprint
from ceasefire_talks.website.navigation import navigation
from ceasefire_talks.website.page import LATE
from ceasefire_talks.website.page import Page as OwnPage
from ceasefire_talks.website.pages import pages
from ceasefire_talks.website.prose import HOME, pages_about_the_program, pages_beside_the_data
from ceasefire_talks.website.search import with_records
from ceasefire_talks.website.templating import render

THEME = Path(str(files("ceasefire_talks.website"))) / "theme"


class SiteHooks:
    """The events of MkDocs in which the site of a package takes part.

    Args:
        package: whose site it is. Its own pages are in its folder `docs`.
        program: the command-line program, for the page of its help.
        bar: of what tells how far the work is.
    """

    def __init__(self, package: Package, program: argparse.ArgumentParser, bar: Bar | None = None) -> None:
        self.package = package
        self.program = program
        self.bar = bar or Bar("Building")
        self._late: dict[str, Callable[[], str]] = {}

    def on_config(self, config: MkDocsConfig) -> None:
        """Name the site after the package. The theme does not escape these names."""
        config.site_name = str(escape(self.package.descriptor["title"]))
        config.site_description = str(escape(self.package.descriptor.get("description", "")))
        config.copyright = render("copyright.html", imprint=imprint(self.package))
        config.theme.dirs.insert(0, str(THEME))

    def on_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add what is made from the package to what people wrote, and lead to all of it."""
        styles = [*_theme_styles(config), *map(str, config.extra_css)]
        for page in pages(self.package, self.program, styles, with_home=HOME not in files.src_uris):
            _put(files, _file(page, config, self.bar))
            if page.late:
                self._late[page.path] = page.late
        for name, path in pages_about_the_program(self.package):
            _put(files, File.generated(config, name, abs_src_path=str(path)))
        for name, text in pages_beside_the_data(self.package, files.src_uris):
            _put(files, File.generated(config, name, content=text))
        in_nav = [f.src_uri for f in files.documentation_pages() if f.inclusion != InclusionLevel.NOT_IN_NAV]
        config.nav = navigation(in_nav, self.package.tables)
        self.bar.total = len(files)

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Draw the picture on the home page."""
        return with_picture(markdown, self.package) if page.is_homepage else markdown

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Name the theme's search dialogue; describe the data on the home page for search engines."""
        if page.is_homepage:
            output = output.replace("</head>", json_ld(self.package, config.site_url or "") + "</head>", 1)
        if late := self._late.pop(page.file.src_uri, None):
            output = output.replace(LATE, late(), 1)
        self.bar.advance()
        return _with_named_dialogue(output)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Let the search find the records, whose pages MkDocs does not know."""
        index = Path(config.site_dir) / "search" / "search_index.json"
        index.write_bytes(with_records(index.read_bytes(), self.package))

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """The same for the pages that are no document; no sitemap where the address of the site is not known."""
        if template_name == "sitemap.xml" and not config.site_url:
            return ""
        return _with_named_dialogue(output_content)


class _Drawn(File):
    """A file whose content is made when it is written, since there may be a hundred thousand of them."""

    def __init__(self, page: OwnPage, config: MkDocsConfig, bar: Bar) -> None:
        super().__init__(page.path, None, config.site_dir, config.use_directory_urls)
        self.bar = bar
        self.generated_by = "ceasefire-talks"
        self.made = page

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Write the file to the site."""
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.made.text(), "utf-8")
        self.bar.advance()


def _file(page: OwnPage, config: MkDocsConfig, bar: Bar) -> File:
    if isinstance(page.content, Path):
        file = File.generated(config, page.path, abs_src_path=str(page.content))
    elif isinstance(page.content, str):
        file = File.generated(config, page.path, content=page.content)
    else:
        file = _Drawn(page, config, bar)
    file.inclusion = InclusionLevel.INCLUDED if page.in_nav else InclusionLevel.NOT_IN_NAV
    return file


def _put(files: Files, file: File) -> None:
    known = files.get_file_from_path(file.src_uri)
    if known is not None:
        files.remove(known)
    files.append(file)


def _with_named_dialogue(html: str) -> str:
    return html.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)


def _theme_styles(config: MkDocsConfig) -> list[str]:
    folders = [Path(folder) for folder in config.theme.dirs]
    found = [(folder, path) for folder in folders for path in sorted(folder.glob("assets/stylesheets/*.min.css"))]
    return [path.relative_to(folder).as_posix() for folder, path in found]
