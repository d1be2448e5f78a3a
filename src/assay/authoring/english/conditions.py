"""What must hold for a clause to apply."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.verbs import SELF_VERBS
from assay.authoring.english.phrases import Phrase, phrase_at
from assay.authoring.english.roles import Roles, party_name, roles_of
from assay.authoring.english.verb_groups import verb_group_at
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition, ConditionKind, Span


def full_name(phrase: Phrase) -> str:
    """A noun phrase with what stands behind its "of", in lower case and without articles."""
    name = phrase.name or phrase.pronoun or ""
    if phrase.of is not None and phrase.of.name and phrase.of.quantity is None:
        return f"{name} of {full_name(phrase.of)}"
    return name


def finite_condition(context: Context, index: int, draft: Draft) -> int | None:
    """A condition with a verb of its own: "if the Buyer pays", "unless the goods are defective"."""
    marker = context.text.match_any(index, markers.FINITE)
    if marker is None:
        return _inverted(context, index, draft)
    kind, start = markers.FINITE[marker[0]], marker[1]
    first = one_condition(context, start, draft, kind, index)
    if first is None:
        return None
    return _joined_conditions(context, first, draft, kind)


def _inverted(context: Context, index: int, draft: Draft) -> int | None:
    """ "should the Buyer fail to pay"."""
    if context.text.lower(index) != "should":
        return None
    first = one_condition(context, index + 1, draft, "if", index)
    return _joined_conditions(context, first, draft, "if") if first is not None else None


def _joined_conditions(context: Context, after: int, draft: Draft, kind: str) -> int:
    """ "and B delivers", "or the goods are lost" behind a condition."""
    text = context.text
    while True:
        at = after + 1 if text.lower(after) == "," else after
        joint = text.lower(at)
        if joint not in ("and", "or"):
            return after
        again = text.match_any(at + 1, markers.FINITE)
        next_kind = markers.FINITE[again[0]] if again else kind
        start = again[1] if again else at + 1
        if again is None and _is_duty(context, start):
            return after
        found = one_condition(context, start, draft, next_kind, start)
        if found is None:
            return after
        if joint == "or":
            either(context, draft, context.text.span(after, found))
        after = found


def either(context: Context, draft: Draft, span: Span) -> None:
    """Conditions all have to hold: where the words say "or", it is asked."""
    draft.doubts.append(
        Doubt("either_condition", "Is one of these conditions enough, or do all have to hold?",
              span, "conditions", ("one is enough", "all have to hold"))
    )  # fmt: skip


def _is_duty(context: Context, index: int) -> bool:
    """Whether a new clause with a duty of its own begins at an index."""
    found = phrase_at(context.text, index, context.names)
    group = verb_group_at(context.text, found[1]) if found else None
    return group is not None and group.force is not None


def one_condition(context: Context, index: int, draft: Draft, kind: str, start: int) -> int | None:
    """One condition that begins at an index and whose words begin at `start`."""
    approval = quorum_condition(context, index, draft, kind, start)
    if approval is not None:
        return approval
    parsed = _elliptical(context, index) or context.clause_at(context, index, True)
    if parsed is None:
        return None
    inner, after = parsed
    if inner.group.force is not None and inner.group.force != "waived" and not inner.group.failed:
        inner.group = replace(inner.group, force=None)
    span = context.text.span(start, after)
    found = conditions_of(inner, context, kind, span)
    if not found:
        return None
    draft.conditions.extend([*found, *inner.conditions])
    draft.doubts.extend(doubt for doubt in inner.doubts if doubt.kind not in ("vague_time",))
    return after


def _elliptical(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "once paid", "if not delivered by", "when completed": the thing is the one before."""
    group = verb_group_at(context.text, index)
    if group is None or group.kind != "act" or group.force is not None or group.end == index:
        return None
    word = context.text.lower(group.end - 1)
    if not word.endswith(("ed", "id", "en", "nt", "ld", "pt", "ne")):
        return None
    draft = Draft(replace(group, passive=True))
    thing = context.thing
    draft.subjects = [thing] if thing is not None else []
    return draft, group.end


def quorum_condition(
    context: Context, index: int, draft: Draft, kind: str, start: int
) -> int | None:
    """ "2 of 3 directors approve", "a majority of the members votes in favour"."""
    text = context.text
    at = text.skip(index, ("at", "least", "any", "a", "minimum", "of", "the"))
    value: tuple[str | None, int | None]
    if text.kind(at) == "quorum":
        many, total = text.nodes[at].value  # type: ignore[misc]
        value, at = (str(many), int(total)), at + 1
    elif text.lower(at) == "majority" and text.lower(at + 1) == "of":
        value, at = ("majority", None), at + 2
    else:
        return None
    who = phrase_at(text, text.skip(at, ("of",)), context.names)
    if who is None:
        return None
    group = verb_group_at(text, who[1])
    if group is None or group.verb is None or group.verb.action not in ("approve", "confirm", "vote",
                                                                        "accept"):  # fmt: skip
        return None
    after = _rest_of_approval(context, group.end)
    _add_approval(context, draft, who[0], value, kind == "unless" or group.negated, (start, after))
    return after


