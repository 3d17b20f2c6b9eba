"""Floor 4: the pages that show an article without its words, and verify a reader's own copy in the browser."""
