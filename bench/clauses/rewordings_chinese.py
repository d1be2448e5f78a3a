"""Other words for the same Chinese clause: words, order, values, and the dress of a sentence."""

from __future__ import annotations

from .chinese_dress import DRESSES, JOININGS
from .chinese_order import ORDERS
from .chinese_values import VALUES
from .chinese_words import WORDS

__all__ = ["JOININGS", "REWORDINGS"]

REWORDINGS = (*WORDS, *ORDERS, *VALUES, *DRESSES)
