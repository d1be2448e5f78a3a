"""Who gives and who receives: what the verb turns round, and what the words leave to be told."""

from __future__ import annotations

from assay.authoring.chinese.acts.drafts import MOVES, REST, Draft
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.verb_places import BELONGS
from assay.authoring.chinese.phrases.noun_phrases import is_money, normal_party
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.phrases.receivers import owner_of, payer_of_it

_ASKS = frozenset({"向", "跟", "同", "找"})
_GRANTORS = ("公司", "项目方", "发行人", "发行方", "基金会", "平台", "企业")
_AGAIN = frozenset({"再", "还应", "还须", "还需", "还要", "仍应", "仍须"})
_KEEPS = frozenset({"保管", "托管", "监管", "代管"})


def settle_parties(draft: Draft, context: Context) -> None:
    """Turn receiving round; find for whom tokens vest and who holds what is in trust."""
    predicate = draft.predicate
    if draft.act.receives and draft.modality == "may":
        draft.action = "claim"
    elif draft.act.receives:
        earned = [one.actor for one in draft.conditions if one.kind == "event" and one.actor]
        itself = draft.actor == "contract" and earned
        draft.actor, draft.recipient = "contract", earned[-1] if itself else draft.actor
    if predicate.verb is not None and predicate.verb.text in BELONGS:
        _belong(draft, context)
    if draft.action == "vest":
        named = draft.actor if draft.actor != "contract" else None
        granted = context.granted if named == context.last_actor else None
        if context.last_action == "vest" and predicate.subject is None:
            granted = context.last_recipient
        draft.actor, draft.recipient = "contract", draft.recipient or granted or named
    _turn_round(draft)
    draft.recipient = None if draft.action == "buy" else draft.recipient
    if draft.action == "deposit" and draft.recipient is None and _into_trust(predicate):
        draft.recipient = "contract"
    _give_back(draft)
    held = any(token.text in _KEEPS for token in predicate.tokens)
    if draft.recipient == "contract" and draft.action in MOVES | {"pay"} and held:
        draft.action = "deposit"
    draft.recipient = draft.recipient or _receiver(draft, context)
    if _comes_back(draft, context):
        draft.actor = "contract"
    _refuse_oneself(draft, context)


def _give_back(draft: Draft) -> None:
    """Whose money it is, or whoever paid it, gets it back."""
    predicate = draft.predicate
    if (draft.action, draft.actor, draft.recipient) == ("refund", "contract", None):
        draft.recipient = owner_of(predicate.subject)
    if draft.action in {"refund", "return"} and draft.recipient is None:
        payer = payer_of_it(predicate.taken) or payer_of_it(predicate.subject)
        draft.recipient = payer if payer != draft.actor else None


def _receiver(draft: Draft, context: Context) -> str | None:
    """Who receives where no words say to whom: whoever did before, was granted it, or served."""
    predicate = draft.predicate
    again = any(token.text in _AGAIN for token in predicate.tokens)
    if again and draft.action == context.last_action == "pay" and context.last_recipient:
        return context.last_recipient
    repays = (draft.action, draft.actor, draft.act.quantity, predicate.subject)
    if context.loan is not None and repays == ("return", context.loan[1], None, None):
        return context.loan[0] if draft.asset in {None, "本金"} else None
    if predicate.granted is not None and (granted := context.name(predicate.granted)):
        return granted
    if draft.action == "vest" and predicate.subject is not None:
        owners = [one.text for one in predicate.subject.tokens if one.kind == "party"]
        holder = normal_party(owners[0]) if owners else _holder(context)
        return holder or _served(predicate)
    return _served(predicate) if draft.action == "vest" else None


def _served(predicate: Predicate) -> str | None:
    """员工在职满一年后归属25%: for whom it vests is who served that long."""
    begins = [one.content for one in predicate.adverbials if one.content and one.duration]
    named = [content[0].text for content in begins if content[0].kind == "party"]
    return normal_party(named[0]) if len(named) == 1 else None


def _holder(context: Context) -> str | None:
    """Who acted last, or the only one who was named so far, but for whoever grants."""
    named = [name for name in context.mentioned if name != "contract"]
    holder = context.subject or (named[0] if len(named) == 1 else None)
    return None if (holder or "").endswith(_GRANTORS) else holder


def _comes_back(draft: Draft, context: Context) -> bool:
    """甲方存入…, 剩余款项退还甲方: nobody is named who gives it back, and the contract holds it."""
    named = draft.predicate.subject is not None and draft.predicate.subject.party
    back = draft.action in {"refund", "return"} and draft.actor == draft.recipient
    return back and not named and draft.recipient == context.doers.get("deposit")


def _refuse_oneself(draft: Draft, context: Context) -> None:
    same = draft.actor is not None and draft.actor == draft.recipient
    if same and draft.actor not in {"双方", "任何人", "contract"}:
        context.reject(draft.predicate.tokens, "who gives and who receives are the same")


def _turn_round(draft: Draft) -> None:
    """Who lends is who pays; whose tokens are unlocked is who receives them."""
    if _gets_back(draft):
        draft.actor, draft.recipient = "contract", draft.actor
    if _unlocks_by_itself(draft):
        draft.actor, draft.recipient = "contract", draft.actor
    if borrows(draft.predicate):
        draft.actor, draft.recipient = draft.recipient, draft.actor


def _gets_back(draft: Draft) -> bool:
    """未中标者三日内退还: those of whom something is not so are given back what they gave."""
    failed = (draft.actor or "").startswith(("未", "没")) and draft.recipient is None
    return failed and draft.action in {"refund", "return"} and draft.predicate.modality is None


def _unlocks_by_itself(draft: Draft) -> bool:
    """团队持有的代币分两年解锁: whose tokens they are, not who unlocks them."""
    predicate = draft.predicate
    owner = predicate.subject is not None and draft.actor not in {None, "contract"}
    before = predicate.taken is not None and not predicate.objects
    handed = any(token.kind == "take" for token in predicate.tokens)
    ordered = predicate.modality is not None or draft.recipient is not None
    return draft.action == "release" and owner and before and not handed and not ordered


def borrows(predicate: Predicate) -> bool:
    """乙方向甲方借3 ETH: who lends is who pays."""
    asks = any(token.kind == "to" and token.text in _ASKS for token in predicate.tokens)
    verb = predicate.verb.text if predicate.verb is not None else ""
    return (
        asks and verb in {"借", "借入", "借款", "借用", "贷款"} and predicate.recipient is not None
    )


def _belong(draft: Draft, context: Context) -> None:
    """保证金归拍卖人所有: who has it keeps it; a share is paid."""
    predicate = draft.predicate
    rest = (draft.asset or "").startswith(REST)
    if rest and context.last_action in {"pay", "distribute", "keep", "claim"}:
        draft.actor, draft.action = "contract", "pay"
    elif not is_money(draft.act.thing) and draft.act.thing is not None and draft.recipient:
        draft.actor, draft.action = "contract", "transfer"
    elif draft.action != "pay" or draft.act.quantity is None:
        draft.actor, draft.recipient, draft.action = draft.recipient, None, "keep"
    elif predicate.agent is None and not (predicate.subject and predicate.subject.party):
        draft.actor = "contract"


def _into_trust(predicate: Predicate) -> bool:
    words = "".join(token.text for token in predicate.tokens)
    return predicate.verb is not None and (predicate.verb.text == "托管" or "托管账户" in words)
