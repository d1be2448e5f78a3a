"""Other values in the same Chinese clause: names, tokens, numbers, and their spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from .corpus import Item
from .rewording import Rewording, of_text, of_words, with_text, with_values

Piece = dict[str, Any]
_DIGITS = "〇一二三四五六七八九"
_CAPITALS = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_DAY = re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_NUMBER = r"(?<![\d.,，:：%年月])(?P<number>\d[\d,]*(?:\.\d+)?)"
_MONEY = re.compile(_NUMBER + r"(?=\s?(?:万?元|万?\s?(?:USDC|USDT|ETH|BTC|DAI)|块))")
_WHOLE_MONEY = re.compile(_NUMBER + r"(?=\s?(?:元|USDC|USDT|ETH|BTC|DAI|块))")
_LENGTH = r"(?=个?(?:工作)?[日天周]内|个月|年内|小时|个工作日)"
_WORDS_BEFORE_MONEY = re.compile(
    r"[一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]\s?[元块]|U|枚|个代币|\d%.*元的"
)
_PERCENT = r"(?<![\d.])(?P<number>\d{1,2})%"
_SYMBOL = r"(\d)\s?(?=(?:USDC|ETH|USDT|BTC|DAI)(?!价))"


def chinese_number(number: int) -> str:
    """The usual spelling of a whole number.

    >>> chinese_number(12050), chinese_number(200000), chinese_number(10)
    ('一万二千零五十', '二十万', '十')
    """
    for unit, word in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            rest = number % unit
            zero = "零" if 0 < rest < unit // 10 else ""
            return chinese_number(number // unit) + word + zero + chinese_number(rest)
    words, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        words += ("零" if gap and words else "") + _DIGITS[digit] + word if digit else ""
        gap = not digit
    return words.removeprefix("一") if words.startswith("一十") else words


_SPELLED = {chinese_number(number): str(number) for number in range(1, 100)} | {"两": "2"}
_LONGEST_FIRST = "|".join(sorted(_SPELLED, key=len, reverse=True))


def _in_words(match: re.Match[str]) -> str:
    number = Decimal(match["number"].replace(",", ""))
    whole = number == int(number) and 0 < number < 10**12
    return chinese_number(int(number)) if whole else match.group()


def _in_capitals(match: re.Match[str]) -> str:
    words = _in_words(match)
    return ("一" + words if words.startswith("十") else words).translate(_CAPITALS)


def _grouped(match: re.Match[str]) -> str:
    return f"{Decimal(match['number'].replace(',', '')):,}"


def _money_in_words(text: str) -> str | None:
    other = _MONEY.sub(_in_words, text)
    return None if re.search("[一二三四五六七八九十]万?万", other) else other


def _names(name: str, names: Mapping[str, str]) -> Rewording:
    """Other parties in the same parts."""
    pattern = re.compile(
        rf"(?<![一-鿿])(?:{'|'.join(names)})|(?<=[向给把由与为])(?:{'|'.join(names)})"
    )

    def apply(item: Item) -> Item | None:
        others = re.sub(pattern, "", item.text)
        if any(one in others for one in names) or "双方" in item.text:
            return None

        def new(words: str) -> str:
            return pattern.sub(lambda match: names[match.group()], words)

        return with_values(item, new(item.text), new)

    return Rewording(f"names: {name}", apply)


def _tokens(name: str, names: Mapping[str, str]) -> Rewording:
    """Another token in the same part."""

    def new(words: str) -> str:
        return re.sub("|".join(names), lambda match: names[match.group()], words)

    return Rewording(f"tokens: {name}", lambda item: with_values(item, new(item.text), new))


def _tripled(item: Item) -> Item | None:
    """Every amount of money three times as much."""
    if _WORDS_BEFORE_MONEY.search(item.text) or item.ambiguous:
        return None
    text = _MONEY.sub(
        lambda match: format(Decimal(match["number"].replace(",", "")) * 3, "f"), item.text
    )
    changed = with_text(item, text)
    return changed and replace(changed, obligations=tuple(_triple(item.obligations)))


def _triple(pieces: Sequence[Piece]) -> list[Piece]:
    return [_triple_piece(piece) for piece in pieces]


def _triple_piece(piece: Piece) -> Piece:
    made = dict(piece)
    for field in ("amount", "value"):
        amount, asset = str(made.get(field) or ""), str(made.get("asset") or "%")
        if asset.isupper() and re.fullmatch(r"[\d.]+", amount):
            made[field] = format((Decimal(amount) * 3).normalize(), "f")
    if made.get("conditions"):
        made["conditions"] = _triple(made["conditions"])
    if made.get("otherwise"):
        made["otherwise"] = _triple_piece(made["otherwise"])
    return made


def _day(spelling: str) -> Callable[[re.Match[str]], str]:
    return lambda one: spelling.format(*(int(one[name]) for name in ("year", "month", "day")))


def _day_in_words(one: re.Match[str]) -> str:
    year = "".join(_DIGITS[int(digit)] for digit in one["year"])
    return f"{year}年{chinese_number(int(one['month']))}月{chinese_number(int(one['day']))}日"


_DAYS = (
    ("2027-03-01", "{0}-{1:02}-{2:02}"), ("2027.3.1", "{0}.{1}.{2}"), ("2027/3/1", "{0}/{1}/{2}"),
    ("2027年03月01日", "{0}年{1:02}月{2:02}日"), ("2027年3月1号", "{0}年{1}月{2}号"),
)  # fmt: skip
_PARTIES = (
    ("lease", {"甲方": "出租人", "乙方": "承租人"}),
    ("companies", {"甲方": "星河科技有限公司", "乙方": "远航贸易有限公司"}),
    ("letters", {"买方": "甲方", "卖方": "乙方"}),
    ("letters at home", {"买家": "甲方", "卖家": "乙方"}),
    ("people", {"出租人": "张三", "承租人": "李四", "房东": "张伟", "租客": "李娜"}),
    ("lenders", {"出借人": "王芳", "借款人": "陈强"}),
    ("issuers", {"发行人": "项目方", "认购人": "投资者"}),
    ("traders", {"买方": "采购商", "卖方": "供应商"}),
    ("nicknames", {"甲方": "阿杰", "乙方": "小美"}),
    ("nicknames at market", {"买家": "小陈", "卖家": "老徐"}),
    ("classes", {"用户": "玩家", "平台": "交易所"}),
)

VALUES: tuple[Rewording, ...] = (
    *(_names(name, names) for name, names in _PARTIES),
    _tokens("DAI", {"USDC": "DAI", "ETH": "WBTC"}),
    _tokens("XYZ", {"USDC": "MATIC", "USDT": "USDC", "DAI": "XYZ"}),
    Rewording("three times the money", _tripled),
    of_text("money: 五千元", _money_in_words),
    of_words("money: 伍仟元", _WHOLE_MONEY.pattern, _in_capitals),
    of_words("money: 5,000", _MONEY.pattern, _grouped),
    of_words("money: 元整", r"(?<=[\d万])元(?!整|的|以|/|/)", "元整"),
    of_words("money: 人民币", r"(?<![\d.,币¥])(?=\d[\d,]*万?元)", "人民币"),
    of_words("money: ¥", r"(?<![\d.,币¥（])(\d[\d,]*)元(?!整)", r"¥\1"),
    of_words("token: 3枚ETH", _SYMBOL, r"\1枚"),
    of_words("token: 3个ETH", _SYMBOL, r"\1个"),
    of_words("token: 3ETH", r"(?<=\d) (?=[A-Z])", ""),
    of_words("percent: 百分之五", _PERCENT, lambda one: "百分之" + _in_words(one)),
    of_words("percent: 5%", rf"百分之({_LONGEST_FIRST})", lambda one: _SPELLED[one[1]] + "%"),
    of_words("length: 三十日", r"(?<![\d.,月年-])(?P<number>\d{1,3})" + _LENGTH, _in_words),
    of_words(
        "length: 30日", rf"(?<![第每一二三四五六七八九十百])(?:{_LONGEST_FIRST}){_LENGTH}",
        lambda one: _SPELLED[one.group()],
    ),
    of_words("length: 天", r"(?<=[\d一二三四五六七八九十])日(?=内|以)", "天"),
    of_words("length: 自然日", r"(?<=[\d一二三四五六七八九十])[日天](?=内)", "个自然日"),
    *(of_words(f"day: {name}", _DAY.pattern, _day(spelling)) for name, spelling in _DAYS),
    of_words("day: 二〇二七年三月一日", _DAY.pattern, _day_in_words),
)  # fmt: skip
