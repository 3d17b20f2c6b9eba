"""What differs between two packages: read them wherever they lie, compare them, show it as text, JSON or HTML."""
