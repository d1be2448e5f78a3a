"""What a clause's grammar knows from the words before: who was named, what terms mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assay.authoring.chinese.lexing.characters import Folded
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.language.agreement_terms import AgreementTerm
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Span

_COUNTERPARTS = {
    "甲方": "乙方", "买方": "卖方", "出租方": "承租方", "出租人": "承租人", "转让方": "受让方",
    "委托方": "受托方", "委托人": "受托人", "借款人": "出借人", "许可方": "被许可方",
    "买家": "卖家",
}  # fmt: skip
_OTHERS = _COUNTERPARTS | {second: first for first, second in _COUNTERPARTS.items()}


@dataclass(frozen=True, slots=True)
class Open:
    """Something that the words leave open: the kind of question and the words."""

    kind: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A length, or the days between two dates, that has a name.

    Attributes:
        start: the first day, where it lies between two.
        end: the last day, or an ISO 8601 duration.
        length: of the days between the two, where that is said too.
    """

    name: str
    words: tuple[Token, ...]
    start: str | None
    end: str
    length: str | None = None


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What has to come to be before a duty ends: 除非A且B, 在A或者B之前.

    Attributes:
        parts: the conditions that each of the joined clauses gave, negated.
        either: whether one of the clauses is enough for the end.
    """

    parts: tuple[tuple[Condition, ...], ...]
    either: bool


@dataclass(slots=True)
class Context:
    """Carried from unit to unit of a clause.

    Attributes:
        terms: amounts that the text defines.
        clauses: numbers of the clauses that the text has.
        subject: who acted last.
        mentioned: everybody named so far, the latest last.
        whole: what a bare percentage was last a share of.
        ratio: the parts that were last named, where it is not said yet who gets which.
        stock: how much there is of what the next act hands out.
        cliff: from when what is said next begins.
        granted: to whom something was issued last.
        loan: who lent, and who borrowed, last.
        topic: the thing of which the sentence tells what is done with it.
        label: what the amount that was paid last is called: 定金.
        source: who tells the facts of this sentence.
        prices: what is paid for each by whoever buys, and the words that say it.
        spans: lengths and stretches of days that the words name.
        told_of: who a condition of this sentence is about.
        bodies: how many belong to each body that the words have told of.
        terms_told: from when the agreement runs, and the words that say it.
        set_terms: words, name, amount and period of each term that was set.
        goal: the sum that has to come together.
        restated: dates that lengths and their first days come to.
        doers: who did each act that was told last.
        named: how many sources of facts and shares the words have told.
        exceptions: what several clauses together are an exception to.
    """

    folded: Folded
    terms: Mapping[str, Quantity] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()
    subject: str | None = None
    mentioned: list[str] = field(default_factory=list)
    whole: str | None = None
    last_action: str | None = None
    last_actor: str | None = None
    last_recipient: str | None = None
    told_of: str | None = None
    price: Quantity | None = None
    goal: Quantity | None = None
    ratio: tuple[Decimal, ...] | None = None
    ratio_words: tuple[Token, ...] = ()
    stock: Quantity | None = None
    stock_words: tuple[Token, ...] = ()
    goal_words: tuple[Token, ...] = ()
    cliff: Condition | None = None
    cliff_words: tuple[Token, ...] = ()
    secret: str | None = None
    terms_told: list[tuple[tuple[Token, ...], AgreementTerm]] = field(default_factory=list)
    source: str | None = None
    last_asset: str | None = None
    last_share: Quantity | None = None
    label: str | None = None
    topic: Noun | None = None
    granted: str | None = None
    loan: tuple[str, str] | None = None
    named: int = 0
    exceptions: list[Exceptions] = field(default_factory=list)
    restated: set[str] = field(default_factory=set)
    doers: dict[str, str] = field(default_factory=dict)
    set_terms: list[tuple[tuple[Token, ...], str, Quantity, str | None]] = field(
        default_factory=list
    )
    prices: list[tuple[tuple[Token, ...], Quantity]] = field(default_factory=list)
    spans: list[NamedSpan] = field(default_factory=list)
    bodies: dict[str, int] = field(default_factory=dict)
    opens: list[Open] = field(default_factory=list)
    unread: list[tuple[int, int, str]] = field(default_factory=list)

    def words(self, tokens: tuple[Token, ...] | list[Token]) -> str:
        """The folded words of a run of tokens."""
        return self.folded.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def ask(self, kind: str, start: int, end: int) -> None:
        """Note that these words leave something open."""
        self.opens.append(Open(kind, self.folded.span(start, end), self.folded.text[start:end]))

    def except_for(self, parts: Sequence[Sequence[Condition]], *, either: bool) -> None:
        """Note what several clauses together are an exception to."""
        if len(parts) > 1:
            self.exceptions.append(Exceptions(tuple(tuple(part) for part in parts), either))

    def reject(self, tokens: list[Token] | tuple[Token, ...], reason: str) -> None:
        """Note that no rule read these words."""
        if tokens:
            self.unread.append((tokens[0].start, tokens[-1].end, reason))

    def name(self, noun: Noun | None, *, acting: str | None = None) -> str | None:
        """Whom a noun means; a pronoun is the last one named who is not the one acting."""
        if noun is None:
            return None
        if noun.party:
            return None if noun.party == "有人" else noun.party
        if noun.pronoun in {"对方", "另一方", "相对方", "他方", "对方当事人"}:
            return _OTHERS.get(acting or "", "对方") if acting not in {"双方", None} else "对方"
        if noun.pronoun:
            others = [name for name in self.mentioned if name not in {acting, "contract"}]
            if noun.pronoun in {"他", "她", "他们", "她们"} and len(others) != 1:
                self.ask("reference", noun.tokens[0].start, noun.tokens[-1].end)
            return others[-1] if others else None
        return None

    def mention(self, name: str | None) -> None:
        """Remember who was named last."""
        if name:
            if name in self.mentioned:
                self.mentioned.remove(name)
            self.mentioned.append(name)
