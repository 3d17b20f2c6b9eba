"""Conversion between units of one kind, for comparing printed values; factors by UCUM, mean Julian months and years."""

from __future__ import annotations

_SECONDS = {"min": 60.0, "h": 3_600.0, "d": 86_400.0, "wk": 604_800.0, "mo": 2_629_800.0, "a": 31_557_600.0}
_METRES = {"m": 1.0, "km": 1_000.0, "[mi_i]": 1_609.344}
_SQUARE_METRES = {"har": 10_000.0, "km2": 1_000_000.0}
_SHARES = {"1": 1.0, "%": 0.01}
_KINDS = (_SECONDS, _METRES, _SQUARE_METRES, _SHARES)


def conversion(unit: str, other: str) -> float | None:
    """By what a value in one unit is multiplied to be in another; None where they are not of one kind."""
    if unit == other:
        return 1.0
    return next((kind[unit] / kind[other] for kind in _KINDS if unit in kind and other in kind), None)
