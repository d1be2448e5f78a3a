"""How many have to agree: 三名董事中两名同意, 三分之二以上股东批准, 赞成票超过半数.

>>> quorum_at("三名管理员中有两名同意", 0)[0]
Quorum(subject='管理员', value='2', total=3, comparator=None, negated=False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assay.authoring.chinese.lexing.entities import fraction_at
from assay.authoring.chinese.lexing.named_groups import group_at
from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral
from assay.authoring.language.numbers import decimal_text
from assay.authoring.model import Comparator

_NOBODY = (
    "需要每谁一二两三四五六七八九十百分之过半数以上全体的名位个获得经由向须应超付售额价款金给被返退"
    "且"
)
_WHO = (
    r"(?!未|经|获|得|如|若|当|一旦|只要|只有|唯有|除非|前提|条件|高于|大于|多于|不少于|不低于|至少|达到|满)"
    rf"[^,。;\d{_NOBODY}]{{1,8}}"
)
_AGREE = (
    r"(?:书面|明确|一致|投票|表决|签名|多签)*(?:同意|批准|签名|签字|签署|确认|赞成|通过(?![^,。;]{0,10}(?:方式|形式|渠道|转账|汇款|合约))|授权|许可(?!人|方(?![可能才]))"
    r"|认可|投赞成票|投票赞成|投票同意)(?!使用|[费证权书])"
)
_HOLDING = re.compile(r"^(?:合计)?(?:持有|代表)")
_MORE = frozenset({"超过", "过", "高于", "大于", "多于"})
_PEOPLE = r"(?:名|位|个|人|家)?"
_OF = re.compile(
    rf"(?P<total>{NUMERAL}){_PEOPLE}(?P<who>[^,。;须应需经由]{{1,8}}?)(?:之中|当中|中|里面|里)(?:的)?(?:至少)?(?:有)?(?:任意|任何)?(?:至少)?"
    rf"(?P<value>{NUMERAL}){_PEOPLE}(?:以上|及以上)?(?:{_WHO})?{_AGREE}"
)
_PART = (
    rf"(?P<part>(?![千万]分之){NUMERAL}分之{NUMERAL}|\d{{1,3}}/\d{{1,3}}|百分之{NUMERAL}|\d+(?:\.\d+)?%|半数|一半|全体"
    r"|过半数|超过半数|过半|绝大多数|大多数|多数)"
)
_SHARE = re.compile(
    rf"(?P<not>未经|未获得|未获|未得到|没有)?(?:经|获得|获|得到|由)?(?P<first>{_WHO})?(?:的|以)?(?P<over>超过|过|高于|大于|多于|不低于|不少于|至少|达到)?(?:代表|合计持有|持有)?{_PART}(?P<more>\(含\)以上|及以上|以上)?"
    rf"(?:的|之|特别)?(?:多数)?(?:票)?(?:(?:表决权|投票权|股权|股份|份额|出资额?)的)?"
    rf"(?P<second>{_WHO}?)??{_AGREE}"
)
_COUNT = re.compile(
    rf"(?:经|获得|获|得到|由|有)?(?:至少|不少于|最少)(?:有)?(?P<value>{NUMERAL})(?:名|位|个|人|家)"
    rf"(?P<who>[^,。;\d{_NOBODY}]{{0,8}}?){_AGREE}"
    rf"|(?:经|获得|获|得到|由|有)?(?P<more>{NUMERAL})(?:名|位|个|人|家)(?:及以上|以上)的?"
    rf"(?P<whose>[^,。;\d{_NOBODY}]{{0,8}}?){_AGREE}"
    rf"|经过?(?:其中的?)?(?:任意|任何)?(?P<exact>{NUMERAL})(?:名|位|个|人)(?P<which>[^,。;\d{_NOBODY}]{{0,8}}?){_AGREE}"
    rf"|(?!一[名位个])(?P<all>{NUMERAL})(?:名|位|个)"
    rf"(?P<whom>(?!月|季|周|星期|工作|小时|自然|交易)[^,。;\d未没不{_NOBODY}]{{2,8}}?)"
    rf"(?P<both>全都|全部|都|均)?{_AGREE}"
)
_VOTES = re.compile(
    rf"(?P<who>投票(?=过半|超过半)|赞成票|同意票|赞成票数|赞成比例|支持票|支持率|赞成率|得票|票数)(?:数|比例|率)?"
    rf"(?:(?P<over>超过|过|达到|不低于|不少于|占|达)"
    rf"(?:总票数的|总票数|全部投票的|投票总数的|有效票的|出席票数的|出席者的)?{_PART}(?P<more>以上)?|(?P<half>过半数?))"
)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who has to agree, and how many of them."""

    subject: str | None
    value: str
    total: int | None = None
    comparator: Comparator | None = None
    negated: bool = False


def quorum_at(text: str, place: int) -> tuple[Quorum, int] | None:
    """The quorum that is spelled out from a place on, and the place after it."""
    named = group_at(text, place)
    if named is not None:
        return Quorum(named[0], named[1], named[2]), named[3]
    return _counted(text, place)


def _counted(text: str, place: int) -> tuple[Quorum, int] | None:
    """Somebody out of so many, a share of them, or their votes."""
    match = _OF.match(text, place)
    if match is not None:
        value, total = numeral(match["value"]), numeral(match["total"])
        if value is not None and total is not None and value <= total:
            who = match["who"] or None
            return Quorum(who, decimal_text(value), int(total)), match.end()
    match = _COUNT.match(text, place)
    if match is not None:
        value = numeral(match["value"] or match["more"] or match["exact"] or match["all"])
        who = match["who"] or match["whose"] or match["which"] or match["whom"] or None
        everybody = int(value) if value is not None and match["both"] else None
        found = Quorum(who, decimal_text(value), everybody) if value is not None else None
        return (found, match.end()) if found is not None else None
    match = _VOTES.match(text, place)
    if match is not None:
        over: Comparator = ">" if match["over"] in _MORE else ">="
        return _quorum(match["who"], match["part"] or match["half"], over), match.end()
    match = _SHARE.match(text, place)
    if match is None:
        return None
    who = ((match["first"] or "") + (match["second"] or "")) or None
    if who is not None and who.startswith(("作为", "用于")):
        return None
    who = _HOLDING.sub("", who) if who is not None else None
    over = ">" if match["over"] in _MORE or match["part"].startswith(("过", "超过")) else ">="
    quorum = _quorum(who, match["part"], over)
    return replace(quorum, negated=match["not"] is not None), match.end()


def _quorum(who: str | None, part: str, comparator: Comparator) -> Quorum:
    if "多数" in part:
        return Quorum(who, "50%", None, ">")
    if "半" in part:
        return Quorum(who, "50%", None, ">" if "过" in part or comparator == ">" else comparator)
    if part == "全体":
        return Quorum(who, "100%")
    fraction = fraction_at(part, 0) if "百分" not in part else None
    if fraction is not None:
        return Quorum(who, str(fraction[0]), fraction[1], comparator)
    number = numeral(part.removeprefix("百分之").rstrip("%"))
    assert number is not None
    return Quorum(who, f"{decimal_text(number)}%", None, comparator)
