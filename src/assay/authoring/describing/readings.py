"""What was read of a clause, in one line of words: told from its fields, and not from its words.

    in_words(obligation, "en")   # "buyer must pay 50 USDC to seller; by 2027-05-01"
    in_words(obligation, "zh")   # "买方应支付50 USDC给卖方；期限：2027-05-01"

Whoever compares it with the clause sees a misreading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assay.authoring.actions import in_chinese
from assay.authoring.describing.reading_phrases import READINGS
from assay.authoring.model import Condition, Language, Obligation

_CLIFFS = frozenset({"cliff", "悬崖期", "锁定期"})
_SEPARATORS: Mapping[Language, str] = {"en": "; ", "zh": "；"}
_LENGTHS = re.compile(r"(\d+)([YMWDHS])")


def in_words(one: Obligation, language: Language) -> str:
    """All that was read of one obligation."""
    return _SEPARATORS[language].join(lines_of(one, language))


def lines_of(one: Obligation, language: Language) -> Iterator[str]:
    """What is to be done by whom, then each part that says when, how often and otherwise what."""
    yield from _Reader(language).lines(one)


class _Reader:
    """Tells in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._phrases = READINGS[language]

    def lines(self, one: Obligation) -> Iterator[str]:
        phrases = self._phrases
        yield self._act(one)
        yield from map(self._condition, one.conditions)
        if one.deadline == "P0D":
            yield phrases["at_once"]
        elif one.deadline:
            key = "within" if one.deadline.startswith("P") else "by"
            since = phrases["since"].format(start=one.deadline_from) if one.deadline_from else ""
            yield phrases[key].format(time=self._time(one.deadline), since=since)
        if one.recurrence:
            times = phrases["times"].format(count=one.occurrences) if one.occurrences else ""
            yield phrases["every"].format(period=self._time(one.recurrence), times=times)
        if one.spread:
            yield phrases["spread"]
        if one.by_hand:
            yield phrases["by_hand"]
        if one.otherwise:
            yield from (
                phrases["otherwise"].format(line=line) for line in self.lines(one.otherwise)
            )

    def _act(self, one: Obligation) -> str:
        phrases = self._phrases
        what = " ".join(part for part in (one.amount, one.asset) if part)
        if one.share_of:
            key = "share" if one.asset == "%" else "each"
            what = phrases[key].format(what=what, of=one.share_of)
        if one.limit != "exact":
            what = phrases[one.limit].format(what=what)
        to = phrases["to"].format(recipient=self._named(one.recipient)) if one.recipient else ""
        return phrases["act"].format(
            actor=self._named(one.actor),
            modal=phrases[one.modality],
            action=self._verb(one.action or "?"),
            what=f" {what}" if what and self._language == "en" else what,
            to=to,
        )

    def _condition(self, one: Condition) -> str:
        """When it applies: a goal with its sum, a cliff with its length, a date, who consents."""
        phrases = self._phrases
        lead = phrases["unless" if one.negated else "if"]
        about = one.subject or phrases["it"]
        match one.kind:
            case "time":
                side = phrases[one.comparator or "="].format(time=self._moment(one))
                return phrases["not"].format(said=side) if one.negated else side
            case "event" | "breach":
                return lead.format(fact=self._done(one))
            case "approval":
                of = phrases["total"].format(total=one.total) if one.total else ""
                many = phrases["votes"].format(value=one.value, of=of) if one.value else ""
                return lead.format(fact=phrases["consents"].format(who=about, many=many))
            case "comparison" | "oracle" if one.comparator:
                value = " ".join(part for part in (one.value, one.asset) if part) or "?"
                fact = phrases[f"is {one.comparator}"].format(what=about, value=value)
                return lead.format(fact=fact) + self._source(one)
            case _:
                told = " ".join(part for part in (about, one.value) if part)
                return lead.format(fact=phrases["so"].format(fact=told)) + self._source(one)

    def _done(self, one: Condition) -> str:
        """An act that is waited for, with its time."""
        what = " ".join(part for part in (one.amount, one.asset) if part)
        apart = " " if self._language == "en" else ""
        act = apart.join(part for part in (self._verb(one.action or ""), what) if part)
        if one.recipient:
            act += self._phrases["to"].format(recipient=self._named(one.recipient))
        if one.value is not None:
            side = self._phrases[one.comparator or "<="].format(time=self._moment(one))
            act += self._phrases["in_time"].format(side=side)
        actor = f"{self._named(one.actor)}{apart}" if one.actor else ""
        return self._phrases[one.kind].format(actor=actor, act=act)

    def _moment(self, one: Condition) -> str:
        if one.value is None:
            return one.subject or "?"
        if one.subject in _CLIFFS:
            return self._phrases["cliff"].format(length=self._time(one.value))
        told = self._time(one.value)
        if one.subject and one.value.startswith("P"):
            since = self._phrases["since"].format(start=one.subject)
            told = f"{told}{since}" if self._language == "en" else f"{since}{told}"
        return told

    def _source(self, one: Condition) -> str:
        named = one.kind == "oracle" and one.actor
        return self._phrases["reported"].format(actor=one.actor) if named else ""

    def _named(self, name: str | None) -> str:
        return self._phrases["contract"] if name == "contract" else name or "?"

    def _verb(self, action: str) -> str:
        return in_chinese(action) if action and self._language == "zh" else action

    def _time(self, value: str) -> str:
        """A duration as people say it; a date as it is written."""
        if not value.startswith("P"):
            return value
        day, _, clock = value[1:].partition("T")
        units = list(_LENGTHS.findall(day))
        units += [(count, f"T{unit}") for count, unit in _LENGTHS.findall(clock)]
        told = [
            self._phrases[unit if count != "1" else f"1{unit}"].format(count=count)
            for count, unit in units
            if count != "0"
        ]
        return " ".join(told) or self._phrases["D"].format(count=0)
