"""Those whom a list names, or does not: 白名单里的钱包, 列入名单的用户, 名单以外的地址."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.chinese.lexing.tokens import Token

_FIRST = "在列加已进入处位登被白名许准允合"
"""What words about whom a list names begin with."""
_WHO = (
    "钱包地址|地址|钱包|账户|用户|成员|投资人|投资者|买家|买方|认购人|认购者|参与者|参与人|会员|玩家|"
    "持有人|客户|机构|公司|股东|供应商|人员|人"
)
_LISTED = re.compile(
    r"(?:已?(?:经|被)?(?:列入|列于|加入|进入|登入|录入|纳入|登记于|登记在|登记到|在|处于|位于|入)了?)?"
    r"(?P<list>(?:白|许可|准入|允许|合格投资者?)?名单)"
    r"(?P<place>(?:里面|里|之内|内|之中|中|上面|上)?|(?P<out>之外|以外|外))"
    r"的(?:每一?[个位名]|各个?|所有|任何|其他)?"
    rf"(?P<who>{_WHO})(?![数名信])"
)
_NOT = re.compile(
    "[未不没非勿](?:有|曾|能|被|已)?(?:[列加进登录纳处位]|登记)?[入于在]?(?:白|许可|准入|允许)?$"
)
_LONGEST_NOT = 7


def listed_at(text: str, place: int) -> Iterator[Token]:
    """Whom a list has on it or not, as one party."""
    found = _LISTED.match(text, place) if text[place] in _FIRST else None
    if found is None or _NOT.search(text[max(0, place - _LONGEST_NOT) : place]):
        return
    name, who = found["list"], found["who"]
    if who.startswith("人"):
        name += "外的" if found["out"] else "上的"
    elif found["out"]:
        name = "非" + name
    yield Token("party", name + who, place, found.end())
