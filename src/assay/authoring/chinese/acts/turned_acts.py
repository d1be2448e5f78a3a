"""Clauses that mean another act than their verb: 拍卖结束, 停止使用商标, 理赔款到账, 欠款到期."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.acts.reading import Act
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, thing_of
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.model import Condition

_ENDINGS = frozenset({"结束", "截止", "届满", "失效"})
_CARRIED = frozenset({"通过", "获得通过", "获通过", "审议通过", "表决通过"})
_PROPOSED = ("提案", "议案", "动议", "决议")
_CEASES = frozenset({"停止", "立即停止", "终止", "中止"})
_CEASED = frozenset({"use", "disclose", "sell", "occupy", "assign", "transfer"})
_URGES = ("催告", "敦促", "责令", "催促")
_ARRIVES = frozenset({"到账", "到帐"})
_PAID = ("赔付", "理赔", "退款", "补偿", "赔偿")


def ended(predicate: Predicate, act: Act) -> Act:
    """拍卖于某日结束: the contract ends it."""
    lexeme, subject = predicate.lexeme, predicate.subject
    if lexeme is None or lexeme.word not in _ENDINGS or subject is None or not subject.text:
        return act
    predicate.automatic = True
    return replace(act, action="terminate", asset=subject.text)


def carried(predicate: Predicate, act: Act, conditions: Sequence[Condition]) -> Act:
    """赞成票达到60%的,提案通过: the contract takes what was put forward as approved."""
    lexeme, subject = predicate.lexeme, predicate.subject
    if lexeme is None or lexeme.word not in _CARRIED or subject is None or predicate.negated:
        return act
    proposed = (subject.text or "").endswith(_PROPOSED)
    if not proposed or not (conditions or predicate.quorums or predicate.comparisons):
        return act
    predicate.automatic = True
    return replace(act, action="approve", asset=subject.text, thing=subject)


def arrived(predicate: Predicate, act: Act) -> Act:
    """理赔款应在一小时内到账: the contract pays it."""
    lexeme, subject = predicate.lexeme, predicate.subject
    if lexeme is None or lexeme.word not in _ARRIVES or subject is None or subject.party:
        return act
    if predicate.negated or not (is_money(subject) or (subject.text or "").endswith(_PAID)):
        return act
    predicate.automatic = True
    return replace(act, action="pay", asset=subject.text, thing=subject)


def ceased(predicate: Predicate, act: Act) -> Act:
    """应停止使用商标: what has to cease is forbidden from then on."""
    lexeme, thing = predicate.lexeme, act.thing
    if lexeme is None or lexeme.word not in _CEASES or thing is None or len(thing.tokens) < 2:
        return act
    done = thing.tokens[0].value if thing.tokens[0].kind == "verb" else None
    if predicate.modality == "may" or done is None or done.action not in _CEASED:
        return act
    predicate.modality, predicate.prompt = "must_not", False
    return replace(act, action=done.action, asset=thing_of(thing.tokens[1:]))


def demanded(predicate: Predicate, act: Act) -> Act:
    """催告承租人在十五日内支付租金: what somebody is told to do is asked of them."""
    thing, verb = act.thing, predicate.verb
    told = act.action == "notify" and predicate.recipient is not None and verb is not None
    if not told or verb is None or thing is None or thing.tokens[0].kind != "verb":
        return act
    behind = [one for one in predicate.adverbials if one.tokens[0].start > verb.end - 1]
    timed = any(one.duration for one in behind)
    if not (verb.text.endswith(_URGES) or (timed and verb.text.endswith("通知"))):
        return act
    what = thing_of(thing.tokens[1:])
    return replace(act, action="claim", asset=what or thing.text, thing=thing)


def fell_due(predicate: Predicate, act: Act, conditions: Sequence[Condition]) -> Act:
    """全部未付款项立即到期: whoever did not pay has to pay all of it."""
    lexeme, subject = predicate.lexeme, predicate.subject
    broke = [one.actor for one in conditions if one.kind == "breach" and one.actor]
    if lexeme is None or lexeme.word != "到期" or not is_money(subject) or not broke:
        return act
    assert subject is not None
    span = subject.tokens
    predicate.agent, predicate.subject = Noun(span, party=broke[0]), None
    predicate.taken = subject
    return replace(act, action="pay", asset=subject.text, thing=subject)


def turns_round(predicate: Predicate) -> bool:
    """欠租金 is not to have paid, 不欠 and 未拖欠 are to have paid; 逾期未付 is not."""
    kinds = [token.kind for token in predicate.tokens]
    owes = predicate.verb is not None and predicate.verb.text.endswith("欠")
    in_time = {"not", "late"} <= {*kinds} and kinds.index("not") < kinds.index("late")
    return owes or in_time
