"""Groups whose members are named: 张三、李四、王五三名董事中的两名, 张三和李四共同批准.

>>> group_at("张三、李四、王五中任意两人同意", 0)
('张三、李四、王五', '2', 3, 15)
"""

from __future__ import annotations

import re

from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral

_NAME = r"(?!经|由|须|应|获|得|若|如|当|未|需|只有|除非)[一-鿿A-Za-z·]{1,8}?"
_JOINT = "[、和与及]"
_AGREE = (
    r"(?:书面|一致|共同|均|都|全部|双方|两人|三人|多签)*"
    r"(?:同意|批准|签名|签字|签署|确认|赞成|授权|认可)"
)
_PEOPLE = "(?:名|位|个|人|家|方)"
_OF_GROUP = re.compile(
    rf"(?P<names>{_NAME}(?:{_JOINT}{_NAME})+?)等?这?(?P<total>[两二三四五六七八九2-9]){_PEOPLE}"
    rf"(?P<who>[^,。;、\d]{{1,6}}?)(?:之中|当中|中)的?(?:任意|任何|至少)?"
    rf"(?P<value>{NUMERAL}){_PEOPLE}(?:以上)?{_AGREE}"
)
_OF_NAMES = re.compile(
    rf"(?P<names>{_NAME}(?:{_JOINT}{_NAME})+?)(?:[两二三四五六七八九]人)?(?:之中|当中|中)的?"
    rf"(?:任意|任何|至少|有)?(?P<value>{NUMERAL}){_PEOPLE}(?:以上)?{_AGREE}"
)
_ALL = re.compile(
    rf"(?P<names>{_NAME}(?:{_JOINT}{_NAME})+?)(?:共同|一致|均|都|双方|两人共同|三人共同){_AGREE}"
)
Group = tuple[str, str, int, int]
"""Who, how many of them, of how many, and the place after their consent."""


def group_at(text: str, place: int) -> Group | None:
    """The consent of several who are named, from a place on."""
    if text[place - 1 : place] in tuple("、和与及"):
        return None
    for match in (_OF_GROUP.match(text, place), _OF_NAMES.match(text, place)):
        value = numeral(match["value"]) if match is not None else None
        if match is None or value is None:
            continue
        names = re.split(_JOINT, match["names"])
        noun = match.groupdict().get("who")
        known = noun is None or numeral(match["total"]) == len(names)
        if known and value <= len(names):
            return noun or match["names"], str(int(value)), len(names), match.end()
    match = _ALL.match(text, place)
    if match is None:
        return None
    many = len(re.split(_JOINT, match["names"]))
    return match["names"], str(many), many, match.end()
