"""Questions about campaigns, auctions, grants, splits, sales, stakes and votes: what each needs.

Where one is spoken of, the general questions about its clauses are left to these: "the funds" of a
campaign are a sum that the contract knows, though no clause gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.authoring.blocks.clauses.fractions import is_fraction
from assay.authoring.blocks.clauses.nouns import POT, VESTED, VOTES
from assay.authoring.blocks.clauses.saying import is_money
from assay.authoring.blocks.patterns.ballot import read_ballot
from assay.authoring.blocks.patterns.bids import read_auction
from assay.authoring.blocks.patterns.campaign import read_campaign
from assay.authoring.blocks.patterns.collection import is_fee
from assay.authoring.blocks.patterns.open_membership import OPEN_MEMBERSHIP
from assay.authoring.blocks.patterns.sale import read_offer
from assay.authoring.blocks.patterns.split import WHOLE, is_income, is_part
from assay.authoring.blocks.patterns.stake import read_lock
from assay.authoring.model import Question, Specification

ENGLISH = "en"
Asked = tuple[int, str, str | None, str, str, tuple[str, ...]]
"""Obligation, kind, field, the question in English and in Chinese, and what would do."""


def open_terms(specification: Specification) -> Iterator[Question]:
    """What is missing for each of them."""
    checks = (_campaign, _auction, _grant, _split, _sale, _collection, _stake, _vote, _fractions)
    for check in checks:
        for index, kind, field, english, chinese, suggestions in check(specification):
            yield Question(
                id=f"{kind}.{index + 1}",
                kind=kind,
                text=english if specification.language == ENGLISH else chinese,
                suggestions=suggestions,
                obligation=index,
                field=field,
                span=specification.obligations[index].span,
            )


def known_otherwise(specification: Specification) -> frozenset[int]:
    """Obligations whose sums and parties follow from the mechanism that they belong to."""
    free = frozenset(range(len(specification.obligations)))
    claimed = {
        index
        for block in OPEN_MEMBERSHIP
        for claim in block.claims(specification, free)
        for index in claim.obligations
    }
    campaign, auction = read_campaign(specification, free), read_auction(specification, free)
    claimed |= set(campaign.obligations if campaign.contributing else ())
    claimed |= set(auction.obligations if "bid" in auction.parts else ())
    stake, ballot = read_lock(specification, free), read_ballot(specification, free)
    claimed |= set(stake.obligations if stake.penalty else ())
    claimed |= set(ballot.obligations if ballot.voting and ballot.paying else ())
    claimed |= set(read_offer(specification, free).issuing)
    all_ = specification.obligations
    if any(one.action == "vest" for one in all_):
        claimed |= {index for index in free if all_[index].action in ("vest", "deposit", "lock")}
    return frozenset(claimed)


def _everything(specification: Specification) -> frozenset[int]:
    return frozenset(range(len(specification.obligations)))


def _names(specification: Specification) -> tuple[str, ...]:
    return tuple(one.name for one in specification.parties if one.kind == "party")


def _campaign(specification: Specification) -> Iterator[Asked]:
    found = read_campaign(specification, _everything(specification))
    if not found.contributing:
        return
    first = found.contributing[0]
    if not found.ends:
        english, chinese = "Until when can people contribute?", "出资截止到什么时候?"
        yield first, "campaign_end", "deadline", english, chinese, ("P30D", "P60D")
    if not found.goals:
        for index, one in enumerate(specification.obligations):
            if one.asset in POT and one.modality != "must_not" and not one.conditions:
                english = "What has to come in before the money can be taken?"
                yield index, "campaign_goal", None, english, "筹款目标是多少?", ("100000 USDC",)
                return
    if found.taking and not found.refunding:
        english = "What happens with the contributions where the goal is not reached?"
        chinese = "未达到目标时,出资如何处理?"
        yield found.taking[0], "campaign_refund", None, english, chinese, ("refund",)


def _auction(specification: Specification) -> Iterator[Asked]:
    found = read_auction(specification, _everything(specification))
    bids = found.parts.get("bid", [])
    bidding = [index for index in bids if specification.obligations[index].modality == "may"]
    if not bidding:
        return
    first = bidding[0]
    if not found.ends:
        english, chinese = "When does the auction end?", "拍卖何时结束?"
        yield first, "auction_end", "deadline", english, chinese, ("P7D",)
    if not found.increments:
        english = "By how much must a bid beat the last one? `none`: by anything."
        chinese = "每次加价至少多少?“无”表示高出即可。"
        yield first, "bid_increment", None, english, chinese, ("none", "5 %")
    if not found.payees:
        english, chinese = "Who receives the highest bid?", "成交价款由谁收取?"
        yield first, "auction_payee", None, english, chinese, _names(specification)
    if "refund" not in found.parts:
        english = "What happens with bids that were outbid?"
        yield first, "outbid_refund", None, english, "被超过的出价如何处理?", ("refund",)


def _grant(specification: Specification) -> Iterator[Asked]:
    vesting = [
        (index, one)
        for index, one in enumerate(specification.obligations)
        if one.action == "vest" and one.actor == "contract" and one.asset != "%"
    ]
    if len(vesting) != 1:
        return
    index, vest = vesting[0]
    put_in = ("deposit", "lock", "pay", "transfer", "issue")
    funded = any(
        one.action in put_in
        and one.amount is not None
        and one.amount == (vest.amount or one.amount)
        and one.asset in {vest.asset} | VESTED
        for one in specification.obligations
        if one is not vest
    )
    nameless = vest.amount is None or not is_money(specification, vest.asset)
    if not funded and not nameless:
        english, chinese = (
            "Who puts the amount that vests into the contract?",
            "由谁存入归属的代币?",
        )
        others = tuple(one for one in _names(specification) if one != vest.recipient)
        yield index, "grant_funding", None, english, chinese, others or ("grantor",)
    start = vest.deadline_from
    if start is not None and not start[:4].isdecimal():
        english, chinese = (
            f"When is the {start}? `none`: the signing.",
            f"{start}是哪一天?“无”表示自签署之日起。",
        )
        yield index, "vesting_start", "deadline_from", english, chinese, ("none", "2027-01-01")


def _split(specification: Specification) -> Iterator[Asked]:
    shares = [
        (index, one)
        for index, one in enumerate(specification.obligations)
        if is_part(one) and is_income(one.share_of)
    ]
    if len(shares) < 2 or len({one.recipient for _, one in shares}) != len(shares):
        return
    total = sum(Decimal(one.amount or 0) for _, one in shares)
    last = shares[-1][0]
    if total != WHOLE:
        english = f"The shares come to {total} %, not to 100: how much is the last one?"
        chinese = f"各份额合计{total}%,不足或超过100%:最后一份应为多少?"
        # No number is suggested: one of the other shares may be what was misread.
        yield last, "shares_incomplete", "amount", english, chinese, ()
    sources = {one.share_of for _, one in shares}
    if sources == {None} or not all(is_money(specification, one) for one in sources):
        english = "In which token does what is divided come in, and with how many decimals?"
        chinese = "分配的收入以哪种代币支付,小数位数是多少?"
        yield shares[0][0], "split_asset", None, english, chinese, ("USDC 6", "ETH 18")


def _sale(specification: Specification) -> Iterator[Asked]:
    found = read_offer(specification, _everything(specification))
    if found.buying and found.paying and not found.issuing:
        english = "Are the tokens newly issued by the contract?"
        yield found.buying[0], "token_source", None, english, "代币是否由合约新发行?", ("issued",)
    if found.listed and found.is_held and not found.keepers:
        payees = tuple(dict.fromkeys(one for one in _takers(specification) if one))
        english = "Who puts addresses on the allow list? `none`: they are given when deploying."
        chinese = "白名单由谁登记?“无”表示部署时一次给定。"
        suggestions = (*payees, "none")
        yield found.buying[0], "list_keeper", None, english, chinese, suggestions


def _collection(specification: Specification) -> Iterator[Asked]:
    for index, one in enumerate(specification.obligations):
        if is_fee(specification, one) and one.recipient is None:
            others = tuple(name for name in _names(specification) if name != one.actor)
            english, chinese = "From whom is the fee taken?", "费用向谁收取?"
            yield index, "charged_party", "recipient", english, chinese, others


def _takers(specification: Specification) -> Iterator[str | None]:
    """Who may take what came in."""
    for one in specification.obligations:
        if one.action == "withdraw" and one.modality == "may":
            yield one.actor


def _stake(specification: Specification) -> Iterator[Asked]:
    found = read_lock(specification, _everything(specification))
    if found.staking and found.penalty and not found.lengths:
        english, chinese = "For how long is the stake locked?", "质押锁定多久?"
        yield found.staking[0], "lock_length", None, english, chinese, ("P180D", "P1Y")


_HOW_MANY = "How many members are there?", "成员共有几人?"


def _fractions(specification: Specification) -> Iterator[Asked]:
    """Shares of a group of which the text does not say how many they are."""
    for index, one in enumerate(specification.obligations):
        for place, condition in enumerate(one.conditions):
            if condition.kind != "approval" or condition.subject in VOTES:
                continue
            if is_fraction(condition):
                field = f"conditions.{place}.total"
                yield index, "member_count", field, *_HOW_MANY, (str(condition.total),)
                break


def _vote(specification: Specification) -> Iterator[Asked]:
    found = read_ballot(specification, _everything(specification))
    if not found.voting or not found.paying or found.approval is None:
        return
    paying = found.paying[0]
    conditions = specification.obligations[paying].conditions
    if not found.ends:
        english, chinese = "Until when can votes be cast?", "投票截止到什么时候?"
        yield found.voting[0], "voting_end", "deadline", english, chinese, ("P7D", "P14D")
    value, subject = found.approval.value or "", found.approval.subject
    if value.endswith("%") and subject not in VOTES and found.approval.total is None:
        place = conditions.index(found.approval)
        yield paying, "member_count", f"conditions.{place}.total", *_HOW_MANY, ("5",)
    if not found.returning:
        english = "To whom does the money go back where there are not enough votes?"
        chinese = "未获通过时,款项退还给谁?"
        yield paying, "rejected_payment", None, english, chinese, _names(specification)
