"""What a text was understood to say: the one typed specification that every later step reads.

>>> text = "The Buyer shall pay the Seller 100 USDC within 30 days."
>>> pay = Obligation(actor="buyer", modality="must", action="pay", amount="100", asset="USDC",
...     recipient="seller", deadline="P30D", span=(0, 54))
>>> Specification(language="en", text=text, obligations=(pay,)).obligations[0].amount
'100'

`docs/specification.md` defines every field and its one spelling; `Specification.model_json_schema`
is the published schema. Every extracted piece carries the characters it was read from: a span is
[start, end) in characters of `Specification.text`.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.functional_validators import AfterValidator

from assay.authoring.actions import ACTIONS

SCHEMA: Literal["assay-specification/1"] = "assay-specification/1"

Span = tuple[int, int]
Language = Literal["en", "zh"]
Modality = Literal["must", "may", "must_not"]
ConditionKind = Literal["event", "breach", "state", "time", "comparison", "approval", "oracle"]
AssetKind = Literal["token", "fiat", "native", "goods", "service", "document", "right"]
Comparator = Literal["<", "<=", "=", ">=", ">"]


def _span(value: Span) -> Span:
    start, end = value
    if not 0 <= start <= end:
        raise ValueError(f"the span {value} is none")
    return value


def _decimal(value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value[:40]!r} is no decimal number") from None
    if not number.is_finite() or number < 0 or value != format(number.normalize(), "f"):
        raise ValueError(f"{value[:40]!r} is not the plain spelling of a number of at least 0")
    return value


def _action(value: str) -> str:
    if value not in ACTIONS:
        raise ValueError(f"{value[:40]!r} is not in the list of actions")
    return value


TextSpan = Annotated[Span, AfterValidator(_span)]
DecimalText = Annotated[str, AfterValidator(_decimal)]
Action = Annotated[str, AfterValidator(_action)]


class Piece(BaseModel):
    """A part of a specification: immutable, and without fields that are not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Party(Piece):
    """Who takes part.

    Attributes:
        name: as the obligations name it.
        text: the words that introduce it, `ABC Trading Ltd (the "Buyer")`.
        kind: `contract` is the contract itself, `source` an oracle or other origin of data.
        address: on the chain, where the text gives one.
    """

    name: str
    text: str
    kind: Literal["party", "group", "contract", "source"] = "party"
    address: str | None = None
    span: TextSpan


class Asset(Piece):
    """What is paid, issued or handed over.

    Attributes:
        name: as the obligations name it: a symbol, a currency code, or a singular noun.
        kind: a `fiat` amount cannot be moved by a contract until an answer names a token for it.
        decimals: of a token, where it is known.
    """

    name: str
    text: str
    kind: AssetKind
    decimals: int | None = None
    span: TextSpan


class Act(Piece):
    """Somebody does something: the common part of obligations and of conditions on events."""

    actor: str | None = None
    action: Action | None = None
    amount: DecimalText | None = None
    asset: str | None = None
    recipient: str | None = None


class Condition(Act):
    """What must hold for a clause to apply.

    Attributes:
        kind: `event` and `breach` are an act that has, or has not, been done; the rest have
            `subject`, `comparator` and `value` where the words give them.
        negated: it must not hold: unless, except, if not.
        subject: what is looked at, like `order status`, `temperature`, or a group that approves.
        value: a decimal, a word like `approved`, or an ISO 8601 date, time or duration.
        total: of an approval by `value` out of so many.
    """

    kind: ConditionKind
    text: str
    negated: bool = False
    subject: str | None = None
    comparator: Comparator | None = None
    value: str | None = None
    total: int | None = None
    span: TextSpan | None = None


class Obligation(Act):
    """One clause's duty, permission or prohibition.

    Attributes:
        actor: a party's name; `contract` where the code itself acts; None where nobody is named.
        share_of: what `amount` is a share of, where `asset` is `%`; else the unit that it is for.
        limit: whether the amount is exact, or the most or the least.
        deadline: an ISO 8601 date, date-time or duration.
        deadline_from: what a duration counts from, where it is neither signing nor a condition.
        recurrence: an ISO 8601 duration.
        occurrences: how often it recurs, where the words say.
        spread: whether `amount` is a total in equal parts, and not due each time.
        otherwise: what follows where it is not done.
        clause: number of the clause that it stands in.
        proposed: whether a model proposed it and nobody has agreed yet.
        by_hand: whether an answer leaves it to the parties, since no code can carry it out.
    """

    modality: Modality
    share_of: str | None = None
    limit: Literal["exact", "most", "least"] = "exact"
    conditions: tuple[Condition, ...] = ()
    deadline: str | None = None
    deadline_from: str | None = None
    recurrence: str | None = None
    occurrences: int | None = None
    spread: bool = False
    otherwise: Obligation | None = None
    span: TextSpan
    clause: str | None = None
    proposed: bool = False
    by_hand: bool = False


class Question(Piece):
    """What has to be answered before code is written; never guessed.

    Attributes:
        id: stays the same while the text does, so that answers can be kept in a file.
        kind: like `fiat_token`, `missing_party`, `unbounded_amount`.
        suggestions: answers that would do, the likeliest first; may be empty.
        obligation: index of the obligation, and
        field: name of its field that the answer fills, like `recipient` or
            `conditions.0.recipient`; None where it is about the whole.
    """

    id: str
    kind: str
    text: str
    suggestions: tuple[str, ...] = ()
    obligation: int | None = None
    field: str | None = None
    span: TextSpan | None = None


class Witness(Piece):
    """Who says on the chain that an act outside it was done, where an answer names somebody.

    Attributes:
        action, asset: of the act, as the obligations and conditions have them.
        party: who says so.
    """

    action: Action
    asset: str | None = None
    party: str


class NotUnderstood(Piece):
    """Words that nothing was read from, and why."""

    span: TextSpan
    text: str
    reason: str


class Clause(Piece):
    """A numbered part of the text, without its number and heading in `span`."""

    number: str
    heading: str = ""
    span: TextSpan


class Specification(Piece):
    """A text, and everything that was read from it."""

    schema_: Literal["assay-specification/1"] = Field(default=SCHEMA, alias="schema")
    language: Language
    text: str
    clauses: tuple[Clause, ...] = ()
    parties: tuple[Party, ...] = ()
    assets: tuple[Asset, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    questions: tuple[Question, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _points_into_the_text(self) -> Self:
        spans = (
            *(clause.span for clause in self.clauses),
            *(party.span for party in self.parties),
            *(asset.span for asset in self.assets),
            *(obligation.span for obligation in self.obligations),
            *(words.span for words in self.not_understood),
        )
        for span in spans:
            if span[1] > len(self.text):
                raise ValueError(f"the span {span} lies outside the text")
        return self
