"""Revenue split: whatever comes in belongs to several by fixed shares, and each fetches its own.

"Revenue is split 60 % to the Author, 30 % to the Publisher and 10 % to the Platform." Nobody has to
wait for another. Of each payment, shares round down to the smallest unit, and what rounding leaves
is the last party's, so that all of it belongs to somebody at once.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import cast

from assay.authoring.blocks.clauses.nouns import INCOME, SHARE
from assay.authoring.blocks.clauses.saying import is_money, parts_of_hundred, says_only
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.blocks.terms import (
    AMOUNT,
    CALLER,
    DUE,
    GIVEN_AMOUNT,
    ZERO,
    at_least,
    define,
    differ,
    minus,
    over,
    plus,
    times,
)
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Expression, Held, Name
from assay.authoring.program.model import Emit, Invariant, Let, Pull, Push, Require, Set, Statement

GIVING = frozenset({"distribute", "pay", "release", "transfer"})
WHOLE = 100
_INCOMES = ("收入", "收益", "版税", "营收", "票款", "收到的款项")
_PAYING_IN = frozenset({"pay", "deposit", "transfer"})


class Split:
    """Divides what comes in."""

    name = "split"
    text = "Money that comes in is divided by fixed shares; each party fetches its own."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """For each sum that is divided, all its shares, where they make a hundred percent."""
        by_source: dict[str, list[int]] = {}
        for index in sorted(free):
            duty = specification.obligations[index]
            if is_share(duty) and duty.share_of:
                by_source.setdefault(duty.share_of, []).append(index)
        claims = []
        for source, indices in by_source.items():
            shares = [specification.obligations[index] for index in indices]
            parties = {one.recipient for one in shares}
            whole = sum(Decimal(one.amount or 0) for one in shares) == WHOLE
            if whole and len(parties) == len(shares) and is_money(specification, source):
                rest = _said_too(specification, free, source, parties)
                claims.append(Claim(self.name, tuple(sorted([*indices, *rest]))))
        return tuple(claims)

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """One function for the money that comes in, and one for each party."""
        all_ = draft.specification.obligations
        shares = [index for index in claim.obligations if is_share(all_[index])]
        said = [all_[index] for index in shares]
        source = said[0].share_of
        assert source is not None, "it was claimed"
        asset = draft.asset(source).name
        label = capitalised(asset)
        numbers, whole = parts_of_hundred(tuple(one.amount or "0" for one in said))
        everything = draft.count(f"{asset} shares", whole, "100 %")
        names = [capitalised(draft.party(one.recipient or "")) for one in said]
        owed = [
            draft.variable(f"owedTo{name}{label}", text=f"What {one.recipient} can fetch")
            for name, one in zip(names, said, strict=True)
        ]
        held = at_least(Held(asset), reduce(plus, owed[1:], cast("Expression", owed[0])))
        draft.keep(Invariant(f"{label}IsHeld", held, "All that is owed is there."))
        parts: list[Expression] = [
            over(times(AMOUNT, draft.count(f"share {one.recipient}", number)), everything)
            for one, number in zip(said[:-1], numbers[:-1], strict=True)
        ]
        lets = [Let(f"part{name}", part) for name, part in zip(names[:-1], parts, strict=True)]
        credits_: list[Expression] = [Name(one.name) for one in lets]
        credits_.append(reduce(minus, credits_, cast("Expression", AMOUNT)))
        incoming: list[Statement] = [
            Require(differ(AMOUNT, ZERO), "NothingPaidIn"),
            *lets,
            *(Set(one.name, plus(one, credit)) for one, credit in zip(owed, credits_, strict=True)),
            Emit(f"{label}Received", (("payer", CALLER), ("amount", AMOUNT))),
            Pull(asset, AMOUNT),
        ]
        pay_in = define(draft, f"pay in {asset}", incoming, arguments=GIVEN_AMOUNT)
        kept = []
        for place, index in enumerate(shares):
            body: list[Statement] = [
                Let("due", owed[place]),
                Require(differ(DUE, ZERO), "NothingDue"),
                Set(owed[place].name, ZERO),
                Emit(f"{label}Fetched", (("party", CALLER), ("amount", DUE))),
                Push(asset, CALLER, DUE),
            ]
            callers = draft.caller_of(said[place].recipient)
            wanted = f"fetch {names[place]} {asset}"
            kept.append((index, define(draft, wanted, body, (index,), callers=callers)))
        functions = [function for _, function in kept]
        rest = [index for index in claim.obligations if index not in shares]
        incomes = [index for index in rest if brings_income(draft.specification, all_[index])]
        kept += [
            (index, function) for index in rest if index not in incomes for function in functions
        ]
        return (*kept, *((index, pay_in) for index in (*incomes, *shares[:1])))


def is_income(noun: str | None) -> bool:
    """Whether a noun means what comes in: "revenue", 收入, 门票收入."""
    return noun in INCOME or (noun is not None and noun.endswith(_INCOMES))


def is_part(duty: Obligation) -> bool:
    """Whether it is a share that belongs to somebody by name."""
    return is_share(duty) and duty.recipient not in (None, "contract")


def is_about_share(specification: Specification, duty: Obligation) -> bool:
    """Whether it passes on a share of what is divided: who had it would go on fetching it."""
    return duty.asset in SHARE and any(is_part(one) for one in specification.obligations)


def brings_income(specification: Specification, duty: Obligation) -> bool:
    """Whether it puts into the contract what is divided there, whatever it comes to."""
    into = duty.action in _PAYING_IN and duty.recipient == "contract"
    into = into and duty.modality != "must_not" and duty.amount is None
    what = into and (is_income(duty.asset) or is_money(specification, duty.asset))
    if not what or not says_only(duty, "asset", "recipient"):
        return False
    return sum(is_part(one) for one in specification.obligations) > 1


def is_share(duty: Obligation) -> bool:
    """Whether the contract is to hand a share of something to somebody, and no more is said."""
    said = duty.actor == "contract" and duty.modality == "must" and duty.action in GIVING
    plain = says_only(duty, "amount", "asset", "share_of", "recipient")
    return said and plain and duty.asset == "%" and duty.amount not in (None, "0")


def _said_too(
    specification: Specification, free: frozenset[int], source: str, parties: set[str | None]
) -> list[int]:
    """What follows from the split: that it is divided at all, and that each may fetch its part."""
    found = []
    for index in sorted(free):
        duty = specification.obligations[index]
        divided = duty.action == "distribute" and duty.actor == "contract"
        fetched = duty.action in ("withdraw", "claim") and duty.modality == "may"
        who = duty.actor in parties | {"parties", "双方", "各方", "each party"}
        if (
            (divided and duty.asset == source and says_only(duty, "asset"))
            or (fetched and who and duty.asset in SHARE | {source} and says_only(duty, "asset"))
            or brings_income(specification, duty)
        ):
            found.append(index)
    return found
