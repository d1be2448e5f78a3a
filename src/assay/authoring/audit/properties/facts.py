"""What has happened on a stage so far: who called what, and who paid and got how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assay.authoring.audit.properties.stage import CONTRACT, Call, Moved
from assay.authoring.trials.cast import START_S

Sums = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Done:
    """A call that went through."""

    function: str
    caller: str
    now_s: int
    moved: Moved
    is_gift: bool = False

    def lost(self, asset: str) -> Mapping[str, int]:
        """What people paid of an asset, by their names."""
        return {
            who: -units
            for (one, who), units in self.moved.items()
            if one == asset and units < 0 and who != CONTRACT
        }

    def gained(self) -> Mapping[tuple[str, str], int]:
        """What people got, by asset and name."""
        return {key: units for key, units in self.moved.items() if units > 0 and key[1] != CONTRACT}


@dataclass(frozen=True)
class Facts:
    """Of one history.

    Attributes:
        paid_in: by asset and name, what people paid; gifts are not counted.
        paid_out: by asset and name, what people got.
        gifts: by asset, what came without a call.
        fulfilled: how often each rule was carried out, by its number.
    """

    done: tuple[Done, ...] = ()
    paid_in: Sums = field(default_factory=dict)
    paid_out: Sums = field(default_factory=dict)
    gifts: Mapping[str, int] = field(default_factory=dict)
    fulfilled: Mapping[int, int] = field(default_factory=dict)
    payments: int = 0
    first_in_s: int | None = None
    last_in_s: int = START_S

    def held(self, asset: str) -> int:
        """What the contract should hold of what was paid in."""
        into = sum(units for (one, _), units in self.paid_in.items() if one == asset)
        out = sum(units for (one, _), units in self.paid_out.items() if one == asset)
        return into - out

    def total_in(self, asset: str) -> int:
        """Everything that was ever paid in."""
        return sum(units for (one, _), units in self.paid_in.items() if one == asset)

    def left_of(self, asset: str, person: str) -> int:
        """What somebody paid and has not got back."""
        key = asset, person
        return self.paid_in.get(key, 0) - self.paid_out.get(key, 0)

    def after(self, one: Done, fulfilled: tuple[int, ...] = ()) -> Facts:
        """With one more call."""
        into, out, gifts = dict(self.paid_in), dict(self.paid_out), dict(self.gifts)
        paid = False
        for (asset, who), units in one.moved.items():
            if who == CONTRACT:
                continue
            if units > 0:
                out[asset, who] = out.get((asset, who), 0) + units
            elif one.is_gift:
                gifts[asset] = gifts.get(asset, 0) - units
            else:
                into[asset, who] = into.get((asset, who), 0) - units
                paid = True
        counts = dict(self.fulfilled)
        for number in fulfilled:
            counts[number] = counts.get(number, 0) + 1
        first = one.now_s if paid and self.first_in_s is None else self.first_in_s
        return replace(
            self,
            done=(*self.done, one),
            paid_in=into,
            paid_out=out,
            gifts=gifts,
            fulfilled=counts,
            payments=self.payments + paid,
            first_in_s=first,
            last_in_s=one.now_s if paid else self.last_in_s,
        )


def done_by(call: Call, moved: Moved, *, plain_is_payment: bool) -> Done:
    """A call that went through, as a fact.

    Args:
        plain_is_payment: whether money without a call is how one pays here, and no gift.
    """
    gift = call.entry.token is not None or (not call.entry.name and not plain_is_payment)
    return Done(call.entry.name, call.caller, call.now_s, moved, gift)
