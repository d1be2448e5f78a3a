"""Adverbials of a clause to its deadline, recurrence, and conditions on time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from assay.authoring.chinese.conditions.conjuncts import joined_predicates, told_apart
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.outside import told_by, told_from
from assay.authoring.chinese.facts.statements import (
    base_text,
    became,
    quorum_of,
    relative,
    replaced,
    so,
    time,
    with_words,
)
from assay.authoring.chinese.lexicon.matters import PLACES
from assay.authoring.chinese.lexing.calendar import Recurrence
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.language.dates import Moment
from assay.authoring.model import Comparator, Condition

_CLAUSE_WORDS = {
    "verb", "signing", "not", "late", "above", "reach", "below", "by", "quorum", "violate", "most",
    "least", "at_or_below",
}  # fmt: skip
_WHOLES = ("收入", "收益", "利润", "款", "资金", "池", "费", "遗产", "财产", "所得", "金额")
_BY_HAND = frozenset({"签字", "盖章", "签字盖章"})
_ALL_SIDES = frozenset({"双方", "甲乙双方", "买卖双方", "各方", "合同", "协议", "contract"})
_PERIODS = {"P1M": "月", "P3M": "季度", "P6M": "半年", "P1Y": "年", "P1W": "周"}
_ON_DAY = frozenset({"moment", "when", "de"})
"""What a day ends with on which a right begins; with 内 it has until then."""

_SAME = frozenset({"该", "此", "上述", "前述", "该期限", "上述期限", "前述期限"})
"""What points at the length that was named before: 未在该期限内提出."""
Read = Callable[[Predicate, Context, str | None], list[Condition]]
"""Reads what a clause inside an adverbial states."""


@dataclass(slots=True)
class Timing:
    """When: what the adverbials of a clause come to."""

    conditions: list[Condition] = field(default_factory=list)
    deadline: str | None = None
    deadline_from: str | None = None
    recurrence: str | None = None


def read_timing(
    predicate: Predicate,
    context: Context,
    read: Read,
    *,
    modality: str | None,
    acting: str | None,
) -> Timing:
    """Resolve a clause's adverbials; a prohibition has its time as a condition."""
    every = [one.recurrence for one in predicate.adverbials if one.recurrence is not None]
    recurs = any(not one.late for one in every)
    reader = _Reader(context, read, modality, acting, recurs)
    timing = reader.timing
    for adverbial in predicate.adverbials:
        reader.apply(adverbial)
    consents = [read(approval, context, acting) for approval in predicate.approvals]
    timing.conditions += [one for found in consents for one in found]
    if all(approval.negated for approval in predicate.approvals):
        context.except_for(consents, either=False)
    timing.conditions += [
        quorum_of(token, context, negated=negated) for token, negated in predicate.quorums
    ]
    timing.conditions += [relative(noun, clause, context) for noun, clause in predicate.relatives]
    if predicate.groundless is not None:
        context.ask("good_reason", predicate.groundless.start, predicate.groundless.end)
    if predicate.prompt and timing.deadline is None and modality != "condition":
        timing.deadline = "P0D"
    if modality in {"must", None}:
        _count_from(timing)
    for token in predicate.vague:
        context.ask("vague_time", token.start, token.end)
    return timing


def _count_from(timing: Timing) -> None:
    """自协议生效之日起提供一年的服务: the time that a length counts from."""
    begins = [one for one in timing.conditions if one.kind == "time" and one.text.endswith("起")]
    length = (timing.deadline or "").startswith("P") and timing.deadline != "P0D"
    if length and timing.deadline_from is None and len(begins) == 1 and not begins[0].value:
        timing.deadline_from = begins[0].subject
        timing.conditions.remove(begins[0])


