"""A report in the forms that people and programs read: text, JSON, annotations of GitHub."""
