"""Floor 3: two codings of one text compared: rows matched, agreement measured, disagreements listed."""
