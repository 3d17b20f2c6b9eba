"""Stage 6: the rules of the data model, across rows and tables. One function a rule; a module a theme."""
