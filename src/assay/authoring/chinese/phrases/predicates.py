"""What is read of one clause, before pronouns and dropped subjects are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assay.authoring.chinese.lexicon.verbs import Verb
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator


@dataclass(slots=True)
class Comparison:
    """A quantity held against a value: 募集金额达到10万USDC."""

    comparator: Comparator
    quantity: Quantity | None
    text: str
    subject: Noun | None = None
    duration: str | None = None
    label: str | None = None
    word: str = ""


@dataclass(slots=True)
class Predicate:
    """What was read from a unit, before pronouns and dropped subjects are resolved.

    Attributes:
        subject: the noun before the verb: who acts, or what is acted on.
        basis: what a share is of, named before it: 按出资额每月获得1.2%.
        agent: who acts by 由 or 被.
        engager: who has somebody do it: 甲方委托乙方开发网站.
        causes: what it is because of, 因不可抗力.
        groundless: the words that say that there is no good reason, 无正当理由.
        measure: the word that leaves open how much, 适当 in 适当的费用.
        only: whether a modal word allows no more than it says, 只能.
        joined: whether it goes on from the predicate before it.
        goes_on: whether 并 joins it to the duty in front of the comma.
        alternative: whether 或 joins it.
        taken_up: of what a list is told of, whether a part of it was read.
        allowed: what whoever receives is let do: 使用 in 授权乙方使用商标.
        by_notice: whether the predicate before it is the notice of it: 书面通知对方解除合同.
        unread: tokens that no rule took.
    """

    tokens: tuple[Token, ...]
    subject: Noun | None = None
    agent: Noun | None = None
    modality: Literal["must", "may", "must_not", "no_need"] | None = None
    soft: bool = False
    negated: bool = False
    late: bool = False
    nobody: bool = False
    automatic: bool = False
    only: bool = False
    verb: Token | None = None
    objects: list[Noun] = field(default_factory=list)
    means: list[Noun] = field(default_factory=list)
    recipient: Noun | None = None
    source: Noun | None = None
    basis: Noun | None = None
    taken: Noun | None = None
    engager: Noun | None = None
    adverbials: list[Adverbial] = field(default_factory=list)
    approvals: list[Predicate] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    causes: list[Noun] = field(default_factory=list)
    groundless: Token | None = None
    deems: bool = False
    granted: Noun | None = None
    wants_receiver: bool = False
    prompt: bool = False
    vague: list[Token] = field(default_factory=list)
    factor: Token | None = None
    ahead: Token | None = None
    instalments: int | None = None
    ratio: tuple[Decimal, ...] | None = None
    limit: Literal["most", "least"] | None = None
    quorums: list[tuple[Token, bool]] = field(default_factory=list)
    relatives: list[tuple[Noun, tuple[Token, ...]]] = field(default_factory=list)
    guessed: bool = False
    measure: Token | None = None
    references: list[Token] = field(default_factory=list)
    joined: bool = False
    goes_on: bool = False
    alternative: bool = False
    taken_up: bool = False
    allowed: Token | None = None
    by_notice: bool = False
    unread: list[Token] = field(default_factory=list)

    @property
    def lexeme(self) -> Verb | None:
        """The verb's entry in the lexicon."""
        return self.verb.value if self.verb is not None else None
