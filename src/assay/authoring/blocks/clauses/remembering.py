"""Answers that are asked again and again of the very same specification.

A specification is frozen, so that what is worked out from it stays true; comparing two of them
would cost more than most answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from assay.authoring.model import Specification

_Answer = TypeVar("_Answer")
_KEPT = 4
"""Of how many specifications the answers are kept: one is worked on at a time."""


class _Itself:
    """A specification as a key: the very same one, so that nothing of it has to be compared."""

    def __init__(self, specification: Specification) -> None:
        self.specification = specification

    def __hash__(self) -> int:
        return id(self.specification)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.specification is other.specification


def remembered(answer: Callable[[Specification], _Answer]) -> Callable[[Specification], _Answer]:
    """The function, with its answers for the last few specifications kept."""

    @lru_cache(maxsize=_KEPT)
    def kept(key: _Itself) -> _Answer:
        return answer(key.specification)

    @wraps(answer)
    def asked(specification: Specification) -> _Answer:
        return kept(_Itself(specification))

    return asked
