"""Where the walk through a unit stands."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, collect, read_noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.phrases.receivers import name_subject, with_nominals

NOUN_STARTS = {
    "party", "noun", "unknown", "latin", "its", "other", "counted", "amount", "ordinal",
    "reference", "number", "quote",
}  # fmt: skip
MODALS = {"must", "must_soft", "may", "must_not", "no_need"}


class Cursor:
    """A place in the tokens of a unit, and the predicate that is being filled."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = with_nominals([token for token in tokens if token.kind != "quote"])
        self.at = 0
        self.done: list[Predicate] = []
        self.current = Predicate(tuple(self.tokens))
        self.first = 0

    def _kind(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].kind if place < len(self.tokens) else ""

    def _text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def _close(self) -> None:
        self.current.tokens = tuple(self.tokens[self.first : self.at])
        name_subject(self.current)
        self.done.append(self.current)

    def _later_verb(self, start: int) -> bool:
        return any(token.kind == "verb" for token in self.tokens[start:])

    def _phrase(self, *, with_verbs: bool = False) -> Noun | None:
        found, self.at = collect(self.tokens, self.at, with_verbs=with_verbs)
        return read_noun(found) if found else None

    def _receive(self, noun: Noun) -> None:
        if self.current.recipient is not None:
            self.current.unread.extend(noun.tokens)
        self.current.recipient = noun
