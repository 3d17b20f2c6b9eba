"""The number expressions of English news prose, read into bounds, hedge and unit.

The grammar is small and documented (`grammar`, `numbers`, `lexicon`). What is outside it is refused with a reason; what
has several readings raises an error that holds them all. Nothing is guessed:

- low = high where the number is unhedged or "about" (also some, nearly, almost, close to);
- at least, more than, over and vague plurals have a low only: "tens of thousands" is 20,000 and more, a vague plural
  being at least two of what it names (scores: 40); less than, under and up to have a high only;
- "billion" is 10⁹; "3,544" has its commas in threes; "1.234" is a decimal; "1,2" and "1.234.567" are refused;
- "$" is the US dollar; "m" behind a currency is a million, elsewhere million or metre (both are kept).
"""

from ceasefire_talks.text.quantities.find import find_quantities
from ceasefire_talks.text.quantities.model import (
    AmbiguousQuantityError,
    LocatedQuantity,
    Quantity,
    QuantityError,
)
from ceasefire_talks.text.quantities.reader import read_quantities, read_quantity

__all__ = [
    "AmbiguousQuantityError",
    "LocatedQuantity",
    "Quantity",
    "QuantityError",
    "find_quantities",
    "read_quantities",
    "read_quantity",
]
