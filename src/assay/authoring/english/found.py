"""What has been read of a text so far, and the terms that its payments count from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.authoring.english.losses import told_by
from assay.authoring.language.agreement_terms import (
    AgreementTerm,
    counted_from_terms,
    end_of,
    takes_up,
)
from assay.authoring.model import NotUnderstood, Obligation, Question, Span


@dataclass
class Found:
    """All pieces, in the order of the text.

    Attributes:
        terms: from when to when the agreement runs, where a sentence says nothing else.
        set_terms: where a term is given its amount, the term, and the amount.
    """

    obligations: list[Obligation] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    terms: list[AgreementTerm] = field(default_factory=list)
    set_terms: list[tuple[Span, str, str]] = field(default_factory=list)


def count_from_terms(text: str, found: Found) -> None:
    """Lets payments count from the term that a sentence tells, which then is understood."""
    found.obligations[:] = counted_from_terms(text, found.obligations, found.terms)
    for term in found.terms:
        if takes_up(found.obligations, term):
            _settle(found, term)


def refuse_loose_ends(text: str, numbers: Sequence[str | None], found: Found) -> None:
    """Names terms that nothing takes up, and limits that clauses set which the text lacks."""
    _refuse_idle_terms(text, found)
    _refuse_absent_clauses(text, numbers, found)


def _refuse_idle_terms(text: str, found: Found) -> None:
    """Names the terms that were given an amount which nothing else in the text takes up."""
    for span, name, amount in found.set_terms:
        told = amount in told_by(found.obligations)
        again = re.compile(rf"\b{re.escape(name)}(?:s|es)?\b", re.IGNORECASE)
        used = any(not span[0] <= one.start() < span[1] for one in again.finditer(text))
        if not (told or used):
            reason = "it sets a term that no other clause takes up"
            refuse(found, text, span, reason)


_HEDGED = re.compile(
    r"\b(?:subject to|(?:except|save) as (?:is |otherwise )?(?:provided|set out|stated|permitted|"
    r"specified)(?: for)? (?:in|by|under)|(?:except|save) (?:under|in)|unless otherwise "
    r"(?:provided|stated|agreed|specified) in)\s+(?:the (?:provisions|terms) of )?"
    r"(?:clause|section|article|paragraph)s? (?P<number>\d+(?:\.\d+)*)",
    re.IGNORECASE,
)


def _refuse_absent_clauses(text: str, numbers: Sequence[str | None], found: Found) -> None:
    """Names each clause that limits another but stands nowhere: "subject to clause 4".

    A text without numbers is an excerpt, and its other clauses are elsewhere.
    """
    known = {part for one in numbers if one is not None for part in (one, one.partition(".")[0])}
    if not known:
        return
    for match in _HEDGED.finditer(text):
        if match["number"] not in known and match["number"].partition(".")[0] not in known:
            reason = "it points at a clause that the text does not have"
            refuse(found, text, match.span(), reason)


def _settle(found: Found, term: AgreementTerm) -> None:
    """Puts the end of a term in the place of all else that was read of its sentence."""
    own = [one for one in found.obligations if _meet(one.span, term.span)]
    kept = [one for one in found.obligations if one not in own or one.action == "terminate"]
    ended = any(one.action == "terminate" for one in own)
    if term.noun is not None and term.end is not None and not ended:
        kept.append(end_of(term))
        kept.sort(key=lambda one: one.span)
    places = {id(one): at for at, one in enumerate(kept)}
    moved = {at: places.get(id(one)) for at, one in enumerate(found.obligations)}
    found.questions[:] = [
        one.model_copy(update={"obligation": moved.get(one.obligation)})
        if one.obligation is not None
        else one
        for one in found.questions
        if one.span is None or not _meet(one.span, term.span)
    ]
    found.obligations[:] = kept
    found.not_understood[:] = [
        one for one in found.not_understood if not _meet(one.span, term.span)
    ]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def refuse(result: Found, text: str, span: Span, reason: str) -> None:
    """Names words that were not understood, and why."""
    result.not_understood.append(
        NotUnderstood(span=span, text=text[span[0] : span[1]], reason=reason)
    )
