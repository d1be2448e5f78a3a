"""Questions that follow from a specification as a whole, after its words were read.

Each check is a function from a specification to questions; `questions` runs them all. Nothing is
answered here: where a check has a likely answer, it is the first of the suggestions.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.bounds import is_limit
from assay.authoring.blocks.clauses.duties import NOT_ITS_OWN
from assay.authoring.blocks.clauses.sale_proceeds import is_paid_by_buyers, is_refund_of_buyers
from assay.authoring.blocks.clauses.sums import bears_cost, pots, repayments
from assay.authoring.blocks.guards.payments_made import meant
from assay.authoring.blocks.held.penalties import is_cap, is_owed_with_payment
from assay.authoring.blocks.patterns.grants import is_unvested
from assay.authoring.blocks.patterns.split import brings_income
from assay.authoring.checking import held
from assay.authoring.checking.at_once import paid_at_once
from assay.authoring.checking.in_chinese import suggested
from assay.authoring.checking.known_tokens import token_decimals
from assay.authoring.checking.open_terms import known_otherwise, open_terms
from assay.authoring.checking.purses import purses
from assay.authoring.checking.reporters import reporters
from assay.authoring.checking.rungs import higher_payments
from assay.authoring.checking.stated import stated
from assay.authoring.model import Obligation, Question, Specification

ASSET_ACTIONS = frozenset(
    {"pay", "issue", "refund", "release", "deposit", "contribute", "bid", "distribute"}
)
"""What moves or creates an asset that code has to know."""

GIVING = frozenset({"pay", "issue", "transfer", "refund", "release", "return"})
SHARING = "distribute"
PAYING = frozenset({"pay", "contribute", "buy"})
HOLDING = frozenset({"deposit", "lock"})
LETTING_GO = frozenset({"release", "refund", "return", "withdraw", "claim", "transfer", "pay"})
ENGLISH = "en"


def questions(specification: Specification) -> tuple[Question, ...]:
    """What code needs to know and the text leaves open."""
    of_words = (_parties, _recipients, _payments, _amounts, _fiat, _contradictions, _ways_out)
    checks = (
        *of_words,
        token_decimals,
        purses,
        stated,
        held.no_way_out,
        held.witnesses,
        held.ends,
        held.bare_acts,
        held.endless,
        reporters,
        higher_payments,
        paid_at_once,
    )
    known = known_otherwise(specification)
    known |= {index for index, one in enumerate(specification.obligations) if one.by_hand}
    general = (question for check in checks for question in check(specification))
    rest = (one for one in general if one.obligation is None or one.obligation not in known)
    found = (*rest, *open_terms(specification))
    return found if specification.language == ENGLISH else tuple(map(suggested, found))


def _parties(specification: Specification) -> Iterator[Question]:
    for index, one in enumerate(specification.obligations):
        known = is_owed_with_payment(specification, index) or is_cap(specification, one)
        known = known or brings_income(specification, one)
        if one.actor is None and not known:
            yield _ask(
                specification,
                index,
                ("missing_party", "actor"),
                (
                    f"Who is to {one.action}? The clause names nobody.",
                    f"谁来履行“{_words(specification, one)}”?条款未写明。",
                ),
                _who_could(specification, one),
            )


def _who_could(specification: Specification, duty: Obligation) -> tuple[str, ...]:
    """The contract, where it holds something; else those who take part, and a purse of theirs."""
    names = tuple(one for one in _names(specification) if one != duty.recipient)
    pays = duty.action == "pay" and duty.amount is not None and duty.share_of is None
    if pays and not any(one.action in _PUT_IN for one in specification.obligations):
        purse = "treasury" if specification.language == ENGLISH else "金库"
        return (*names, purse)
    return (*names, "contract") if duty.action in NOT_ITS_OWN else ("contract", *names)


_PUT_IN = frozenset({"deposit", "lock", "contribute", "buy", "bid", "issue", "vest"})


def _recipients(specification: Specification) -> Iterator[Question]:
    let_out = {index for pot in pots(specification) for index, _ in pot.outflows}
    let_out |= {index for index, _ in repayments(specification)}
    kinds = {one.name: one.kind for one in specification.assets}
    for index, one in enumerate(specification.obligations):
        known = index in let_out and one.action in ("refund", "return")
        plain = bears_cost(specification, one) or is_cap(specification, one)
        plain = plain or _is_bound(specification, one) or is_limit(specification, one) is not None
        # A thing goes back to who had given it; no code carries it there.
        plain = plain or (one.action == "return" and kinds.get(one.asset or "") == "goods")
        if known or plain or is_owed_with_payment(specification, index):
            continue
        given = one.action in GIVING or (one.action == SHARING and one.amount is not None)
        if one.recipient is None and given and one.modality == "must":
            others = tuple(name for name in _names(specification) if name != one.actor)
            yield _ask(
                specification,
                index,
                ("missing_recipient", "recipient"),
                (f"To whom is {_what(one)} to go?", f"“{_words(specification, one)}”交给谁?"),
                others,
            )


def _is_bound(specification: Specification, one: Obligation) -> bool:
    """Whether it bounds what is owed by other clauses, which say to whom."""
    owed = any(
        (other.actor, other.action, other.limit) == (one.actor, one.action, "exact")
        for other in specification.obligations
        if other.recipient is not None
    )
    return one.limit == "most" and owed


def _payments(specification: Specification) -> Iterator[Question]:
    """Payments that a clause waits for, and that go to nobody who is named."""
    demanded = {(one.actor, one.action, one.asset) for one in specification.obligations}
    for index, one in enumerate(specification.obligations):
        for place, condition in enumerate(one.conditions):
            act = (condition.actor, condition.action, condition.asset)
            paid = condition.kind == "event" and condition.action in PAYING
            known = act in demanded or meant(specification, condition) is not None
            if not paid or condition.recipient is not None or known:
                continue
            what = " ".join(part for part in (condition.amount, condition.asset) if part)
            yield _ask(
                specification,
                index,
                ("payment_to_nobody", f"conditions.{place}.recipient"),
                (
                    f"Who receives the {what or 'payment'}? The clause does not say.",
                    f"{what or '款项'}由谁收取?条款未写明。",
                ),
                tuple(name for name in _names(specification) if name != condition.actor)
                or ("issuer",),
            )


def _amounts(specification: Specification) -> Iterator[Question]:
    known = {index for pot in pots(specification) for index, _ in pot.outflows}
    known |= {index for index, _ in repayments(specification)}
    vests = any(one.action == "vest" for one in specification.obligations)
    for index, one in enumerate(specification.obligations):
        if index in known or bears_cost(specification, one):
            continue
        if brings_income(specification, one) or is_paid_by_buyers(specification, one):
            continue
        if is_refund_of_buyers(one):
            continue
        if vests and is_unvested(specification, one):
            continue
        # What a party hands out of its own, no contract has to know.
        own = one.action == SHARING and one.actor not in (None, "contract")
        if own and one.share_of is None and not one.conditions:
            continue
        if one.action in ASSET_ACTIONS and one.amount is None and one.modality == "must":
            yield _ask(
                specification,
                index,
                ("unbounded_amount", "amount"),
                (
                    f"How much {one.asset or 'of what'} is it? The clause gives no amount.",
                    f"“{_words(specification, one)}”的数额是多少?条款未写明。",
                ),
                (),
            )


def _fiat(specification: Specification) -> Iterator[Question]:
    """Amounts of money that no chain has: a contract moves tokens only."""
    for asset in specification.assets:
        if asset.kind == "fiat":
            english = (
                f"Which token stands for {asset.name}, and with how many decimals? A contract "
                "cannot move money of a bank."
            )
            chinese = f"用哪种代币代表{asset.name},其小数位数是多少?合约无法转移银行里的钱。"
            yield Question(
                id=f"fiat_token.{asset.name}",
                kind="fiat_token",
                text=english if specification.language == ENGLISH else chinese,
                suggestions=("USDC 6", "DAI 18") if asset.name == "USD" else (f"{asset.name}T 6",),
                field="asset",
                span=asset.span,
            )


def _contradictions(specification: Specification) -> Iterator[Question]:
    """The same act both demanded, or allowed, and forbidden under the same conditions."""
    seen: dict[tuple[object, ...], int] = {}
    for index, one in enumerate(specification.obligations):
        key = (one.actor, one.action, one.asset, one.recipient, one.conditions)
        if key not in seen:
            seen[key] = index
            continue
        other = specification.obligations[seen[key]]
        if "must_not" in (one.modality, other.modality) and one.modality != other.modality:
            yield _ask(
                specification,
                index,
                ("contradiction", "modality"),
                (
                    (
                        f"One clause says {other.modality} and another {one.modality} "
                        f"{one.action}: which holds?"
                    ),
                    (
                        f"“{_words(specification, other)}”与“{_words(specification, one)}”"
                        "相矛盾,以哪个为准?"
                    ),
                ),
                (one.modality, other.modality),
            )


def _ways_out(specification: Specification) -> Iterator[Question]:
    """Money that goes into the contract and that no clause lets out again."""
    let_go = {one.asset for one in _all(specification) if one.action in LETTING_GO}
    let_go |= {pot.deposit.asset for pot in pots(specification) if pot.outflows}
    for index, one in enumerate(specification.obligations):
        held = one.action in HOLDING and one.modality != "must_not"
        # What is only kept back for a time is free again once the time is over.
        held = held and not (one.action == "lock" and one.deadline and one.amount is None)
        if held and one.asset is not None and one.asset not in let_go:
            yield _ask(
                specification,
                index,
                ("no_way_out", None),
                (
                    (
                        f"When, and to whom, does the {one.asset} leave the contract again? "
                        "No clause says so, and it would stay there for ever."
                    ),
                    f"存入的{one.asset}何时、向谁释放?没有条款写明,资金将永远留在合约中。",
                ),
                (),
            )


def _all(specification: Specification) -> Iterator[Obligation]:
    for one in specification.obligations:
        inner: Obligation | None = one
        while inner is not None:
            yield inner
            inner = inner.otherwise


def _ask(
    specification: Specification,
    index: int,
    kind: tuple[str, str | None],
    texts: tuple[str, str],
    suggestions: tuple[str, ...],
) -> Question:
    (name, field), (english, chinese) = kind, texts
    return Question(
        id=f"{name}.{index + 1}",
        kind=name,
        text=english if specification.language == ENGLISH else chinese,
        suggestions=suggestions,
        obligation=index,
        field=field,
        span=specification.obligations[index].span,
    )


def _names(specification: Specification) -> tuple[str, ...]:
    return tuple(party.name for party in specification.parties if party.kind == "party")


def _what(one: Obligation) -> str:
    return " ".join(part for part in (one.amount, one.asset) if part) or f"what they {one.action}"


def _words(specification: Specification, one: Obligation) -> str:
    return specification.text[slice(*one.span)][:40]
