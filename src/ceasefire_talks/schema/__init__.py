"""Floor 1: the single definition of the tables, and what is built from it: descriptor, dtypes, pandera schemas."""
