"""What a clause adds to the duty right before it: when it is paid, how much each time."""

from __future__ import annotations

from assay.authoring.chinese.lexicon.verb_places import SETTLES
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.language.durations import parts_of
from assay.authoring.model import Obligation

_PAYS_AGAIN = frozenset(
    {
        "付款",
        "支付",
        "结算",
        "结清",
        "付清",
        "发放",
        "汇款",
        "打款",
        "结款",
        "付",
        "结",
        "缴纳",
        "缴",
        "缴清",
        "交清",
    }
)


def only_times(predicate: Predicate, made: Obligation, last: Obligation) -> bool:
    """每半年结算一次, 于结算后45日内付款: when what was just said is paid."""
    verb = predicate.verb.text if predicate.verb is not None else ""
    vests = last.action == made.action == "vest" and made.asset is None and made.spread
    if vests and last.spread is False and last.deadline is None and last.recurrence is None:
        return last.amount is None
    if last.action != "pay" or verb not in _PAYS_AGAIN or made.modality != last.modality:
        return False
    bare = not predicate.objects and predicate.taken is None and not predicate.means
    bare = bare and predicate.factor is None
    others = {made.actor, made.recipient} - {last.actor, last.recipient, None, "contract"}
    clash = (last.deadline and made.deadline) or (
        made.recurrence and last.recurrence not in {None, made.recurrence}
    )
    if made.amount not in {None, last.amount}:
        return False
    if verb in SETTLES and last.asset == "%":
        # What settles the rest is another payment than the share that was paid before.
        return False
    timed = made.deadline or made.recurrence or made.conditions != last.conditions
    return bool(bare and timed and not others and not clash and predicate.subject is None)


def merged(predicate: Predicate, made: Obligation, last: Obligation) -> Obligation | None:
    """The duty before with what this clause adds to it; None where it is a duty of its own."""
    if only_times(predicate, made, last):
        return with_times(last, made)
    if _is_collected(predicate, made, last):
        collected = {"actor": made.actor, "action": "pay", "recipient": last.actor}
        return with_times(last, made).model_copy(update=collected)
    if (payer := _payer(predicate, made, last)) is not None:
        return last.model_copy(update=payer)
    if is_each_part(last, made):
        return with_amount(last, made)
    if _says_how_much(last, made):
        more = {
            "recipient": made.recipient or last.recipient, "recurrence": last.recurrence,
            "span": (last.span[0], made.span[1]),
        }  # fmt: skip
        return made.model_copy(update=more)
    return with_parts(last, made) if is_whole_of(last, made) else None


def _payer(predicate: Predicate, made: Obligation, last: Obligation) -> dict[str, object] | None:
    """Who pays what was just said, where this clause tells only that."""
    if _names_payer(predicate, made, last):
        return {"actor": made.actor, "action": "pay"}
    if _is_taken_out(predicate, made, last):
        return {"actor": "contract", "span": (last.span[0], made.span[1])}
    return None


def _is_collected(predicate: Predicate, made: Obligation, last: Obligation) -> bool:
    """中介收取佣金3000 USDC, 由买方在签约后支付: what somebody collects is what another pays."""
    whole = (predicate.objects, predicate.taken, predicate.means, predicate.subject, made.amount)
    collects = last.action == "claim" and last.modality == "must" and last.amount is not None
    named = predicate.agent is not None and last.actor not in {None, "contract", made.actor}
    verb = predicate.verb.text if predicate.verb is not None else ""
    pays = made.action == "pay" or verb in {"承担", "负担", "分担"}
    return pays and collects and named and not any(whole)


_HELD = ("押金", "保证金", "定金", "质保金", "履约金", "担保金")


def _is_taken_out(predicate: Predicate, made: Obligation, last: Obligation) -> bool:
    """支付违约金, 从保证金中扣除: the contract pays it, out of what it holds."""
    tokens = [one for one in predicate.tokens if one.kind != "silent"]
    opens = [one.kind for one in tokens[:2]] == ["from", "noun"]
    held = opens and tokens[1].text.endswith(_HELD)
    bare = not predicate.taken and predicate.recipient is None and predicate.subject is None
    return held and bare and made.action == "keep" and made.amount is None and last.action == "pay"


def _names_payer(predicate: Predicate, made: Obligation, last: Obligation) -> bool:
    """手续费按成交额收1%, 由卖家出: who pays what was just said."""
    whole = (predicate.objects, predicate.taken, predicate.means, predicate.recipient, made.amount)
    verb = predicate.verb.text if predicate.verb is not None else ""
    pays = made.action == "pay" or verb in {"承担", "负担", "分担"}
    pays = pays and predicate.agent is not None and last.action in {"pay", "claim"}
    open_still = last.actor in {None, "contract"} and last.amount is not None
    return pays and open_still and not any(whole) and not made.deadline and not made.asset


