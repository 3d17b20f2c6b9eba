"""Fictional articles, and what happens to an article on its way to a reader.

Every edit draws from the random numbers it is given, so that a seed makes every run the same.
"""
