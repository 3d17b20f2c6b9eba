"""Floor 4: what leaves the house: citations, bundles, comparisons of releases."""
