"""From when a length runs: 租赁期限为一年,自2027年1月1日起至2027年12月31日止."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.term_lines import TermLine
from assay.authoring.model import Obligation

_FOR = frozenset({"为期", "期限", "共计", "持续"})


def takes_start(  # noqa: PLR0911 - one return for each thing that it may run of
    head: Predicate, lengths: list[TermLine], obligations: list[Obligation], context: Context
) -> bool:
    """Give the length before, or the duty that it belongs to, its first and last day."""
    if _takes_length(head.tokens, obligations):
        return True
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


def _takes_length(tokens: Sequence[Token], obligations: list[Obligation]) -> bool:
    """每月支付3000元,为期一年: how long what was just said goes on."""
    kept = [token for token in tokens if token.kind not in {"quote"}]
    last = obligations[-1] if obligations else None
    if len(kept) != 2 or kept[0].text not in _FOR or kept[1].kind != "duration" or last is None:
        return False
    if last.deadline is not None or last.occurrences is not None or last.modality == "must_not":
        return False
    begins = [one for one in last.conditions if one.kind == "time" and one.comparator == ">="]
    since = begins[0].value if len(begins) == 1 and not begins[0].subject else None
    kept_conditions = [one for one in last.conditions if not (since and one is begins[0])]
    obligations[-1] = last.model_copy(
        update={
            "deadline": kept[1].value.iso,
            "deadline_from": since or last.deadline_from,
            "conditions": tuple(kept_conditions),
        }
    )
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
