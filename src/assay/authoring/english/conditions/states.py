"""Conditions whose verb no list has: the words themselves are the state.

"if the borrower breaches clause 5": somebody judges whether it is so, whatever the verb.
"""

from __future__ import annotations

from assay.authoring.english.conditions.agreement import agrees
from assay.authoring.english.conditions.boundaries import duty_follows, failure_at
from assay.authoring.english.conditions.breaches import times
from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.referents import party_name, settled
from assay.authoring.english.phrases.groups import is_unknown_verb
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group, verb_group_at
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition

_LONGEST = 14
_ENDS = frozenset({",", ";", ".", ":", "then", "(", "→"})
_LINKS = frozenset({"and", "or", "unless", "otherwise", "but", "provided", "who", "which", "that"})
_NEGATIONS = frozenset({"not", "never", "no", "doesn't", "isn't", "hasn't", "don't", "haven't",
                        "didn't", "aren't", "wasn't", "won't", "cannot"})  # fmt: skip


def loose_state(
    context: Context, index: int, kind: str, start: int
) -> tuple[Condition, int] | None:
    """A condition from an index up to the next comma, as a state in the words that were used.

    None where a listed verb is among the words, since an act may then be meant, and where an
    amount of money, a time or a duty is: these have rules of their own.
    """
    text = context.text
    end = index
    while end < len(text) and text.lower(end) not in _ENDS and not _goes_on(context, end):
        if end > index + 1 and _time_begins(context, end):
            break
        end += 1
    joined = text.lower(end) in ("and", "or")
    leads = not joined and (start == 0 or text.lower(start - 1) in (";", "."))
    leads = leads and not _time_begins(context, end)
    if not 2 <= end - index <= _LONGEST or (leads and text.lower(end) not in (",", "then", "→")):
        return None
    if not all(_is_plain(context, step) for step in range(index, end)):
        return None
    verb = _verb_index(context, index, end)
    verb = index + 1 if verb is not None and text.lower(index) in ("it", "they") else verb
    if verb is None:
        return None
    spoken = [text.lower(step) for step in range(verb, end)]
    none = text.lower(index) in ("no", "neither")
    negated = (kind in ("unless", "until")) != (none != bool(_NEGATIONS & set(spoken)))
    subject = " ".join(
        text.lower(step) for step in range(index, verb) if text.lower(step) not in words.DETERMINERS
    )
    value = content_words(" ".join(word for word in spoken if word not in _NEGATIONS))
    span = context.text.span(start, end)
    if not subject or not value:
        return None
    subject = subject.replace(" '", "'").replace(" ’", "’")
    meant = context.meant(subject) if subject in ("it", "they") else None
    if meant is not None and meant.name:
        subject = meant.name
    outside = subject.split()[0] in markers.OUTSIDE and " or " in f" {subject} {value} "
    return Condition(kind="oracle" if outside else "state", text=context.words(span), span=span,
                     subject=subject, value=value, negated=negated), end  # fmt: skip


def _time_begins(context: Context, index: int) -> bool:
    """Whether a time of the state begins at an index: "within a year", "during the trial"."""
    text = context.text
    if text.lower(index) == "during":
        return True
    timed = text.kind(index + 1) in ("duration", "date", "datetime")
    return timed and text.lower(index) in ("within", "for", "by", "before", "after", "on", "in")


_MORE = frozenset({"higher", "more", "above", "greater", "stronger", "worse", "lower", "less"})
"""What bounds a number: "category 3 or higher"."""


def _goes_on(context: Context, index: int) -> bool:
    """ "and does not remedy it": a further verb of the same subject begins."""
    if context.text.lower(index) not in ("and", "or"):
        return False
    if context.text.lower(index + 1) in _MORE:
        return True
    if failure_lasts(context, index + 1, Draft(Group(index)), negated=False) is not None:
        return True
    third = lemma_of(context.text.lower(index + 1), "third", *(("base",) * context.text.inverted))
    if context.text.lower(index + 2) in words.DETERMINERS and (
        third is not None or _is_verb_alone(context.text, index + 1)
    ):  # fmt: skip
        return True  # "or commits a crime"
    group = verb_group_at(context.text, index + 1)
    if group is not None and group.force is not None:
        return context.text.lower(index + 1) in words.MODALS
    return group is not None and group.end > index + 2


def _is_plain(context: Context, index: int) -> bool:
    """Whether a node is a word of a state, or a number that counts in it."""
    node = context.text.nodes[index]
    if node.kind == "amount":
        assert isinstance(node.value, Quantity)
        return node.value.asset is None
    if node.kind not in ("word", "possessive", "reference"):
        return False
    if node.text[:1].isupper() and context.text.lower(index - 1) in words.DETERMINERS:
        return True  # "the Insured"
    if node.lower == "or" and context.text.lower(index + 1) in _MORE:
        return True
    listed = any(
        VERBS[lemma].action not in (None, "perform")
        for lemma, tag in forms_of(node.lower)
        if lemma in VERBS and tag in ("third", "past", "participle")
    )
    if node.lower == "on" and context.text.kind(index + 1) == "word":
        return context.text.lower(index + 1) not in words.DETERMINERS
    return not (listed or node.lower in _LINKS or node.lower in words.MODALS
                or node.lower in markers.FINITE)  # fmt: skip


