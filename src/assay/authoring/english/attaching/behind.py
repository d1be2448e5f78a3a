"""What stands right behind an object: its unit, a particle of the verb, a participle."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.conditions.measures import beyond, described, sized
from assay.authoring.english.conditions.relatives import relative_condition
from assay.authoring.english.conditions.states import relative_state
from assay.authoring.english.conditions.told import conditions_of
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS, PARTICLES, VERBS, Verb
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.phrase_parts import DESCRIBING, limited_amount
from assay.authoring.english.phrases.verb_groups import Group, verb_group_at
from assay.authoring.model import Condition

_CONDITIONS = frozenset({"damaged", "undamaged", "broken", "unbroken", "incomplete", "defective",
                         "intact", "unused", "unopened", "unharmed", "scratched",
                         "soiled"})  # fmt: skip
_JUDGING = frozenset({"reject", "approve", "accept", "cancel", "inspect", "report"})


def _unit_behind(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "per token", "for each mug sold": the unit that an amount is for."""
    text = context.text
    lead = text.match_any(index, ("for each", "for every", "per", "/"))
    if lead is None or text.kind(lead[1]) not in ("word", "amount"):
        return None
    unit = phrase_at(text, lead[1], context.names)
    if unit is None or phrase.quantity is None or not unit[0].name:
        return None
    rate = replace(phrase.quantity, share_of=unit[0].name)
    draft.objects[-1] = replace(phrase, quantity=rate, rate=True)
    context.thing = draft.objects[-1]
    done = lemma_of(text.lower(unit[1]), "participle") is not None
    if done and _time_behind(text, unit[1] + 1):
        question = "Does this say when it is due, or which of them count?"
        at = text.span(unit[1], unit[1] + 1)
        draft.doubts.append(Doubt("time_scope", question, at, "deadline"))
    return unit[1] + 1 if done and text.lower(unit[1] + 1) != "by" else unit[1]


def behind_object(context: Context, index: int, phrase: Phrase, draft: Draft) -> int:
    """ "per token", "each", "so paid", "held in escrow" behind an object."""
    text = context.text
    unit = _unit_behind(context, index, phrase, draft) or beyond(context, index, phrase, draft)
    if unit is not None:
        return unit
    verb = draft.group.verb
    particle = PARTICLES.get((verb.lemma, text.lower(index))) if verb is not None else None
    ahead = text.lower(index + 1) == "front"
    ahead = ahead or (text.match(index, "up to") is not None and text.kind(index + 2) == "amount")
    if verb is not None and not ahead and text.lower(index) in (
        "out", "back", "over", "off", "up", "in", "on", "along", "down", "aside", "away"
    ):  # fmt: skip
        if particle is not None:
            lemma = f"{verb.lemma} {text.lower(index)}"
            draft.group = replace(draft.group, verb=Verb(lemma, *particle))
            return index + 1
        if verb.frame == "receive" and text.lower(index) == "back":
            draft.group = replace(draft.group, verb=Verb("get back", None, "receive"))
            return index + 1
    if verb is not None and verb.action == "keep" and text.lower(index) in ("locked", "frozen"):
        draft.group = replace(draft.group, verb=VERBS["lock"])
        return index + 1
    handed = verb is not None and verb.action in ("return", "deliver", "supply")
    if handed and draft.conditional and text.lower(index) in _CONDITIONS:
        span = text.span(index, index + 1)
        draft.conditions.append(
            Condition(kind="state", text=context.words(span), span=span,
                      subject=phrase.full or phrase.name, value=text.lower(index))
        )  # fmt: skip
        return index + 1
    which = _found_to_be(context, index, phrase, draft) or _timed(context, index, phrase, draft)
    if which is not None:
        return which
    if lemma_of(text.lower(index), "participle") and phrase.pronoun is None and not (
        text.match_any(index, markers.FINITE)
    ):  # fmt: skip
        return participle_behind(context, index)
    judging = verb is not None and verb.action in _JUDGING and not draft.conditional
    if judging and phrase.of is not None and phrase.of.quantity is not None and phrase.name:
        draft.objects[-1] = replace(phrase, quantity=None)
        draft.conditions.append(sized(context, phrase, phrase.of.quantity))
    bounded = text.match_any(index, markers.COMPARING) if judging and phrase.name else None
    bounded = None if bounded is not None and bounded[0] == "up to" else bounded
    size = phrase_at(text, bounded[1], context.names) if bounded is not None else None
    if bounded is not None and size is not None and size[0].quantity is not None:
        told = sized(context, replace(phrase, end=size[0].end), size[0].quantity)
        sign = markers.COMPARING[bounded[0]]
        draft.conditions.append(told.model_copy(update={"comparator": sign}))
        return size[1]
    contact = _contact(context, index, phrase, draft)
    if contact is not None:
        return contact
    worth = text.lower(index) == "worth" and limited_amount(text, index + 1)
    if (worth or text.lower(index) in DESCRIBING) and phrase.name:
        return described(context, index, phrase, draft) or index
    if text.lower(index) in ("that", "which", "who") and phrase.pronoun is None and phrase.name:
        return _relative(context, index, phrase, draft)
    return index


