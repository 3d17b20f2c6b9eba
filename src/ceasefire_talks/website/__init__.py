"""Floor 4: pages of a package as Markdown and HTML; the MkDocs hook in docs/ only calls it."""
