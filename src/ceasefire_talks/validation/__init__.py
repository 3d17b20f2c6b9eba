"""Floor 3: rules that turn a package into problems, and the report of them."""
