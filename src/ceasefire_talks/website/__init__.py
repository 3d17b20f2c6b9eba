"""Floor 4: pages and pictures of a package, and the site that MkDocs makes of them."""
