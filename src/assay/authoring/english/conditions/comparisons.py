"""Quantities that a condition holds against a value, known inside or measured outside."""

from __future__ import annotations

import re

from assay.authoring.english.conditions.judged import is_unmeasured, reached
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.money import KNOWN_TOKENS
from assay.authoring.english.lexicon.words import PRONOUNS
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition, Span

_GOALS = frozenset({"goal", "target", "threshold", "cap", "minimum", "quota", "milestone"})

_OPPOSITE: dict[Comparator, Comparator] = {"<": ">=", "<=": ">", "=": "=", ">=": "<", ">": "<="}


_STRICT = re.compile(
    r"(?<!no )(?<!not )\b(?:less|fewer|more|greater) than\b|\bin excess of\b", re.I
)

_REACHED = re.compile(r"\b(?:reach|hit)", re.I)


def bound(quantity: Quantity, words: str) -> Comparator:
    """The comparator of a bounded quantity: "less than" and "more than" leave the number out."""
    strict = _STRICT.search(words) is not None
    if quantity.limit == "exact":
        return "="
    if quantity.limit == "most":
        return "<" if strict else "<="
    return ">" if strict else ">="


def measured_at(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "the station reports a magnitude of 6 or more": a fact with its source."""
    verb, thing = inner.group.verb, inner.objects[0] if inner.objects else None
    quantity = thing.of.quantity if thing is not None and thing.of is not None else None
    if verb is None or verb.action != "report" or thing is None or quantity is None:
        return None
    source = party_name(inner.subjects[0], context) if inner.subjects else None
    signs: dict[str, Comparator] = {"least": ">=", "most": "<=", "exact": "="}
    return Condition(kind="oracle", text=words, span=span, negated=negated, subject=thing.name,
                     comparator=signs[quantity.limit], value=quantity.amount, asset=quantity.asset,
                     actor=source)  # fmt: skip


def comparison_of(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition:
    if is_unmeasured(inner, context):
        return reached(inner, negated, words, span)
    subject = inner.subjects[0] if inner.subjects else None
    name = full_name(subject) if subject is not None else None
    if subject is not None and subject.pronoun is not None and context.thing is not None:
        name = context.thing.name or context.measured
    comparator: Comparator = inner.group.comparator or "="
    if inner.group.negated:
        comparator = _OPPOSITE[comparator]
    value, asset = _compared(inner, subject, context)
    if value == "0" and comparator == ">=" and _REACHED.search(words):
        comparator = "<="  # what reaches zero comes from above
    measure = inner.compared.quantity if inner.compared is not None else None
    if measure is not None and measure.problem == "range":
        question = "From which value on, and up to which, does this hold?"
        inner.doubts.append(Doubt("amount_range", question, span, "conditions"))
    if inner.delay is not None:
        name, value, asset = _delay_of(name, inner, span), inner.delay, None
    counted = subject.quantity if subject is not None and not subject.name else None
    if counted is not None and counted.asset is not None:
        name = counted.asset
    traded = (
        (name in KNOWN_TOKENS or "/" in (name or ""))
        and subject is not None
        and subject.quantity is None
    )
    goal = inner.compared
    if goal is not None and goal.head in _GOALS and goal.quantity is not None:
        name = full_name(goal)
    if not name and subject is not None and subject.pronoun is not None:
        question = f"What does {subject.pronoun!r} mean here?"
        inner.doubts.append(Doubt("pronoun", question, span, "conditions"))
    context.measured = name or context.measured
    outside = (
        inner.source is not None or traded or bool(markers.OUTSIDE & set((name or "").split()))
    )
    return Condition(
        kind="oracle" if outside else "comparison", text=words, span=span, negated=negated,
        subject=name, comparator=comparator, value=value, asset=asset,
        actor=party_name(inner.source, context, "") if inner.source is not None else None,
    )  # fmt: skip


def _delay_of(name: str | None, inner: Draft, span: Span) -> str:
    """What a delay is called; who or what is late is asked where only a pronoun names it."""
    if name is not None and name not in PRONOUNS:
        return f"{name} delay"
    inner.doubts.append(Doubt("which_act", "What is it that is late?", span, "conditions"))
    return "delay"


def _compared(
    inner: Draft, subject: Phrase | None, context: Context
) -> tuple[str | None, str | None]:
    """The value that a subject is held against, and its unit."""
    quantity = inner.compared.quantity if inner.compared is not None else None
    if quantity is None and inner.compared is not None:
        value = context.names.value(inner.compared.name)
        quantity = value if isinstance(value, Quantity) else None
    if quantity is None and inner.compared is not None and inner.compared.head in _SAID:
        quantity = context.measure if inner.compared.determined else None
    if quantity is None and inner.compared is not None:
        return inner.compared.full, None
    if quantity is None and subject is not None:
        value = context.names.value(subject.name) if subject.head in _GOALS else None
        quantity = subject.quantity or (value if isinstance(value, Quantity) else None)
    context.measure = quantity
    return (quantity.amount, quantity.asset) if quantity is not None else (None, None)


_SAID = frozenset({"amount", "sum", "figure", "number", "level", "limit", "threshold", "value"})
"""What points at a measure that was told before: "where it exceeds that amount"."""


def holding(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "until it holds 50,000 USDC": a balance that is reached, where no party holds it."""
    verb, subject = inner.group.verb, inner.subjects[0] if inner.subjects else None
    quantity = inner.objects[0].quantity if inner.objects else None
    if verb is None or verb.lemma not in ("hold", "contain") or quantity is None or subject is None:
        return None
    if subject.party not in (None, "contract") or quantity.amount is None or inner.group.passive:
        return None
    thing = context.thing if subject.pronoun is not None else subject
    name = full_name(thing) if thing is not None and thing.quantity is None else None
    sign: Comparator = ">=" if quantity.limit == "exact" else bound(quantity, words)
    return Condition(kind="comparison", text=words, span=span, subject=name or "balance",
                     negated=negated, value=quantity.amount, asset=quantity.asset,
                     comparator=_OPPOSITE[sign] if inner.group.negated else sign)  # fmt: skip
