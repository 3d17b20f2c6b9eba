"""Floor 4: pages of a package; the MkDocs hook in docs/ only calls it."""