def _verb_index(context: Context, index: int, end: int) -> int | None:
    """Where the subject ends: the first word that has the form of a verb."""
    text = context.text
    if text.inverted:
        return _inverted_verb(text, index, end)
    first = index + 1 if text.lower(index) in words.DETERMINERS else index
    helping = words.BE | words.HAVE | words.DO
    for step in range(first + 1, end):
        word = text.lower(step)
        if text.kind(step) == "possessive":
            continue
        if word in helping or (text.kind(step - 1) == "possessive" and step == end - 1):
            return step
        tags = {tag for _, tag in forms_of(word)}
        if tags & {"third", "past"} or ("base" in tags and text.lower(step - 1).endswith("s")):
            return step
        if step == end - 1 and word.isalpha() and _is_plural(text.lower(step - 1)):
            return step
        inflected = word.endswith("ed") or (word.endswith("s") and not word.endswith(("ss", "us")))
        if inflected and text.lower(step - 1) not in (words.DETERMINERS | words.PREPOSITIONS) and (
            step + 1 < end or text.kind(step - 1) == "word"
        ):  # fmt: skip
            return step
    return index + 1 if text.lower(index) in words.PRONOUNS | frozenset(words.SPEAKERS) else None


def _inverted_verb(text: Line, index: int, end: int) -> int | None:
    """ "should the lodger smoke in the house": the word before the first that no noun has behind
    it, or the last."""
    first = index + 1 if text.lower(index) in words.DETERMINERS else index
    behind = words.DETERMINERS | words.PREPOSITIONS - {"of"} | words.PRONOUNS
    found = (at for at in range(first + 1, end) if text.lower(at + 1) in behind or at + 1 == end)
    return next(found, None)


def _is_plural(word: str) -> bool:
    return words.singular(word) != word and not any(tag == "third" for _, tag in forms_of(word))


def is_complete(context: Context, index: int) -> bool:
    """Whether a condition ends where it was read to: no word of it is left before a comma."""
    text = context.text
    ends = (",", ";", ".", ":", "", "then", "and", "or", ")", "nor", "but", "unless", "otherwise")
    if text.lower(index) in ends or text.kind(index) not in ("word", "possessive"):
        return True
    trial = Draft(Group(index), conditional=True)
    return context.adjunct_at(context, index, trial) is not None or (
        duty_follows(context, index) or verb_group_at(text, index) is not None
    )


