"""Acts that were judged, missed or done in their time, as conditions tell of them."""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS
from assay.authoring.english.lexing.made import ORDINALS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.givers import is_goods
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.english.times.reading import duration_value, is_time, moment_at
from assay.authoring.model import Condition, ConditionKind, Span


def not_performed(inner: Draft, context: Context, words: str, span: Span) -> Condition:
    """ "fails to complete the works": a breach of an act that has no narrower verb."""
    actor = party_name(inner.subjects[0], context) if inner.subjects else None
    first = inner.objects[0] if inner.objects else None
    asset = (first.means_thing or first).name if first is not None else None
    context.mention(actor)
    context.subject = actor or context.subject
    return Condition(
        kind="breach", text=words, span=span, actor=actor, action="perform", asset=asset
    )


def _is_somebody(inner: Draft) -> bool:
    """Whether who arrives is a person, not goods."""
    who = inner.subjects[0] if inner.subjects else None
    return who is not None and who.party is not None


def judged(
    inner: Draft, negated: bool, words: str, span: Span, goods: str | None = None
) -> Condition | None:
    """ "the goods pass inspection", "the goods arrive": acts seen from the thing."""
    lemma = inner.group.verb.lemma if inner.group.verb is not None else ""
    subject = inner.subjects[0].name if inner.subjects else None
    if inner.subjects and inner.subjects[0].means_thing is not None:
        thing = inner.subjects[0].means_thing
        subject = (thing.name if is_goods(thing) else None) or goods
    heads = {item.head for item in inner.objects}
    action = None
    here = inner.group.kind == "be" and inner.complement in ("here", "there")
    if here and inner.subjects and inner.subjects[0].pronoun is not None and subject:
        return Condition(kind="breach" if inner.group.negated else "event", text=words, span=span,
                         action="deliver", asset=subject, negated=negated)  # fmt: skip
    if lemma in ("pass", "fail") and heads & {"inspection", "test", "acceptance", "check"}:
        action = "accept" if (lemma == "pass") != inner.group.negated else "reject"
        subject = _tested(inner, subject, span)
    elif (lemma in ("arrive", "land") and not _is_somebody(inner)) or (
        lemma == "get" and heads & {"here", "there"}
    ):
        late = inner.group.negated or inner.group.late
        kind: ConditionKind = "breach" if late else "event"
        arrived = Condition(kind=kind, text=words, span=span, action="deliver", asset=subject,
                            negated=negated)  # fmt: skip
        return timed(arrived, inner)
    fetched = inner.subjects if inner.group.passive else inner.objects
    held = lemma == "pick up" or not inner.group.negated
    if lemma in _FETCHING and fetched and is_goods(fetched[0]) and held:
        meant = fetched[0].means_thing or fetched[0]
        return _fetched(inner, meant.name or goods, negated, words, span)
    if action is None:
        return None
    told = Condition(kind="event", text=words, span=span, action=action, asset=subject,
                     negated=negated)  # fmt: skip
    return timed(told, inner)


def _tested(inner: Draft, subject: str | None, span: Span) -> str | None:
    """What a test is passed or failed by; it is asked where only a pronoun names it."""
    if subject is not None and subject not in words.PRONOUNS:
        return subject
    inner.doubts.append(Doubt("pronoun", "What is it that is tested?", span, "conditions"))
    return None


_FETCHING = frozenset({"collect", "fetch", "pick up"})


def _fetched(inner: Draft, thing: str | None, negated: bool, words: str, span: Span) -> Condition:
    """ "the buyer collects the bike": what is delivered, seen from who receives it."""
    who = inner.agent if inner.group.passive else inner.subjects[0] if inner.subjects else None
    kind: ConditionKind = "breach" if inner.group.negated else "event"
    told = Condition(kind=kind, text=words, span=span, action="deliver", asset=thing,
                     negated=negated, recipient=who.party if who is not None else None)  # fmt: skip
    return timed(told, inner)


