"""The steps of calls as the book takes them, many in one transaction.

    judged, = book.apply([Step(Act.RESERVE, order)], worker)

Charging is durable when `apply` returns; what merely sets a price aside, gives it back or renews a
lease is seen by all workers, and may be lost when the machine loses power.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assay.market.channels.account import Charge, Judged, Order

Note = Callable[[object, Judged], None]
"""Writes what belongs to a step, on the connection and in the transaction of that step.

Called only if the step changes the book. What it raises undoes the step, and no other one.
"""


class Act(Enum):
    """What is done with an order."""

    RESERVE = "reserve"
    CHARGE = "charge"
    RELEASE = "release"
    RENEW = "renew"
    SWEEP = "sweep"  # give back what dead workers had set aside in the order's channel


@dataclass(slots=True)
class Step:
    """One thing to do; `charge` says what the call costs, where it is charged."""

    act: Act
    order: Order
    charge: Charge | None = None
    note: Note | None = None
