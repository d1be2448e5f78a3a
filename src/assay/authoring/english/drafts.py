"""A clause while it is being read, and what is known around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.names import Names
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition, Obligation, Span

_BLANKS = re.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that words raise, before it has a number."""

    kind: str
    text: str
    span: Span
    field: str | None = None
    suggestions: tuple[str, ...] = ()


@dataclass
class Draft:
    """A verb with all that stands around it.

    Attributes:
        subjects: who, or in a passive what; empty where nobody is named.
        objects: what, and whom where the verb takes a receiver without a preposition.
        turned: "keep secret" is a ban on the opposite; verbs that follow are none.
        adverbial: it holds for a whole sentence and no verb was seen yet.
        parts: shares that it is divided into, or ("=",) for equal ones.
        bound: a bound without a verb, which no verb goes on from: "max 3 per wallet".
        price_terms: when its price is due: "at 6 USDC per kg, payable on delivery".
        day: the day it names with "on", read before it is known whether a right begins with it.
    """

    group: Group
    subjects: list[Phrase] = field(default_factory=list)
    objects: list[Phrase] = field(default_factory=list)
    recipients: list[Phrase] = field(default_factory=list)
    agent: Phrase | None = None
    source: Phrase | None = None
    deadline: str | None = None
    deadline_from: str | None = None
    recurrence: str | None = None
    occurrences: int | None = None
    conditions: list[Condition] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    complement: str | None = None
    delay: str | None = None
    compared: Phrase | None = None
    imperative: bool = False
    continued: bool = False
    fragment: bool = False
    whole: str | None = None
    bare: bool = False
    conditional: bool = False
    time_comparator: Comparator | None = None
    day: Condition | None = None
    spread: bool = False
    price: Phrase | None = None
    price_every: str | None = None
    price_terms: Draft | None = None
    held: Draft | None = None
    over: bool = False
    cliff: bool = False
    turned: bool = False
    lasts: bool = False
    parts: tuple[str, ...] | None = None
    notices: list[tuple[Span, str | None, Phrase | None, bool]] = field(default_factory=list)
    restricted: list[Condition] = field(default_factory=list)
    cap: bool = False
    bound: bool = False
    told: list[Condition] = field(default_factory=list)
    delayed: Span | None = None
    qualifier: tuple[int, int, str] | None = None
    start: int = 0
    end: int = 0

    def trial(self) -> Draft:
        """A draft to try a rule on, of the same verb."""
        cliff = any(item.subject == "cliff" for item in self.conditions)
        return Draft(self.group, self.subjects, self.objects, conditional=self.conditional,
                     cliff=cliff)  # fmt: skip

    def take_time(self, other: Draft, *, again: bool = False) -> None:
        """Takes over its time; a right begins on its day, and does not end with it."""
        day = other.day
        if day is not None and self.group.force == "may" and other.deadline == day.value:
            self.conditions.append(day)
            return
        if not again:
            self.ask_which_time(other)
        self.deadline = self.deadline or other.deadline
        self.deadline_from = self.deadline_from or other.deadline_from

    def ask_which_time(self, other: Draft) -> None:
        """Asks where two times are named for one act, instead of keeping either."""
        if self.deadline and other.deadline and self.deadline != other.deadline:
            question = (
                f"Two times are named, {self.deadline} and {other.deadline}: which one holds?"
            )
            at = (self.start, max(self.start, self.end))
            self.doubts.append(Doubt("two_deadlines", question, at, "deadline"))

    def take(self, other: Draft) -> None:
        """Takes over what a rule found on a trial."""
        self.group = other.group
        self.conditions.extend(other.conditions)
        self.notices.extend(other.notices)
        self.over = self.over or other.over
        self.lasts = self.lasts or other.lasts
        self.doubts.extend(other.doubts)
        self.deadline = other.deadline or self.deadline
        self.deadline_from = other.deadline_from or self.deadline_from
        if self.recurrence and other.recurrence and self.recurrence != other.recurrence:
            question = f"Is it due every {self.recurrence} or every {other.recurrence}?"
            span = (min(self.start, self.end), max(self.start, self.end))
            self.doubts.append(Doubt("recurrence", question, span, "recurrence"))
        self.recurrence = other.recurrence or self.recurrence
        self.occurrences = other.occurrences or self.occurrences
        self.time_comparator = other.time_comparator or self.time_comparator
        self.day = other.day or self.day
        self.spread = self.spread or other.spread
        self.delayed = self.delayed or other.delayed
        self.source = self.source or other.source
        self.price = self.price or other.price
        self.price_every = self.price_every or other.price_every
        self.price_terms = self.price_terms or other.price_terms
        self.parts = self.parts or other.parts


_JUDGED = frozenset(
    "audit build ci test tests demo code review inspection milestone site website app deadline "
    "weather project work system server campaign vote auction season event trial check".split()
)
"""What is judged, and not handed over."""
ClauseRule = Callable[["Context", int, bool], "tuple[Draft, int] | None"]


@dataclass
class Context:
    """A sentence with what came before it.

    Attributes:
        clause_at: reads a clause, given whether it is a condition.
        subject: canonical name of the last actor; `mentioned` all parties, the latest last.
        thing: what was handed over last; `several` the last of which there is more than one.
        follows: whether an obligation stands before this sentence.
        unread: indices of nodes that no rule reads.
        payer, payee: who pays whom, where a heading says it for all that follows.
        goods: what was last handed over that is no money; `voted` the payment last voted on.
        done: what the sentence before obliges to.
        lasting: the last time that an act was given, and what it counts from.
        measure, measured: what a condition held something against last, and what it was.
        total: the amount that all percentages of the sentence are of.
    """

    text: Line
    source: str
    names: Names
    clause_at: ClauseRule
    adjunct_at: Callable[[Context, int, Draft], int | None]
    arguments: Callable[[Context, int, Draft], int]
    subject: str | None = None
    mentioned: list[str] = field(default_factory=list)
    thing: Phrase | None = None
    unread: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    previous: Draft | None = None
    condition: Draft | None = None
    here: list[str] = field(default_factory=list)
    follows: bool = False
    payer: Phrase | None = None
    payee: Phrase | None = None
    lasting: tuple[str, str | None] | None = None
    done: tuple[Obligation, ...] = ()
    total: str | None = None
    goods: str | None = None
    voted: Obligation | None = None
    measure: Quantity | None = None
    measured: str | None = None
    several: Phrase | None = None

    def hand(self, thing: Phrase) -> None:
        """Remembers a thing for pronouns that follow."""
        self.thing = thing
        self.several = thing if thing.plural else self.several

    def meant(self, pronoun: str | None) -> Phrase | None:
        """What a pronoun for a thing stands for: "they" is no single thing."""
        one = self.thing is not None and not self.thing.plural and self.thing.quantity is None
        many = pronoun in ("they", "them") and one
        return self.several if many and self.several is not None else self.thing

    def mention(self, party: str | None) -> None:
        """Remembers a party for pronouns that follow."""
        if party and party != "contract":
            self.here.append(party)
            if party in self.mentioned:
                self.mentioned.remove(party)
            self.mentioned.append(party)

    def may_mean(self, told: Phrase) -> Phrase:
        """What "it" is behind a state: the money handed over before, where the state is of nothing
        that anybody hands over, "once the audit is clean, it goes to the seller"."""
        held = self.thing
        sum_ = held is not None and held.quantity is not None and held.quantity.asset is not None
        return held if held is not None and sum_ and told.head in _JUDGED else told

    def words(self, span: Span) -> str:
        """The characters of a span, with single blanks."""
        return _BLANKS.sub(" ", self.source[span[0] : span[1]])
