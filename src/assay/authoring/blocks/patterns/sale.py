"""Sale of newly issued tokens at a fixed price, with caps, to a list of buyers or to everybody.

"Only addresses on the allow list may buy tokens at 0.5 USDC per token, each at most 1,000." Whole
tokens are sold, so that no rounding favours anybody; the price goes straight to the seller, in the
same call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assay.authoring.blocks.clauses.duties import AT_ONCE
from assay.authoring.blocks.clauses.nouns import ALLOW_LIST, LISTED, PIECE, PROCEEDS, PURCHASER
from assay.authoring.blocks.clauses.saying import (
    closes,
    is_money,
    opening,
    opens,
    point,
    says_only,
    window_of,
)
from assay.authoring.blocks.draft import DEFAULT_DECIMALS, Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.patterns.grants import as_vesting
from assay.authoring.blocks.patterns.transfer_ban import is_transfer_ban
from assay.authoring.blocks.terms import (
    CALLER,
    NOW,
    ZERO,
    at_least,
    at_most,
    define,
    differ,
    plus,
    times,
)
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import Expression, Lookup, Name, Not, Number, Truth, Type
from assay.authoring.program.model import Emit, Issue, Pass, Require, Set, Statement

TOKENS = Name("tokens")
ADDED = Name("newBuyer")
LIST = {"en": "allowed buyers", "zh": "白名单"}
LISTING = "allowBuyer"
KEEPING = frozenset({"approve", "maintain"})
BUYING = frozenset({"buy", "subscribe"})
ISSUING = frozenset({"issue", "sell"})
EACH = frozenset({"buyer", "each buyer", "买方", "买家", "每人"})
UNIT = 10**DEFAULT_DECIMALS


@dataclass
class Offer:
    """What the clauses say of a sale; indices, and the values that were named."""

    buying: list[int] = field(default_factory=list)
    paying: list[int] = field(default_factory=list)
    issuing: list[int] = field(default_factory=list)
    listing: list[int] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    token: set[str] = field(default_factory=set)
    prices: set[tuple[str, str, str]] = field(default_factory=set)
    opens: set[str] = field(default_factory=set)
    closes: set[str] = field(default_factory=set)
    each: set[str] = field(default_factory=set)
    total: set[str] = field(default_factory=set)
    least: set[str] = field(default_factory=set)
    buyers: set[str] = field(default_factory=set)
    sellers: set[str] = field(default_factory=set)
    payees: set[str | None] = field(default_factory=set)
    keepers: set[str] = field(default_factory=set)
    listed: bool = False
    odd: bool = False

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        return tuple(
            sorted((*self.buying, *self.paying, *self.issuing, *self.listing, *self.ending))
        )

    @property
    def buyer(self) -> str | None:
        """Who may buy where no list says it; "each buyer" is whom another clause names."""
        named = self.buyers - EACH if len(self.buyers) > 1 else self.buyers
        return next(iter(named)) if len(named) == 1 else None

    @property
    def is_held(self) -> bool:
        """Whether the contract keeps what comes in, until another clause lets it out."""
        return {payee for _, _, payee in self.prices} == {"contract"}

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing or said twice in different ways."""
        single = len(self.prices) == 1 and len(self.token) == 1
        limits = (self.opens, self.closes, self.each, self.total, self.least, self.keepers)
        paid = {payee for _, _, payee in self.prices}
        sold_by_payee = self.sellers <= paid and self.payees <= paid
        few = sold_by_payee and all(len(one) <= 1 for one in limits)
        parts = self.buying and self.paying and self.issuing
        known = self.listed or self.buyer is not None
        return bool(parts) and single and few and known and not self.odd


