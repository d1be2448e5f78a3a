"""The verb itself, with the words that colour it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assay.authoring.english.lexicon import modality, words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.modality import Force
from assay.authoring.english.lexicon.verbs import (
    COMPARE_VERBS,
    LIGHT,
    NOUNS,
    PARTICLES,
    SELF_VERBS,
    VERBS,
    Verb,
)
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.phrase_parts import is_adverb, limit_at
from assay.authoring.model import Comparator

Kind = Literal["act", "be", "self", "compare"]


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group.

    Attributes:
        force: of a duty; None for a plain fact ("pays", "has paid").
        verb: None for forms of "be" with a complement that follows.
        kind: `be` has a complement, `self` is a change of the subject's own state, `compare`
            holds a subject against a quantity.
        failed: fails to, does not.
        deemed: it only counts as done.
        refrains: what follows is not to be done.
        automatic: the code itself acts.
        soft: a duty only to try.
        unread: indices of words in between that other rules must read.
    """

    end: int
    kind: Kind = "act"
    force: Force | None = None
    verb: Verb | None = None
    passive: bool = False
    negated: bool = False
    failed: bool = False
    automatic: bool = False
    at_once: bool = False
    soft: bool = False
    late: bool = False
    nobody: bool = False
    vague: bool = False
    past: bool = False
    unlisted: bool = False
    light: bool = False
    modal: bool = False
    comparator: Comparator | None = None
    deemed: bool = False
    refrains: bool = False

    @property
    def duty(self) -> bool:
        """Whether it is a duty rather than a fact that a condition names."""
        return self.force is not None


def adverbs(text: Line, index: int, group: Group) -> tuple[int, Group]:
    """Skips words that only colour the verb, and keeps what some of them say."""
    while True:
        word = text.lower(index)
        if word in words.AUTOMATIC:
            group = replace(group, automatic=True)
        elif word in words.VAGUE_TIME:
            group = replace(group, vague=True)
        elif word in words.AT_ONCE:
            group = replace(group, at_once=True)
        elif not (is_adverb(word) and not forms_of(word)):
            return index, group
        index += 1


_CARRYING = frozenset(verb for verb, _ in LIGHT)


def verb_with_particle(text: Line, lemma: str, after: int) -> tuple[Verb, int, bool] | None:
    """The verb's meaning with a particle or with the noun that carries it."""
    particle = PARTICLES.get((lemma, text.lower(after)))
    if particle is not None and not (
        text.match(after, "up to") is not None and text.kind(after + 2) == "amount"
    ):  # fmt: skip
        return Verb(f"{lemma} {text.lower(after)}", *particle), after + 1, False
    noun = after
    while text.lower(noun) in ("a", "an", "the", "its", "their", "his", "her", "written", "prompt",
                               "full", "prior", "any", "partial", "all", "one", "such", "due",
                               "final", "formal", "late", "advance", "express",
                               "timely"):  # fmt: skip
        noun += 1
    light = LIGHT.get((lemma, text.lower(noun)))
    if lemma == "carry" and text.lower(after) == "out":
        light = LIGHT.get((lemma, text.lower(text.skip(after + 1, ("an", "a", "the")))))
    if light is not None and not (lemma == "issue" and text.lower(noun + 1) == "tokens"):
        return Verb(f"{lemma} {text.lower(noun)}", *light), noun + 1, True
    at = limit_at(text, after)[1]
    counted = LIGHT.get((lemma, text.lower(at + 1))) if text.kind(at) == "amount" else None
    if counted is not None:
        return Verb(f"{lemma} {text.lower(at + 1)}", *counted), after, False
    made = NOUNS.get(text.lower(noun)) if lemma in ("make", "effect") and noun > after else None
    if made in VERBS and VERBS[made].action is not None:
        known = VERBS[made]
        return Verb(f"{lemma} {text.lower(noun)}", known.action, known.frame), noun + 1, True
    if lemma in VERBS:
        return VERBS[lemma], after, False
    return None


