"""Who acts where a clause names nobody: carried over, the contract itself, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.chinese.acts.late_fees import CEASES
from assay.authoring.chinese.acts.reading import AUTOMATIC, Act
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.outcomes import BEFALLS_PEOPLE
from assay.authoring.chinese.lexicon.roles import ROLES, SUFFIXES
from assay.authoring.chinese.lexicon.verb_places import BELONGS
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.noun_phrases import is_money, normal_party
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.model import Condition

_PAYS_IN = frozenset({"pay", "deposit", "contribute"})
_FAULTS = frozenset({"反悔", "违约", "毁约", "悔约", "爽约", "跑路", "弃单", "悔拍"})
_WORKS = frozenset({"perform", "repair", "provide"})
_SHARES = frozenset({"keep", "distribute", "claim", "withdraw"})
_RESTS = ("剩余", "其余", "余下", "剩下", "余款", "尾款")
_HANDS_OVER = frozenset({"deliver", "provide", "supply", "perform", "repair", "transfer"})
_REST = ("剩余", "其余", "余下", "剩下", "余款")
_SECURITY = ("保证金", "押金", "质保金", "履约金", "担保金", "托管款", "托管款项")
_CLAUSES = frozenset({"verb", "signing", "reach"})
_PLEASE = frozenset({"请", "烦请", "务请", "敬请", "请你", "请您", "麻烦", "麻烦你", "劳烦"})
_WIRES = frozenset({"转账", "转账给", "转款", "交付", "交付给", "交给"})
_BY_THEMSELVES = frozenset({"自理", "自付", "自担", "自负"})
_CHARGES = frozenset({"收", "加收", "另收", "多收", "计收"})
_ENDS = frozenset({"cancel", "terminate"})
_GIVES_UP = frozenset({"pay", "return", "refund", "cancel", "terminate", "repair"})
_GOT = ("已领", "已得", "已获", "已享受")
_FAULT = re.compile(
    "(?P<who>.{2,10}?)的?(?:重大|故意或重大|一般)?(?:过错|过失|原因|责任|疏忽|失误|故意)"
)
_MAKES_GOOD = ("赔", "补偿", "承担", "支付")
_WHO_AND_WHAT = 2
_AT_WORK = frozenset({"工作", "服务", "在职", "任职", "供职", "就职", "在岗", "执业"})
_BY_ITSELF = AUTOMATIC - {"pay"}


def candidate_of(  # noqa: C901, PLR0911 - one branch for each place of a name
    predicate: Predicate, conditions: Sequence[Condition], context: Context
) -> tuple[str | None, bool]:
    """Who may be the dropped subject, and whether a condition of this sentence names them."""
    for adverbial in reversed(predicate.adverbials):
        if (lasted := _whose_length(adverbial)) is not None:
            return lasted, True
        if not any(token.kind in _CLAUSES for token in adverbial.content):
            continue
        if adverbial.content == adverbial.tokens:
            continue
        inner = read_predicates(adverbial.content)[0]
        name = context.name(inner.subject)
        if name is not None:
            lexeme = inner.lexeme
            return name, lexeme is None or lexeme.frame != "receive"
    for condition in reversed(conditions):
        if (at_fault := _whose_fault(predicate, condition)) is not None:
            return at_fault, True
        if condition.kind in {"state", "comparison"} and condition.subject in context.mentioned:
            return _payer_again(predicate, condition, context) or condition.subject, True
        if condition.kind == "approval" and condition.subject == "双方":
            return "双方", True
        if condition.kind in {"event", "breach"}:
            gets = condition.kind == "event" and condition.action != "notify"
            name = condition.actor or (condition.recipient if gets else None)
            if name is not None and name != "contract":
                return name, True
    if conditions and all(one.kind in {"comparison", "time"} for one in conditions):
        return (context.told_of, True) if context.told_of else (context.subject, False)
    return context.subject, False


def _whose_length(adverbial: Adverbial) -> str | None:
    """员工工作满一年后可以领取: whoever has worked that long."""
    words = adverbial.content
    lasts = adverbial.duration is not None and len(words) == _WHO_AND_WHAT
    lasts = lasts and words[0].kind == "party" and words[-1].text in _AT_WORK
    return normal_party(words[0].text) if lasts else None


def _whose_fault(predicate: Predicate, condition: Condition) -> str | None:
    """因承运人过错造成损坏的, 应赔偿损失: whoever is at fault makes it good."""
    fault = _FAULT.fullmatch(condition.subject or "") if condition.kind == "state" else None
    makes_good = predicate.verb is not None and predicate.verb.text.startswith(_MAKES_GOOD)
    if fault is None or not makes_good or predicate.modality != "must":
        return None
    name = normal_party(fault["who"])
    return name if name in ROLES or name.endswith(SUFFIXES) else None


def _payer_again(predicate: Predicate, condition: Condition, context: Context) -> str | None:
    """因疾病身故的,给付5万元: whoever paid before, and not whom it befell."""
    again = condition.value in BEFALLS_PEOPLE and predicate.modality is None
    return context.last_actor if again and context.last_action == "pay" else None


def _cannot_ask(
    predicate: Predicate, act: Act, conditions: Sequence[Condition], candidate: str | None
) -> bool:
    """Whoever broke a duty keeps and claims nothing for it; nor does who gave something up."""
    broke = {one.actor for one in conditions if one.kind == "breach"}
    broke |= {one.subject for one in conditions if one.kind == "state" and _tells_fault(one)}
    gives = any(one.kind == "event" and one.action in _GIVES_UP for one in conditions)
    if act.action in {"claim", "keep"} and candidate in broke and predicate.modality != "must_not":
        return True
    verb = predicate.verb.text if predicate.verb is not None else ""
    if (
        predicate.modality is None
        and candidate in broke
        and (act.action in _ENDS or verb in CEASES)
    ):
        return True
    charged = predicate.verb is not None and predicate.verb.text in _CHARGES
    if charged and predicate.modality is None:
        return True
    return act.action == "claim" and gives and predicate.negated


def _tells_fault(state: Condition) -> bool:
    """甲方违约的, 乙方违反保密义务的, 丙方未达标的: whose doing it is, or what they are not."""
    value = state.value or ""
    return state.negated or value in _FAULTS or value.startswith(("违反", "违约"))


def _is_charged(
    predicate: Predicate, act: Act, named: str, conditions: Sequence[Condition]
) -> bool:
    """乙方每迟到一次扣50元: whoever is named is who it is taken from."""
    late = any(one.recurrence and one.recurrence.late for one in predicate.adverbials)
    broke = {one.actor for one in conditions if one.kind == "breach"}
    so = {one.subject for one in conditions if one.kind == "state" and not one.negated}
    takes = predicate.verb is not None and predicate.verb.text[0] == "扣"
    return act.action == "keep" and ((late and named in broke) or (takes and named in so))


def _for_work(predicate: Predicate, candidate: str | None, act: Act, context: Context) -> bool:
    """你写个脚本, 先给300U: whoever does the work is not who pays for it."""
    works = context.last_action in _WORKS and candidate == context.last_actor
    speech = predicate.verb is not None and len(predicate.verb.text) == 1
    speech = speech and predicate.recipient is None
    return works and speech and act.action == "pay"


def _broke(predicate: Predicate, conditions: Sequence[Condition]) -> bool:
    """卖家反悔双倍退: whoever goes back on a deal makes it good."""
    said = [one.content[-1].text for one in predicate.adverbials if one.content]
    return bool(_FAULTS & {*said, *(one.value or "" for one in conditions)})


def _settles(predicate: Predicate, act: Act, context: Context) -> bool:
    """你先付30%, 我一周内发货, 签收后再付剩下的70%: who paid the first part pays the rest."""
    paid = context.doers.get("pay")
    handed = context.last_action in _HANDS_OVER and context.last_actor not in {None, paid}
    words = "".join(token.text for token in predicate.tokens)
    return act.action == "pay" and paid is not None and handed and any(r in words for r in _RESTS)


def _is_nobodys(predicate: Predicate, act: Act, context: Context) -> bool:
    """起拍价80 USDC, 定金不退: whoever was named last is not who does it."""
    bids = context.last_action == "bid" and context.last_actor is not None
    if act.action == "bid" and not bids and predicate.modality == "must":
        return True
    if act.action == "sell" and predicate.modality is None and context.last_action == "buy":
        return True
    verb = predicate.verb.text if predicate.verb is not None else ""
    charged = verb in {"扣款", "扣钱", "扣费"} and context.last_action == "pay"
    if charged and predicate.subject is None:
        return True
    refuses = predicate.verb is not None and predicate.verb.text[0] == "不"
    return act.action == "keep" and refuses and not predicate.joined


def _meant(
    predicate: Predicate, act: Act, conditions: Sequence[Condition], context: Context
) -> str | None:
    """Whom the verb or its object means: 运费自理, 退还已领的补偿金, 请付款."""
    verb = predicate.verb.text if predicate.verb is not None else ""
    if predicate.subject is not None:
        return context.subject if verb in _BY_THEMSELVES else None
    if act.action in {"refund", "return"} and _was_theirs(predicate):
        return candidate_of(predicate, conditions, context)[0]
    return "你" if any(one.text in _PLEASE for one in predicate.tokens) else None


def _was_theirs(predicate: Predicate) -> bool:
    """退还已领的补偿金: whoever got it gives it back."""
    words = "".join(token.text for token in predicate.tokens)
    return any(got in words for got in _GOT)


def _ends_for_breach(conditions: Sequence[Condition], context: Context) -> str | None:
    """乙方逾期付款的,甲方有权解除合同,定金不予退还: who ends it for the other's breach keeps it."""
    broke = {one.actor for one in conditions if one.kind == "breach"} - {None}
    ended = context.last_action in _ENDS and context.last_actor not in {None, "contract"}
    return context.last_actor if ended and broke and context.last_actor not in broke else None