def relative_state(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "employees who need them for the project": which ones, in the words themselves."""
    text = context.text
    end = index + 1
    while end < len(text) and text.lower(end) not in _ENDS | _LINKS and _is_plain(context, end):
        end += 1
    if not 2 <= end - index <= _LONGEST or text.lower(end) not in ("", ".", ",", ";", "and"):
        return None
    spoken = [text.lower(step) for step in range(index + 1, end)]
    span = text.span(index, end)
    value = content_words(" ".join(word for word in spoken if word not in _NEGATIONS))
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=phrase.full,
                  value=value, negated=bool(_NEGATIONS & {*spoken}))
    )  # fmt: skip
    return end


def failure_lasts(context: Context, index: int, draft: Draft, negated: bool) -> int | None:
    """ "and such failure continues for ten days after notice": that it does, in these words."""
    text = context.text
    lasts = failure_at(text, index)
    if lasts is None:
        return None
    at, end = lasts
    while end < len(text) and text.lower(end) not in _ENDS | {"and", "or"}:
        end += 1
    span = context.text.span(index, end)
    told = context.words(context.text.span(at + 1, end)).split()
    denied = bool({*told} & _NEGATIONS)
    value = content_words(" ".join(one for one in told if one not in _NEGATIONS))
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=text.lower(at),
                  value=value, negated=negated != denied)
    )  # fmt: skip
    return end


def further_state(context: Context, index: int, draft: Draft, kind: str) -> int | None:
    """ "or ceases to trade": what else somebody does, where no list has the verb."""
    text, before = context.text, context.condition
    spoken = {text.lower(index), text.lower(index + 1)}
    denied = text.lower(index - 1) == "nor" or bool(spoken & _NEGATIONS)
    if before is None or not before.subjects or not (denied or _is_verb_alone(text, index)):
        return None
    if not denied and not agrees(text, index, before.subjects):
        return None
    end = index + 1
    while end < len(text) and text.lower(end) not in _ENDS | _LINKS:
        if end > index + 1 and _time_begins(context, end):
            break
        if not _is_plain(context, end) and end > index + 1 and text.lower(end - 1) != "to":
            return None
        end += 1
    who = before.subjects[-1]
    named = party_name(who, context) if who.party or who.pronoun else who.full
    span = text.span(index, end)
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=named,
                  value=content_words(" ".join(_plainly_said(text, index, end))),
                  negated=(kind in ("unless", "until")) != denied)
    )  # fmt: skip
    return with_time(context, end, draft)


def _plainly_said(text: Line, index: int, end: int) -> list[str]:
    """The words of a state without those that only deny it."""
    spoken = [text.lower(at) for at in range(index, end)]
    return [one for one in spoken if one not in _NEGATIONS | words.DO]


def _is_verb_alone(text: Line, index: int) -> bool:
    """Whether a word is a verb that no list has, with what verbs have behind them."""
    denied = text.lower(index) in words.DO and text.lower(index + 1) == "not"
    if denied or text.lower(index) in ("doesn't", "don't"):
        at = index + 1 + denied
        return is_unknown_verb(text, at) and not forms_of(text.lower(at))
    word, behind = text.lower(index), text.lower(index + 1)
    ended = text.inverted or (word.endswith("s") and not word.endswith("ss"))
    return (
        ended
        and not forms_of(word)
        and is_unknown_verb(text, index)
        and behind in words.PREPOSITIONS | words.DETERMINERS | {"to", "", ",", "."}
    )


_DEMANDED = frozenset({"required", "permitted", "compelled", "allowed", "prohibited", "ordered",
                       "obliged"})  # fmt: skip


def as_demanded(context: Context, start: int, draft: Draft, kind: str, index: int) -> int | None:
    """ "except as required by law", "unless ordered by a court"."""
    text = context.text
    at = text.skip(start, ("as", "otherwise", "it", "is", "so", "expressly", "to", "the", "extent",
                           "where", "may", "be"))  # fmt: skip
    if text.lower(at) not in _DEMANDED or text.lower(at + 1) not in ("by", "under"):
        return None
    who = phrase_at(text, at + 2, context.names)
    if who is None or who[0].quantity is not None:
        return None
    span = text.span(index, who[1])
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=who[0].full,
                  value=text.lower(at), negated=kind in ("unless", "until"))
    )  # fmt: skip
    return who[1]


def as_state(context: Context, start: int, draft: Draft, kind: str, index: int) -> int | None:
    """A condition that only a person can judge, in its own words."""
    plain = kind in ("if", "unless", "until", "while") or context.text.lower(index) in (
        "when", "whenever", "once"
    )  # fmt: skip
    loose = loose_state(context, start, kind, index) if plain else None
    if loose is None:
        return None
    told = _with_referent(context, start, loose[0], draft)
    draft.conditions.append(told)
    after = with_time(context, loose[1], draft)
    named = (told.subject or "").split(" of ")[-1]
    party = context.names.party(named, named) or context.names.role(named)
    if party is not None:
        context.mention(party)
        context.subject = party
        context.thing = _thing_in(context, start, loose[1]) or context.thing
    elif named and named not in words.PRONOUNS:
        begin, end = loose[0].span or (0, 0)
        told_of = Phrase(begin, end, name=named, full=named, head=named.split()[-1])
        context.thing = context.may_mean(told_of)
    return after


def _thing_in(context: Context, start: int, end: int) -> Phrase | None:
    """What somebody does something to: "if the buyer doesn't like the ring, she can return it"."""
    for at in range(end - 1, start + 1, -1):
        if context.text.lower(at) in ("the", "a", "an"):
            found = phrase_at(context.text, at, context.names)
            plain = found is not None and found[0].party is None and found[0].quantity is None
            return found[0] if found is not None and plain else None
    return None


_WEATHER = frozenset("rains rain snows snow hails freezes thaws floods storms".split())


def _with_referent(context: Context, start: int, told: Condition, draft: Draft) -> Condition:
    """Who or what a state is told of where a pronoun says it: "if he has won twice"."""
    found = phrase_at(context.text, start, context.names)
    if found is None or told.subject not in ("he", "she", "they", "it"):
        return told
    if told.subject == "it":
        plain = context.thing is None or (told.value or "").split()[0] in _WEATHER
        name = told.subject if plain or context.thing is None else context.thing.name
        return told.model_copy(update={"subject": name or told.subject})
    held = Draft(draft.group, conditional=True)
    who = settled(found[0], context, None, held)
    draft.doubts.extend(held.doubts)
    return told.model_copy(update={"subject": who.means_party or told.subject})


def with_time(context: Context, index: int, draft: Draft) -> int:
    """The time of a state stands beside it: "if the pump fails during the warranty period"."""
    if not _time_begins(context, index):
        return index
    held = Draft(draft.group, conditional=True)
    after = context.adjunct_at(context, index, held)
    if after is None or held.recurrence is not None or held.doubts:
        return index
    state = draft.conditions[-1]
    draft.conditions.extend(times(held, state.text, context.text.span(index, after)))
    return after
