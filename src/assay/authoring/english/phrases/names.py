"""What a text calls its parties and what its terms stand for.

>>> names = Names()
>>> names.add_party("ABC Trading Ltd", "buyer")
>>> names.party("abc trading ltd", "ABC")
'buyer'
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.english.lexicon.words import (
    CONTRACT_WORDS,
    PLURALIA,
    ROLES,
    SPEAKERS,
    singular,
)
from assay.authoring.english.lexing.tokens import tokens
from assay.authoring.language.dates import Moment
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity

Value = Quantity | Moment | Duration


@dataclass
class Names:
    """Parties by every name that they go by, and the values of defined terms.

    Attributes:
        parties: words in lower case to the party's canonical name.
        values: defined terms in lower case to what they stand for.
        defined: terms that name a thing.
        longest: how many tokens the longest name has.
        spans: where each canonical name is introduced.
        periods: what has a beginning and an end, to these.
        until: terms whose value holds until a date: "the goal is 20 ETH by 1 May 2027".
        people: nouns for who takes part that no list has.
    """

    parties: dict[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    longest: int = 2
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    periods: dict[str, tuple[str, str]] = field(default_factory=dict)
    until: dict[str, str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)

    def add_party(self, words: str, canonical: str, span: tuple[int, int] | None = None) -> None:
        """Lets words stand for a party."""
        key = " ".join(token.lower for token in tokens(words))
        if not key:
            return
        self.parties[key] = self.parties[key.replace(" & ", " and ")] = canonical
        self.longest = max(self.longest, len(tokens(words)))
        if span is not None:
            self.spans.setdefault(canonical, span)

    def party(self, key: str, written: str) -> str | None:
        """The party that words stand for: a known name, `party a`, or the contract itself."""
        if key in self.parties:
            return self.parties[key]
        head, _, letter = key.partition(" ")
        if head == "party" and len(letter) == 1 and letter.isalpha() and written != "party":
            return key
        if key in CONTRACT_WORDS:
            return "contract"
        if " " in key and key.rsplit(maxsplit=1)[-1] in (
            "agent",
            "company",
            "provider",
            "board",
            "owner",
        ):
            return key if key.split(maxsplit=1)[0] in _QUALIFIERS else None
        return None

    def role(self, word: str) -> str | None:
        """The party that a noun for a role names."""
        noun = word if word in PLURALIA else singular(word)
        if noun.endswith("holder") and len(noun) > 8:
            return noun
        return noun if noun in ROLES or noun in self.people else SPEAKERS.get(word)

    def value(self, term: str) -> Value | None:
        """What a defined term stands for."""
        return self.values.get(term)


_QUALIFIERS = frozenset(
    "escrow paying transfer service payment insurance collateral security settlement calculation "
    "project logistics shipping delivery data software cloud hosting content liquidity card rights "
    "token property home house land business shop car building vehicle portfolio management".split()
)