_FOUND = ("found to be", "proved to be", "proven to be", "shown to be", "that are found to be",
          "which are found to be", "which is found to be", "that is found to be",
          "which prove to be", "found")  # fmt: skip


def _found_to_be(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "any goods found to be defective within a year": a condition on the thing."""
    found = context.text.match_any(index, _FOUND)
    if found is None or phrase.quantity is not None or not phrase.name or draft.conditional:
        return None
    inner = Draft(Group(found[1], kind="be"), subjects=[phrase], conditional=True)
    own = next((at for at in range(found[1], len(context.text)) if _on_being(context, at)), None)
    words = context.text.nodes
    if own is not None:  # a time after "being notified" is that of the duty
        context.text.nodes = words[:own]
    after = context.arguments(context, found[1], inner)
    context.text.nodes = words
    if not inner.complement:
        return None
    span = context.text.span(index, after)
    draft.conditions.extend(conditions_of(inner, context, "if", span))
    draft.doubts.extend(inner.doubts)
    return after


def _on_being(context: Context, index: int) -> bool:
    """ "within 14 days of being notified": when something is done to whoever acts."""
    text = context.text
    timed = text.lower(index) in ("within", "in") and text.kind(index + 1) == "duration"
    return timed and text.lower(index + 3) == "being"


_AT_TIMES = frozenset({"within", "before", "after", "during", "by"})


def _timed(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "fixes bugs reported within 60 days of launch": what was done in this time is meant."""
    text = context.text
    lemma = lemma_of(text.lower(index), "participle")
    known = lemma in VERBS and lemma not in ("pay", "hold", "lock", "keep", "receive")
    plain = phrase.pronoun is None and phrase.name and not draft.conditional
    if not (known and plain) or text.lower(index + 1) not in _AT_TIMES:
        return None
    told = Draft(Group(index, verb=VERBS[lemma or ""]), conditional=True)
    after = context.adjunct_at(context, index + 1, told)
    at = next((one for one in told.conditions if one.kind == "time"), None)
    if after is None or (told.deadline is None and at is None):
        return None
    span = text.span(index, after)
    since = next((one.subject or one.action for one in told.conditions if one.kind != "time"), None)
    sign, value = told.time_comparator, told.deadline
    if at is not None:
        since, sign, value = since or at.subject, sign or at.comparator, value or at.value
    draft.conditions.append(
        Condition(kind="event", text=context.words(span), span=span, asset=phrase.name,
                  action=VERBS[lemma or ""].action, comparator=sign, value=value,
                  subject=told.deadline_from or since)
    )  # fmt: skip
    return after


def _time_behind(text: Line, index: int) -> bool:
    """Whether a time follows in the same clause: "for each ETH sent before 1 June"."""
    for at in range(index, min(index + 5, len(text) - 1)):
        if text.lower(at) in (",", ";", "and"):
            return False
        if text.lower(at) in _AT_TIMES and text.kind(at + 1) in ("date", "duration"):
            return True
    return False


def each_one(context: Context, index: int, draft: Draft) -> int | None:
    """ "for every goal he scores", "on each sale she refers": whose each of them is."""
    text = context.text
    one = any(text.lower(at) in ("each", "every", "per", "any") for at in range(index - 4, index))
    if text.lower(index) not in _SUBJECTS or not one or draft.conditional:
        return None
    group = verb_group_at(text, index + 1)
    if group is None and text.lower(index + 1).endswith(("s", "ed")):
        group = Group(index + 2)
    has_to = text.lower(index + 1) in ("have", "has", "must", "need", "needs")
    if (
        group is None
        or group.kind not in ("act", "self")
        or (group.force is not None and not has_to)
    ):
        return None
    return group.end if text.lower(group.end) in ("", ".", ",", ";", "and") else None


def _contact(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "every payment it triggers", "anything she learns": an act that tells which is meant."""
    text = context.text
    if text.lower(index) not in _SUBJECTS or phrase.party is not None or draft.conditional:
        return None
    group = verb_group_at(text, index + 1)
    if group is None or group.force is not None or group.kind == "be":
        return None
    held, told = len(draft.conditions), len(draft.doubts)
    after = _told_of(context, index, index, phrase, draft)
    if after is not None and not any(item.value for item in draft.conditions[held:]):
        del draft.conditions[held:], draft.doubts[told:]
    return after


def _told_of(context: Context, start: int, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "every defect that the Client reports": the act that tells which is meant is a condition."""
    subject, thing = context.subject, context.thing
    parsed = context.clause_at(context, index, True)
    if parsed is None or parsed[0].objects or parsed[0].group.force is not None:
        context.subject, context.thing = subject, thing
        return None
    inner, after = parsed
    if inner.group.kind != "act" or inner.recurrence or inner.notices or inner.compared:
        context.subject, context.thing = subject, thing
        return None
    inner.objects = [replace(phrase, quantity=None)]
    span = context.text.span(start, after)
    draft.conditions.extend(conditions_of(inner, context, "if", span))
    draft.doubts.extend(inner.doubts)
    context.subject, context.thing = subject, phrase
    return after


_SUBJECTS = frozenset({"it", "he", "she", "they", "you", "we", "i"})


def _relative(context: Context, index: int, phrase: Phrase, draft: Draft) -> int:
    """ "reject any consignment that fails inspection": a condition on the thing."""
    if draft.conditional:
        return index
    told = _told_of(context, index, index + 1, phrase, draft)
    told = told or relative_condition(context, index, phrase, draft)
    return told or relative_state(context, index, phrase, draft) or index


def participle_behind(context: Context, index: int) -> int:
    """The index after a participle with what belongs to it: "incurred in the works"."""
    text = context.text
    at = text.skip(index + 1, ("hereunder", "thereunder", "herein"))
    first = at
    while text.lower(at) in ("by", "to", "in", "under", "from", "into", "hereunder", "with",
                             "during"):  # fmt: skip
        if text.lower(at) in ("to", "from", "with") and (at > first or _consent_ahead(text, at)):
            break
        if text.kind(at + 1) == "reference":
            at += 2
            continue
        found = phrase_at(text, at + 1, context.names)
        if found is None or found[0].quantity is not None:
            break
        at = found[1]
    return at


def _consent_ahead(text: Line, index: int) -> bool:
    """ "expenses incurred with its prior approval": a condition, and not only a description."""
    ahead = range(index + 1, min(index + 5, len(text)))
    named = next((at for at in ahead if text.lower(at) in APPROVAL_NOUNS), None)
    return named is not None and all(text.kind(at) == "word" for at in range(index, named))


def per_unit(context: Context, index: int, draft: Draft) -> int | None:
    """ "20 USDC per month per seat": a second unit, which the amount is for."""
    text = context.text
    last = draft.objects[-1] if draft.objects else None
    quantity = last.quantity if last is not None else None
    lead = text.match_any(index, ("per", "/", "for each", "for every"))
    if lead is None or last is None or quantity is None:
        return None
    if text.kind(index - 1) == "amount" and text.nodes[index - 1].start > last.end:
        return None
    if lead[0].startswith("for") and (
        quantity.asset in (None, "%") or text.kind(lead[1]) != "word"
    ):
        return None
    unit = phrase_at(text, lead[1], context.names)
    named = text.match_any(lead[1], ("of them", "of these", "one")) if "for" in lead[0] else None
    if named is not None and context.goods and quantity.asset is not None:
        rate = replace(quantity, share_of=context.goods)
        draft.objects[-1] = replace(last, quantity=rate, rate=True)
        return named[1]
    if unit is None or not unit[0].name or unit[0].quantity or quantity.share_of:
        return None
    draft.objects[-1] = replace(last, quantity=replace(quantity, share_of=unit[0].name), rate=True)
    return unit[1]


def describes(text: Line, index: int) -> bool:
    """Whether a participle behind a noun only says which is meant: "losses suffered by"."""
    word = text.lower(index)
    done = lemma_of(word, "participle") is not None and lemma_of(word, "base") is None
    behind = text.lower(index + 1) in ("by", "under", "in", "to", "from", "with", "hereunder")
    return done and behind and text.kind(index - 1) == "word" and index > 1 and (
        text.lower(index - 1) not in words.PREPOSITIONS | words.BE | words.HAVE
    )  # fmt: skip


def is_given(context: Context, index: int, first: Phrase) -> bool:
    """ "pays the mine a bonus of 5 ETH": an amount right behind a noun that is none of money."""
    if context.text.lower(index) not in ("a", "an", "the", "another") or first.quantity is not None:
        return False
    further = phrase_at(context.text, index, context.names)
    counted = further is not None and further[0].quantity is not None
    return counted and first.determined and first.head not in MONEY_NOUNS