def _for_thing(
    predicate: Predicate,
    act: Act,
    conditions: Sequence[Condition],
    context: Context,
    *,
    by_contract: bool,
) -> str | None:
    """尾款三日内付清, 钱转给卖家: who sees to what a clause is about, where it names nobody."""
    assert predicate.subject is not None
    thing = "".join(one.text for one in predicate.subject.tokens)
    rest = thing.startswith(_REST) and not thing.endswith(_SECURITY)
    goes_on = context.last_action == "pay" or (rest and context.last_action in _SHARES)
    moves = (
        act.action == "pay"
        or (rest and act.action in {"return", "refund"})
        or (predicate.verb is not None and predicate.verb.text in _WIRES)
    )
    if moves and goes_on and not predicate.automatic:
        return context.subject or ("contract" if context.last_actor == "contract" else None)
    spoken = predicate.verb is not None and len(predicate.verb.text) == 1
    ordered = act.action == "pay" and predicate.modality is None
    ordered = ordered and (spoken or bool(predicate.adverbials))
    held = context.subject is None or context.last_action == "deposit"
    by_contract = by_contract or (ordered and held)
    if act.action == "keep":
        return _ends_for_breach(conditions, context)
    goes = predicate.verb is not None and predicate.verb.text in BELONGS
    return "contract" if by_contract or predicate.automatic or goes else None