def _rest_of_approval(context: Context, index: int) -> int:
    """What is approved, as far as no comma ends it."""
    text = context.text
    while text.kind(index) == "word" and text.lower(index) not in ("the", "then", "and", "or"):
        index += 1
        if text.lower(index) in ("the", "a"):
            index += 1
    if text.lower(index) == "the":
        found = phrase_at(text, index, context.names)
        if found is not None and verb_group_at(text, found[1]) is None:
            return found[1]
    return index


def _add_approval(
    context: Context, draft: Draft, who: Phrase, value: tuple[str | None, int | None],
    negated: bool, at: tuple[int, int],
) -> None:  # fmt: skip
    span = context.text.span(*at)
    draft.conditions.append(
        Condition(kind="approval", text=context.words(span), span=span, negated=negated,
                  subject=party_name(who, context, ""), value=value[0], total=value[1])
    )  # fmt: skip


def conditions_of(inner: Draft, context: Context, marker: str, span: Span) -> list[Condition]:
    """The conditions that a clause states: several where it joins several things."""
    negated = marker in ("unless", "until")
    words = context.words(span)
    group = inner.group
    if group.kind == "compare" or inner.compared is not None:
        return [_comparison(inner, context, negated, words, span)]
    if group.kind == "be" or group.kind == "self":
        subject = full_name(inner.subjects[0]) if inner.subjects else None
        state = inner.complement
        if group.kind == "self" and group.verb is not None:
            state = SELF_VERBS[group.verb.lemma]
        if subject in ("it", "they"):
            subject = party_name(inner.subjects[0], context)
        return [
            Condition(kind="state", text=words, span=span, subject=subject, value=state,
                      negated=negated != group.negated)
        ]  # fmt: skip
    if group.verb is not None and group.verb.action == "approve":
        return [_approved(inner, context, negated, words, span)]
    found = []
    for roles in roles_of(inner, context):
        kind: ConditionKind = "event"
        if group.negated:
            kind = "breach"
        found.append(_event(kind, roles, negated, words, span))
    return found


def _event(kind: ConditionKind, roles: Roles, negated: bool, words: str, span: Span) -> Condition:
    return Condition(kind=kind, text=words, span=span, negated=negated, actor=roles.actor,
                     action=roles.action, amount=roles.amount, asset=roles.asset,
                     recipient=roles.recipient)  # fmt: skip


def _approved(inner: Draft, context: Context, negated: bool, words: str, span: Span) -> Condition:
    group = inner.group
    negated = negated != group.negated
    if group.passive and inner.agent is None:
        subject = full_name(inner.subjects[0]) if inner.subjects else None
        return Condition(kind="state", text=words, span=span, subject=subject, value="approved",
                         negated=negated)  # fmt: skip
    who = inner.agent if group.passive else (inner.subjects[0] if inner.subjects else None)
    subject = party_name(who, context) if who is not None else None
    context.mention(subject)
    return Condition(kind="approval", text=words, span=span, subject=subject, negated=negated)


def _comparison(inner: Draft, context: Context, negated: bool, words: str, span: Span) -> Condition:
    subject = inner.subjects[0] if inner.subjects else None
    quantity = inner.compared.quantity if inner.compared is not None else None
    if quantity is None and inner.compared is not None:
        value = context.names.value(inner.compared.name)
        quantity = value if isinstance(value, Quantity) else None
    named = inner.compared.name if inner.compared is not None and quantity is None else None
    if quantity is None and subject is not None and subject.quantity is not None:
        quantity = subject.quantity
    comparator: Comparator = inner.group.comparator or "="  # type: ignore[assignment]
    if inner.group.negated:
        comparator = _OPPOSITE[comparator]
    outside = inner.source is not None or bool(
        subject is not None and markers.OUTSIDE & set(full_name(subject).split())
    )
    return Condition(
        kind="oracle" if outside else "comparison", text=words, span=span, negated=negated,
        subject=full_name(subject) if subject is not None else None, comparator=comparator,
        value=quantity.amount if quantity is not None else named,
        asset=quantity.asset if quantity is not None else None,
        actor=party_name(inner.source, context, "") if inner.source is not None else None,
    )  # fmt: skip


_OPPOSITE: dict[Comparator, Comparator] = {"<": ">=", "<=": ">", "=": "=", ">=": "<", ">": "<="}
