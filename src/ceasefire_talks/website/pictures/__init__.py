"""Pictures of a package, each with all that it shows as text too. Positions on an axis are in per cent of its width."""