_MADE_OF = frozenset({"版税", "分成", "分红", "佣金", "提成", "利润", "收益"})
"""What is a share of something: 版税每半年结一次, 作者拿净收入的12%."""
_WHOLE = frozenset({None, "货款", "款项", "价款", "账款", "款", "费用"})


def _says_how_much(last: Obligation, made: Obligation) -> bool:
    """租金按季支付, 每季度首月10日前付9000元: how much what was just said is, and when."""
    often = last.recurrence is not None and made.recurrence in {None, last.recurrence}
    open_ = last.amount is None and last.deadline is None and last.occurrences is None
    same = last.action == made.action == "pay" and last.modality == made.modality
    others = {made.actor, made.recipient} - {last.actor, last.recipient, None}
    whole = made.amount is not None and made.asset != "%" and made.conditions == last.conditions
    of_it = made.recurrence is None and last.asset in _MADE_OF and made.share_of is not None
    return same and often and open_ and ((whole and made.recurrence and not others) or of_it)


PARTS = frozenset({"期", "次", "笔", "批", "阶段"})


def is_each_part(last: Obligation, made: Obligation) -> bool:
    """每期支付该期费用, 每期5000 USDC; 收货后付款, 每吨3000元: how much what was just said is."""
    same = last.action == made.action == "pay" and last.amount is None and made.amount is not None
    others = {made.actor, made.recipient} - {last.actor, last.recipient, None, "contract"}
    each = made.share_of in PARTS or (made.share_of and made.asset != "%" and last.asset in _WHOLE)
    return bool(same and each and not others and not made.deadline)


def with_amount(last: Obligation, made: Obligation) -> Obligation:
    """A duty with the amount that each of its parts has."""
    of = None if made.share_of in PARTS else made.share_of
    more = {"amount": made.amount, "asset": made.asset, "limit": made.limit, "share_of": of}
    return last.model_copy(update={**more, "occurrences": last.occurrences or made.occurrences})


def only_how(predicate: Predicate, last: Obligation) -> bool:
    """返还给出资人, 按出资比例分配: in which proportion what was just said is done."""
    shares = predicate.lexeme is not None and predicate.lexeme.action == "distribute"
    things = (predicate.objects, predicate.taken, predicate.recipient, predicate.adverbials)
    bare = not any(things) and not predicate.ratio and predicate.subject is None
    manner = any(token.text.endswith("比例") for token in predicate.tokens)
    return shares and bare and manner and last.action in {"return", "refund", "pay", "transfer"}


def is_whole_of(last: Obligation, made: Obligation) -> bool:
    """分四年归属, 每年归属25%: the first says over how long, the second how much each time."""
    same = last.action == made.action in {"vest", "release"}
    share = made.asset == "%" and last.asset != "%" and last.amount is not None
    if same and share and last.spread and not last.recurrence and made.recurrence:
        parts = parts_of(last.deadline, made.recurrence)
        return parts is not None and made.amount is not None and 100 / parts == float(made.amount)
    if last.action == made.action == "return" and last.amount is None and made.amount is not None:
        parts = last.occurrences and last.recurrence == made.recurrence
        return bool(parts) and {made.actor, last.actor} <= {last.actor, None}
    same = same and last.amount is None
    return bool(same and last.spread and not last.recurrence and made.amount and made.recurrence)


def with_parts(last: Obligation, made: Obligation) -> Obligation:
    """How much is due each time, over the length and with the conditions that were said before."""
    if last.occurrences is not None:
        each = {"amount": made.amount, "asset": made.asset, "spread": False}
        return last.model_copy(update=each)
    if last.amount is not None:
        times = {"occurrences": parts_of(last.deadline, made.recurrence), "deadline": None}
        more = {"recurrence": made.recurrence, "conditions": (*last.conditions, *made.conditions)}
        return last.model_copy(update={**times, **more})
    return made.model_copy(
        update={
            "occurrences": parts_of(last.deadline, made.recurrence), "spread": False,
            "share_of": made.share_of or last.asset, "conditions": last.conditions,
            "recipient": made.recipient or last.recipient, "deadline": None,
            "span": (last.span[0], made.span[1]),
        }
    )  # fmt: skip


def with_times(last: Obligation, made: Obligation) -> Obligation:
    """An obligation with the times and conditions of another."""
    conditions = [*last.conditions, *(one for one in made.conditions if one not in last.conditions)]
    return last.model_copy(
        update={
            "deadline": last.deadline or made.deadline,
            "deadline_from": last.deadline_from or made.deadline_from,
            "recurrence": last.recurrence or made.recurrence,
            "occurrences": last.occurrences or made.occurrences,
            "spread": last.spread or made.spread,
            "conditions": tuple(conditions),
        }
    )
