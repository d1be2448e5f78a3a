"""How a clause without a subject goes on from the one before it: 应完成结算,结清款项."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexicon.money import DOWN_PAYMENTS
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.units.signs import has_amount
from assay.authoring.model import Obligation

_GOES_ON = frozenset({"并", "并且", "并同时"})
_TELLS = frozenset({"report", "deliver", "provide", "notify", "confirm"})
_BEARS = frozenset({"承担", "负担", "赔偿"})
"""What is owed for something that went wrong has no time of its own."""
_SECURITY = ("押金", "保证金", "履约金", "质保金", *DOWN_PAYMENTS)
_RIGHTS = frozenset({"keep", "claim", "terminate", "cancel", "reject"})
"""What somebody does to another, so that it takes a right."""


def under_same_modal(predicate: Predicate) -> bool:
    """应在15日内完成结算,结清款项: a bare verb goes on with who and when."""
    bare = predicate.modality is None and predicate.subject is None and predicate.agent is None
    lexeme = predicate.lexeme
    acts = lexeme is not None and lexeme.frame in {"do", "give"} and not predicate.automatic
    return bare and acts and not predicate.joined and not has_amount(predicate)


def goes_on_in_time(predicate: Predicate, first: Token, last: Obligation) -> bool:
    """应于每月5日前提交报表,并支付管理费: what is reckoned by the papers is due as often.

    支付租金,并支付押金 is not: what is paid beside a payment may be due once.
    """
    bare = predicate.modality is None and predicate.subject is None and predicate.agent is None
    bears = predicate.verb is not None and predicate.verb.text in _BEARS
    ordered = bare and first.text in _GOES_ON and not predicate.automatic and not bears
    return ordered and (last.action in _TELLS or first.text == "并同时")


def since_before(predicate: Predicate, before: Sequence[Adverbial]) -> list[Adverbial]:
    """应在收货后三日内验收,十日内付清货款: the second length counts from the same act."""
    bare = predicate.subject is None and predicate.agent is None
    within = any(one.kind == "during" for own in predicate.adverbials for one in own.tokens)
    if not bare or not within:
        return []
    return [
        Adverbial("after", one.tokens, one.content) for one in before
        if (one.relation == "by" and one.duration is not None) or one.relation == "after"
    ]  # fmt: skip


def lists_rights(predicate: Predicate, made: Sequence[Obligation]) -> bool:
    """有权解除合同,没收押金: a bare act that only a right allows goes on from one."""
    lexeme = predicate.lexeme
    right = lexeme is not None and lexeme.action in _RIGHTS and lexeme.word[0] != "不"
    allowed = bool(made) and made[-1].modality == "may"
    return right and allowed and under_same_modal(predicate)


def may_go_on(predicate: Predicate, last: Obligation) -> bool:
    """有权处置,并收取罚息: what goes on from a permission is one."""
    first = predicate.tokens[0].text if predicate.tokens else ""
    bare = predicate.modality is None and predicate.subject is None and predicate.agent is None
    return bare and predicate.joined and first not in {"同时", "另"} and last.modality == "may"


def offers_choice(tokens: Sequence[Token], made: Sequence[Obligation]) -> bool:
    """应退还货款,或交付同等货物: one of two things; of two rights each is one."""
    acts = len(tokens) > 1 and tokens[1].kind in {"verb", "must", "may", "to"}
    chosen = acts and tokens[0].text in {"或", "或者"} and tokens[-1].kind != "de"
    return chosen and bool(made) and made[-1].modality == "must"


def gives_security(predicate: Predicate) -> bool:
    """每月支付租金, 并支付押金: what is given as security is not given again each month."""
    return any(one.text.endswith(_SECURITY) for one in predicate.tokens if one.kind == "noun")
