"""From when an agreement runs, and until when, for what it makes due again and again.

"The lease runs from 1 March 2027 to 28 February 2028. Rent is 1,000 USDC a month": the rent is due
from 1 March 2027 on, twelve times, and not from the day on which somebody deploys the contract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assay.authoring.language.dates import later, times_between
from assay.authoring.model import Condition, Obligation, Span

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PAYING = frozenset({"pay", "transfer"})
_LETTING = frozenset({"occupy", "provide", "use", "supply", "perform", "subscribe"})
"""What goes on for the whole of an agreement."""


@dataclass(frozen=True, slots=True)
class AgreementTerm:
    """The first day of an agreement and, where the words say it, its last one.

    Attributes:
        end: the last day on which it holds.
        span: of the words in the text.
        noun: what runs, as the words call it.
    """

    begin: str
    end: str | None
    span: Span
    noun: str | None = None


def ending(begin: str, length: str) -> str | None:
    """The last day of so long a time: a year from 1 March ends with the last of February."""
    found = re.fullmatch(r"P(\d+)([YMWD])", length)
    if found is None or not _DAY.fullmatch(begin):
        return None
    return later(begin, int(found[1]), found[2], days=-1)


def end_of(term: AgreementTerm) -> Obligation:
    """That the contract ends with the last day of a term."""
    return Obligation(
        actor="contract",
        modality="must",
        action="terminate",
        asset=term.noun,
        deadline=term.end,
        span=term.span,
    )


def terms_in(obligations: Sequence[Obligation]) -> tuple[AgreementTerm, ...]:
    """The terms that duties tell: "rents the flat from 1 March 2027 until 29 February 2028"."""
    return tuple(found for one in obligations if (found := _term_of(one)) is not None)


def _term_of(one: Obligation) -> AgreementTerm | None:
    if one.action not in _LETTING or one.recurrence is not None or one.modality == "must_not":
        return None
    begin, end = _date(one, (">=",)), _date(one, ("<=",))
    length = one.deadline or ""
    if begin is None and _DAY.fullmatch(one.deadline_from or "") and length.startswith("P"):
        begin, end = one.deadline_from, ending(one.deadline_from or "", length)
    elif begin is not None and length.startswith("P"):
        end = end or ending(begin, length)
    elif begin is not None and _DAY.fullmatch(length):
        end = end or length
    lasts = one.action not in {"perform", "supply"}
    known = begin is not None and (end is not None or lasts)
    return AgreementTerm(begin, end, one.span) if known and begin is not None else None


def _date(one: Obligation, comparators: tuple[str, ...]) -> str | None:
    found = [
        each.value
        for each in one.conditions
        if each.kind == "time" and each.comparator in comparators and not each.negated
    ]
    days = [value for value in found if value is not None and _DAY.fullmatch(value)]
    return days[0] if len(days) == 1 == len(found) else None


def counted_from_terms(
    text: str, obligations: Sequence[Obligation], told: Sequence[AgreementTerm]
) -> list[Obligation]:
    """What is paid again and again without a date of its own, from the beginning of the term.

    Args:
        told: the terms that sentences of their own give; those that duties tell are found here.

    Where the text gives several beginnings, none is chosen.
    """
    known = [*told, *terms_in(obligations)]
    begins = {one.begin for one in known}
    if len(begins) != 1:
        return list(obligations)
    ends = {one.end for one in known if one.end is not None}
    end = ends.pop() if len(ends) == 1 else None
    return [_from(text, one, known[0], end) if _is_open(one) else one for one in obligations]


def takes_up(obligations: Sequence[Obligation], term: AgreementTerm) -> bool:
    """Whether some payment counts from the beginning of a term."""
    return any(
        each.span == term.span and each.value == term.begin
        for one in obligations
        for each in one.conditions
    )


def _is_open(one: Obligation) -> bool:
    """Whether it recurs, and nothing says from when."""
    again = one.recurrence is not None and one.action in _PAYING and one.modality != "must_not"
    bare = all(each.kind == "approval" for each in one.conditions)
    return again and bare and not _DAY.match(one.deadline_from or "")


def _from(text: str, one: Obligation, term: AgreementTerm, end: str | None) -> Obligation:
    words = text[slice(*term.span)]
    begun = Condition(kind="time", text=words, span=term.span, comparator=">=", value=term.begin)
    update: dict[str, object] = {"conditions": (*one.conditions, begun)}
    last = one.deadline if one.deadline and _DAY.fullmatch(one.deadline) else end
    if last and one.occurrences is None and not one.spread:
        # How often, and no last day: rent that is late can be paid after the lease as well.
        update["occurrences"] = times_between(term.begin, last, one.recurrence or "")
    return one.model_copy(update=update)
