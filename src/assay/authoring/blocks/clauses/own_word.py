"""Whose own word decides that they are paid: "when the seller says that the goods arrived".

    for one in own_words(specification):
        one.party, one.fact, one.by_silence, one.over

So it does where somebody says of their own work that it was done, and nothing goes back any more.

An agreement may say so, and an answer too; nobody is to find out only when the money is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.clauses.several import ENDINGS, NOT_ONE
from assay.authoring.blocks.clauses.sums import pots
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.model import Condition, Obligation, Specification

_WILL = ENDINGS | {"claim", "propose", "renew", "extend", "notify"}
"""What somebody may say because they want it so, and not because it is so."""

_TAKING = frozenset({"withdraw", "keep", "claim"})
_TOLD = frozenset({"event", "breach", "oracle", "state"})
_GIVING = frozenset({"pay", "release", "refund", "return", "transfer", "issue"})


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One fact that whoever is paid for it tells alone.

    Attributes:
        by_silence: whether they are paid as long as they do not tell it.
        over: who else gets nothing any more once they have told it of their own work.
    """

    party: str
    fact: str
    by_silence: bool
    over: str | None = None


def own_words(specification: Specification) -> tuple[OwnWord, ...]:
    """Each of them once, in the order of the clauses."""
    found: dict[OwnWord, None] = {}
    for duty in _moving(specification):
        for one in duty.conditions:
            party, told_by = gainer(specification, duty), teller(specification, one)
            fact = " ".join(one.text.split())
            if party is not None and told_by == party:
                found[OwnWord(party, fact, _is_silence(one))] = None
            elif party is not None and told_by is not None and _bars(specification, one, told_by):
                found[OwnWord(told_by, fact, by_silence=False, over=party)] = None
    return tuple(found)


def _bars(specification: Specification, lack: Condition, told_by: str) -> bool:
    """Whether somebody only has to say that their own work was done for it not to be lacking."""
    if not _is_silence(lack) or lack.kind == "oracle" or lack.action in acts.STATEMENTS:
        return False
    return acts.canonical(specification, lack).actor == told_by


def gainers(
    specification: Specification, told: Condition, *, by_silence: bool = False
) -> tuple[str, ...]:
    """Who is paid if somebody says that it is so, or if nobody says it."""
    names = (
        gainer(specification, duty)
        for duty in _moving(specification)
        for one in duty.conditions
        if one.kind in _TOLD and _is_silence(one) == by_silence and _is_same(one, told)
    )
    return tuple(dict.fromkeys(name for name in names if name is not None))


def gainer(specification: Specification, duty: Obligation) -> str | None:
    """Who gets what a duty hands out; None where that is nobody in particular."""
    name = duty.recipient or (duty.actor if duty.action in _TAKING else None)
    if name is None and duty.action in ("refund", "return"):
        givers = (
            pot.deposit.actor
            for pot in pots(specification)
            if any(duty == outflow for _, outflow in pot.outflows)
        )
        name = next(givers, None)
    return None if name in ("contract", *NOT_ONE) else name


def teller(specification: Specification, one: Condition) -> str | None:
    """Who says on the chain that it is so; None where the chain knows, or nobody is named."""
    if one.kind == "oracle":
        return one.actor
    if one.kind not in ("event", "breach") or one.action in (None, *_WILL, *acts.ON_CHAIN):
        return None
    try:
        return acts.recorder(specification, acts.canonical(specification, one))
    except NotBuildable:
        return None


def _moving(specification: Specification) -> Iterator[Obligation]:
    for _, duty in duties(specification):
        if duty.modality != "must_not" and duty.action in _TAKING | _GIVING:
            yield duty


def _is_same(one: Condition, other: Condition) -> bool:
    fields = ("action", "asset", "subject", "value") if one.action is None else ("action", "asset")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _is_silence(one: Condition) -> bool:
    """Whether it holds as long as nobody says anything."""
    return one.negated != (one.kind == "breach")
