"""Noun phrases: who and what, with how much of it.

>>> phrase_at(line("5 % of the sale price"), 0, Names())[0].share_of
'sale price'
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexicon.money import KNOWN_TOKENS, LEFT_OVER, MONEY_NOUNS
from assay.authoring.english.lexing.nodes import Line, line
from assay.authoring.english.phrases.names import Names
from assay.authoring.english.phrases.phrase_parts import (
    AMOUNTING,
    BARRIERS,
    BEHIND_NOUN,
    BOUNDS,
    DESCRIBED_BY,
    DESCRIBING,
    LIMITS,
    WHOLLY_OF,
    Phrase,
    begins_condition,
    begins_object,
    bounded_by_name,
    costs_at,
    given_at,
    is_adverb,
    is_finite_verb,
    is_share_noun,
    limit_at,
    limited_amount,
    multiple_at,
    names_what_follows,
    promises_at,
    subject_follows,
)
from assay.authoring.language.dates import Moment
from assay.authoring.language.quantities import Limit, Quantity

__all__ = ["Names", "Phrase", "line", "phrase_at"]

_COUNTED = frozenset(
    "unit piece copy item kg kilogram gram ton tonne metre meter litre liter crate box barrel bag "
    "bottle pallet pound ounce case pack bushel gallon kwh mwh hectare acre sack carton roll sheet "
    "container truckload bale g l t tin can bundle set pair batch hour".split()
)


def _pronoun(text: Line, index: int) -> tuple[Phrase, int] | None:
    word = text.lower(index)
    nobody = text.match(index, "no one") or text.match(index, "no person")
    if nobody is not None:
        at = text.span(index, nobody)
        return Phrase(*at, "nobody", "nobody", "nobody", party="anyone", negative=True), nobody
    if word == "nothing":
        low, high = text.span(index, index + 1)
        return Phrase(low, high, "thing", "thing", "thing", negative=True), index + 1
    found = text.match_any(index, ("the latter", "the former", "the other party", "such party",
                                   "that party", "the other", "each other",
                                   "one another"))  # fmt: skip
    start, end = text.span(index, index + 1)
    if found and found[0] == "the other" and text.kind(found[1]) == "amount":
        return None
    if found:
        end = text.span(index, found[1])[1]
        return Phrase(start, end, found[0], found[0], found[0], pronoun=found[0]), found[1]
    if word == "her" and text.kind(index + 1) == "word" and text.lower(index + 1) not in BARRIERS:
        return None
    if word in words.SPEAKERS and text.nodes[index].text != "US":
        party = words.SPEAKERS[word]
        return Phrase(start, end, word, word, word, party=party, plural=word != "i",
                      negative=word == "nobody"), index + 1  # fmt: skip
    if word == "both" and _acts(text, index + 1):
        return Phrase(start, end, word, word, word, party="parties", plural=True), index + 1
    if word in words.PRONOUNS:
        plural = word in ("they", "them", "themselves")
        return Phrase(start, end, word, word, word, pronoun=word, plural=plural), index + 1
    return None


def _acts(text: Line, index: int) -> bool:
    """Whether a verb that needs a subject in the plural stands at an index: "both get"."""
    word = text.lower(index)
    if word in words.MODALS or word in ("are", "have", "agree"):
        return True
    tags = {tag for _, tag in forms_of(word)}
    return "base" in tags and text.lower(index + 1) in words.DETERMINERS | {"into", "to", "in"}


def _named(text: Line, index: int, names: Names) -> tuple[str, str, int] | None:
    """The longest known name at an index: its words, the party, the index after."""
    for count in range(min(names.longest, len(text) - index), 0, -1):
        nodes = text.nodes[index : index + count]
        if any(node.kind not in ("word", "punct", "amount") for node in nodes):
            continue
        key = " ".join(node.lower for node in nodes)
        party = names.party(key, nodes[0].text)
        if party is not None:
            return key, party, index + count
    return None


def _nouns(text: Line, index: int, so_far: Phrase, names: Names) -> tuple[Phrase, int]:
    """The words of a phrase after its determiners and amounts."""
    collected: list[str] = []
    capitals: list[bool] = []
    party, owner, position, plural = None, None, index, False
    while position < len(text):
        node = text.nodes[position]
        if node.kind == "possessive" and collected:
            owner = party or names.role(collected[-1]) or owner
            party, collected, capitals, position = None, [], [], position + 1
            continue
        barred = node.lower in BARRIERS and not names_what_follows(text, position)
        if node.kind != "word" or barred or node.lower.startswith("mid-"):
            break
        if (collected or so_far.quantity) and node.lower in words.DETERMINERS:
            break
        known = _named(text, position, names)
        if known is not None and collected and subject_follows(text, position, known[2], names):
            break
        if known is not None and not (party and node.text.islower()):
            collected, party, position = [*collected, known[0]], known[1], known[2]
            capitals.append(True)
            plural = plural or known[0].endswith("s")
            continue
        if collected or so_far.quantity:
            role = names.role(collected[-1]) if collected else None
            current = replace(so_far, party=party or role, plural=plural)
            if _ends_here(text, position, current, collected):
                break
        if collected and node.lower in ("earlier", "sooner"):
            break
        further = so_far.determined and node.lower in words.ADJECTIVES
        if is_adverb(node.lower) and not collected and not further and (
            node.lower not in words.ROLES
        ):  # fmt: skip
            break
        owner, party = owner or party, None
        collected.append(node.text if node.text in KNOWN_TOKENS else node.lower)
        capitals.append(node.text[:1].isupper() and position > 1)
        plural = node.lower in words.ALWAYS_PLURAL or node.lower != words.singular(node.lower)
        position += 1
    if party is None and owner is None and collected:
        party = names.role(collected[-1])
    number = _ordinal_name(text, position, collected)
    head = words.singular(collected[-1]) if collected else ""
    last = text.nodes[position - 1].text if collected else ""
    if last.istitle() and position > 1 and not so_far.determined and len(collected) == 1 and (
        not so_far.quantity and last.lower() not in words.PLURALIA and not is_known_plural(head)
    ):  # fmt: skip
        head = collected[-1]
    if collected and collected[-1] in KNOWN_TOKENS:
        head = collected[-1]
    plain = [
        word
        for place, word in enumerate(collected[:-1])
        if capitals[place] or not words.is_adjective(word)
    ]
    vague = so_far.vague or bool(words.VAGUE_ADJECTIVES & {*collected[:-1]})
    phrase = replace(so_far, name=" ".join([*plain, head, *number]).strip(), head=head, party=party,
                     full=" ".join([*collected[:-1], head, *number]).strip(), owner=owner,
                     plural=plural, vague=vague)  # fmt: skip
    return phrase, position + len(number)


_NUMBERED = frozenset(
    "stage phase milestone lot tranche unit apartment room flat batch level round item house "
    "option part shipment module plot deliverable berth".split()
)
"""What is told apart by numbers."""


def _ordinal_name(text: Line, index: int, collected: list[str]) -> list[str]:
    """ "stage 2", "Phase One": the number that a thing is named by."""
    value = text.nodes[index].value if text.kind(index) == "amount" else None
    if not isinstance(value, Quantity) or value.asset is not None or not collected:
        return []
    named = collected[-1] in _NUMBERED and (value.amount or ".").isdigit()
    return [str(value.amount)] if named else []


_BEHIND_PARTICIPLE = frozenset("by in to under with before after within during".split())
_BODIES = words.ROLES | frozenset({"treasury", "fund", "vault", "multisig"})
"""What a name is often followed by: "the DAO treasury"."""


def is_known_plural(noun: str) -> bool:
    """Whether a noun is one that the lexicons have, so that its plural is no name."""
    known = words.ROLES | MONEY_NOUNS | _COUNTED | words.THINGS
    return noun in known or bool(forms_of(noun))


def _ends_here(text: Line, index: int, current: Phrase, collected: list[str]) -> bool:
    before, here = text.nodes[index - 1].text, text.nodes[index].text
    if (collected or current.party) and (
        promises_at(text, index) or given_at(text, index, current)
    ):
        return True
    described = bool(collected) and collected[-1] in words.ADJECTIVES and before.islower()
    if described and not current.party and not begins_object(text, index + 1):
        return False
    cased = before[:1].isupper() and here.islower() and words.singular(here) not in _BODIES
    if current.party and collected and cased and index > 1:
        return True
    if not collected and not (current.party or current.determined):
        tags = {tag for _, tag in forms_of(text.lower(index))}
        return bool(tags & {"past", "third"}) and begins_object(text, index + 1)
    ends = words.PREPOSITIONS | {"", ".", ","}
    if text.lower(index) == "early" and text.lower(index + 1) in ends:
        return True
    if costs_at(text, index) or text.match(index, "right away") or begins_condition(text, index):
        return True
    first = text.lower(index) == "first" and text.kind(index + 1) in ("", "punct")
    if first or text.lower(index) in ("each", "apiece", "upfront", "linear", "linearly"):
        return True
    word, multiple = text.lower(index), multiple_at(text, index)
    if multiple is not None and text.lower(multiple[1]) in words.DETERMINERS:
        return True
    if collected and (word in DESCRIBING or (word == "worth" and limited_amount(text, index + 1))):
        return True
    if word.endswith("ed") and text.lower(index + 1) in _BEHIND_PARTICIPLE:
        return True
    if (text.lower(index), text.lower(index + 1)) in DESCRIBED_BY:
        return True
    if text.lower(index) in ("due", "payable", "owed", "owing") and text.lower(index + 1) != "date":
        return True
    if is_adverb(text.lower(index)) or text.lower(index) in BEHIND_NOUN:
        return True
    return is_finite_verb(text, index, current)


def _quantified(
    text: Line, index: int, limit: Limit, phrase: Phrase, names: Names
) -> tuple[Phrase, int]:
    """An amount with the nouns behind it: "10 tokens", "5 % of the price", "5 GOLD tokens"."""
    quantity = text.nodes[index].value
    assert isinstance(quantity, Quantity)
    bound = text.match_any(index + 1, BOUNDS)
    if bound is not None:
        limit = "least" if bound[0] in BOUNDS[:5] else "most"
    if limit != "exact":
        quantity = replace(quantity, limit=limit)
    index = bound[1] if bound is not None else index + 1
    if text.match(index, "worth of") is not None and quantity.asset is not None:
        phrase = replace(phrase, vague=True)
    index += text.lower(index) in ("worth", "in", "of") and text.lower(index + 1) == "of"
    phrase = replace(phrase, quantity=quantity, determined=True)
    if quantity.asset == "%" and text.lower(index) != "of":
        if text.kind(index + 1) == "possessive" and is_share_noun(text, index + 2):
            index += 2
        if is_share_noun(text, index):
            phrase, index = _nouns(text, index, phrase, names)
        return phrase, index
    phrase, index = _nouns(text, index, phrase, names)
    if quantity.asset is None and phrase.head in _COUNTED and text.lower(index) == "of":
        inner = phrase_at(text, index + 1, names)
        if inner is not None and inner[0].name:
            asset = inner[0].name
            if phrase.head not in ("unit", "piece", "copy", "item"):
                plain = inner[0].head if not inner[0].plural else f"{inner[0].name}s"
                asset = f"{phrase.head} of {plain}"
            return replace(phrase, quantity=replace(quantity, asset=asset)), inner[1]
    if quantity.asset is None and phrase.name:
        quantity = replace(quantity, asset=phrase.name)
    elif quantity.asset is None and text.lower(index) == "of":
        inner = phrase_at(text, index + 1, names)
        if inner is not None and inner[0].name:
            quantity, index = replace(quantity, asset=inner[0].head), inner[1]
    return replace(phrase, quantity=quantity), index


def _beside(phrase: Phrase) -> bool:
    """Whether an amount right behind a noun is its own: "a fee 500 USDC", not "the band 40 %"."""
    single = words.singular(phrase.head)
    known = MONEY_NOUNS | LEFT_OVER | words.ADJECTIVES
    return bool({phrase.head, single} & known)


def phrase_at(text: Line, index: int, names: Names) -> tuple[Phrase, int] | None:
    """The noun phrase that begins at an index, and the index after it; None where there is none."""
    pronoun = _pronoun(text, index) if index < len(text) else None
    if pronoun is not None:
        return pronoun
    if index >= len(text) or promises_at(text, index):
        return None
    first = index
    limit, index, vague = limit_at(text, index)
    negative = determined = False
    group = text.lower(index) in ("both", "each", "neither")
    while (text.lower(index) in words.DETERMINERS or text.lower(index) in ("her", "only")) or (
        text.lower(index) in ("one", "none") and text.lower(index + 1) == "of"
    ):
        negative = negative or text.lower(index) in ("no", "neither", "none")
        determined, index = True, index + 1
        if text.lower(index) == "of" and text.lower(index + 1) in words.DETERMINERS:
            index += 1
    limit_after = limit_at(text, index)
    if limit_after[1] > index:
        limit, index, vague = limit_after[0], limit_after[1], vague or limit_after[2]
    if index >= len(text):
        return None
    start = text.nodes[first].start
    phrase = Phrase(
        start, start, negative=negative, determined=determined, group=group, vague=vague
    )
    multiple = multiple_at(text, index)
    if multiple is not None:
        inner = phrase_at(text, multiple[1], names)
        if inner is None or not inner[0].name:
            return None
        share = Quantity(multiple[0], "%", share_of=_with_owner(inner[0]))
        return replace(phrase, quantity=share, end=text.span(first, inner[1])[1]), inner[1]
    if text.kind(index) == "recurrence" and text.kind(index + 1) in ("word", "amount"):
        phrase, index = replace(phrase, unread=(index,)), index + 1
    if (
        text.kind(index) == "duration"
        and text.kind(index + 1) == "word"
        and (text.lower(index + 1) not in BARRIERS and not is_adverb(text.lower(index + 1)))
    ):
        phrase, index = replace(phrase, unread=(*phrase.unread, index)), index + 1
    before = index
    if text.kind(index) == "amount":
        phrase, index = _quantified(text, index, limit, phrase, names)
    else:
        phrase, index = _nouns(text, index, phrase, names)
        owned = phrase.owner is not None and not phrase.name and not phrase.party
        if text.kind(index) == "amount" and (
            owned or (phrase.name and _beside(phrase) and not (phrase.party or phrase.owner))
        ):
            inner = _quantified(text, index, limit, replace(phrase, name=""), names)
            named = replace(inner[0], owner=phrase.owner) if owned else phrase
            phrase, index = replace(named, quantity=inner[0].quantity), inner[1]
    if index == before:
        return None
    bare = not (phrase.determined or phrase.quantity or phrase.party)
    if bare and phrase.head in words.ADJECTIVES and phrase.name == phrase.head:
        return None
    part = text.match_any(first, ("most of", "part of", "a part of", "a portion of", "some of",
                                  "much of", "a share of", "parts of"))  # fmt: skip
    if part is not None and phrase.quantity is None:
        phrase = replace(phrase, vague=True)
    if text.lower(first) in ("some", "several", "certain") and phrase.quantity is None:
        phrase = replace(phrase, vague=True)
    if phrase.head in LEFT_OVER:
        phrase = replace(phrase, left_over=True)
    phrase, index = _of(text, index, phrase, names)
    return replace(phrase, end=text.span(first, index)[1]), index


def _of(text: Line, index: int, phrase: Phrase, names: Names) -> tuple[Phrase, int]:
    """What stands behind "of": a share's whole, a fee's amount, an act's object."""
    lead = text.match_any(index, AMOUNTING) if phrase.name and phrase.quantity is None else None
    inner = phrase_at(text, lead[1], names) if lead is not None else None
    if lead is not None and inner is not None and inner[0].quantity is not None:
        limit = next((LIMITS[key] for key in LIMITS if key in lead[0] and LIMITS[key] != "exact"),
                     inner[0].quantity.limit)  # fmt: skip
        return replace(phrase, quantity=replace(inner[0].quantity, limit=limit)), inner[1]
    if text.lower(index) in ("to", "in") and (phrase.head, text.lower(index)) in WHOLLY_OF:
        inner = phrase_at(text, index + 1, names)
        if inner is not None and not inner[0].party and inner[0].name:
            return replace(phrase, of=inner[0]), inner[1]
    rate = phrase.head == "interest" and text.lower(index) == "at"
    inner = phrase_at(text, index + 1, names) if rate else None
    if inner is not None and inner[0].quantity is not None and phrase.quantity is None:
        return replace(phrase, quantity=inner[0].quantity, of=inner[0].of), inner[1]
    if text.lower(index) != "of" or (phrase.party and phrase.name not in ("holder", "owner")):
        return phrase, index
    moment = text.nodes[index + 1].value if text.kind(index + 1) == "date" else None
    if isinstance(moment, Moment) and moment.iso and moment.missing is None:
        return replace(phrase, date=moment.iso), index + 2
    inner = phrase_at(text, index + 1, names)
    if inner is None:
        return phrase, index
    of, after = inner
    quantity = phrase.quantity
    if quantity and quantity.asset == "%" and quantity.share_of is None:
        often = " ".join(text.lower(at) for at in of.unread if text.kind(at) == "recurrence")
        whole = f"{often} {_with_owner(of)}".strip()
        return replace(phrase, quantity=replace(quantity, share_of=whole), of=of), after
    if quantity is not None and quantity.asset not in (None, "%") and of.name and (
        text.lower(index + 1) in ("each", "every") and quantity.share_of is None
    ):  # fmt: skip
        return replace(phrase, quantity=replace(quantity, share_of=of.name), rate=True), after
    if quantity is None and of.quantity is not None and of.quantity.asset is not None:
        bound = bounded_by_name(phrase, of.quantity)
        return replace(phrase, quantity=bound, of=of, unread=phrase.unread + of.unread), after
    return replace(phrase, of=of), after


def _with_owner(phrase: Phrase) -> str:
    name = phrase.full or phrase.pronoun or ""
    if name in ("whole", "entirety", "amount", "total", "sum") and phrase.of is not None:
        return _with_owner(phrase.of)
    return name
