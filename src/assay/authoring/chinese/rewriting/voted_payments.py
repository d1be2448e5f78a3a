"""What a vote is about: 社区成员投票决定是否向施工队支付8000 USDC, 就是否付款进行投票.

Whoever votes does not pay; the words say to whom, and how much, is voted on.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token

_DECIDES = frozenset({"决定", "表决", "决议", "议定", "确定"})
_ABOUT = frozenset({"就", "对", "对于", "关于", "针对"})
_CARRIES_OUT = frozenset({"进行", "发起", "举行", "开展"})
_PAYS = frozenset({"pay", "transfer", "release", "distribute"})


def with_votes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with the vote where the payment stands that it is about."""
    asks = next((at for at in range(len(tokens) - 1) if _whether(tokens, at)), None)
    votes = [at for at, one in enumerate(tokens) if _is_vote(one)]
    if asks is None or len(votes) != 1:
        return list(tokens)
    (vote,) = votes
    before = [one for one in tokens[: min(asks, vote)] if one.text not in _ABOUT]
    behind = list(tokens[asks + 2 :]) if vote < asks else list(tokens[asks + 2 : vote])
    between = tokens[vote + 1 : asks] if vote < asks else tokens[vote + 1 :]
    behind = [one for one in behind if one.text not in _CARRIES_OUT]
    pays = [at for at, one in enumerate(behind) if _is_payment(one)]
    plain = all(one.text in _DECIDES for one in between)
    if not plain or len(pays) != 1 or not before or before[0].kind not in {"party", "by"}:
        return list(tokens)
    before = before[1:] if before[0].kind == "by" else before
    return [*before, *behind[: pays[0]], tokens[vote], *behind[pays[0] + 1 :]]


def _whether(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text + tokens[at + 1].text == "是否" or tokens[at].text == "是否"


def _is_vote(token: Token) -> bool:
    return token.kind == "verb" and token.value is not None and token.value.action == "vote"


def _is_payment(token: Token) -> bool:
    return token.kind == "verb" and token.value is not None and token.value.action in _PAYS
