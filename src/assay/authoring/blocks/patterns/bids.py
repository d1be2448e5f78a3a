"""What clauses say of an auction by rising bids."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.blocks.clauses.nouns import AUCTION, BID, HIGHEST_BID, INCREMENT, LOSER, WINNER
from assay.authoring.blocks.clauses.saying import is_class, is_money, says_only, window_of
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Condition, Obligation, Specification

ITEM = "item"


@dataclass
class Auction:
    """One auction.

    Attributes:
        parts: indices of obligations by what they say.
        ends, payees, increments, assets, least: the values that were named.
        extension: window and length of what a late bid adds.
        item: the token that is sold, where it is one; else the item changes hands off the chain.
        odd: something of it is not known to the block.
    """

    parts: dict[str, list[int]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    payees: set[str] = field(default_factory=set)
    increments: set[tuple[str, str, str]] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    least: set[str] = field(default_factory=set)
    extension: tuple[str, str] | None = None
    item: tuple[str, str] | None = None
    odd: bool = False

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        return tuple(sorted(index for part in self.parts.values() for index in part))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        single = all(len(one) == 1 for one in (self.ends, self.payees, self.assets))
        few = len(self.increments) == 1 and len(self.least) <= 1
        needed = {"bid", "refund", "proceeds"} | ({ITEM, "supply"} if self.item else set())
        return single and few and needed <= set(self.parts) and not self.odd


def read_auction(specification: Specification, free: frozenset[int]) -> Auction:
    """The auction that obligations speak of."""
    found = Auction()
    for index in sorted(free):
        part = _part(specification, found, specification.obligations[index])
        if part:
            found.parts.setdefault(part, []).append(index)
    return found


def _part(specification: Specification, found: Auction, duty: Obligation) -> str:  # noqa: PLR0911 - one return for each kind of clause
    if duty.action == "bid":
        return _bid(specification, found, duty)
    if duty.action == "terminate" and duty.asset in AUCTION:
        found.ends |= {duty.deadline} if duty.deadline else set()
        found.odd |= not says_only(duty, "asset", "deadline")
        return "end"
    if duty.action == "extend" and duty.asset in AUCTION:
        return _extension(found, duty)
    if duty.modality == "must_not" and duty.action == "withdraw" and duty.actor in WINNER:
        return "ban"
    if LOSER & {duty.actor, duty.recipient}:
        return _refund(found, duty)
    if _hands_over(specification, duty):
        return _item(found, duty)
    if duty.recipient in WINNER and duty.action in ("transfer", "deliver") and not duty.amount:
        # "The highest bidder wins" says whose a thing is that no contract can move.
        return ""
    if duty.asset in HIGHEST_BID and duty.action in ("pay", "transfer", "release", "withdraw"):
        return _proceeds(found, duty)
    if duty.action == "deposit" and is_money(specification, duty.asset) and duty.amount:
        return _supply(found, duty)
    speaks = any(
        one.action == "bid" or one.subject in INCREMENT | {"bid"} for one in duty.conditions
    )
    found.odd |= duty.asset in AUCTION or (speaks and duty.action != "return")
    return ""


def _bid(specification: Specification, found: Auction, duty: Obligation) -> str:
    window = window_of(duty)
    raises = [one for one in window.rest if one.kind == "comparison" and one.subject in INCREMENT]
    found.odd |= len(raises) != len(window.rest) or window.opens is not None
    found.odd |= duty.actor is not None and not is_class(specification, duty.actor)
    found.odd |= duty.modality == "must_not" or (duty.amount is not None and duty.limit != "least")
    found.odd |= not says_only(duty, "amount", "asset", "limit", "deadline", "conditions")
    for one in raises:
        if one.value and one.asset and one.comparator in (">", ">="):
            found.increments.add((one.comparator, one.value, one.asset))
        else:
            found.odd = True
    found.ends |= {window.closes} if window.closes else set()
    found.assets |= {duty.asset} if duty.asset and is_money(specification, duty.asset) else set()
    found.least |= {duty.amount} if duty.amount else set()
    return "bid"


def _extension(found: Auction, duty: Obligation) -> str:
    event = duty.conditions[0] if len(duty.conditions) == 1 else None
    late = event is not None and event.action == "bid" and event.comparator == "<="
    if event is None or not late or not event.value or not duty.deadline:
        found.odd = True
        return "extension"
    found.odd |= not (is_duration(event.value) and is_duration(duty.deadline))
    found.extension = event.value, duty.deadline
    return "extension"


def _refund(found: Auction, duty: Obligation) -> str:
    fetches = duty.action in ("withdraw", "claim") and duty.modality == "may"
    sent = duty.action in ("refund", "return", "pay") and duty.modality == "must"
    at_once = duty.deadline in (None, "P0D")
    plain = says_only(duty, "asset", "recipient", "deadline", "conditions")
    found.odd |= not ((fetches or sent) and at_once and plain and _is_after(duty.conditions))
    found.odd |= duty.asset is not None and duty.asset not in BID
    return "refund"


def _hands_over(specification: Specification, duty: Obligation) -> bool:
    handed = duty.action in ("transfer", "deliver", "release", "pay", "issue")
    return handed and duty.recipient in WINNER and is_money(specification, duty.asset)


def _item(found: Auction, duty: Obligation) -> str:
    if duty.amount and duty.asset and says_only(duty, "amount", "asset", "recipient", "conditions"):
        found.item = duty.amount, duty.asset
        found.odd |= duty.actor != "contract" or not _is_after(duty.conditions)
    else:
        found.odd = True
    return ITEM


def _proceeds(found: Auction, duty: Obligation) -> str:
    plain = says_only(duty, "asset", "recipient", "conditions") and _is_after(duty.conditions)
    right = duty.action == "withdraw" and duty.modality == "may"
    payee = duty.actor if right else duty.recipient
    payer = right or duty.actor in WINNER | {"contract", None}
    found.odd |= not (plain and payer) or duty.modality == "must_not"
    found.payees |= {payee} if payee else set()
    return "proceeds"


def _supply(found: Auction, duty: Obligation) -> str:
    found.odd |= not says_only(duty, "amount", "asset", "recipient")
    found.odd |= duty.modality != "must" or duty.recipient not in (None, "contract")
    return "supply"


def _is_after(conditions: tuple[Condition, ...]) -> bool:
    """Whether it says nothing, or only that the auction is over."""
    ended = {"ended", "ends", "end", "over", "closed", "close", "closes", "结束", "已结束", "截止"}
    return all(
        (one.kind == "state" and one.subject in AUCTION and one.value in ended and not one.negated)
        or (one.kind == "event" and one.action == "terminate" and one.asset in AUCTION)
        for one in conditions
    )
