"""Answers that are asked again and again of the very same specification, clause or condition.

All of them are frozen, so that what is worked out from them stays true; comparing two of them
would cost more than most answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Generic, TypeVar, TypeVarTuple

from assay.authoring.model import Specification

_Answer = TypeVar("_Answer")
_Pieces = TypeVarTuple("_Pieces")
_SPECIFICATIONS = 4
"""Of how many specifications the answers are kept: one is worked on at a time."""
_PIECES = 1024
"""Of how many of their clauses and conditions."""


class _Themselves(Generic[*_Pieces]):
    """Pieces as a key: the very same ones, so that nothing of them has to be compared."""

    def __init__(self, *pieces: *_Pieces) -> None:
        self.pieces = pieces
        self.ids = tuple(map(id, pieces))

    def __hash__(self) -> int:
        return hash(self.ids)

    def __eq__(self, other: object) -> bool:
        # The pieces live as long as the key, so that no other piece has the id of one of them.
        return isinstance(other, _Themselves) and self.ids == other.ids


def remembered(answer: Callable[[Specification], _Answer]) -> Callable[[Specification], _Answer]:
    """The function, with its answers for the last few specifications kept."""
    return _kept(answer, _SPECIFICATIONS)


def remembered_of_each(answer: Callable[[*_Pieces], _Answer]) -> Callable[[*_Pieces], _Answer]:
    """The function, with its answers for the last clauses or conditions of specifications kept."""
    return _kept(answer, _PIECES)


def _kept(answer: Callable[[*_Pieces], _Answer], most: int) -> Callable[[*_Pieces], _Answer]:
    @lru_cache(maxsize=most)
    def kept(key: _Themselves[*_Pieces]) -> _Answer:
        return answer(*key.pieces)

    @wraps(answer)
    def asked(*pieces: *_Pieces) -> _Answer:
        return kept(_Themselves(*pieces))

    return asked
