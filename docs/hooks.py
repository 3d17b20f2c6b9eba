"""The hooks of this repository's own site: those of any package, on the package that lies here."""

from pathlib import Path

from ceasefire_talks import commands
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.hooks import SiteHooks

_site = SiteHooks(Package(Path(__file__).resolve().parents[1]), commands.parser())

on_config = _site.on_config
on_files = _site.on_files
on_page_markdown = _site.on_page_markdown
on_post_page = _site.on_post_page
on_post_build = _site.on_post_build
on_post_template = _site.on_post_template
