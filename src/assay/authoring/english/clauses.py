"""A clause: somebody, a verb, and everything that belongs to it."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.deadlines import adjunct_at
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.phrases import Phrase, is_adverb, phrase_at
from assay.authoring.english.verb_groups import Group, verb_group_at, verb_phrase_at
from assay.authoring.language.quantities import Quantity


def subjects_at(context: Context, index: int) -> tuple[list[Phrase], int] | None:
    """One or several noun phrases: "the Buyer", "the Buyer and the Seller each"."""
    text = context.text
    first = phrase_at(text, index, context.names)
    if first is None:
        return None
    found, after = [first[0]], first[1]
    while text.lower(after) in ("and", "or", ",", "and/or"):
        at = after + 1
        if text.lower(at) in ("and", "or"):
            at += 1
        more = phrase_at(text, at, context.names)
        if more is None or not (more[0].party or more[0].name):
            break
        if text.lower(after) == "," and not _list_goes_on(context, more[1]):
            break
        found.append(more[0])
        after = more[1]
    if len(found) > 1 and not _verb_follows(context, after):
        return [first[0]], first[1]
    after = text.skip(after, ("each", "both", "all", "jointly", "severally", "together", "hereby"))
    return found, after


def _list_goes_on(context: Context, index: int) -> bool:
    return context.text.lower(index) in (",", "and", "or") or _verb_follows(context, index)


def _verb_follows(context: Context, index: int) -> bool:
    at = context.text.skip(index, ("each", "both", "all", "jointly", "severally", "together",
                                   "hereby", "and"))  # fmt: skip
    return verb_group_at(context.text, at) is not None


def _inserted(context: Context, index: int, draft: Draft) -> int:
    """ ", within 30 days of delivery," between a subject and its verb."""
    text = context.text
    if text.lower(index) != ",":
        return index
    at = index + 1
    while (after := adjunct_at(context, at, draft)) is not None:
        at = after
        if text.lower(at) == "," and verb_group_at(text, at + 1) is not None:
            return at + 1
        at = text.skip(at, (",", "and"))
    return index


def _moved(context: Context, index: int) -> None:
    """Moves what stands between a modal and its verb, ", upon delivery,", behind the sentence."""
    text = context.text
    modal = index
    while text.lower(modal) in ("shall", "must", "will", "may", "can", "not", "hereby", "agrees",
                                "undertakes"):  # fmt: skip
        modal += 1
    if modal == index or text.lower(modal) not in (",", "within", "on", "upon", "no", "by", "at",
                                                   "from", "in", "if", "after"):  # fmt: skip
        return
    comma = text.lower(modal) == ","
    start = modal + 1 if comma else modal
    trial = Draft(Group(start))
    end = start
    while (after := adjunct_at(context, end, trial)) is not None:
        end = after
    if end == start:
        found = text.match_any(start, markers.WEIGHTLESS)
        end = found[1] if found else start
    closing = end + 1 if comma and text.lower(end) == "," else end
    if end == start or (comma and closing == end):
        return
    group = verb_phrase_at(text, text.skip(closing, ("to",)), "base")
    if group is None:
        return
    stop = _sentence_end(context, closing)
    moved = text.nodes[start:end]
    text.nodes[:] = [*text.nodes[:modal], *text.nodes[closing:stop], *moved, *text.nodes[stop:]]


def _sentence_end(context: Context, index: int) -> int:
    """Where the verb phrase ends that starts at an index: before the next condition, "and" or end."""
    text = context.text
    while index < len(text) and text.lower(index) not in (";", ".", ":", ","):
        if text.lower(index) in ("and", "or", "otherwise") and verb_phrase_at(
            text, index + 1, "base"
        ):
            break
        index += 1
    return index


def clause_at(context: Context, index: int, conditional: bool) -> tuple[Draft, int] | None:
    """A clause with a subject and a verb, and the index after it."""
    text = context.text
    found = subjects_at(context, index)
    if found is None:
        return None
    subjects, after = found
    draft = Draft(Group(after), subjects=subjects)
    after = _reduced(context, after, draft, conditional)
    after = _relative(context, after, draft)
    after = _inserted(context, after, draft)
    if not conditional:
        _moved(context, after)
    group = verb_group_at(text, after)
    if group is None or not _plausible(group, draft, conditional):
        return None
    if subjects[0].negative and group.force in ("must", "may"):
        group = replace(group, force="must_not")
    elif subjects[0].negative:
        group = replace(group, negated=True)
    draft.group = group
    draft.start = text.nodes[index].start
    return draft, arguments(context, group.end, draft, conditional)


def _plausible(group: Group, draft: Draft, conditional: bool) -> bool:
    return conditional or group.force is not None or group.kind in ("act", "be") or bool(draft)


def _reduced(context: Context, index: int, draft: Draft, conditional: bool) -> int:
    """A participle behind the subject: "the price of ETH reported by Chainlink is"."""
    source = context.text.match_any(index, markers.SOURCES)
    if source is not None and source[0] not in ("from the", "on the", "at", "on"):
        found = phrase_at(context.text, source[1], context.names)
        if found is not None and verb_group_at(context.text, found[1]) is not None:
            draft.source = found[0]
            return found[1]
    if conditional and source is not None and source[0] in ("on", "on the"):
        found = phrase_at(context.text, source[1], context.names)
        if found is not None and verb_group_at(context.text, found[1]) is not None:
            draft.source = found[0]
            return found[1]
    if lemma_of(context.text.lower(index), "participle") is None:
        return index
    at = index + 1
    while context.text.lower(at) in ("by", "to", "in", "under", "from", "on", "into", "with"):
        found = phrase_at(context.text, at + 1, context.names)
        if found is None:
            return index
        at = found[1]
    follows = verb_group_at(context.text, at)
    return at if follows is not None and (follows.force or follows.kind == "be") else index


def _relative(context: Context, index: int, draft: Draft) -> int:
    """ "any tenant who fails to pay the rent shall": a condition on the subject."""
    at = index + 1 if context.text.lower(index) == "," else index
    if context.text.lower(at) not in ("who", "that", "which"):
        return index
    group = verb_group_at(context.text, at + 1)
    if group is None or (group.force is not None and not group.failed):
        return index
    inner = Draft(group, subjects=list(draft.subjects), start=context.text.nodes[at].start)
    after = arguments(context, group.end, inner, True)
    after = after + 1 if context.text.lower(after) == "," else after
    if verb_group_at(context.text, after) is None:
        return index
    from assay.authoring.english.conditions import conditions_of  # noqa: PLC0415

    span = context.text.span(at, after)
    draft.conditions.extend(conditions_of(inner, context, "if", span) + inner.conditions)
    return after


def imperative_at(context: Context, index: int) -> tuple[Draft, int] | None:
    """A clause that tells the code to act: "issue 10 tokens to them"."""
    at = context.text.skip(index, ("then", "please", "automatically", "immediately", "to"))
    group = verb_phrase_at(context.text, at, "base")
    if group is None or group.verb is None or group.kind != "act":
        return None
    force = "must_not" if group.negated else "must"
    draft = Draft(replace(group, force=force, negated=False), imperative=True)
    draft.start = context.text.nodes[index].start
    return draft, arguments(context, group.end, draft, False)


def continued_at(context: Context, index: int, before: Draft) -> tuple[Draft, int] | None:
    """A further verb of the same subject: "and deliver", "and shall deliver", "and may keep"."""
    text = context.text
    at = text.skip(index, ("then", "to", "also", "thereafter", "thereupon", "subsequently"))
    _moved(context, at)
    group = (
        verb_group_at(text, at)
        if text.lower(at) in words.MODALS or (before.group.force is None or not before.group.modal)
        else None
    )
    if group is None or (group.force is None and before.group.modal):
        shared = verb_phrase_at(text, at, "participle") if before.group.passive else None
        shared = shared or verb_phrase_at(
            text, at, "base", *(() if before.group.modal else ("third",))
        )
        if shared is None or shared.kind != "act":
            group = verb_group_at(text, at)
            if group is None or group.force is None:
                return None
        else:
            passive = before.group.passive and lemma_of(text.lower(at), "participle") is not None
            force = before.group.force
            if shared.negated and force is not None:
                force = "must_not"
            group = replace(shared, force=force, passive=passive, modal=before.group.modal,
                            negated=False if force else before.group.negated)  # fmt: skip
    subjects = list(before.subjects)
    draft = Draft(group, subjects=subjects, imperative=before.imperative)
    draft.start = text.nodes[index].start
    return draft, arguments(context, group.end, draft, False)


def clause_starts(context: Context, index: int, draft: Draft, conditional: bool) -> bool:
    """Whether a new clause begins at an index, so that the one before has ended."""
    text = context.text
    index = text.skip(index, ("then", "thereafter", "thereupon"))
    if text.match_any(index, markers.OTHERWISE[:13]):
        return True
    found = subjects_at(context, index)
    if found is not None and verb_group_at(text, found[1]) is not None:
        group = verb_group_at(text, found[1])
        return group is not None and group.end > found[1]
    if (
        found is not None
        and text.lower(found[1]) == ","
        and _inserted(context, found[1], Draft(Group(0))) > found[1]
    ):
        return True
    if text.lower(index) in words.MODALS:
        return True
    shared = verb_phrase_at(text, index, "base", "third")
    if shared is not None and shared.kind == "act":
        return True
    participle = verb_phrase_at(text, index, "participle") if draft.group.passive else None
    return participle is not None and participle.kind == "act"


def arguments(context: Context, index: int, draft: Draft, conditional: bool) -> int:
    """Reads everything that belongs to a verb; the index of the first node that does not."""
    text = context.text
    if draft.group.kind == "be":
        index = _complement(context, index, draft, conditional)
    while index < len(text):
        if text.lower(index) in (";", ".", ":"):
            break
        after = _one_argument(context, index, draft, conditional)
        if after is None:
            break
        index = after
    draft.end = text.nodes[max(index - 1, 0)].end
    return index


def _one_argument(context: Context, index: int, draft: Draft, conditional: bool) -> int | None:
    text = context.text
    if text.lower(index) == "," or text.lower(index) in words.CONJUNCTIONS:
        return _joined_argument(context, index, draft, conditional)
    if text.kind(index) == "reference":
        return index + 1
    for rule in (_early_object, _weightless, adjunct_at, _source, _prepositional, _object, _colour):
        if rule is adjunct_at and conditional and _ends_condition(context, index):
            return None
        after = rule(context, index, draft)
        if after is not None:
            return after
    return None


def _ends_condition(context: Context, index: int) -> bool:
    """Whether a further condition begins, which is not part of the one being read."""
    return context.text.lower(index) in ("unless", "provided", "except", "if", "otherwise")


def _joined_argument(context: Context, index: int, draft: Draft, conditional: bool) -> int | None:
    """What stands behind a comma or an "and": the next object or adjunct, or the next clause."""
    text = context.text
    at = index + 1
    if text.lower(index) == "," and text.lower(at) in words.CONJUNCTIONS:
        at += 1
    if at >= len(text) or clause_starts(context, at, draft, conditional):
        return None
    if conditional and text.lower(index) == ",":
        return None
    if text.kind(at) == "reference":
        return at + 1
    for rule in (_weightless, adjunct_at, _source):
        if rule is adjunct_at and conditional:
            continue
        after = rule(context, at, draft)
        if after is not None:
            return after
    if draft.objects and (draft.objects or draft.group.passive):
        joint = text.lower(index)
        if joint in ("or", "and/or") and not conditional:
            draft.doubts.append(Doubt("alternative", "Which of these, and who chooses?",
                                      text.span(index, at + 1), "asset"))  # fmt: skip
        before = len(draft.objects)
        after = _prepositional(context, at, draft) if text.lower(at) == "to" else None
        after = after or _object(context, at, draft)
        if after is not None and (len(draft.objects) > before or text.lower(at) == "to"):
            return after
    return _prepositional(context, at, draft)


def _early_object(context: Context, index: int, draft: Draft) -> int | None:
    """An object before anything else can claim its words: an amount behind the verb."""
    if context.text.kind(index) == "amount" and draft.group.kind == "act":
        return _object(context, index, draft)
    return None


def _weightless(context: Context, index: int, draft: Draft) -> int | None:
    found = context.text.match_any(index, markers.WEIGHTLESS)
    if found is None:
        return None
    last = found[0].split()[-1]
    if last in ("by", "of") and found[0].startswith(("by", "on", "at the request")):
        inner = phrase_at(context.text, found[1], context.names)
        return inner[1] if inner else None
    return found[1]


def _source(context: Context, index: int, draft: Draft) -> int | None:
    """ "as reported by Chainlink", "according to the weather station"."""
    found = context.text.match_any(index, markers.SOURCES)
    if found is None or found[0] in (
        "on",
        "at",
        "on the",
        "from the",
        "provided by",
        "delivered by",
    ):
        return None
    if draft.group.kind == "act" and found[0] == "certified by":
        return None
    who = phrase_at(context.text, found[1], context.names)
    if who is None:
        return None
    if draft.group.kind in ("be", "compare"):
        draft.source = who[0]
    return who[1]


def _prepositional(context: Context, index: int, draft: Draft) -> int | None:
    """A preposition with what it governs: the receiver, the agent, the source, the purpose."""
    text = context.text
    receiver = text.match_any(index, markers.NAMED_ACCOUNT)
    if receiver is not None and receiver[0] not in ("upon", "with", "between"):
        found = phrase_at(text, receiver[1], context.names)
        if found is not None and found[0].quantity is None:
            return _receiver(context, found[0], found[1], draft)
    word = text.lower(index)
    if word == "with" and draft.group.verb is not None:
        return _with(context, index, draft)
    if word == "by" and draft.group.passive and draft.agent is None:
        return _agent(context, index, draft)
    if word == "from":
        found = phrase_at(text, index + 1, context.names)
        if found is not None and found[0].quantity is None:
            if draft.source is None:
                draft.source = found[0]
            return found[1]
    return _purpose(context, index, draft)


def _receiver(context: Context, phrase: Phrase, after: int, draft: Draft) -> int:
    text = context.text
    if phrase.head in ("escrow", "court", "law", "extent", "satisfaction", "standard", "pool"):
        return after
    draft.recipients.append(phrase)
    while text.lower(after) in ("and", ","):
        more = phrase_at(text, text.skip(after, ("and", ",", "to")), context.names)
        if more is None or not more[0].party or verb_group_at(text, more[1]) is not None:
            break
        draft.recipients.append(more[0])
        after = more[1]
    return after


def _with(context: Context, index: int, draft: Draft) -> int | None:
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or draft.group.verb is None:
        return None
    phrase, after = found
    action = draft.group.verb.action
    if action in ("provide", "supply", "pay") and draft.objects and not draft.recipients:
        draft.recipients.append(draft.objects.pop())
        draft.objects.append(phrase)
        return after
    if action in ("deposit", "lock") and (phrase.party or phrase.name):
        draft.recipients.append(phrase)
        return after
    return _purpose(context, index, draft)


def _agent(context: Context, index: int, draft: Draft) -> int | None:
    text = context.text
    at = text.skip(index + 1, ("at", "least", "any"))
    if text.kind(at) == "quorum":
        who = phrase_at(text, text.skip(at + 1, ("of", "the")), context.names)
        return None if who is None else _quorum_agent(context, at, who, draft)
    found = phrase_at(text, index + 1, context.names)
    if found is None or found[0].quantity is not None:
        return None
    draft.agent = found[0]
    return found[1]


def _quorum_agent(context: Context, at: int, who: tuple[Phrase, int], draft: Draft) -> int:
    many, total = context.text.nodes[at].value  # type: ignore[misc]
    draft.agent = replace(who[0], quantity=Quantity(str(many), f"of {total}"))
    return who[1]


def _purpose(context: Context, index: int, draft: Draft) -> int | None:
    """A phrase that says what for, where or how, as long as it holds no amount and no time."""
    text = context.text
    if text.lower(index) not in ("for", "in", "on", "at", "with", "under", "via", "through", "as",
                                 "against", "of", "about", "regarding", "concerning", "per", "into",
                                 "over", "towards", "toward", "without", "using", "including",
                                 "by", "between", "among", "within", "upon", "onto", "to",
                                 "in accordance with", "across", "excluding"):  # fmt: skip
        return None
    at = index + 1
    for lead in ("in accordance with", "in respect of", "in relation to", "in connection with",
                 "in consideration of", "in consideration for", "in compliance with",
                 "pursuant to", "in exchange for", "in return for", "as consideration for",
                 "for the purposes of", "for the purpose of", "in the form of", "in line with",
                 "in proportion to", "on account of", "by reference to"):  # fmt: skip
        matched = text.match(index, lead)
        at = matched if matched is not None else at
    if text.kind(at) == "reference":
        return at + 1
    found = phrase_at(text, at, context.names)
    if found is None:
        gerund = lemma_of(text.lower(at), "gerund")
        inner = phrase_at(text, at + 1, context.names) if gerund else None
        return inner[1] if inner and inner[0].quantity is None else None
    phrase, after = found
    if phrase.quantity is not None or phrase.unread:
        draft.doubts.append(
            Doubt("consideration", "Is this amount a duty of its own, a price, or only a reason?",
                  text.span(index, after), None)
        )  # fmt: skip
    return after


def _object(context: Context, index: int, draft: Draft) -> int | None:
    """What the verb acts on."""
    text = context.text
    if draft.group.kind == "be":
        return None
    if draft.group.light and text.lower(index) == "of":
        index += 1
    found = phrase_at(text, index, context.names)
    if found is None:
        return None
    phrase, after = found
    if draft.group.kind == "compare":
        if draft.compared is not None:
            return None
        draft.compared = phrase
        return after
    for node in phrase.unread:
        _qualified(context, node, draft)
    draft.objects.append(phrase)
    return _behind_object(context, after, phrase, draft)


def _qualified(context: Context, node: int, draft: Draft) -> None:
    """ "monthly instalments", "a 30-day notice": what stands before the noun."""
    if context.text.kind(node) == "recurrence" and context.text.nodes[node].value:
        draft.recurrence = str(context.text.nodes[node].value)


def _behind_object(context: Context, index: int, phrase: Phrase, draft: Draft) -> int:
    """ "per token", "each", "so paid", "held in escrow" behind an object."""
    text = context.text
    if text.lower(index) in ("per", "/") and text.kind(index + 1) == "word":
        unit = phrase_at(text, index + 1, context.names)
        if unit is not None:
            draft.doubts.append(
                Doubt("unit_rate", "How many units are there at most?", text.span(index, unit[1]),
                      "amount")
            )  # fmt: skip
            return unit[1]
    if lemma_of(text.lower(index), "participle") and phrase.pronoun is None:
        at = index + 1
        while text.lower(at) in ("by", "to", "in", "under", "from", "into", "hereunder", "with"):
            if text.kind(at + 1) == "reference":
                at += 2
                continue
            found = phrase_at(text, at + 1, context.names)
            if found is None or found[0].quantity is not None:
                break
            at = found[1]
        return at
    return index


def _colour(context: Context, index: int, draft: Draft) -> int | None:
    """An adverb that only colours, or one that says at once or automatically."""
    word = context.text.lower(index)
    if word in words.AUTOMATIC:
        draft.group = replace(draft.group, automatic=True)
        return index + 1
    if word in ("promptly", "asap"):
        draft.doubts.append(Doubt("vague_time", f"How long is {word!r}?",
                                  context.text.span(index, index + 1), "deadline", ("P7D",)))  # fmt: skip
        return index + 1
    return (
        index + 1 if is_adverb(word) or word in ("therefor", "instead", "there", "back") else None
    )


def _complement(context: Context, index: int, draft: Draft, conditional: bool) -> int:
    """What a form of "be" says of its subject: a comparison or a state."""
    text = context.text
    comparing = text.match_any(index, markers.COMPARING)
    if comparing is not None:
        found = phrase_at(text, comparing[1], context.names)
        if found is not None:
            comparator = markers.COMPARING[comparing[0]]
            draft.group = replace(draft.group, kind="compare", comparator=comparator)
            draft.compared = found[0]
            return found[1]
    if text.kind(index) == "amount" or (
        (inner := phrase_at(text, index, context.names)) is not None
        and inner[0].quantity is not None
    ):
        found = phrase_at(text, index, context.names)
        if found is not None:
            draft.group = replace(draft.group, kind="compare", comparator="=")
            draft.compared = found[0]
            return found[1]
    return _state(context, index, draft, conditional)


def _state(context: Context, index: int, draft: Draft, conditional: bool) -> int:
    text = context.text
    start = index
    while index < len(text) and text.kind(index) in ("word", "possessive"):
        word = text.lower(index)
        if word in ("and", "or", "then", "if", "when", "unless", "until", "by", "within", "upon",
                    "after", "before", "while", "according", "otherwise", "where"):  # fmt: skip
            break
        if word in words.MODALS:
            break
        index += 1
    span = text.span(start, index) if index > start else None
    if span is not None:
        spoken = context.words(span).lower()
        draft.complement = spoken.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return index
