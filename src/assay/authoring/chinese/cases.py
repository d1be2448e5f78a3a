"""Lists of conditions: 有下列情形之一的,甲方可以解除合同:(一)...;(二)...

What is to be done stands above the list. Where one of the cases is enough, each gives a duty of its
own; where all have to hold, they are conditions of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assay.authoring.chinese.acts.losses import refuse_lost
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.sentences import SentenceReader
from assay.authoring.chinese.terms.term_setting import Sentence
from assay.authoring.chinese.units.cutting import Unit, units_of, without_number
from assay.authoring.chinese.units.listings import Listing, listing_of
from assay.authoring.model import Condition, Obligation

_NAMES = frozenset({"noun", "unknown", "party"})
_AROUND = frozenset(
    {"at", "if", "de", "when", "case", "party", "its", "silent", "and", "quote", "after"}
)

_ENDS = frozenset({"", "。", "!", "?", "\n"})


@dataclass(slots=True)
class Cases:
    """A list that has begun, and what applies in its cases.

    Attributes:
        every: whether all of them have to hold.
        who: of whom they are told.
        used: whether a case was read.
    """

    templates: tuple[Obligation, ...]
    words: Token
    every: bool
    negated: bool = False
    who: str | None = None
    used: bool = False
    owner: ListReader | None = None
    places: list[int] = field(default_factory=list)


class ListReader(SentenceReader):
    """Reads the sentences of one clause, with the lists of conditions in it."""

    def __init__(self, context: Context, names: Mapping[str, str], clause: str | None) -> None:
        super().__init__(context, names, clause)
        self.cases: Cases | None = None
        self.listing: Listing | None = None
        self.listing_owner: ListReader | None = None
        self._begun = False
        self._in_list = False

    def read(self, start: int, end: int) -> None:
        """Read one sentence, or one case of a list."""
        units = units_of(self.context.folded.text, start, end, self.names)
        first, self._begun = not self._begun, True
        before = self.context.folded.text[:start][-1:]
        self.under_lead = self.under_lead and (first or before not in _ENDS)
        if self.cases is not None and self._is_case(start, self.cases.owner, first=first):
            self._case(units)
            return
        if self.listing is not None and self._is_case(start, self.listing_owner, first=first):
            self._in_list = True
            self.read_units(self.listing.part(units))
            return
        self._in_list = False
        if (found := listing_of(units)) is not None:
            self._list(units, *found, end)
            return
        at = next((at for at, unit in enumerate(units) if _cases_in(unit)), None)
        if at is None:
            self.read_units(units)
            return
        last = next((i for i in range(at, len(units)) if units[i].leads), len(units) - 1)
        self._lead(units[: last + 1], at)
        if units[last + 1 :] and self.cases is not None:
            begin = without_number(self.context.folded.text, units[last + 1].tokens[0].start, end)
            self._case(units_of(self.context.folded.text, begin, end, self.names))

    def close(self) -> None:
        """Refuse a list that no case was read of; what stands above it applies to nothing else."""
        if self.cases is not None and self.cases.owner is self and not self.cases.used:
            self.context.reject([self.cases.words], "no case of this list was read")

    def _list(self, units: Sequence[Unit], at: int, listing: Listing, end: int) -> None:
        """Take up a list of things or acts, and read its first part where that stands behind."""
        self.listing, self.listing_owner, self._in_list = listing, self, True
        if units[at + 1 :]:
            begin = without_number(self.context.folded.text, units[at + 1].tokens[0].start, end)
            behind = units_of(self.context.folded.text, begin, end, self.names)
            self.read_units(listing.part(behind))

    def _is_case(self, start: int, owner: ListReader | None, *, first: bool) -> bool:
        """Whether a sentence is numbered, or goes on after a semicolon, within the list."""
        before = self.context.folded.text[:start][-1:]
        if owner is not self:
            return first
        return before not in {"", "。", ";", "!", "?", "\n"} or (before == ";" and self._in_list)

    def _lead(self, units: Sequence[Unit], at: int) -> None:
        words = _cases_in(units[at])
        assert words is not None
        kept = tuple(token for token in units[at].tokens if token is not words)
        who = [token.text for token in kept if token.kind == "party"]
        excepted = any(token.kind == "except" for token in kept)
        bare = all(token.kind in {*_AROUND, "except"} for token in kept)
        rest = [replace(unit, leads=False) for unit in units if unit is not units[at]]
        if not bare:
            rest.insert(at, replace(units[at], tokens=kept, leads=False))
        count = len(self.obligations)
        self.read_units(rest)
        if excepted and bare:
            count = max(0, len(self.obligations) - 1)
        templates = tuple(self.obligations[count:])
        del self.obligations[count:]
        if not templates:
            self.context.reject([words], "it is not said what applies in these cases")
            return
        self.cases = Cases(
            templates, words, every=words.value == "all" or excepted, negated=excepted,
            who=who[-1] if who and bare else None, owner=self,
        )  # fmt: skip

    def _case(self, units: Sequence[Unit]) -> None:
        cases = self.cases
        assert cases is not None
        self._in_list = True
        sentence, acting = Sentence(), self.context.subject
        self.context.subject = cases.who
        for unit in units:
            tokens = list(unit.tokens)
            while tokens and tokens[0].kind in {"and", "if", "quote"}:
                tokens.pop(0)
            if tokens:
                self.read_condition(sentence, tokens, negated=cases.negated)
        self.context.subject = acting
        if not sentence.conditions:
            self.context.reject(units[0].tokens, "no condition could be read")
            return
        opens = units[0].tokens[0].kind in _NAMES
        found = tuple(one if opens else _told_of(one, cases.who) for one in sentence.conditions)
        self._apply(cases, found)
        tokens = [token for unit in units for token in unit.tokens]
        told = [one.model_copy(update={"conditions": found}) for one in cases.templates]
        refuse_lost(tokens, told, self.context)

    def _apply(self, cases: Cases, found: tuple[Condition, ...]) -> None:
        owner = cases.owner
        assert owner is not None
        if cases.negated and len(found) > 1:
            self.context.reject([cases.words], "an exception of several conditions at once")
        if cases.every and cases.used:
            for place in cases.places:
                before = owner.obligations[place]
                owner.obligations[place] = before.model_copy(
                    update={"conditions": (*before.conditions, *found)}
                )
            return
        cases.used = True
        for template in cases.templates:
            cases.places.append(len(owner.obligations))
            owner.obligations.append(
                template.model_copy(update={"conditions": (*template.conditions, *found)})
            )


def _told_of(condition: Condition, who: str | None) -> Condition:
    """承租人有下列情形之一的:(一)擅自转租的: whoever stands above the list is who does it."""
    if condition.kind in {"event", "breach"} and condition.actor is None:
        return condition.model_copy(update={"actor": who})
    bare = condition.kind == "state" and not condition.subject
    return condition.model_copy(update={"subject": who}) if bare else condition


def _cases_in(unit: Unit) -> Token | None:
    return next((token for token in unit.tokens if token.kind == "cases"), None)
