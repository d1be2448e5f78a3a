"""Shingles: the short word sequences that two copies have in common.

A text is cut into words; where a script is written without spaces, every pair of neighbouring
characters counts as a word, as search engines index Chinese. A shingle is two words in a row: two
English words, or three Chinese characters, so that mixed texts need no rule of their own. Longer
shingles miss copies with many changed words, and unrelated texts share few of two already (see
docs/text-fingerprint.md).

>>> list(shingles("the quick brown fox"))
['the quick', 'quick brown', 'brown fox']
>>> list(words("用python写程序"))
['用', 'python', '写程', '程序']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assay.content.texts.normalisation import UNSPACED

_RUN = re.compile(f"([{UNSPACED}]+)|[^ {UNSPACED}]+")


def words(normalised: str) -> Iterator[str]:
    """The words of a normalised text, and the character pairs of its unspaced runs, in order."""
    for match in _RUN.finditer(normalised):
        run = match.group()
        if match.group(1) is None or len(run) == 1:
            yield run
        else:
            for start in range(len(run) - 1):
                yield run[start : start + 2]


def shingles(normalised: str) -> Iterator[str]:
    """Every two neighbouring words; none where the text has fewer."""
    return (f"{first} {second}" for first, second in pairwise(words(normalised)))