@dataclass(slots=True)
class _Reader:
    """Adds adverbials to a timing, one after the other."""

    context: Context
    read: Read
    modality: str | None
    acting: str | None
    recurs: bool
    timing: Timing = field(default_factory=Timing)

    def apply(self, adverbial: Adverbial) -> None:
        words = adverbial.tokens
        if adverbial.duration is not None and adverbial.duration.business:
            self.context.ask("business_days", words[0].start, words[-1].end)
        if adverbial.moment is not None:
            self._moment(adverbial, adverbial.moment)
        elif adverbial.recurrence is not None:
            self._recurrence(adverbial, adverbial.recurrence)
        elif adverbial.duration is not None:
            self._duration(adverbial, adverbial.duration.iso)
        else:
            self._circumstance(adverbial)

    def _add(
        self,
        adverbial: Adverbial,
        comparator: Comparator,
        value: str | None,
        subject: str | None = None,
    ) -> None:
        self.timing.conditions.append(
            time(self.context, adverbial.tokens, comparator, value, subject)
        )

    def _moment(self, adverbial: Adverbial, moment: Moment) -> None:
        words, relation = adverbial.tokens, adverbial.relation
        if moment.missing is not None:
            kind = "time_zone" if moment.missing == "zone" else "date"
            self.context.ask(kind, words[0].start, words[-1].end)
        begins = relation == "on" and self.modality == "may" and words[-1].kind in _ON_DAY
        if relation in {"by", "on"} and self.modality != "must_not" and not begins:
            self.timing.deadline = moment.iso or self.timing.deadline
        elif relation == "from_to" and adverbial.until is not None:
            self._add(adverbial, ">=", moment.iso)
            self._add(adverbial, "<=", adverbial.until.iso)
        else:
            comparators: dict[str, Comparator] = {"by": "<", "on": "=", "after": ">"}
            first = moment.iso
            if relation == "after" and moment.iso is not None:
                first = _first_day(moment.iso, words)
            from_then_on = relation == "after" and words[-1].text not in {"后", "之后", "以后"}
            self._add(
                adverbial,
                ">=" if from_then_on else comparators.get(relation, "="),
                first if from_then_on else moment.iso,
            )

    def _recurrence(self, adverbial: Adverbial, every: Recurrence) -> None:
        self.timing.recurrence = every.iso
        if every.month:
            words = adverbial.tokens
            self.context.ask("recurring_date", words[0].start, words[-1].end)
        unit = _PERIODS.get(every.iso, "")
        if adverbial.duration is not None:
            self.timing.deadline, self.timing.deadline_from = adverbial.duration.iso, f"{unit}末"
        elif every.day is not None:
            self.timing.deadline, self.timing.deadline_from = f"P{every.day}D", unit
        elif every.at_end:
            self.timing.deadline, self.timing.deadline_from = every.iso, unit

    def _duration(self, adverbial: Adverbial, value: str) -> None:
        subject, relation = base_text(adverbial.content), adverbial.relation
        full = any(token.text in {"满", "届满"} for token in adverbial.tokens)
        counted = self.modality == "may" or full or relation == "before"
        if counted and _has_choice(adverbial.content):
            reason = "it gives two conditions of which either would do"
            self.context.reject(adverbial.tokens, reason)
        in_condition = self.modality == "condition" and relation == "by" and not adverbial.content
        if in_condition:
            self.timing.deadline = value
        elif self.modality == "must_not":
            self._add(adverbial, ">=" if relation == "after" else "<", value, subject)
        elif relation == "before":
            pairs = pairwise(adverbial.tokens)
            lasts = any(one.text == "满" and behind.kind == "duration" for one, behind in pairs)
            self._add(adverbial, "<" if lasts else "<=", value, subject)
        elif relation == "after" and (self.modality == "may" or full or self.recurs):
            # 一年后每月解锁5%: what is done again and again begins then.
            self._add(adverbial, ">=", value, subject)
        else:
            self.timing.deadline = value
            if adverbial.content:
                self.timing.deadline_from = self._base(adverbial)

    def _circumstance(  # noqa: C901 - one branch for each kind of circumstance
        self, adverbial: Adverbial
    ) -> None:
        content, words, relation = adverbial.content, adverbial.tokens, adverbial.relation
        subject = base_text(content)
        if relation == "during" and words[-1].text == "中" and (subject or "").endswith(_WHOLES):
            self.context.whole = subject
        elif relation == "during" and self._says_no_time(subject or ""):
            pass
        elif relation == "when" and _is_signing(content):
            self.timing.deadline = "P0D"
        elif relation == "before" and (_is_plain(content) or len(content) == 1):
            self._add(adverbial, "<", None, subject)
        elif relation == "before":
            self._base(adverbial, negated=True)
        elif relation == "case" and _is_plain(content):
            self.timing.conditions.append(so(self.context, words, subject))
        elif relation in {"after", "when"} and (told := self._became(words, content)):
            self.timing.conditions.append(told)
        elif any(token.kind in {"amount", "counted", "number"} for token in content) and (
            relation in {"when", "case", "after"} and _is_plain(content)
        ):
            self.context.reject(words, "a number stands in it that no rule reads")
        elif relation == "during" or _is_plain(content):
            after: Comparator = ">=" if words[-1].text.endswith("起") else ">"
            self._add(adverbial, after if relation == "after" else "=", None, subject)
        elif (name := self._base(adverbial)) is not None:
            self._add(adverbial, ">" if relation == "after" else "=", None, name)
        on_day = words[-1].text in {"当日", "当天", "的当日", "的当天"}
        if on_day and self.modality != "condition":
            self.timing.deadline = "P0D"

    def _says_no_time(self, subject: str) -> bool:
        """在房屋内 is a place; 该期限内 in a condition is the time that was said before."""
        return subject.endswith(PLACES) or (
            subject in {*_SAME, "此", "该", ""} and self.modality == "condition"
        )

    def _became(self, words: tuple[Token, ...], content: tuple[Token, ...]) -> Condition | None:
        """货物装船, 法院裁定被告败诉: what became of a thing, and who is said to find it."""
        source, rest = told_by(content)
        told = became(self.context, words, tuple(rest))
        return (
            told if told is None or source is None else replaced(told, kind="oracle", actor=source)
        )

    def _base(self, adverbial: Adverbial, *, negated: bool = False) -> str | None:
        """Add the conditions that a time counts from, or give the name of a time."""
        content = adverbial.content
        if _is_signing(content) or all(token.kind == "late" for token in content):
            return None
        if _is_plain(content) or content[-1].text == "生效":
            return base_text(content)
        source, told_content = told_by(content)
        predicates = joined_predicates(told_content)
        joins = [predicate.alternative for predicate in predicates[1:]]
        parts: list[list[Condition]] = []
        for predicate in predicates:
            found = self.read(predicate, self.context, self.acting)
            found = found if source is None else told_from(source, predicate, found)
            parts.append(
                [
                    replaced(one, negated=one.kind != "breach") if negated else one
                    for one in found
                    if one.kind != "breach" or one.action is not None or one.actor is not None
                ]
            )
        chosen = any(joins) or _has_choice(content)
        if negated or not chosen:
            words = adverbial.tokens
            parts = [[with_words(one, words, self.context) for one in part] for part in parts]
        if negated:
            self.context.except_for(parts, either=all(joins))
        if any(joins) and not (all(joins) and (negated or told_apart(parts))):
            reason = "it gives two conditions of which either would do"
            self.context.reject(adverbial.tokens, reason)
        self.timing.conditions += [one for part in parts for one in part]
        return None


