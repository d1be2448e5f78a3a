"""What may be given at most or must be at least: 出资额不得低于100 USDC, 限额500 USDC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, read_noun, thing_of
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.language.quantities import Limit, Quantity
from assay.authoring.model import Obligation

_SUMS = ("金额", "总额", "数额", "数量", "份额", "额", "责任", "责任总额", "总金额", "限额")
_PENALTIES = ("违约金", "滞纳金", "赔偿金", "罚款", "罚金")
_ACTS = frozenset({"contribute", "buy", "pay", "deposit", "bid", "withdraw", "claim", "transfer"})
_TAKEN = frozenset({
    "buy", "issue", "contribute", "claim", "subscribe", "deposit", "bid", "withdraw", "transfer",
})  # fmt: skip
_CAPS = ("限额", "上限", "额度", "最高额", "最大额")
_EACH = ("每", "单个", "单人", "单笔", "单次", "各")


def cap_of(predicate: Predicate) -> Quantity | None:
    """The most that a clause without a verb allows of what stands before it."""
    if predicate.unread or predicate.means or predicate.verb:
        return None
    every = [one.recurrence.iso for one in predicate.adverbials if one.recurrence is not None]
    if len(every) < len(predicate.adverbials) or len(every) > 1:
        return None
    cap = _cap_in(predicate)
    return replace(cap, limit="most", recurrence=every[0] if every else None) if cap else None


def _cap_in(predicate: Predicate) -> Quantity | None:
    noun = predicate.subject if predicate.taken is None else predicate.taken
    if noun is None and len(predicate.comparisons) == 1:
        only = predicate.comparisons[0]
        return only.quantity if only.comparator == "<=" and only.subject is None else None
    if noun is not None and len(predicate.comparisons) == 1 and noun.quantity is None:
        named = predicate.comparisons[0].comparator == "=" and (noun.text or "").endswith(_CAPS)
        return predicate.comparisons[0].quantity if named else None
    if noun is None or noun.quantity is None or noun.quantity.problem or predicate.comparisons:
        return None
    counts = [token for token in noun.tokens if token.kind in {"counted", "amount"}]
    before = [token.text for token in predicate.tokens if token.start < counts[0].start]
    words = "".join(before)
    most = noun.quantity.limit == "most" and words.startswith(_EACH)
    return noun.quantity if words.endswith(_CAPS) or most else None


def with_floor(obligations: Sequence[Obligation], predicate: Predicate) -> Obligation | None:
    """每年支付净销售额的6%, 最低不少于10万元: the least that a share has to come to."""
    last = obligations[-1] if obligations else None
    only = predicate.comparisons[0] if len(predicate.comparisons) == 1 else None
    if last is None or only is None or only.comparator != ">=" or only.quantity is None:
        return None
    quantity = only.quantity
    every = [one.recurrence.iso for one in predicate.adverbials if one.recurrence is not None]
    timed = len(every) == len(predicate.adverbials) and len({last.recurrence, *every} - {None}) < 2
    bare = timed and not (predicate.unread or predicate.means or predicate.subject)
    if not bare or quantity.asset in {"%", None} or (last.asset, last.action) != ("%", "pay"):
        return None
    more = {"amount": quantity.amount, "asset": quantity.asset, "limit": "least", "share_of": None}
    often = every[0] if every else last.recurrence
    return last.model_copy(update={**more, "modality": "must", "recurrence": often})


def with_cap(obligations: Sequence[Obligation], cap: Quantity) -> list[Obligation] | None:
    """The duties with a cap on the last that takes something; None where none does."""
    for at in range(len(obligations) - 1, -1, -1):
        one = obligations[at]
        if one.action not in _TAKEN or one.modality == "must_not":
            continue
        bound = {"amount": cap.amount, "limit": "most"}
        money = cap.asset is not None and cap.asset.isascii()
        if one.amount is None:
            if one.action in {"buy", "issue"} and money and one.asset not in {None, cap.asset}:
                return None
            bound["asset"] = cap.asset if money else one.asset
            bound["recurrence"] = cap.recurrence or one.recurrence
            return [*obligations[:at], one.model_copy(update=bound), *obligations[at + 1 :]]
        if one.action in {"buy", "issue"} and one.modality == "may" and not money:
            more = {**bound, "recurrence": cap.recurrence, "conditions": ()}
            return [*obligations, one.model_copy(update=more)]
        if one.limit == "least" and one.asset == cap.asset:
            return [*obligations, only_capped(one.model_copy(update=bound), one)]
        return None
    return None


def only_capped(made: Obligation, last: Obligation) -> Obligation:
    """The cap on what was just said: a permission of its own."""
    actor = last.actor if made.actor in {None, last.recipient} else made.actor
    more = {
        "modality": "may", "limit": "most", "recurrence": None,
        "deadline": None, "deadline_from": None, "actor": actor,
        "recipient": made.recipient or last.recipient, "share_of": made.share_of or last.share_of,
    }  # fmt: skip
    return made.model_copy(update=more)


def bounded_of(predicate: Predicate) -> Predicate | None:
    """Give the duty that a bound on somebody's sum states, or None where it states none."""
    subject = predicate.subject
    if predicate.verb is not None or subject is None or predicate.comparisons or predicate.unread:
        return None
    named, quantity = _bounded(predicate, subject)
    owners = [token for token in named if token.kind == "party"]
    if quantity is None or not named or len(owners) != 1:
        return None
    verb = _act_of(thing_of([one for one in named if one not in owners]) or "", named[-1])
    if verb is None:
        return None
    return replace(
        predicate,
        subject=read_noun(owners),
        verb=verb,
        modality="must" if quantity.limit == "least" else "may",
        objects=[Noun(subject.tokens, text=quantity.asset, quantity=quantity)],
        taken=None,
        means=[],
    )


def _bounded(predicate: Predicate, subject: Noun) -> tuple[tuple[Token, ...], Quantity | None]:
    """The words for what is bounded, and the bound: 不得超过合同总价的20%, 以5万元为限."""
    words = (*subject.tokens, *(predicate.taken.tokens if predicate.taken is not None else ()))
    at = next((at for at, one in enumerate(words) if one.kind in {"least", "most"}), None)
    if at is not None:
        quantity = read_noun(words[at + 1 :]).quantity
        limit: Limit = "least" if words[at].kind == "least" else "most"
        return words[:at], replace(quantity, limit=limit) if quantity is not None else None
    only = predicate.means[0].quantity if len(predicate.means) == 1 else None
    return words, only if only is not None and only.limit == "most" else None


def _act_of(name: str, last: Token) -> Token | None:
    """出资 of 出资额, where it is an act that moves something; a penalty is paid."""
    if name.removesuffix("总额").removesuffix("金额").endswith(_PENALTIES):
        return Token("verb", "支付", last.start, last.end, VERBS["支付"])
    for end in _SUMS:
        stem = name.removesuffix(end)
        value = VERBS.get(stem) if stem != name else None
        if value is not None and value.action in _ACTS:
            return Token("verb", stem, last.start, last.end, value)
    return None