class Sale:
    """Sells tokens that the contract issues."""

    name = "sale"
    text = "Tokens are issued at a fixed price, with caps, in a window of time, to whom may buy."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The whole sale, or nothing where a part of it is not known."""
        found = read_offer(specification, free)
        whole = found.is_whole and not found.is_held
        return (Claim(self.name, found.obligations),) if whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """One function: to buy."""
        found = read_offer(draft.specification, frozenset(claim.obligations))
        purchase = purchase_of(draft, found)
        ((_, money, payee),) = found.prices
        pay = Pass(draft.asset(money).name, draft.expression_of(payee), purchase.cost)
        name = purchase.define((), pay)
        kept = [(index, name) for index in claim.obligations if index not in found.listing]
        return (*kept, *((index, LISTING) for index in found.listing))


@dataclass(frozen=True)
class Purchase:
    """To buy, as a function that is yet to be told where the money goes."""

    draft: Draft
    found: Offer
    cost: Expression
    rules: tuple[Statement, ...]
    changes: tuple[Statement, ...]

    def define(self, changes: tuple[Statement, ...], pay: Statement) -> str:
        """Add it to the draft; gives its name."""
        draft, found, cost = self.draft, self.found, self.cost
        self._keep_list()
        sold = Name("sold")
        body: list[Statement] = [
            *self.rules,
            *self.changes,
            Set("sold", plus(sold, TOKENS)),
            *changes,
            Emit("TokensBought", (("buyer", CALLER), ("tokens", TOKENS), ("cost", cost))),
            pay,
            Issue(CALLER, times(TOKENS, Number(UNIT))),
        ]
        callers: tuple[str, ...] = ()
        if found.listed and not found.keepers:
            callers = (draft.group(LIST[draft.specification.language]),)
        elif not found.listed:
            callers = draft.payers_of(found.buyer)
        arguments = (("tokens", Type.NUMBER),)
        return define(draft, "buy tokens", body, found.buying, arguments=arguments, callers=callers)

    def _keep_list(self) -> None:
        """Who keeps the list lets buyers in, one by one."""
        for keeper in self.found.keepers:
            there = Lookup("allowed", ADDED)
            body: list[Statement] = [
                Require(Not(there), "OnTheListAlready", (ADDED,)),
                Set("allowed", Truth(value=True), ADDED),
                Emit("BuyerAllowed", (("buyer", ADDED),)),
            ]
            arguments = (("newBuyer", Type.ADDRESS),)
            callers = self.draft.caller_of(keeper)
            listing = self.found.listing
            define(self.draft, "allow buyer", body, listing, arguments=arguments, callers=callers)


def purchase_of(draft: Draft, found: Offer) -> Purchase:
    """What buying asks for and changes: the window, the caps, and what was bought."""
    ((amount, money, _),) = found.prices
    (token,) = found.token
    price = draft.amount("price of a token", amount, money)
    draft.issued(token)
    cost, bought = times(TOKENS, price), Lookup("bought", CALLER)
    sold = draft.variable("sold", text="How many tokens were sold")
    rules: list[Statement] = []
    if found.keepers:
        draft.variable("allowed", Type.TRUTH, key=Type.ADDRESS, text="Who is on the list")
        rules.append(Require(Lookup("allowed", CALLER), "NotOnTheList", (CALLER,)))
    for iso in found.opens:
        begins = at_least(NOW, opening(draft, "sale begins", iso))
        rules.append(Require(begins, "SaleNotBegun", (NOW,)))
    for iso in found.closes:
        running = at_most(NOW, point(draft, "sale ends", iso))
        rules.append(Require(running, "SaleOver", (NOW,)))
    rules.append(Require(differ(TOKENS, ZERO), "NothingBought"))
    for number in found.least:
        least = draft.count("least tokens", _whole(number))
        rules.append(Require(at_least(TOKENS, least), "TooFewTokens", (TOKENS,)))
    changes: list[Statement] = []
    for number in found.each:
        most = draft.count("most tokens each", _whole(number))
        draft.variable("bought", key=Type.ADDRESS, text="How many tokens a buyer has")
        within = at_most(plus(bought, TOKENS), most)
        rules.append(Require(within, "BuyerCapReached", (TOKENS,)))
        changes.append(Set("bought", plus(bought, TOKENS), CALLER))
    for number in found.total:
        most = draft.count("most tokens", _whole(number))
        within = at_most(plus(sold, TOKENS), most)
        rules.append(Require(within, "SaleCapReached", (TOKENS,)))
    return Purchase(draft, found, cost, tuple(rules), tuple(changes))


def read_offer(specification: Specification, free: frozenset[int]) -> Offer:
    """The sale that obligations speak of."""
    found, all_ = Offer(), specification.obligations
    for index in sorted(free):
        duty = all_[index]
        if duty.action in BUYING and not _bounds_time(found, index, duty):
            _buying(found, index, duty)
    buyers = {all_[index].actor for index in found.buying}
    prices = [one for one in all_ if _is_price(found, one, buyers)]
    held = any(one.recipient == "contract" for one in prices)
    for index in sorted(free - {*found.buying, *found.ending}):
        duty = all_[index]
        if duty.action in ISSUING and duty.asset in found.token:
            _issuing(found, index, duty)
        elif duty.action in KEEPING and duty.asset in ALLOW_LIST:
            found.listing.append(index)
            found.keepers |= {duty.actor} if duty.actor else set()
            found.odd |= duty.modality == "must_not" or not says_only(duty, "asset")
        elif found.token and _gives_proceeds(duty) and (duty.actor != "contract" or not held):
            found.paying.append(index)
            found.payees |= {duty.actor if duty.action == "keep" else duty.recipient}
        elif _is_price(found, duty, buyers):
            _price(specification, found, index, duty)
        elif found.buying and _bounds_time(found, index, duty):
            continue
        elif duty.asset in found.token and duty.modality == "must_not":
            found.odd |= not is_transfer_ban(duty)
    # A bound on all that is issued leaves so much less to sell; one on what is sold is itself.
    issued = {all_[index].amount for index in found.issuing if all_[index].action == "issue"}
    granted = _granted(specification, found)
    found.total = {f"{Decimal(one) - granted:f}" if one in issued else one for one in found.total}
    return found


def _granted(specification: Specification, found: Offer) -> Decimal:
    """What else is issued of the token."""
    vesting = (as_vesting(one) for one in specification.obligations)
    granted = (one for one in vesting if one.action == "vest" and one.asset in found.token)
    return sum((Decimal(one.amount or 0) for one in granted), Decimal(0))


def _is_price(found: Offer, duty: Obligation, buyers: set[str | None]) -> bool:
    payer = duty.actor in buyers or (bool(buyers) and duty.actor in PURCHASER)
    return duty.action == "pay" and duty.share_of in found.token | PIECE and payer


def _gives_proceeds(duty: Obligation) -> bool:
    """Whether it says who gets all that buyers pay."""
    kept = duty.action == "keep" and duty.actor not in (None, "contract")
    paid = duty.action in ("pay", "transfer") and duty.actor in (None, "contract")
    named = kept or (paid and duty.recipient is not None)
    plain = duty.modality == "must" and says_only(duty, "asset", "recipient")
    return duty.asset in PROCEEDS and named and plain


def _bounds_time(found: Offer, index: int, duty: Obligation) -> bool:
    """Takes what only says from when, or until when, there is a sale."""
    begins, over = opens(duty), closes(duty)
    found.opens |= {begins} if begins else set()
    found.closes |= {str(duty.deadline)} if over else set()
    found.ending += [index] if begins or over else []
    return begins is not None or over


def _buying(found: Offer, index: int, duty: Obligation) -> None:
    found.buying.append(index)
    found.buyers |= {duty.actor} if duty.actor else set()
    found.token |= {duty.asset} if duty.asset else set()
    found.odd |= not says_only(
        duty, "amount", "asset", "limit", "recipient", "conditions", "deadline"
    )
    found.sellers |= {duty.recipient} if duty.recipient else set()
    found.odd |= duty.modality != "may" or (duty.amount is not None and duty.limit == "exact")
    if duty.amount:
        (found.each if duty.limit == "most" else found.least).add(duty.amount)
    found.listed |= duty.actor in LISTED
    _window(found, duty)


def _price(specification: Specification, found: Offer, index: int, duty: Obligation) -> None:
    found.paying.append(index)
    plain = says_only(duty, "amount", "asset", "share_of", "recipient", "conditions", "deadline")
    known = duty.recipient is not None and is_money(specification, duty.asset)
    found.odd |= not (plain and known) or duty.modality != "must"
    found.prices.add((duty.amount or "0", duty.asset or "", duty.recipient or ""))
    _window(found, duty)


def _issuing(found: Offer, index: int, duty: Obligation) -> None:
    found.issuing.append(index)
    plain = says_only(duty, "amount", "asset", "limit", "recipient", "conditions", "deadline")
    at_once = duty.deadline in AT_ONCE | {None} and all(map(_is_paid, duty.conditions))
    sold = duty.action == "sell" and duty.actor is None
    found.odd |= not (sold or duty.actor == "contract") or not plain or not at_once
    if duty.amount:
        found.odd |= duty.limit != "most" and not sold
        found.total.add(duty.amount)


def _window(found: Offer, duty: Obligation) -> None:
    window = window_of(duty)
    found.opens |= {window.opens} if window.opens else set()
    found.closes |= {window.closes} if window.closes else set()
    for one in window.rest:
        found.listed |= _is_listed(one)
        found.odd |= not _is_listed(one)


def _is_paid(one: Condition) -> bool:
    """Whether it is only that the buyer has paid, which issuing in the same call sees to."""
    event = one.kind == "event" and one.action == "pay" and not one.negated
    return event and says_only(one, "actor", "action", "amount", "asset", "recipient")


def _is_listed(one: Condition) -> bool:
    return one.kind == "state" and one.value in ALLOW_LIST and not one.negated


def _whole(number: str) -> int:
    if Decimal(number) != int(Decimal(number)):
        raise NotBuildable(number, "tokens are sold whole")
    return int(Decimal(number))
