"""Floor 1: text as code points. Normalising, folding, hashing, segmenting and reading dates; knows no table."""
