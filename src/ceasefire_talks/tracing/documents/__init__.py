"""The text of a copy, however it was saved: plain text, Markdown, a web page, or a browser's archive of one.

Nothing in a copy is trusted: no script of a page is run, nothing that it names is loaded, and sizes are bounded.
"""

from ceasefire_talks.tracing.documents.model import Document, DocumentError, Kind
from ceasefire_talks.tracing.documents.read import read_document

__all__ = ["Document", "DocumentError", "Kind", "read_document"]