def actor_of(  # noqa: C901, PLR0911, PLR0912 - one return for each rule
    predicate: Predicate, act: Act, conditions: Sequence[Condition], context: Context
) -> str | None:
    """Who acts: named, carried over, the contract itself, or nobody."""
    if predicate.deems:
        return "contract"
    named = context.name(predicate.agent) or context.name(predicate.subject)
    if predicate.lexeme is not None and predicate.lexeme.word == "罚" and named is None:
        fined = [one.actor for one in conditions if one.kind == "breach" and one.actor]
        return fined[-1] if fined else None
    if named is not None:
        return None if _is_charged(predicate, act, named, conditions) else named
    if (meant := _meant(predicate, act, conditions, context)) is not None:
        return meant
    by_contract = act.action in _BY_ITSELF or (act.action == "return" and is_money(act.thing))
    if predicate.subject is not None:
        return _for_thing(predicate, act, conditions, context, by_contract=by_contract)
    if predicate.joined and context.last_actor == "contract" and predicate.modality is None:
        return "contract"
    shares = act.action == context.last_action == "distribute" and predicate.modality is None
    if shares and context.last_actor == "contract":
        return "contract"
    goes_on = predicate.joined and context.last_actor is not None
    told = any(one.content for one in predicate.adverbials)
    if goes_on and not told and predicate.recipient is None and context.last_actor != "contract":
        return context.last_actor
    if _is_nobodys(predicate, act, context):
        return None
    if act.action == "return" and context.loan is not None and act.asset in {None, "本金"}:
        return context.loan[1]
    if _settles(predicate, act, context):
        return context.doers["pay"]
    by_itself = predicate.automatic or (predicate.verb and predicate.verb.text.startswith("自动"))
    if by_itself and act.action in _BY_ITSELF and predicate.modality is None:
        return "contract"
    candidate, from_condition = candidate_of(predicate, conditions, context)
    if predicate.joined and predicate.goes_on and context.last_actor not in {None, "contract"}:
        candidate, from_condition = context.last_actor, False
    if any(one.subject and one.subject.party == "双方" for one in predicate.approvals):
        candidate, from_condition = "双方", True
    broke = _broke(predicate, conditions)
    from_condition = from_condition and not broke
    recipient = predicate.recipient
    if recipient is not None and (recipient.pronoun == "其" or recipient.party == candidate):
        others = {candidate, recipient.party, "contract", None}
        goes_on = predicate.joined and context.last_actor not in others
        candidate, from_condition = (context.last_actor if goes_on else None), False
    paid_in = context.last_actor == candidate and context.last_action in _PAYS_IN
    if candidate is not None and paid_in and act.action in {"refund", "release"}:
        return "contract"
    if (from_condition or broke) and _cannot_ask(predicate, act, conditions, candidate):
        return None
    order = predicate.modality is None
    if order and not conditions and _for_work(predicate, candidate, act, context):
        return "contract"
    if candidate is not None and not (order and by_contract and from_condition):
        return candidate
    if recipient is not None and recipient.party in {"你", "你们"} and act.action == "pay":
        return None
    depends = conditions or predicate.quorums or predicate.approvals or predicate.automatic
    if predicate.modality == "may" and not depends:
        return None
    if by_contract or act.action == "pay" or predicate.automatic:
        return "contract"
    return None
