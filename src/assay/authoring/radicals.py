"""Radicals of Unicode as the characters that they look like, as PDFs often have them.

>>> unified("⼄⽅")
'乙方'
"""

from __future__ import annotations

import re
import unicodedata

_RADICAL = re.compile(r"[\u2e80-\u2fdf]")


def unified(text: str) -> str:
    """The same text, character for character, so that places in it stay where they are."""
    return _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
