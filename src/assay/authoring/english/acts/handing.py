"""The fields of an act, and what handing something over, keeping or creating it is called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.language.quantities import Limit


@dataclass(frozen=True, slots=True)
class Roles:
    """The fields of an act; an obligation has all of them, a condition the first five."""

    actor: str | None = None
    action: str | None = None
    amount: str | None = None
    asset: str | None = None
    recipient: str | None = None
    share_of: str | None = None
    limit: Limit = "exact"


LOSING = frozenset({"forfeit", "lose"})
TURNING = LOSING | {"create", "keep", "post", "hold", "stop"}
"""Verbs whose action what they act on decides."""


def turned(lemma: str, roles: Roles, thing: str | None = None) -> Roles:
    """The act of a verb whose object decides what it is."""
    if lemma in LOSING:
        return forfeited(roles, thing)
    if lemma == "hold":
        head = (roles.asset or "").split(" ")[-1]
        return replace(roles, action="perform") if head in _HELD else roles
    if lemma == "stop":
        kept = (roles.asset or "").split(" ")[-1]
        return replace(roles, action=_STOPPED.get(kept, roles.action))
    if lemma == "post":
        return replace(roles, action="report") if roles.asset in _POSTED else roles
    if lemma == "keep" and (roles.asset or "").split(" ")[-1] in _RECORDS:
        return replace(roles, action="maintain")
    animal = lemma == "keep" and (roles.asset or "").split(" ")[-1] in _ANIMALS
    created = lemma == "create" and not _is_coined(roles.asset)
    return replace(roles, action="perform") if animal or created else roles


_HELD = frozenset({"class", "meeting", "course", "workshop", "event", "vote", "election", "auction",
                   "concert", "lesson", "session", "ceremony", "party", "exam",
                   "webinar"})  # fmt: skip
_STOPPED = {"subscription": "cancel", "membership": "cancel", "plan": "cancel",
            "lease": "terminate", "agreement": "terminate", "contract": "terminate",
            "rental": "terminate", "deal": "terminate", "employment": "terminate"}  # fmt: skip
"""What is ended where it is stopped: all else, like a service, only pauses."""
_RECORDS = frozenset({"record", "account", "book", "log", "register", "insurance", "backup"})
_ANIMALS = frozenset({"animal", "pet", "dog", "cat", "horse", "bee", "chicken", "vehicle"})
_STAKED = frozenset({"deposit", "stake", "bond", "collateral", "token", "prepayment", "advance",
                     "share",
                     "contribution", "security", "reward", "money", "prize", "bounty", "retention",
                     "allocation", "payment", "fee", "premium", "bid", "winnings",
                     "balance"})  # fmt: skip


def _is_coined(asset: str | None) -> bool:
    """Whether what is created are tokens rather than a charge or an account."""
    name = asset or ""
    coined = ("token", "nft", "coin", "share", "note", "bond", "unit", "voucher", "certificate",
              "supply")  # fmt: skip
    return name != name.lower() or name.split(" ")[-1] in coined


def forfeited(roles: Roles, thing: str | None = None) -> Roles:
    """ "shall forfeit 1 % to the Client" is a payment; "forfeits its stake": it is kept."""
    staked = thing in _STAKED - {"payment", "fee"} and roles.recipient is None
    if roles.amount is not None and staked:  # "loses your 50 USDC deposit"
        return replace(roles, actor="contract", action="keep")
    if roles.amount is not None:
        return replace(roles, action="pay")
    if (roles.asset or "").split(" ")[-1] not in _STAKED:
        return roles
    return replace(roles, actor=roles.recipient or "contract", action="keep", recipient=None)


_POSTED = frozenset({"update", "report", "notice", "result", "message", "summary", "statement",
                    "progress report", "announcement", "score"})  # fmt: skip
"""What is posted by making it known, not by putting it into safe keeping."""