_TITLES = frozenset({"title", "ownership", "risk", "property"})


def act_at(text: Line, index: int, group: Group, tags: tuple[str, ...]) -> Group | None:
    """The verb itself, in one of the given forms."""
    index, group = adverbs(text, index, group)
    if text.kind(index) != "word":
        return None
    word = text.lower(index)
    lemma = lemma_of(word, *tags)
    either = text.match_any(index, ("equal or exceed", "equals or exceeds", "meet or exceed",
                                    "meets or exceeds", "reach or exceed",
                                    "reaches or exceeds", "reached or exceeded",
                                    "met or exceeded",
                                    "equalled or exceeded"))  # fmt: skip
    if either is not None:
        return replace(group, kind="compare", comparator=">=", end=either[1])
    if word in COMPARE_VERBS or (lemma and lemma in COMPARE_VERBS):
        comparator = COMPARE_VERBS.get(word) or COMPARE_VERBS[lemma or word]
        return replace(group, kind="compare", comparator=comparator, end=index + 1)
    auxiliary = text.lower(index + 1)
    relative = text.lower(index - 1) == "who" and lemma_of(word, "third") is not None
    if "base" in tags and not group.modal and not relative and (
        auxiliary in words.BE - {"being", "be"} or auxiliary in words.HAVE | words.MODALS
    ):  # fmt: skip
        return None
    if lemma is None and group.modal and tags == BASE and is_unknown_verb(text, index):
        return replace(group, verb=Verb(word, "perform", "do"), end=index + 1, unlisted=True)
    if lemma is None:
        return None
    if lemma == "get" and lemma_of(text.lower(index + 1), "participle"):
        inner = act_at(text, index + 1, group, ("participle",))
        if inner is not None and inner.kind == "act":
            return replace(inner, passive=True, automatic=True)
        if inner is not None:
            return replace(inner, kind="be", verb=None, end=index + 1)
    if lemma == "fall" and text.lower(index + 1) == "due":
        return be_at(text, index + 1, replace(group, modal=True))
    titled = {text.lower(at) for at in range(max(0, index - 9), index)} & _TITLES
    if lemma == "pass" and (text.lower(index + 1) in ("to", "from") or titled):
        return replace(group, verb=VERBS["pass"], end=index + 1)
    if lemma == "come" and text.lower(index + 1) == "into":
        return replace(group, kind="self", verb=Verb("commence", None, "self"), end=index + 3)
    compared = _compared_at(text, index, lemma, group)
    if compared is not None:
        return compared
    carried = lemma == "raise" and verb_with_particle(text, lemma, index + 1) is not None
    if lemma in ("resign", "retire") and group.modal:
        return replace(group, verb=Verb(lemma, "perform", "do"), end=index + 1)
    if lemma in SELF_VERBS and (lemma, text.lower(index + 1)) not in PARTICLES and not carried:
        known = VERBS.get(lemma)
        works = known is not None and known.action == "perform" and group.modal
        if (
            known is None
            and (group.modal or {*tags} <= {"base", "third"})
            and has_object(text, index + 1)
        ):
            return replace(group, verb=Verb(lemma, "perform", "do"), end=index + 1)
        if known is None or not (works or has_object(text, index + 1)):
            verb = Verb(lemma, None, "self")
            return replace(group, kind="self", verb=verb, end=index + 1)
    if lemma in ("remain", "become", "stay", "prove"):
        return be_at(text, index + 1, replace(group, modal=True))
    found = verb_with_particle(text, lemma, index + 1)
    if found is None and tags == _PARTICIPLE and lemma in _CARRYING:
        return replace(group, verb=Verb(lemma, None, "do"), end=index + 1)
    if found is None:
        return None
    verb, after, light = found
    if verb.lemma == "take place":
        return replace(group, verb=VERBS["make"], passive=True, end=after)
    return replace(group, verb=verb, end=after, light=light)


