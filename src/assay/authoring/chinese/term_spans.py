"""From when a length runs: 租赁期限为一年,自2027年1月1日起至2027年12月31日止."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.predicates import Predicate
from assay.authoring.chinese.term_lines import TermLine
from assay.authoring.model import Obligation


def takes_start(  # noqa: PLR0911 - one return for each thing that it may run of
    head: Predicate, lengths: list[TermLine], obligations: list[Obligation], context: Context
) -> bool:
    """Give the length before, or the duty that it belongs to, its first and last day."""
    adverbial = head.adverbials[0] if len(head.adverbials) == 1 else None
    if adverbial is None or adverbial.moment is None or adverbial.moment.iso is None:
        return False
    begins = adverbial.relation == "from_to" or adverbial.tokens[0].kind == "from"
    if not begins or head.unread or head.comparisons or head.modality or head.objects:
        return False
    if head.subject is not None:
        return False
    since, until = adverbial.moment.iso, adverbial.until.iso if adverbial.until else None
    if lengths and lengths[-1].since is None:
        _restates(until, since, lengths[-1].length, context)
        lengths[-1] = replace(lengths[-1], since=since)
        return True
    last = obligations[-1] if obligations else None
    if last is None or last.deadline is None or not last.deadline.startswith("P"):
        return False
    if last.deadline_from is not None or last.recurrence is not None or last.deadline == "P0D":
        return False
    _restates(until, since, last.deadline, context)
    obligations[-1] = last.model_copy(update={"deadline_from": since})
    return True


def _restates(until: str | None, since: str, length: str | None, context: Context) -> None:
    """Whether the last day is the one that the length comes to; another one stays to be refused."""
    match = re.fullmatch(r"P(\d+)([YMD])", length or "")
    if until is None or match is None or len(until) != len(since):
        return
    first, last, count = date.fromisoformat(since), date.fromisoformat(until), int(match[1])
    if match[2] == "D":
        ends = first + timedelta(days=count)
    else:
        months = first.month - 1 + count * (12 if match[2] == "Y" else 1)
        year, month = first.year + months // 12, months % 12 + 1
        ends = date(year, month, min(first.day, monthrange(year, month)[1]))
    if last in {ends, ends - timedelta(days=1)}:
        context.restated.add(until)


def since_of(line: TermLine, made: Obligation) -> Obligation:
    """The duty with the day on which its length begins."""
    if line.since is None:
        return made
    return made.model_copy(update={"deadline_from": line.since})
