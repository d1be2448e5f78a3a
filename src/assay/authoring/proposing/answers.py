"""A model's answer, taken as nothing but a specification, and held against the words.

    read_proposal(answer, sentence)     # obligations with spans, all marked as proposed

Whatever stands in the document or in the answer, only parties and assets that the agreement names,
quotes that stand in the sentence, and numbers that stand in the sentence get through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assay.authoring.model import (
    Action,
    Comparator,
    Condition,
    ConditionKind,
    DecimalText,
    Modality,
    Obligation,
    Span,
)

MOST_OBLIGATIONS = 8
LONGEST_ANSWER = 64_000
CONTRACT = "contract"
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_NUMBER_OF_DURATION = re.compile(r"P(\d+)[YMWD]|PT(\d+)[HMS]")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class ProposalRefused(ValueError):
    """A model's answer is not taken, and why."""


@dataclass(frozen=True)
class Sentence:
    """Words that a proposal is asked for.

    Attributes:
        start: where they stand in the whole text.
        parties, assets: names that the agreement knows.
    """

    text: str
    start: int
    parties: frozenset[str]
    assets: frozenset[str]

    @property
    def span(self) -> Span:
        """In the whole text."""
        return (self.start, self.start + len(self.text))


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    actor: str | None = None
    action: Action | None = None
    amount: DecimalText | None = None
    asset: str | None = None
    recipient: str | None = None


class ProposedCondition(_Act):
    """As `Condition`; `quote` are its words, which must stand in the sentence."""

    kind: ConditionKind
    quote: str = Field(min_length=1)
    negated: bool = False
    subject: str | None = None
    comparator: Comparator | None = None
    value: str | None = None


class ProposedObligation(_Act):
    """As `Obligation`, without what a model is not asked for."""

    modality: Modality
    share_of: str | None = None
    limit: Literal["exact", "most", "least"] = "exact"
    conditions: tuple[ProposedCondition, ...] = ()
    deadline: str | None = None
    recurrence: str | None = None
    occurrences: int | None = None


class Proposal(BaseModel):
    """What a model answers with: the published schema of `assay author schema --proposal`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    obligations: tuple[ProposedObligation, ...] = Field(max_length=MOST_OBLIGATIONS)


def read_proposal(answer: str, sentence: Sentence, clause: str | None) -> tuple[Obligation, ...]:
    """The obligations that an answer proposes for a sentence.

    Raises:
        ProposalRefused: it is no proposal, or says what the sentence does not.
    """
    proposal = _parsed(answer)
    if not proposal.obligations:
        raise ProposalRefused("it proposes nothing")
    numbers = _numbers(sentence.text)
    for one in proposal.obligations:
        if one.action is None:
            raise ProposalRefused("it names no action")
        for act in (one, *one.conditions):
            _check_names(act, sentence)
            if act.amount is not None:
                _check_number(Decimal(act.amount), numbers, sentence)
        for moment in (one.deadline, one.recurrence, *(each.value for each in one.conditions)):
            if moment is not None:
                _check_moment(moment, numbers, sentence)
        if one.occurrences is not None:
            _check_number(Decimal(one.occurrences), numbers, sentence)
    return tuple(_placed(one, sentence, clause) for one in proposal.obligations)


def _parsed(answer: str) -> Proposal:
    if len(answer) > LONGEST_ANSWER:
        raise ProposalRefused(f"it is longer than {LONGEST_ANSWER} characters")
    start, end = answer.find("{"), answer.rfind("}")
    if start < 0 or end < start:
        raise ProposalRefused("it is no JSON object")
    try:
        return Proposal.model_validate(json.loads(answer[start : end + 1]))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "it"
        raise ProposalRefused(f"{place}: {first['msg']}") from None
    except (ValueError, RecursionError):
        raise ProposalRefused("it is no JSON object") from None


def _check_names(act: _Act, sentence: Sentence) -> None:
    for name in (act.actor, act.recipient):
        if name is not None and name not in sentence.parties | {CONTRACT}:
            raise ProposalRefused(f"the agreement has no party {name[:80]!r}")
    if act.asset is not None and act.asset not in sentence.assets:
        raise ProposalRefused(f"the agreement has no asset {act.asset[:80]!r}")


def _check_number(number: Decimal, numbers: frozenset[Decimal], sentence: Sentence) -> None:
    if number not in numbers:
        raise ProposalRefused(f"{number} does not stand in “{sentence.text[:80]}”")


def _check_moment(text: str, numbers: frozenset[Decimal], sentence: Sentence) -> None:
    """Every number of a date, duration or value has to stand there; a month may by its name."""
    if date := _DATE.fullmatch(text):
        year, month, day = (int(part) for part in date.groups())
        lowered = sentence.text.lower()
        named = 0 < month <= len(_MONTHS) and _MONTHS[month - 1] in lowered
        wanted = [year, day] if named else [year, month, day]
    elif duration := _NUMBER_OF_DURATION.fullmatch(text):
        wanted = [int(duration[1] or duration[2])]
    elif any(one.isdigit() for one in text):
        wanted = [*_numbers(text)]  # type: ignore[list-item]
    else:
        wanted = []
        if text.lower() not in sentence.text.lower():
            raise ProposalRefused(f"{text[:80]!r} does not stand in “{sentence.text[:80]}”")
    for number in wanted:
        _check_number(Decimal(number), numbers, sentence)


def _numbers(text: str) -> frozenset[Decimal]:
    spelt = (one.group().replace(",", "").replace("，", "") for one in _NUMBER.finditer(text))
    return frozenset(Decimal(one) for one in spelt)


def _placed(one: ProposedObligation, sentence: Sentence, clause: str | None) -> Obligation:
    fields = one.model_dump(exclude={"conditions"})
    conditions = tuple(_conditions(one, sentence))
    return Obligation(
        **fields, conditions=conditions, span=sentence.span, clause=clause, proposed=True
    )


def _conditions(one: ProposedObligation, sentence: Sentence) -> Iterator[Condition]:
    for each in one.conditions:
        at = sentence.text.find(each.quote)
        if at < 0:
            raise ProposalRefused(f"“{each.quote[:80]}” does not stand in the sentence")
        start = sentence.start + at
        span = (start, start + len(each.quote))
        yield Condition(**each.model_dump(exclude={"quote"}), text=each.quote, span=span)
