"""What a clause says beside what a block reads of it: nothing may be left over.

says_only(duty, "amount", "asset")  # no deadline, no condition, no share...
window_of(duty)                     # from when until when, and the conditions that are no times
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assay.authoring.blocks.clauses.nouns import SALE
from assay.authoring.blocks.clauses.sums import is_single
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.moments import DAY_S, is_duration
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Number

_ALWAYS = frozenset(
    {
        "actor",
        "action",
        "modality",
        "span",
        "clause",
        "proposed",
        "by_hand",
        "kind",
        "text",
        "subject",
    }
)
SIGNING = frozenset({None, "signing", "deployment", "签署", "签订", "部署"})
"""From what a duration counts where it is the beginning of the contract."""


def says_only(piece: Act, *fields: str) -> bool:
    """Whether every field but these is as it stands where the words say nothing."""
    return all(
        getattr(piece, name) == field.default
        for name, field in type(piece).model_fields.items()
        if name not in _ALWAYS and name not in fields
    )


@dataclass(frozen=True, slots=True)
class Window:
    """When something may be done: ISO 8601 of both ends, and the other conditions."""

    opens: str | None
    closes: str | None
    rest: tuple[Condition, ...]


def window_of(duty: Obligation) -> Window:
    """The times of a duty; times that count from something else stay among the conditions."""
    opens, closes, rest = None, duty.deadline, []
    for one in duty.conditions:
        plain = one.kind == "time" and not one.negated and one.subject in SIGNING
        if plain and one.value and one.comparator == ">=" and opens is None:
            opens = one.value
        elif plain and one.value and one.comparator == "<=" and closes in (None, one.value):
            closes = one.value
        else:
            rest.append(one)
    return Window(opens, closes, tuple(rest))


def closes(duty: Obligation) -> bool:
    """Whether it says that a sale ends: "the sale ends on 30 June"."""
    over = duty.action == "terminate" and duty.actor == "contract" and duty.asset in SALE
    return over and duty.deadline is not None and says_only(duty, "asset", "deadline")


def opens(duty: Obligation) -> str | None:
    """The date before which nobody may buy, where it says no more."""
    none = duty.modality == "must_not" and duty.action in ("buy", "subscribe")
    if not none or len(duty.conditions) != 1 or not says_only(duty, "asset", "conditions"):
        return None
    (until,) = duty.conditions
    plain = until.kind == "time" and until.comparator == "<" and until.subject is None
    return until.value if plain and says_only(until, "comparator", "value") else None


def point(draft: Draft, name: str, iso: str) -> Expression:
    """The last second of a date, or a duration after the contract was deployed."""
    if is_duration(iso):
        return draft.later(draft.started(), f"{name} after", iso)
    return draft.moment(name, iso)


def opening(draft: Draft, name: str, iso: str) -> Expression:
    """The first second of a date; else as `point`."""
    if is_duration(iso) or not _is_date(iso):
        return point(draft, name, iso)
    before = draft.moment(f"{name} day", iso)
    return Binary("-", before, Number(DAY_S - 1))


def _is_date(iso: str) -> bool:
    try:
        return bool(date.fromisoformat(iso))
    except ValueError:
        return False


def parts_of_hundred(shares: tuple[str, ...]) -> tuple[tuple[int, ...], int]:
    """Percentages as whole numbers, and what a hundred percent is then.

    >>> parts_of_hundred(("60", "40")), parts_of_hundred(("12.5",))
    (((60, 40), 100), ((125,), 1000))
    """
    places = max(max(0, -int(Decimal(one).as_tuple().exponent)) for one in shares)
    return tuple(int(Decimal(one).scaleb(places)) for one in shares), 100 * 10**places


def is_money(specification: Specification, name: str | None) -> bool:
    """Whether it is an asset that a contract can hold."""
    kinds = {one.name: one.kind for one in specification.assets}
    return name is not None and kinds.get(name) in ("token", "native") and not is_single(name)


def is_class(specification: Specification, name: str | None) -> bool:
    """Whether a noun like `contributor` stands for whoever comes, since no words define it."""
    introduced = {one.name: one for one in specification.parties}
    party = introduced.get(name or "")
    defined = party is not None and (party.address or len(party.text.split()) > 2)
    return name is not None and not defined