def _compared_at(text: Line, index: int, lemma: str, group: Group) -> Group | None:
    """ "falls below", "closes above", "falls short of", "rises by more than"."""
    if lemma in ("fall", "drop", "rise", "go", "climb", "trade", "close", "end", "settle") and (
        text.lower(index + 1) in ("below", "under", "above", "over")
    ):  # fmt: skip
        comparator: Comparator = "<" if text.lower(index + 1) in ("below", "under") else ">"
        return replace(group, kind="compare", comparator=comparator, end=index + 2)
    short = text.match(index + 1, "short of")
    if short is not None and lemma in ("fall", "come", "stay"):
        return replace(group, kind="compare", comparator="<", end=short)
    if lemma in ("rise", "fall", "drop", "increase", "decrease", "go", "decline", "grow") and (
        text.lower(index + 1) == "by"
    ):
        more = text.match_any(index + 2, ("more than", "at least", "over"))
        end = more[1] if more is not None else index + 2
        sign: Comparator = ">=" if more is None or more[0] == "at least" else ">"
        return replace(group, kind="compare", comparator=sign, end=end)
    return None


def is_unknown_verb(text: Line, index: int) -> bool:
    """Whether a word behind a modal is a verb that no list has."""
    word = text.lower(index)
    known = (words.PREPOSITIONS | words.DETERMINERS | words.CONJUNCTIONS | words.PRONOUNS | words.BE
             | words.HAVE | words.DO | words.SUBORDINATORS | words.MODALS
             | words.ADJECTIVES)  # fmt: skip
    return (
        word.isalpha()
        and len(word) > 2
        and word not in known
        and not is_adverb(word)
        and (word not in words.SPEAKERS and not text.nodes[index].text[:1].isupper())
    )


def has_object(text: Line, index: int) -> bool:
    return text.lower(index) in ("it", "them") or (
        text.lower(index) in words.DETERMINERS and text.lower(index + 1) not in words.UNITS_OF_TIME
    )


BASE = ("base",)


_GERUND = ("gerund",)


_PARTICIPLE = ("participle",)


def negation_at(text: Line, index: int) -> tuple[int, bool]:
    if text.lower(index) in ("not", "never", "neither"):
        return index + 1, True
    for phrase in modality.NEVER:
        after = text.match(index, phrase)
        if after is not None:
            return after, True
    return index, False


def forced(force: Force, negated: bool, group: Group) -> Group:
    """A duty's force under a negation."""
    negated, group = negated != group.refrains, replace(group, refrains=False)
    if not negated:
        return replace(group, force=force)
    turned: Force = "must_not" if force in ("must", "may") else "must"
    return replace(group, force=turned)


def complement_at(text: Line, index: int, form: str, group: Group) -> Group | None:
    """What "obliged to", "prohibited from" and their like govern."""
    if form == "gerund":
        cost = _noun_duty(text, index, group) if text.lower(index + 1) in _BORNE else None
        return cost or act_at(text, index, group, _GERUND) or _noun_duty(text, index, group)
    index, group = adverbs(text, index, group)
    index, denied = negation_at(text, index)
    if denied:
        inner = complement_at(text, index, form, group)
        return replace(inner, refrains=not inner.refrains) if inner is not None else None
    refraining = text.match_any(index, modality.REFRAIN)
    if refraining is not None:
        way = "to" if refraining[0].endswith("to") else "gerund"
        inner = complement_at(text, refraining[1], way, group)
        if inner is not None:
            return replace(inner, refrains=not inner.refrains)
    if text.lower(index) == "be":
        return be_at(text, index + 1, replace(group, modal=True))
    return act_at(text, index, group, BASE)


_BORNE = frozenset("cost costs expense expenses tax taxes fee fees charge charges duties premiums "
                   "insurance bills damage damages postage utilities".split())  # fmt: skip
"""What somebody who is responsible for it pays."""
_WHOSE_COST = frozenset("his her its their own related applicable shipping import transport travel "
                        "gas bank legal customs utility electricity water energy delivery "
                        "transaction such other".split())  # fmt: skip


