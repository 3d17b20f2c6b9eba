"""One file an export: a function from a package to the bytes of a file (or of several), always the same bytes.

Everything is made from the descriptor and the rows; no table is named that a reader of another package would not have.
"""
