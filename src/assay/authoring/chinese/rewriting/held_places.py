"""Where money is held: 托管在合约中 and 在合约中托管 name a place, and no time.

The words become silent beside a verb that puts something in; elsewhere 在合约中 may be anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexicon.roles import CONTRACT
from assay.authoring.chinese.lexing.tokens import Token

_INSIDE = frozenset({"中", "里", "内", "里面", "当中"})
_HELD = ("合约", "账户", "账号")
_PUTS_IN = frozenset({"deposit", "lock"})


def without_places(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with places in which a deposit is held made silent."""
    result = _into_contract(tokens)
    tokens = list(result)
    if not any(one.kind == "verb" and one.value.action in _PUTS_IN for one in tokens):
        return result
    for at in range(len(tokens) - 2):
        opener, where, closer = tokens[at : at + 3]
        placed = opener.text == "在" and closer.text in _INSIDE and where.text.endswith(_HELD)
        if placed and where.kind in ("party", "noun", "unknown"):
            result[at : at + 3] = [replace(one, kind="silent") for one in (opener, where, closer)]
    return result


def _into_contract(tokens: Sequence[Token]) -> list[Token]:
    """往合约里存, 打到合约里: the contract itself is who receives."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        held = before is not None and before.kind == "party" and before.text in CONTRACT
        inside = held and token.text in _INSIDE and token.kind in {"unknown", "during"}
        opener = made[-2] if held and len(made) > 1 else None
        towards = opener is not None and opener.text in {"往", "进"}
        if inside and opener and (towards or opener.kind in {"to", "into", "verb"}):
            made[-2] = replace(opener, kind="to", text="向") if towards else opener
            continue
        made.append(token)
    return made
