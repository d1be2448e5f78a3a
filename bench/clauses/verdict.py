"""What became of one item: read right, asked about, or misread in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from assay.authoring.model import Specification

from .comparison import certain_agrees, differences, flattened, matched, pairs
from .corpus import Ambiguous, Item
from .respelling import Piece

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n")
# They ask for what no reading of the words can tell, and so excuse only their own field.
OF_THE_CONTRACT = {
    # who, what and how much, where the clause names none, and what a chain has none of
    "missing_actor", "missing_party", "missing_recipient", "payment_to_nobody", "missing_thing",
    "unbounded_amount", "fiat_token", "business_days", "time_zone",
    # who sees to it, where the money comes from, and where it goes where nothing happens
    "who_confirms", "who_states", "who_reports", "paid_from", "grant_funding", "token_source",
    "split_asset", "no_way_out", "campaign_refund", "outbid_refund", "auction_payee",
    "rejected_payment",
    # dates, lengths and numbers that other clauses give
    "campaign_goal", "campaign_end", "auction_end", "voting_end", "vesting_start", "lock_length",
    "when_ended", "member_count", "how_often", "token_decimals",
}  # fmt: skip
_NEVER_EXCUSES = {"fiat_token", "token_decimals", "business_days", "time_zone"}
# What an answer to a question about a field settles as well.
_SETTLED = {
    "amount": {"amount", "asset", "limit", "share_of"},
    "deadline": {"deadline", "deadline_from", "recurrence"},
}
_NOT_COMPARED = {"span", "clause", "proposed"}


class Class(StrEnum):
    """The three outcomes, the best first."""

    RIGHT = "right"
    ASKED = "asked"
    SILENT = "silent"


@dataclass(frozen=True)
class Verdict:
    """One item beside what was understood of it."""

    item: Item
    specification: Specification

    @cached_property
    def expected(self) -> list[Piece]:
        """What has to be read, each obligation on its own."""
        return flattened(self.item.obligations)

    @cached_property
    def actual(self) -> list[Piece]:
        """What was read, each obligation on its own."""
        return flattened(plain(one) for one in self.specification.obligations)

    @cached_property
    def partner(self) -> dict[int, int]:
        """Index of the obligation that was read for each expected one, where they agree."""
        return pairs(self.expected, self.actual, lambda one, other: not differences(one, other))

    @property
    def outcome(self) -> Class:
        """`bench/understanding.py` defines the classes."""
        if self.item.ambiguous:
            return self._of_ambiguous()
        whole = matched(self.expected, self.actual, lambda one, other: not differences(one, other))
        if whole and not self.specification.not_understood:
            return Class.RIGHT
        return Class.ASKED if whole or self._asks_where_wrong() else Class.SILENT

    @property
    def exact(self) -> bool:
        """Whether every field has the very spelling of the specification, conditions included."""
        bare = [_bare(plain(one)) for one in self.specification.obligations]
        return matched([_bare(one) for one in self.item.obligations], bare, lambda a, b: a == b)

    @property
    def asks_for_tokens(self) -> bool:
        """Whether a currency that no contract can move is asked about."""
        return any(question.kind == "fiat_token" for question in self.specification.questions)

    def report(self) -> str:
        """For a person: the text, what was expected, what was read, what was asked."""
        lines = [f"{self.item.id} [{self.outcome}] {self.item.text}"]
        for index, one in enumerate(self.expected):
            if index not in self.partner:
                lines.append(f"  expected {_bare(one)}")
        for place, one in enumerate(self.actual):
            if place not in self.partner.values():
                lines.append(f"  read     {_bare(one)}")
        lines += [
            f"  open     {' / '.join(one.words)!r}, certain {one.certain}"
            for one in self.item.ambiguous
        ]
        lines += [f"  asked    {one.kind}: {one.text}" for one in self.specification.questions]
        lines += [f"  unread   {one.text!r}: {one.reason}"
                  for one in self.specification.not_understood]  # fmt: skip
        return "\n".join(lines)

    def _of_ambiguous(self) -> Class:
        left = [one for place, one in enumerate(self.actual) if place not in self.partner.values()]
        wrong = len(self.partner) < len(self.expected) or not all(
            any(certain_agrees(open_words.certain, one) for open_words in self.item.ambiguous)
            for one in left
        )
        missed = [one for one in self.item.ambiguous if not self._is_asked(one)]
        if missed:
            return Class.SILENT
        read = all(
            not one.certain or any(certain_agrees(one.certain, given) for given in left)
            for one in self.item.ambiguous
        )
        return Class.RIGHT if read and not wrong else Class.ASKED

    def _is_asked(self, open_words: Ambiguous) -> bool:
        return any(self._asks_at(words, open_words.field) for words in open_words.words)

    def _asks_at(self, words: str, field: str | None) -> bool:
        start = self.item.text.index(words)
        sentence = self._sentence((start, start + len(words)))
        return self._unread(sentence) or any(
            _overlap(question.span, sentence)
            and (question.kind not in OF_THE_CONTRACT or question.field == field is not None)
            for question in self.specification.questions
        )

    def _asks_where_wrong(self) -> bool:
        """Whether every misread or missing obligation has a warning."""
        wrong = [place for place in range(len(self.actual)) if place not in self.partner.values()]
        missing = [one for index, one in enumerate(self.expected) if index not in self.partner]
        if len(missing) > len(wrong) and not self.specification.not_understood:
            return False
        return all(self._warns(self.actual[place], missing) for place in wrong) and bool(
            wrong or missing
        )

    def _warns(self, misread: Piece, missing: Sequence[Piece]) -> bool:
        fields = min((set(differences(one, misread)) for one in missing), key=len, default=None)
        sentence = self._sentence(misread["span"])
        if self._unread(sentence):
            return True
        asked: set[str] = set()
        for question in self.specification.questions:
            if not _overlap(question.span, sentence):
                continue
            if question.field is None and question.kind not in OF_THE_CONTRACT:
                return True
            if question.field is not None and question.kind not in _NEVER_EXCUSES:
                asked |= _SETTLED.get(question.field, {question.field})
        return bool(asked) if fields is None else bool(fields) and fields <= asked

    def _unread(self, sentence: tuple[int, int]) -> bool:
        return any(_overlap(one.span, sentence) for one in self.specification.not_understood)

    def _sentence(self, words: tuple[int, int]) -> tuple[int, int]:
        """From the start of the sentence in which the words begin to the end of theirs."""
        text = self.item.text
        ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
        start = max(end for end in ends if end <= words[0])
        return start, min(end for end in ends if end >= max(words[1], start))


def plain(piece: Any) -> Piece:
    """An obligation as JSON has it, without fields that are null or empty."""
    dumped: Piece = _filled(piece.model_dump(mode="json", exclude_none=True))
    return dumped


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one) for name, one in value.items() if one != ""}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _bare(piece: Piece) -> Piece:
    kept: Piece = {}
    for name, value in piece.items():
        if name in _NOT_COMPARED or value in (None, [], False, "exact"):
            continue
        if name == "conditions":
            conditions = [{k: v for k, v in one.items() if k not in ("text", "span") and v}
                          for one in value]  # fmt: skip
            kept[name] = sorted(conditions, key=lambda one: str(sorted(one.items())))
        else:
            kept[name] = _bare(value) if name == "otherwise" else value
    return kept


def _overlap(first: Iterable[int] | None, second: tuple[int, int]) -> bool:
    if first is None:
        return False
    start, end = first
    return start < second[1] and second[0] < end