_NEITHER = ("does neither", "did neither", "do neither", "does not do either", "has done neither",
            "has not done either", "fails to do either", "does not do so",
            "does neither of these", "has done neither of them")  # fmt: skip
_IN_TIME = ("within that period", "within that time", "within this period", "in that time",
            "during that period", "in time", "by then", "within this time")  # fmt: skip


def did_neither(context: Context, index: int, draft: Draft, start: int) -> int | None:
    """ "if the Company does neither within that period": none of what was due before."""
    text = context.text
    who = phrase_at(text, index, context.names)
    found = text.match_any(who[1], _NEITHER) if who is not None else None
    if who is None or found is None:
        return None
    actor = party_name(who[0], context)
    missed = [one for one in context.done if one.actor == actor and one.modality == "must"]
    if len(missed) != (1 if found[0].endswith("so") else 2):
        return None
    after = text.match_any(found[1], _IN_TIME)
    end = after[1] if after is not None else found[1]
    span = text.span(start, end)
    draft.conditions.extend(
        Condition(kind="breach", text=context.words(span), span=span, actor=one.actor,
                  action=one.action, asset=one.asset, recipient=one.recipient)
        for one in missed
    )  # fmt: skip
    context.mention(actor)
    return end


_PASSING = {"pass": ">", "expire": ">", "elapse": ">", "end": ">", "arrive": ">=", "come": ">=",
            "occur": ">="}  # fmt: skip


def date_passed(context: Context, index: int, draft: Draft, kind: str, start: int) -> int | None:
    """ "once 1 March 2027 has passed", "when the trial of 14 days has ended": a time."""
    named = _named_length(context, index)
    lasting = named is not None or context.text.kind(index) == "duration"
    found = moment_at(context, index, None) if is_time(context, index) and not lasting else None
    found = duration_value(context, named[1] if named else index, draft) if lasting else found
    group = verb_group_at(context.text, found[1]) if found is not None else None
    lemma = group.verb.lemma if group is not None and group.verb is not None else ""
    sign = _PASSING.get(lemma)
    if found is None or group is None or sign is None:
        return None
    since = context.text.match_any(group.end, ("from the date of", "since the date of", "from",
                                               "since", "after", "following"))  # fmt: skip
    when = phrase_at(context.text, since[1], context.names) if since and lasting else None
    end = when[1] if when is not None and when[0].quantity is None else group.end
    subject = when[0].full if when is not None and end > group.end else None
    subject = named[0] if named is not None else subject
    span = context.text.span(start, end)
    negated = (kind in ("unless", "until")) != group.negated
    draft.conditions.append(
        Condition(kind="time", text=context.words(span), span=span, value=found[0],
                  comparator=">=" if lasting else sign, subject=subject, negated=negated)
    )  # fmt: skip
    return end


def _named_length(context: Context, index: int) -> tuple[str, int] | None:
    """ "the lock-up period of 12 months": the name of a length, and where the length stands."""
    found = phrase_at(context.text, index, context.names)
    if found is None or found[0].quantity is not None or found[0].party is not None:
        return None
    of = context.text.lower(found[1]) == "of" and context.text.kind(found[1] + 1) == "duration"
    return (found[0].full, found[1] + 1) if of else None


def is_missed_act(text: Line, index: int) -> bool:
    """ "after the second missed payment": a noun with its participle, and no clause."""
    at = text.skip(index, words.DETERMINERS | ORDINALS)
    return text.lower(at) == "missed" and text.lower(at + 1) in NOUNS


_UNDONE = {"unpaid": "pay", "overdue": "pay", "undelivered": "deliver", "unreturned": "return"}
_MISSED = frozenset({"late", "delayed", "overdue", "missed", "outstanding"})


