"""What is paid where something is bought or sold for a price: 以每吨3200元的价格购买."""

from __future__ import annotations

import re

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.money import FIAT
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.model import Obligation

_TRADES = frozenset({"buy", "sell", "subscribe", "use", "occupy"})
_HANDS_OVER = frozenset({"transfer", "deliver", "supply", "provide"})
_NAMES_PRICE = frozenset({"价格", "单价", "价", "对价", "作价"})
_MINTS = frozenset({"铸", "铸造", "铸币", "mint"})
_EACH = re.compile(r"每([^\d一二三四五六七八九十百千万]{1,4})")


def price_of(predicate: Predicate) -> Noun | None:
    """The amount for which something is bought or sold."""
    lexeme = predicate.lexeme
    if lexeme is None:
        return None
    if lexeme.action in _TRADES or _mints(predicate):
        return next((noun for noun in predicate.means if _is_price(noun)), None)
    if lexeme.action not in _HANDS_OVER or not _has_thing(predicate):
        return None
    named = [noun for noun in predicate.means if noun.tokens[-1].text in _NAMES_PRICE]
    return next((noun for noun in named if _is_price(noun)), None)


def _has_thing(predicate: Predicate) -> bool:
    """将股权以450万元的价格转让给乙方: what is handed over is named, and is no money."""
    things = [predicate.taken, *predicate.objects]
    named = [one for one in things if one is not None and not one.party]
    return any(one.quantity is None or one.quantity.asset == "%" for one in named)


def _mints(predicate: Predicate) -> bool:
    """用户以0.1 ETH铸造一个: somebody who mints for themselves buys."""
    verb = predicate.verb.text if predicate.verb is not None else ""
    own = predicate.subject is not None and predicate.subject.party not in {None, "contract"}
    return verb in _MINTS and own and predicate.recipient is None


def _is_price(noun: Noun) -> bool:
    quantity = noun.quantity
    if quantity is None or quantity.asset is None or quantity.asset == "%":
        return False
    return quantity.asset in FIAT or quantity.asset.isascii()


def _unit_of(noun: Noun) -> str | None:
    """吨 in 每吨3200元."""
    words = "".join(token.text for token in noun.tokens)
    match = _EACH.match(words)
    return match[1] if match else None


def priced_of(predicate: Predicate, made: Obligation, context: Context) -> Obligation | None:
    """The duty to pay that goes with buying or selling at a price."""
    noun = price_of(predicate)
    if noun is None or noun.quantity is None or made.modality == "must_not":
        return None
    buys = made.action in {"buy", "issue", "subscribe", "use", "occupy"}
    seller = made.actor
    if buys:
        seller = context.name(predicate.recipient or predicate.source, acting=made.actor)
    return made.model_copy(
        update={
            "actor": made.actor if buys else made.recipient,
            "modality": "must",
            "action": "pay",
            "amount": noun.quantity.amount,
            "asset": noun.quantity.asset,
            "share_of": noun.quantity.share_of or _unit_of(noun),
            "limit": noun.quantity.limit,
            "recipient": seller,
        }
    )


def paid_to_issuer(obligations: list[Obligation]) -> list[Obligation]:
    """A price goes to whoever issues what is bought as soon as the buyer has paid."""
    issuers = {
        condition.actor: one.actor
        for one in obligations
        if one.action == "issue" and one.actor == "contract"
        for condition in one.conditions
        if condition.kind == "event" and condition.action == "pay" and condition.actor
    }
    return [
        one.model_copy(update={"recipient": issuers[one.actor]})
        if _is_unit_price(one) and one.actor in issuers
        else one
        for one in obligations
    ]


def _is_unit_price(one: Obligation) -> bool:
    bare = one.action == "pay" and one.modality == "must" and one.recipient is None
    return bare and one.share_of is not None and one.asset != "%"
