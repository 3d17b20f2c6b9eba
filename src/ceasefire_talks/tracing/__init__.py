"""Floor 3: rows against a copy of the source text."""