def undone(inner: Draft, said: str, span: Span, goods: str | None = None) -> Condition | None:
    """ "the fee remains unpaid", "payment is late": an act that was not done in its time."""
    subject = inner.subjects[0] if inner.subjects else None
    if inner.group.kind not in ("be", "self", "compare") or subject is None or inner.group.negated:
        return None
    action = _UNDONE.get(inner.complement or "")
    meant = subject.means_thing if subject.pronoun is not None else subject
    name = meant.name if meant is not None else None
    if inner.complement == "late" and name and name == goods and inner.source is None:
        return Condition(kind="breach", text=said, span=span, action="deliver", asset=name)
    owed = inner.complement == "outstanding" and _is_debt(subject)
    late = inner.complement in _MISSED and not owed
    late = late or (inner.delay is not None and inner.source is None)
    if action is not None and subject.head not in NOUNS:
        return Condition(kind="breach", text=said, span=span, action=action, asset=subject.name)
    sent = _arrives(inner, said)
    if not late or not (sent or subject.head in NOUNS or subject.head in MONEY_NOUNS):
        return None
    verb = NOUNS.get(subject.head, "deliver" if sent else "pay")
    asset = None if subject.head in NOUNS else subject.name
    if inner.delay is not None:
        inner.deadline, inner.time_comparator = inner.delay, inner.group.comparator
    counted = subject.quantity.amount if subject.quantity is not None else None
    return Condition(kind="breach", text=said, span=span, action=VERBS[verb].action, asset=asset,
                     amount=counted)  # fmt: skip


def _is_debt(subject: Phrase) -> bool:
    """ "while the loan is outstanding": a debt that is there, and nothing that is late."""
    meant = subject.of if subject.head in ("part", "amount", "portion", "sum") else subject
    return meant is not None and meant.head in ("loan", "principal", "debt", "advance", "credit")


def _arrives(inner: Draft, said: str) -> bool:
    """ "the goods arrive more than five days late": they were not delivered in their time."""
    sent = bool(inner.subjects) and inner.subjects[0].head in _SHIPPED
    return sent and inner.delay is not None and "arriv" in said.lower()


_SHIPPED = frozenset({"goods", "parcel", "package", "shipment", "container", "consignment",
                      "merchandise", "cargo"})  # fmt: skip
_DUE = frozenset({"delivery", "payment", "repayment", "completion", "handover", "redelivery"})


def overdue(inner: Draft, context: Context, words: str, span: Span) -> Condition | None:
    """ "delivery is late by more than 10 days": what is due from somebody, not a flight. Where
    somebody is late, it is asked with what."""
    subject = inner.subjects[0] if inner.subjects else None
    if inner.delay is None or subject is None or inner.source is not None:
        return None
    if subject.head in _DUE or subject.head in MONEY_NOUNS or _arrives(inner, words):
        missed = undone(inner, words, span)
        return timed(missed, inner) if missed is not None else None
    if subject.party is None or subject.pronoun is not None:
        return None
    inner.doubts.append(Doubt("which_act", "What is it that is late?", span, "conditions"))
    who = party_name(subject, context)
    late = Condition(kind="breach", text=words, span=span, actor=who, action="perform")
    inner.deadline, inner.time_comparator = inner.delay, inner.group.comparator
    return timed(late, inner)


def timed(condition: Condition, inner: Draft) -> Condition:
    """An act's own time: "by 10 February", "within 14 days of purchase", "for two months"."""
    inside = next((item for item in inner.conditions if item.kind == "time"), None)
    if inside is not None:
        return condition.model_copy(update={"comparator": inside.comparator, "value": inside.value,
                                            "subject": inside.subject})  # fmt: skip
    if inner.deadline is None and inner.time_comparator is None:
        return condition
    return condition.model_copy(update={"comparator": inner.time_comparator,
                                        "value": inner.deadline,
                                        "subject": inner.deadline_from})  # fmt: skip


def times(inner: Draft, words: str, span: Span) -> list[Condition]:
    """A state's time stands beside it."""
    found = list(inner.conditions)
    if inner.deadline is not None:
        found.append(
            Condition(kind="time", text=words, span=span, comparator=inner.time_comparator or "=",
                      value=inner.deadline, subject=inner.deadline_from)
        )  # fmt: skip
    return found
