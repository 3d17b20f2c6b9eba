"""Mending what is safe to mend in a package's files: their form, never what they say."""
