"""How many belong to a body, so that so many of them are so many of all: 理事会由5名理事组成."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral
from assay.authoring.chinese.lexing.tokens import Token

_BODY = re.compile(
    rf"(?P<body>[^,由共设]{{1,8}}(?:会|组|委|团|队|钱包|DAO))(?:由|共有|共|设有|设|有)?"
    rf"(?P<count>{NUMERAL})(?:名|位|个|人)(?P<who>[^,]{{0,6}}?)(?:共同)?(?:组成|构成|管理|共管|控制)?"
)
_NAMED = re.compile(
    r"(?P<body>[^,由共设为、]{0,8}(?:会|组|委|团|队|钱包|DAO|基金|金库|账户))(?:的?成员)?(?:由|为|是|包括|有)"
    r"(?P<names>[^,、]{1,8}(?:[、和与及][^,、]{1,8})+?)(?:共同)?(?:组成|构成|管理|共管|控制)?"
)
_COUNTED = re.compile(rf"等?这?(?P<count>{NUMERAL})(?:人|(?:名|位|个)(?P<who>[^、]{{0,6}}))$")

_LED = re.compile(
    rf"(?P<count>{NUMERAL})(?:名|位|个)"
    r"(?P<who>[^、]{1,5}?(?:人|者|员|事|东|方|长|主|管))(?=[^、]{1,4}[、和与及])"
)
"""三名管理人张伟、李娜、王芳: what they are stands before their names."""


def names_body(tokens: Sequence[Token], context: Context) -> bool:
    """Remember how many a body has, where the words say that and nothing else."""
    match = _BODY.fullmatch("".join(token.text for token in tokens))
    count = numeral(match["count"]) if match is not None else None
    if match is None or count is None:
        return _names_members("".join(token.text for token in tokens), context)
    context.bodies[match["body"]] = int(count)
    if match["who"]:
        context.bodies[match["who"]] = int(count)
    return True


def _names_members(words: str, context: Context) -> bool:
    """理事会由张三、李四、王五三人组成: who belongs to it, and so how many."""
    match = _NAMED.fullmatch(words)
    if match is None:
        return False
    many = len(re.split("[、和与及]", match["names"]))
    led = _LED.match(match["names"])
    if led is not None and numeral(led["count"]) == many:
        context.bodies[match["body"]] = context.bodies[led["who"]] = many
        return True
    tails = (_COUNTED.search(match["names"], at) for at in range(len(match["names"])))
    told = [one for one in tails if one is not None]
    right = [one for one in told if numeral(one["count"]) == many]
    if told and not right:
        return False
    context.bodies[match["body"]] = many
    if right and right[-1]["who"]:
        context.bodies[right[-1]["who"]] = many
    return True


def body_of(who: str | None, context: Context) -> str | None:
    """Whose two are meant by 其中两人, where one body was told of."""
    if who is not None:
        return who
    return next(iter(context.bodies)) if len(set(context.bodies.values())) == 1 else None


def all_of(who: str | None, value: str | None, context: Context) -> int | None:
    """Of how many so many have to agree, where the words told it before."""
    if value is None or not value.isdigit() or not context.bodies:
        return None
    told = set(context.bodies.values())
    total = context.bodies.get(who or "") or (told.pop() if len(told) == 1 else None)
    return total if total is not None and total >= int(value) else None