def _noun_duty(text: Line, index: int, group: Group) -> Group | None:
    """ "responsible for the maintenance of", "liable for payment of"."""
    at = text.skip(index, ("the", "any", "all"))
    cost = text.skip(at, _WHOSE_COST)
    if text.lower(cost) in _BORNE:
        return replace(group, verb=VERBS["pay"], end=at)
    lemma = NOUNS.get(text.lower(at))
    if lemma is None or lemma not in VERBS:
        return None
    return replace(group, verb=VERBS[lemma], end=at + 1, light=True)


def be_at(text: Line, index: int, group: Group) -> Group | None:
    """What follows a form of "be": an idiom of duty, a participle, a state."""
    index, group = adverbs(text, index, group)
    index, negated = negation_at(text, index)
    negated = negated or group.negated
    index, group = adverbs(text, index, group)
    idiom = text.match_any(index, modality.AFTER_BE)
    if idiom is not None:
        force, form = modality.AFTER_BE[idiom[0]]
        if force == "must" and negated and idiom[0] not in ("to",):
            force, negated = "waived", False
        plain = replace(group, force=None, negated=False)
        inner = complement_at(text, idiom[1], form, replace(plain, modal=_is_verbal(text, idiom)))
        inner = inner or _due(text, idiom, plain)
        if inner is not None:
            return forced(force, negated, inner)
    if text.lower(index) in ("deemed", "considered", "regarded", "taken", "treated"):
        at = text.skip(index + 1, ("to", "be", "have", "been", "as"))
        deemed = act_at(text, at, replace(group, negated=negated), _PARTICIPLE)
        if deemed is not None and deemed.kind == "act":
            return replace(deemed, passive=text.lower(at - 1) != "have", deemed=True)
    predicate = text.match_any(index, modality.PREDICATES)
    if predicate is not None:
        return _predicate(predicate, negated, group)
    if text.lower(index) == "equal":
        return replace(group, kind="be", verb=None, end=index, negated=negated)
    passive = act_at(text, index, replace(group, negated=negated), _PARTICIPLE)
    if passive is not None and passive.kind == "compare":
        return passive
    if passive is not None and passive.kind == "act" and passive.verb is not None:
        return replace(passive, passive=True)
    return replace(group, kind="be", verb=None, end=index, negated=negated)


_VERBAL = frozenset({"allowed to", "permitted to", "obliged to", "obligated to", "required to",
                     "forbidden to", "authorised to", "authorized to"})  # fmt: skip
"""What only a verb follows, so that an unknown word there is one."""


def _is_verbal(text: Line, idiom: tuple[str, int]) -> bool:
    """Whether a verb follows, though no list has it: "is entitled to suspend the service"."""
    stops = text.lower(idiom[1]) in ("suspend", "pause", "halt", "interrupt", "block")
    object_ = text.lower(idiom[1] + 1) in words.DETERMINERS
    return idiom[0] in _VERBAL or (idiom[0] == "entitled to" and (stops or object_))


def _due(text: Line, idiom: tuple[str, int], group: Group) -> Group | None:
    """ "is entitled to a refund", "is liable for default interest"."""
    if text.lower(idiom[1]) in words.PREPOSITIONS or text.kind(idiom[1]) not in ("word", "amount"):
        return None
    if idiom[0] == "entitled to":
        return replace(group, verb=VERBS["claim"], end=idiom[1])
    if idiom[0] == "liable for":
        return replace(group, verb=VERBS["pay"], end=idiom[1])
    return None


def _predicate(found: tuple[str, int], negated: bool, group: Group) -> Group:
    force, action, _ = modality.PREDICATES[found[0]]
    if negated:
        force = "must_not" if force in ("may", "must") else "must"
    verb = Verb(found[0], action, "give")
    return replace(group, force=force, verb=verb, passive=True, end=found[1])
