"""Other words for the same English clause: words, order, values, and the dress of a sentence."""

from __future__ import annotations

from .english_dress import DRESSES, JOININGS
from .english_forms import FORMS
from .english_names import NAMES
from .english_order import ORDERS
from .english_values import VALUES
from .english_words import WORDS
from .rewording import chained

__all__ = ["JOININGS", "REWORDINGS"]

_ALONE = (*WORDS, *ORDERS, *FORMS, *NAMES, *VALUES, *DRESSES)
REWORDINGS = (*_ALONE, *(chained(_ALONE, length) for length in (2, 3, 4, 6)))
