"""What bans and limits come to in the functions that pay.

part = limited(draft, index, duty, amount)  # of what is owed, what no limit has used up
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assay.authoring.blocks.clauses.bounds import Limit, covers, limits, unless
from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import name_of
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.terms import ZERO, differ, lesser, minus, plus
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Expression, Name, with_value
from assay.authoring.program.model import Let, Require, Set, Statement

PART = Name("part")


class Bounds:
    """Keeps bans and limits that are about the payments of other clauses."""

    name = "bounds"
    text = "Bans on payments, and limits on how much is paid each time or in all."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Every ban and every limit that some other duty was made to keep."""
        all_ = duties(specification)
        found = {one.index for one in limits(specification, all_)}
        found |= {
            index
            for index, ban in all_
            if unless(ban) is not None and any(covers(specification, ban, duty) for _, duty in all_)
        }
        return tuple(Claim(self.name, (index,)) for index in sorted(found & free))

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """The functions that keep it, which are there already."""
        specification = draft.specification
        all_ = duties(specification)
        (index,) = claim.obligations
        covered = [
            one
            for each in limits(specification, all_)
            if each.index == index
            for one in each.covered
        ]
        covered += [
            one
            for number, ban in all_
            if number == index and unless(ban) is not None
            for one in all_
            if covers(specification, ban, one[1])
        ]
        names = dict.fromkeys(name_of(specification, *one) for one in covered)
        return tuple((index, name) for name in names if draft.has_function(name))


@dataclass(frozen=True)
class Limited:
    """A payment under a limit.

    Attributes:
        asked: what is computed and asked before, and
        changed: what is changed before the money moves.
    """

    amount: Expression
    asked: tuple[Statement, ...] = ()
    changed: tuple[Statement, ...] = ()


def limited(draft: Draft, index: int, duty: Obligation, amount: Expression) -> Limited:
    """Of what is owed, what the limits leave.

    Raises:
        NotBuildable: more is owed at once than is ever allowed.
    """
    found = limits_on(draft.specification, index, duty)
    if not found:
        return Limited(amount)
    part, changed = amount, []
    for limit in found:
        words = draft.specification.text[slice(*limit.duty.span)]
        most = draft.amount("limit in all", str(limit.duty.amount), str(limit.duty.asset), words)
        used = draft.variable(f"paidUnder{most.name.title().replace('_', '')}", text=words)
        part = lesser(part, minus(most, used))
        changed.append(Set(used.name, plus(used, PART)))
    asked = (Let(PART.name, part), Require(differ(PART, ZERO), "LimitReached"))
    return Limited(PART, asked, tuple(changed))


def spelt_out(statements: Iterable[Statement]) -> Iterator[Expression]:
    """What is asked, for another function, in which what a limit leaves has no name."""
    left: Expression = PART
    for one in statements:
        if isinstance(one, Let) and one.name == PART.name:
            left = one.value
        elif isinstance(one, Require):
            yield with_value(one.condition, PART.name, left)


def limits_on(specification: Specification, index: int, duty: Obligation) -> tuple[Limit, ...]:
    """The limits in all that a payment can reach.

    Raises:
        NotBuildable: it is itself more than is ever paid at once.
    """
    found = []
    for limit in limits(specification, duties(specification)):
        if (index, duty) not in limit.covered:
            continue
        most, own = float(limit.duty.amount or 0), float(duty.amount or 0)
        whole = own * (duty.occurrences or 1) if not duty.spread else own
        if limit.each and own > most:
            words = specification.text[slice(*duty.span)]
            reason = f"it is more than the {limit.duty.amount} {limit.duty.asset} of another clause"
            raise NotBuildable(words, reason, hint="Change one of the two sums.")
        endless = duty.recurrence is not None and duty.occurrences is None
        if not limit.each and (endless or whole > most or _sum(limit) > most):
            found.append(limit)
    return tuple(found)


def _sum(limit: Limit) -> float:
    return sum(
        float(one.amount or 0) * (1 if one.spread else one.occurrences or 1)
        for _, one in limit.covered
    )
