"""Noun phrases: who and what, with how much of it.

>>> phrase_at(line("5 % of the sale price"), 0, Names())[0].share_of
'sale price'
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexicon.money import KNOWN_TOKENS, LEFT_OVER
from assay.authoring.english.lexicon.verbs import INTRANSITIVE
from assay.authoring.english.names import Names
from assay.authoring.english.nodes import Line, line
from assay.authoring.language.quantities import Limit, Quantity

__all__ = ["Names", "Phrase", "line", "phrase_at"]

LIMITS: dict[str, Limit] = {
    "up to": "most", "at most": "most", "not more than": "most", "no more than": "most",
    "not exceeding": "most", "not to exceed": "most", "a maximum of": "most",
    "the maximum of": "most", "maximum": "most", "less than": "most", "fewer than": "most",
    "a maximum amount of": "most", "up to a maximum of": "most", "max": "most",
    "not in excess of": "most", "at least": "least", "not less than": "least",
    "no less than": "least", "no fewer than": "least", "a minimum of": "least", "minimum": "least",
    "more than": "least", "in excess of": "least", "the minimum of": "least", "min": "least",
    "not fewer than": "least", "exactly": "exact", "a total of": "exact", "the sum of": "exact",
    "the amount of": "exact", "an amount of": "exact", "a sum of": "exact",
    "an amount equal to": "exact", "a sum equal to": "exact", "the equivalent of": "exact",
    "an amount equivalent to": "exact", "equal to": "exact", "a total amount of": "exact",
    "the total sum of": "exact", "the total amount of": "exact", "a fixed amount of": "exact",
    "an aggregate of": "exact", "an aggregate amount of": "exact", "an additional": "exact",
    "the full": "exact", "a further": "exact", "another": "exact", "a one-off": "exact",
    "an amount not exceeding": "most", "an amount up to": "most", "a flat": "exact",
    "an amount not less than": "least", "a total not exceeding": "most",
}  # fmt: skip
_MULTIPLES = {"double": "200", "twice": "200", "triple": "300", "thrice": "300"}
VAGUE_LIMITS = frozenset({"about", "approximately", "around", "roughly", "circa"})
_BARRIERS = (
    words.PREPOSITIONS
    | words.CONJUNCTIONS
    | words.MODALS
    | words.BE
    | words.HAVE
    | words.DO
    | words.PRONOUNS
    | frozenset(words.SPEAKERS)
    | frozenset("out back off up down away".split())
    | frozenset("according together".split())
    | frozenset("equal equivalent amounting".split())
    | frozenset("once while whilst unless until till upon against after before except".split())
    | frozenset(
        "not if when whenever where unless because although who which that whose otherwise "
        "automatically immediately promptly there whether how what later".split()
    )
)


@dataclass(frozen=True)
class Phrase:
    """A noun phrase.

    Attributes:
        name: its nouns in lower case, the last in the singular, without articles and adjectives;
            `full` with adjectives.
        vague: words like "about" or "appropriate" leave its amount open.
        party: canonical name of the party that it is; `owner` of one that it belongs to.
        parties: all of them where several are joined.
        pronoun: it stands for something else; `negative`: no, neither.
    """

    start: int
    end: int
    name: str = ""
    full: str = ""
    head: str = ""
    quantity: Quantity | None = None
    party: str | None = None
    owner: str | None = None
    pronoun: str | None = None
    negative: bool = False
    plural: bool = False
    group: bool = False
    left_over: bool = False
    vague: bool = False
    determined: bool = False
    rate: bool = False
    of: Phrase | None = None
    means_party: str | None = None
    means_thing: Phrase | None = None
    unread: tuple[int, ...] = field(default=())

    @property
    def share_of(self) -> str | None:
        """What a percentage is of."""
        return self.quantity.share_of if self.quantity else None


def is_adverb(word: str) -> bool:
    """Whether a word only colours a verb."""
    return word in words.FILLERS or (
        word.endswith("ly") and len(word) > 4 and word not in ("supply", "apply", "july", "family",
                                                               "assembly", "reply", "monthly",
                                                               "weekly", "early", "only")
    )  # fmt: skip


def _follows_object(text: Line, index: int) -> bool:
    """Whether what stands at an index can begin what a verb acts on."""
    word, kind = text.lower(index), text.kind(index)
    return (
        kind in ("amount", "date", "duration", "recurrence", "clock", "reference", "quorum")
        or word in words.DETERMINERS
        or word in words.PRONOUNS
        or word in ("to", "into", "back", "from", "out", "over", "up", "on", "upon", "within", "by",
                    "not", "at", "with", "less", "more", "off", "against", "below", "above", "under",
                    "for", "in", "when", "if", "once")
        or (kind == "word" and text.nodes[index].text[:1].isupper())
        or is_adverb(word)
        or words.singular(word) in words.ROLES
        or any(tag == "participle" for _, tag in forms_of(word))
    )  # fmt: skip


def is_finite_verb(text: Line, index: int, subject: Phrase | None) -> bool:
    """Whether the word after a noun phrase is its verb rather than another noun of it."""
    word = text.lower(index)
    tags = {tag for _, tag in forms_of(word)}
    if not tags or text.kind(index) != "word":
        return False
    follower = text.lower(index + 1)
    if follower in words.MODALS or follower in words.BE or follower in words.HAVE:
        return False
    if tags & {"past", "participle"}:
        return True
    if {lemma for lemma, _ in forms_of(word)} & INTRANSITIVE and "third" in tags:
        return True
    is_person = bool(subject and (subject.party or subject.pronoun or subject.group))
    ends = index + 1 >= len(text) or text.kind(index + 1) == "punct"
    if "third" in tags and word not in ("works", "premises"):
        counted = subject is not None and subject.quantity is not None
        if counted and not is_person and subject.quantity.asset is None:  # type: ignore[union-attr]
            return False
        return is_person or _follows_object(text, index + 1) or (ends and word.endswith("es"))
    if "base" in tags and text.inverted and not ends:
        return True
    if "base" in tags and subject is not None and (subject.plural or is_person):
        return _follows_object(text, index + 1) or ends or is_person
    return bool("gerund" in tags and subject is not None and not subject.determined)


_COUNTED = frozenset(
    "unit piece copy item kg kilogram gram ton tonne metre meter litre liter crate box barrel bag "
    "bottle pallet pound ounce case pack bushel gallon kwh mwh hectare acre sack carton roll sheet "
    "container truckload bale g l t tin can bundle set pair batch".split()
)


def _pronoun(text: Line, index: int) -> tuple[Phrase, int] | None:
    word = text.lower(index)
    found = text.match_any(index, ("the latter", "the former", "the other party", "such party",
                                   "that party", "the other", "each other", "one another"))  # fmt: skip
    start, end = text.span(index, index + 1)
    if found:
        end = text.span(index, found[1])[1]
        return Phrase(start, end, found[0], found[0], found[0], pronoun=found[0]), found[1]
    if word == "her" and text.kind(index + 1) == "word" and text.lower(index + 1) not in _BARRIERS:
        return None
    if word in words.SPEAKERS:
        party = words.SPEAKERS[word]
        return Phrase(start, end, word, word, word, party=party, plural=word != "i",
                      negative=word == "nobody"), index + 1  # fmt: skip
    if word in words.PRONOUNS:
        plural = word in ("they", "them", "themselves")
        return Phrase(start, end, word, word, word, pronoun=word, plural=plural), index + 1
    return None


def limited_amount(text: Line, index: int) -> bool:
    """Whether an amount with its bound stands at an index: "at least 500 USDC"."""
    return text.kind(_limit(text, index)[1]) == "amount"


def _limit(text: Line, index: int) -> tuple[Limit, int, bool]:
    vague = False
    if text.lower(index) in VAGUE_LIMITS:
        vague, index = True, index + 1
    found = text.match_any(index, LIMITS)
    if found is not None:
        after = found[1]
        again = text.match_any(after, LIMITS)
        kind = LIMITS[found[0]]
        if again is not None and text.kind(again[1]) == "amount":
            return (LIMITS[again[0]] if kind == "exact" else kind), again[1], vague
        at = text.skip(after, ("a", "an", "the", "of"))
        if text.kind(at) == "amount" or kind == "exact":
            return kind, at if text.kind(at) == "amount" else after, vague
    return "exact", index, vague


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
        if node.kind != "word" or node.lower in _BARRIERS:
            break
        if collected and node.lower in words.DETERMINERS:
            break
        known = _named(text, position, names)
        if known is not None and not (party and node.text.islower()):
            collected, party, position = [*collected, known[0]], known[1], known[2]
            capitals.append(True)
            plural = plural or known[0].endswith("s")
            continue
        role = names.role(collected[-1]) if collected else None
        current = replace(so_far, party=party or role, plural=plural)
        if (collected or so_far.quantity) and _ends_here(text, position, current, collected):
            break
        if is_adverb(node.lower) and not collected and node.lower not in words.ROLES:
            break
        owner, party = owner or party, None
        collected.append(node.text if node.text in KNOWN_TOKENS else node.lower)
        capitals.append(node.text[:1].isupper() and position > 1)
        plural = node.lower != words.singular(node.lower)
        position += 1
    if party is None and owner is None and collected:
        party = names.role(collected[-1])
    head = words.singular(collected[-1]) if collected else ""
    if collected and collected[-1] in KNOWN_TOKENS:
        head = collected[-1]
    plain = [
        word
        for place, word in enumerate(collected[:-1])
        if capitals[place] or not words.is_adjective(word)
    ]
    vague = so_far.vague or bool(words.VAGUE_ADJECTIVES & {*collected[:-1]})
    phrase = replace(so_far, name=" ".join([*plain, head]).strip(), head=head, party=party,
                     full=" ".join([*collected[:-1], head]).strip(), owner=owner, plural=plural,
                     vague=vague)  # fmt: skip
    return phrase, position


def _ends_here(text: Line, index: int, current: Phrase, collected: list[str]) -> bool:
    if not collected and not (current.party or current.determined):
        tags = {tag for _, tag in forms_of(text.lower(index))}
        return bool(tags & {"past", "third"}) and _follows_object(text, index + 1)
    if text.lower(index) in ("each", "apiece", "upfront"):
        return True
    word = text.lower(index)
    if word.endswith("ed") and text.lower(index + 1) in ("by", "in", "to", "under", "with"):
        return True
    if text.lower(index) == "free" and text.lower(index + 1) in ("of", "from"):
        return True
    if text.lower(index) in ("due", "payable", "owed", "owing") and text.lower(index + 1) != "date":
        return True
    if is_adverb(text.lower(index)) or text.lower(index) in ("secret", "confidential", "late"):
        return True
    return is_finite_verb(text, index, current)


def _quantified(
    text: Line, index: int, limit: Limit, phrase: Phrase, names: Names
) -> tuple[Phrase, int]:
    """An amount with the nouns behind it: "10 tokens", "5 % of the price", "5 GOLD tokens"."""
    quantity = text.nodes[index].value
    assert isinstance(quantity, Quantity)
    if limit != "exact":
        quantity = replace(quantity, limit=limit)
    index += 1
    if text.lower(index) in ("worth", "in", "of") and text.lower(index + 1) == "of":
        index += 1
    phrase = replace(phrase, quantity=quantity, determined=True)
    if quantity.asset == "%" and text.lower(index) != "of":
        if _share_noun(text, index):
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


def _share_noun(text: Line, index: int) -> bool:
    return text.kind(index) == "word" and words.singular(text.lower(index)) in (
        "fee", "penalty", "deposit", "commission", "royalty", "interest", "surcharge", "share",
        "stake", "discount", "charge", "bonus", "premium", "instalment", "installment", "payment",
        "down", "late", "advance", "prepayment", "tip", "tax", "levy", "retainer",
    )  # fmt: skip


def phrase_at(text: Line, index: int, names: Names) -> tuple[Phrase, int] | None:
    """The noun phrase that begins at an index, and the index after it; None where there is none."""
    pronoun = _pronoun(text, index)
    if pronoun is not None:
        return pronoun
    first = index
    limit, index, vague = _limit(text, index)
    negative = determined = False
    group = text.lower(index) in ("both", "each", "neither")
    while (text.lower(index) in words.DETERMINERS or text.lower(index) in ("her", "only")) or (
        text.lower(index) in ("one", "none") and text.lower(index + 1) == "of"
    ):
        negative = negative or text.lower(index) in ("no", "neither", "none")
        determined, index = True, index + 1
        if text.lower(index) == "of" and text.lower(index + 1) in words.DETERMINERS:
            index += 1
    limit_after = _limit(text, index)
    if limit_after[1] > index:
        limit, index, vague = limit_after[0], limit_after[1], vague or limit_after[2]
    if index >= len(text):
        return None
    start = text.nodes[first].start
    phrase = Phrase(
        start, start, negative=negative, determined=determined, group=group, vague=vague
    )
    multiple = _MULTIPLES.get(text.lower(index))
    if multiple is not None:
        inner = phrase_at(text, index + 1, names)
        if inner is None or not inner[0].name:
            return None
        share = Quantity(multiple, "%", share_of=_with_owner(inner[0]))
        return replace(phrase, quantity=share, end=text.span(first, inner[1])[1]), inner[1]
    if text.kind(index) == "recurrence" and text.kind(index + 1) in ("word", "amount"):
        phrase, index = replace(phrase, unread=(index,)), index + 1
    if (
        text.kind(index) == "duration"
        and text.kind(index + 1) == "word"
        and (text.lower(index + 1) not in _BARRIERS and not is_adverb(text.lower(index + 1)))
    ):
        phrase, index = replace(phrase, unread=(*phrase.unread, index)), index + 1
    before = index
    if text.kind(index) == "amount":
        phrase, index = _quantified(text, index, limit, phrase, names)
    else:
        phrase, index = _nouns(text, index, phrase, names)
        if text.kind(index) == "amount" and phrase.name and not (phrase.party or phrase.owner):
            inner = _quantified(text, index, limit, replace(phrase, name=""), names)
            phrase, index = replace(phrase, quantity=inner[0].quantity), inner[1]
    if index == before:
        return None
    bare = not (phrase.determined or phrase.quantity or phrase.party)
    if bare and phrase.head in words.ADJECTIVES and phrase.name == phrase.head:
        return None
    if text.lower(first) in ("some", "several", "certain") and phrase.quantity is None:
        phrase = replace(phrase, vague=True)
    phrase = replace(phrase, left_over=phrase.head in LEFT_OVER)
    phrase, index = _of(text, index, phrase, names)
    return replace(phrase, end=text.span(first, index)[1]), index


def _of(text: Line, index: int, phrase: Phrase, names: Names) -> tuple[Phrase, int]:
    """What stands behind "of": a share's whole, a fee's amount, an act's object."""
    for lead in ("equal to", "equivalent to", "amounting to", "in the amount of", "of up to",
                 "not exceeding", "of at least", "of not more than", "of not less than",
                 "corresponding to", "in an amount of", "in the sum of", "at the rate of",
                 "at a rate of", "at the fixed rate of", "worth"):  # fmt: skip
        at = text.match(index, lead)
        inner = phrase_at(text, at, names) if at is not None and phrase.name else None
        if inner is not None and inner[0].quantity is not None and phrase.quantity is None:
            limit = next((LIMITS[key] for key in LIMITS if key in lead and LIMITS[key] != "exact"),
                         inner[0].quantity.limit)  # fmt: skip
            return replace(phrase, quantity=replace(inner[0].quantity, limit=limit)), inner[1]
    if text.lower(index) == "to" and phrase.head in (
        "title",
        "right",
        "access",
        "ownership",
        "key",
    ):
        inner = phrase_at(text, index + 1, names)
        if inner is not None and not inner[0].party and inner[0].name:
            return replace(phrase, of=inner[0]), inner[1]
    if text.lower(index) != "of" or (phrase.party and phrase.name not in ("holder", "owner")):
        return phrase, index
    inner = phrase_at(text, index + 1, names)
    if inner is None:
        return phrase, index
    of, after = inner
    quantity = phrase.quantity
    if quantity and quantity.asset == "%" and quantity.share_of is None:
        whole = _with_owner(of)
        return replace(phrase, quantity=replace(quantity, share_of=whole), of=of), after
    if quantity is None and of.quantity is not None and of.quantity.asset is not None:
        return replace(phrase, quantity=of.quantity, of=of, unread=phrase.unread + of.unread), after
    return replace(phrase, of=of), after


def _with_owner(phrase: Phrase) -> str:
    name = phrase.full or phrase.pronoun or ""
    if name in ("whole", "entirety", "amount", "total", "sum") and phrase.of is not None:
        return _with_owner(phrase.of)
    return name
