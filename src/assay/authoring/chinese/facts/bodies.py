"""How many belong to a body, so that so many of them are so many of all: 理事会由5名理事组成."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral
from assay.authoring.chinese.lexing.tokens import Token

_BODY = re.compile(
    rf"(?P<body>[^,由共设]{{1,8}}(?:会|组|委|团|队|钱包|DAO))(?:由|共有|共|设有|设|有)?"
    rf"(?P<count>{NUMERAL})(?:名|位|个|人)(?P<who>[^,]{{0,6}}?)(?:共同)?(?:组成|构成)?"
)


def names_body(tokens: Sequence[Token], context: Context) -> bool:
    """Remember how many a body has, where the words say that and nothing else."""
    match = _BODY.fullmatch("".join(token.text for token in tokens))
    count = numeral(match["count"]) if match is not None else None
    if match is None or count is None:
        return False
    context.bodies[match["body"]] = int(count)
    if match["who"]:
        context.bodies[match["who"]] = int(count)
    return True


def all_of(who: str | None, value: str | None, context: Context) -> int | None:
    """Of how many so many have to agree, where the words told it before."""
    if value is None or not value.isdigit() or not context.bodies:
        return None
    told = set(context.bodies.values())
    total = context.bodies.get(who or "") or (told.pop() if len(told) == 1 else None)
    return total if total is not None and total >= int(value) else None
