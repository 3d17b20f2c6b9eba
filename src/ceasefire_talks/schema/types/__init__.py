"""The types of Table Schema, one family a file: which texts are of a type, and which value each of them is."""
