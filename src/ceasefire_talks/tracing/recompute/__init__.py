"""Figures and dates read anew from the words of a copy, and compared with the rows."""
