"""What was read of a clause, in one line of words: told from its fields, and not from its words.

    in_words(obligation)   # "buyer must pay 50 USDC to seller; by 2027-05-01"

Whoever compares it with the clause sees a misreading.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.model import Condition, Obligation

_MODALS = {"must": "must", "may": "may", "must_not": "must not"}
_SIDES = {"<": "before", "<=": "up to", "=": "on", ">=": "from", ">": "after"}
_COMPARED = {"<": "less than", "<=": "at most", "=": "equal to", ">=": "at least", ">": "more than"}
_CLIFFS = frozenset({"cliff", "悬崖期", "锁定期"})


def in_words(one: Obligation) -> str:
    """All that was read of one obligation."""
    return "; ".join(lines_of(one))


def lines_of(one: Obligation) -> Iterator[str]:
    """What is to be done by whom, then each part that says when, how often and otherwise what."""
    what = " ".join(part for part in (one.amount, one.asset) if part)
    if one.share_of:
        what += f" of {one.share_of}" if one.asset == "%" else f" for each {one.share_of}"
    if one.limit != "exact":
        what = f"at {one.limit} {what}"
    to = f" to {one.recipient}" if one.recipient else ""
    act = f"{one.actor or '?'} {_MODALS[one.modality]} {one.action or '?'} {what}"
    yield act.rstrip() + to
    yield from map(condition_in_words, one.conditions)
    if one.deadline:
        after = f" from {one.deadline_from}" if one.deadline_from else ""
        yield f"{'within' if one.deadline.startswith('P') else 'by'} {one.deadline}{after}"
    if one.recurrence:
        times = f", {one.occurrences} times" if one.occurrences else ""
        yield f"every {one.recurrence}{times}"
    if one.spread:
        yield "in equal parts"
    if one.otherwise:
        yield from (f"otherwise: {line}" for line in lines_of(one.otherwise))


def condition_in_words(one: Condition) -> str:
    """When it applies: a goal with its sum, a cliff with its length, a date, who consents."""
    lead = "unless" if one.negated else "if"
    act = " ".join(part for part in (one.actor, one.action, one.amount, one.asset) if part)
    act += f" to {one.recipient}" if one.recipient else ""
    about = one.subject or "it"
    comparator = one.comparator or "="
    match one.kind:
        case "time":
            return f"{'not ' * one.negated}{_SIDES[comparator]} {_moment(one)}"
        case "event":
            return f"{lead} done: {act}{_in_time(one)}"
        case "breach":
            return f"{lead} not done: {act}{_in_time(one)}"
        case "approval":
            of = f" of {one.total}" if one.total else ""
            many = f" ({one.value}{of})" if one.value else ""
            return f"{lead} {about} consents{many}"
        case "comparison" | "oracle" if one.comparator:
            value = " ".join(part for part in (one.value, one.asset) if part)
            source = f", reported by {one.actor}" if one.kind == "oracle" and one.actor else ""
            return f"{lead} {about} is {_COMPARED[comparator]} {value or '?'}{source}"
        case _:
            source = f", reported by {one.actor}" if one.kind == "oracle" and one.actor else ""
            return f"{lead} so: {about} {one.value or ''}".rstrip() + source


def _moment(one: Condition) -> str:
    if one.value is None:
        return one.subject or "?"
    if one.subject in _CLIFFS:
        return f"the end of a cliff of {one.value}"
    since = f" from {one.subject}" if one.subject else ""
    return one.value + (since if one.value.startswith("P") else "")


def _in_time(one: Condition) -> str:
    if one.value is None:
        return ""
    return f", {_SIDES[one.comparator or '<=']} {_moment(one)}"
