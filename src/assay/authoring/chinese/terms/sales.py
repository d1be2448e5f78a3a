"""Terms of sales and auctions that no verb tells: 单价0.05 USDC, 起拍价80 USDC, 价高者得.

A price is paid by whoever buys, wherever in the text the buying is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.money import PRICES
from assay.authoring.chinese.lexicon.verbs import VERBS, Verb
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.rates import RATES, period_of_rate
from assay.authoring.chinese.terms.term_lines import TermLine, priced
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Obligation

_STARTS = ("起拍价", "起拍价格", "起拍金额", "起拍", "起始价", "起价", "最低出价", "底价", "起叫价")
_RAISES = ("加价幅度", "最小加价", "最低加价", "加价阶梯", "加价", "最低加价幅度", "最小加价幅度")
_MONEY = frozenset(
    {"pay", "deposit", "refund", "return", "release", "keep", "claim", "contribute", "burn"}
)
_RENTS = ("租", "租金")
_COUNTS = frozenset({"枚", "个", "份", "张", "件"})
_UNNAMED = _COUNTS | {"总量", "总供应量", "总数", "数量", "总额"}
_BUYS = frozenset({"buy", "subscribe"})
_HANDS = frozenset({"sell", "issue"})
_WINS = frozenset({
    "得", "得之", "可得", "胜", "胜出", "中标", "竞得", "获胜", "赢得", "拍得", "成交", "中拍",
})  # fmt: skip


def as_bid(head: Predicate, line: TermLine) -> bool:
    """Make 起拍价80 USDC and 加价幅度5 USDC the bid that they bound."""
    word = "出价" if line.name.endswith(_STARTS) else "加价"
    if not line.name.endswith((*_STARTS, *_RAISES)) or line.quantity is None:
        return False
    first = head.tokens[0] if head.tokens else line.words[0]
    least = replace(line.quantity, limit="least", share_of=None)
    head.verb = Token("verb", word, first.start, first.end, VERBS[word])
    head.objects = [Noun(line.words, quantity=least)]
    head.subject, head.taken, head.means, head.comparisons = None, None, [], []
    head.modality, head.limit = "must", "least"
    return True


def winner_of(tokens: Sequence[Token]) -> Predicate | None:
    """价高者得: what is sold goes to whoever wins; None where the words say something else."""
    if len(tokens) != 2 or tokens[0].kind != "party" or tokens[1].text not in _WINS:
        return None
    verb = Token("verb", "转给", tokens[1].start, tokens[1].end, Verb("转给", "transfer", "give"))
    winner = Noun((tokens[0],), party=tokens[0].text)
    contract = Noun((), party="contract")
    return Predicate(tuple(tokens), agent=contract, verb=verb, recipient=winner)


def with_term(
    obligations: Sequence[Obligation],
    text: str,
    name: str,
    quantity: Quantity,
    every: str | None,
) -> list[Obligation] | None:
    """The duties with the amount of a term that was set, 月租800 USDC; None where none takes it."""
    filled, taken = list(obligations), False
    for at, one in enumerate(obligations):
        bare = one.action in _MONEY and one.amount is None and not quantity.problem
        if not bare or not _is_fee_of(name, one, text[slice(*one.span)]):
            continue
        if one.recurrence not in {None, period_of_rate(name) or one.recurrence}:
            continue
        more = {
            "amount": quantity.amount, "asset": quantity.asset, "share_of": quantity.share_of,
            "recurrence": one.recurrence or (every if one.action == "pay" else None),
        }  # fmt: skip
        if name.endswith(RATES):
            more["share_of"] = None
        filled[at], taken = one.model_copy(update=more), True
    return [one for one in filled if not _only_names(one, quantity)] if taken else None


def _is_fee_of(name: str, one: Obligation, words: str) -> bool:
    if one.asset is not None and one.asset != name:
        if name.endswith(RATES):
            return one.action == "pay" and one.asset == "利息"
        return one.action == "pay" and all(part.endswith(_RENTS) for part in (name, one.asset))
    rent = one.action == "pay" and name.endswith(_RENTS) and "租" in words
    return one.asset == name or rent or name in words


def _only_names(one: Obligation, quantity: Quantity) -> bool:
    """稿费2000 USDC alone, before the words that say who pays it."""
    bare = (one.actor, one.action, one.recipient) == ("contract", "pay", None)
    timed = one.conditions or one.deadline or one.recurrence
    return bare and not timed and one.amount == quantity.amount


def unit_price(line: TermLine) -> Quantity:
    """0.05 USDC for each 代币 in 代币单价0.05 USDC."""
    price = priced(line)
    ends = [one for one in PRICES if line.name.endswith(one)]
    named = line.name.removesuffix(ends[0]) if ends else ""
    return replace(price, share_of=price.share_of or named or None)


def name_goods(
    obligations: Sequence[Obligation], prices: Sequence[Quantity]
) -> Iterator[Obligation]:
    """Each duty, with what is bought or sold where another, or a price, says what that is."""
    traded = [one for one in obligations if one.action in _BUYS | _HANDS]
    named = {one.asset for one in traded if one.asset and one.asset != "%"}
    named |= {one.share_of for one in prices if one.share_of and one.share_of not in _COUNTS}
    only = named.pop() if len(named) == 1 else None
    for one in obligations:
        bare = one.action in _BUYS | _HANDS and one.asset is None and one.modality != "must_not"
        yield one.model_copy(update={"asset": only}) if bare and only else one


def with_stock(obligations: list[Obligation], context: Context) -> list[Obligation]:
    """总量100万枚 told apart is how much is sold or issued; refused where nothing is."""
    stock = context.stock
    if stock is not None and any(
        one.share_of and one.share_of.startswith(stock.asset or "?") for one in obligations
    ):
        return obligations
    for at, one in enumerate(obligations):
        open_ = one.action in _HANDS and one.amount is None and one.modality == "must"
        named = stock.asset if stock is not None and stock.asset not in _UNNAMED else None
        if stock is not None and open_ and (one.asset in {None, named} or not named):
            # What is issued against each payment comes to so much at most.
            limit = "most" if one.conditions else stock.limit
            more = {"amount": stock.amount, "asset": one.asset or named, "limit": limit}
            return [*obligations[:at], one.model_copy(update=more), *obligations[at + 1 :]]
    for one in obligations:
        priced = one.action == "issue" and one.amount is not None and one.conditions
        if stock is not None and priced and one.asset and one.asset in (stock.asset or one.asset):
            span = context.folded.span(context.stock_words[0].start, context.stock_words[-1].end)
            bound: dict[str, object] = {"modality": "may", "limit": "most", "conditions": ()}
            bound |= {"amount": stock.amount, "recipient": None, "span": span}
            return [*obligations, one.model_copy(update=bound)]
    context.reject(context.stock_words, "it says how much there is of what no clause hands out")
    return obligations


def unit_of(price: Quantity, obligations: Sequence[Obligation]) -> Quantity:
    """枚 in 每枚0.1 USDC stands for what is bought."""
    if price.share_of is not None and price.share_of not in _COUNTS:
        return price
    sold = [one for one in obligations if one.action in _BUYS | _HANDS and one.asset]
    named = [one.asset for one in sold if one.asset not in {"%", price.asset}]
    return replace(price, share_of=named[-1]) if named else price


def with_unit(noun: Noun, obligations: Sequence[Obligation]) -> Noun:
    """An amount for each 枚, for each of what is bought; so is 单价4000元."""
    quantity = noun.quantity
    each = any(token.text.endswith("单价") for token in noun.tokens)
    of_each = quantity is not None and quantity.share_of is None and each
    if quantity is None or not (of_each or quantity.share_of in _COUNTS):
        return noun
    return replace(noun, quantity=unit_of(quantity, obligations))


def price_paid(
    price: Quantity, obligations: Sequence[Obligation], *, span: tuple[int, int], clause: str | None
) -> Obligation | None:
    """The duty of whoever buys to pay a price that was told apart; None where nobody buys."""
    buys = [one for one in obligations if one.action in _BUYS and one.modality != "must_not"]
    mints = [one for one in obligations if one.action == "issue" and one.modality == "may"]
    buyer = next((one for one in (*buys, *mints) if one.actor not in {None, "contract"}), None)
    if buyer is None or price.problem or price.asset == "%":
        return None
    sellers = [one.actor for one in obligations if one.action in _HANDS and one.actor]
    seller = next((one for one in sellers if one not in {buyer.actor, "contract"}), None)
    unit = unit_of(price, obligations)
    return Obligation(
        actor=buyer.actor, modality="must", action="pay", amount=unit.amount, asset=unit.asset,
        share_of=unit.share_of, recipient=seller, span=span, clause=clause,
    )  # fmt: skip
