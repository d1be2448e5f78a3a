"""What others said in one round, bounded whatever they say.

>>> from assay.core.digest import Digest
>>> from assay.training.committee.messages import Prepare
>>> from assay.core.address import ZERO_ADDRESS
>>> log = MessageLog[Prepare]()
>>> for view in range(100):
...     prepare = Prepare(round=1, view=view, digest=Digest(bytes(32)), sender=ZERO_ADDRESS)
...     assert log.add(prepare) and not log.add(prepare)
>>> len(log) == MOST_VIEWS
True
"""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from assay.core.address import Address

MOST_VIEWS = 4


class _OfView(Protocol):
    @property
    def view(self) -> int: ...
    @property
    def sender(self) -> Address: ...


M = TypeVar("M", bound=_OfView)


class MessageLog(Generic[M]):
    """The first message of one kind of each sender in each of its `MOST_VIEWS` latest views.

    Honest senders only move on to later views, so what they said last is never pushed out; others
    can push out nothing but their own.
    """

    def __init__(self) -> None:
        self._by_sender: dict[Address, dict[int, M]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._by_sender.values()))

    def add(self, message: M) -> bool:
        """Keep a message; False if it is none of those to be kept."""
        views = self._by_sender.setdefault(message.sender, {})
        if message.view in views:
            return False
        if len(views) >= MOST_VIEWS:
            oldest = min(views)
            if message.view < oldest:
                return False
            del views[oldest]
        views[message.view] = message
        return True

    def get(self, sender: Address, view: int) -> M | None:
        """What one sender said in a view."""
        return self._by_sender.get(sender, {}).get(view)

    def at(self, view: int) -> list[M]:
        """What was said in a view."""
        return [views[view] for views in self._by_sender.values() if view in views]

    def latest(self) -> list[M]:
        """What each sender said in its latest view."""
        return [views[max(views)] for views in self._by_sender.values() if views]