def _is_signing(content: tuple[Token, ...]) -> bool:
    """本合同签订 is the signing; 收到双方签署的指令 is not."""
    kinds = [token.kind for token in content]
    return (
        "signing" in kinds
        and not {"verb", "not", "de"} & set(kinds[kinds.index("signing") :])
        and ("verb" not in kinds)
        and not _signed_by_one(content)
    )


def _signed_by_one(content: tuple[Token, ...]) -> bool:
    """业主签字后: who signs alone signs something else than the contract."""
    alone = [one for one in content if one.kind == "party" and one.text not in _ALL_SIDES]
    contract = any(one.text.endswith(("合同", "协议")) for one in content)
    return content[-1].text in _BY_HAND and len(alone) == 1 and not contract


def _has_choice(content: tuple[Token, ...]) -> bool:
    """买家确认收货或发货满14天后: two acts, of which either would do."""
    either = [at for at, token in enumerate(content) if token.text in {"或", "或者"}]
    return any(not (_is_plain(content[:at]) or _is_plain(content[at:])) for at in either)


def _first_day(iso: str, words: tuple[Token, ...]) -> str:
    """自2027年1月起 begins with the first day of the month."""
    named = next((token.text for token in words if token.kind == "moment"), "")
    return f"{iso[:8]}01" if named.endswith(("月", "月份")) else iso


def _is_plain(content: tuple[Token, ...]) -> bool:
    return not any(token.kind in _CLAUSE_WORDS for token in content)
