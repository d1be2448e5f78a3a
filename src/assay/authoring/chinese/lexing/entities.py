"""Amounts, percentages, dates, durations and recurrences in Chinese characters, as values.

Each reader takes folded text and a place, and gives the value with the place after it, or None.

>>> amount_at("人民币壹佰万元整(¥1,000,000.00)", 0)[0].amount
'1000000'
>>> amount_at("万分之五", 0)[0].amount
'0.05'
"""

from __future__ import annotations

import re
from decimal import Decimal

from assay.authoring.chinese.lexicon.money import (
    CLASSIFIERS,
    CURRENCIES,
    NATIVE_WORDS,
    NOT_SYMBOLS,
)
from assay.authoring.chinese.lexicon.nouns import LABELS
from assay.authoring.chinese.lexing.numerals import ARABIC, HAN, NUMERAL, numeral
from assay.authoring.language.numbers import decimal_text, terminates
from assay.authoring.language.quantities import Quantity

STARTS = frozenset(
    "负次翌日月年逾迟晚拖延壹贰叁肆伍陆柒捌玖拾佰仟零〇一二两三四五六七八九十百千万亿半廿(人民币美港欧英日新"
    "澳加瑞韩台卢泰以比泰$¥€£每按逐分下上晚中正凌早北香东协世"
)
"""Characters with which what has a value begins, besides digits and Latin letters."""
_AFTER_MONEY = (
    "给", "钱", "的", "押", "定", "订", "房租", "工资", "费", "运费", "过来", "到", "以", "左右",
    "我", "你", "他", "红包", "现金", "每", "一", "就", "才", "就行", "转", "打", "作", "吧", "了",
)  # fmt: skip
_CURRENCY = "|".join(
    re.escape(word) + ("(?![A-Za-z])" if word.isalpha() and word.isascii() else "")
    for word in sorted(CURRENCIES, key=len, reverse=True)
)
_WRITTEN = r"(?:\(?(?:大写|小写)\)?[::]?)?"
_UNIT_MONEY = re.compile(
    rf"(?P<before>{_CURRENCY}|以太币|比特币)?{_WRITTEN}[::]?(?P<number>{NUMERAL})(?:多|余)?"
    rf"(?:[个枚](?=以太币|以太坊|比特币|泰达币))?"
    rf"(?P<unit>{_CURRENCY}|以太币|以太坊|比特币|泰达币)?(?P<small>(?:{NUMERAL}[角分])*)(?:整|正)?"
)
_SYMBOL = r"\$?[A-Za-z][A-Za-z0-9]{0,11}"
_TOKENS = re.compile(
    rf"(?P<before>[A-Z]{{2,8}}\s?)?(?P<number>{NUMERAL})(?:枚|个)?\s?(?P<symbol>{_SYMBOL})"
)
_TOKENS_BEFORE = re.compile(
    rf"(?P<symbol>[A-Z]{{2,8}}(?=\s)|[A-Z]{{3,8}})\s?(?P<number>{ARABIC}[{HAN}]{{0,2}})"
)
_LOWER = frozenset({"usdt", "usdc", "dai", "eth", "btc", "bnb", "sol", "weth", "wbtc"})
_REPEATED = re.compile(r"\((?:大写|小写|即|计|合计|亦即|等值|[::])*(?P<inner>[^()]{1,40})\)")
_COUNTED = re.compile(rf"(?P<number>{NUMERAL})(?:\({NUMERAL}\))?(?P<classifier>{CLASSIFIERS})")
_TOKENS_BY_NAME = re.compile(rf"(?P<number>{NUMERAL})(?=代币|积分|通证|NFT(?![A-Za-z]))")
_RATED = re.compile(
    rf"每(?:秒|小时|立方米|升|平方米)(?P<number>{NUMERAL})(?P<unit>米|公里|毫米|毫克|微克|千克)"
)
_BELOW_ZERO = re.compile(rf"(?:零下|负|-)(?P<number>{NUMERAL})(?:摄氏度|℃|°C|度)")
_COUNTED_RANGE = re.compile(
    rf"{NUMERAL}(?:{CLASSIFIERS})?(?:到|至|-|~){NUMERAL}(?P<classifier>{CLASSIFIERS})"
)
_PERCENTS = (
    (re.compile(rf"(?P<number>{ARABIC})%"), Decimal(1)),
    (re.compile(rf"(?P<number>{ARABIC})‰"), Decimal("0.1")),
    (re.compile(rf"百分之(?P<number>{NUMERAL})"), Decimal(1)),
    (re.compile(rf"千分之(?P<number>{NUMERAL})"), Decimal("0.1")),
    (re.compile(rf"万分之(?P<number>{NUMERAL})"), Decimal("0.01")),
    (
        re.compile(
            rf"(?P<number>[{HAN}\d.]+)成(?P<more>[一二三四五六七八九半])?(?![功立本为员交年果熟])"
        ),
        Decimal(10),
    ),
    (re.compile(r"(?P<number>[一二三四五六七八九]|\d(?:\.\d)?)折"), Decimal(10)),
    (re.compile(r"(?P<number>[一二三四五六七八九]{2}|\d{2})折"), Decimal(1)),
    (re.compile(rf"(?P<number>{NUMERAL})个(?:百分)?点"), Decimal(1)),
    (re.compile(rf"(?P<number>{NUMERAL})倍"), Decimal(100)),
)
_FRACTION = re.compile(rf"(?P<below>{NUMERAL})分之(?P<above>{NUMERAL})")
_SLASH = re.compile(r"(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![/\d])")
_RANGE = re.compile(rf"(?:-|~|至|到)(?={NUMERAL})")

_YUAN_OF_NO_CURRENCY = re.compile(rf"{NUMERAL}(?:元|圆)整?$")
"""Spelled sums end in 元 by habit, so these words alone name no currency."""

Read = tuple[Quantity, int]


def amount_at(text: str, place: int) -> Read | None:
    """Money, tokens or a percentage, with the repetition in brackets that contracts give."""
    found = _percent(text, place) or _money(text, place) or _tokens(text, place)
    if found is None:
        return None
    quantity, end = found
    repeated = _REPEATED.match(text, end)
    if repeated:
        inner = _repetition(repeated["inner"])
        if inner is not None:
            if inner != quantity.amount:
                quantity = Quantity(None, quantity.asset, problem="contradiction")
            elif _YUAN_OF_NO_CURRENCY.match(text[place:end]):
                quantity = _named_in_brackets(repeated["inner"]) or quantity
            end = repeated.end()
    between = _RANGE.match(text, end)
    upper = amount_at(text, between.end()) if between else None
    if upper is not None and upper[0].asset == quantity.asset:
        return Quantity(None, quantity.asset, problem="range"), upper[1]
    return quantity, end


def _named_in_brackets(inner: str) -> Quantity | None:
    """The sum which brackets repeat, where they name its money or token."""
    found = _money(inner, 0) or _tokens(inner, 0)
    return found[0] if found else None


def counted_at(text: str, place: int) -> tuple[str, str, int] | None:
    """A number with its classifier, 200台: the amount, the classifier and the place after."""
    below_zero = _BELOW_ZERO.match(text, place)
    if below_zero is not None and (number := numeral(below_zero["number"])) is not None:
        return f"-{decimal_text(number)}", "度", below_zero.end()
    speed = _RATED.match(text, place)
    if speed is not None and (number := numeral(speed["number"])) is not None:
        return decimal_text(number), speed["unit"], speed.end()
    bare = _TOKENS_BY_NAME.match(text, place)
    if bare is not None and (number := numeral(bare["number"])) is not None:
        return decimal_text(number), "枚", bare.end()
    match = _COUNTED.match(text, place)
    between = _COUNTED_RANGE.match(text, place)
    if between is not None:
        return "", between["classifier"], between.end()
    number = numeral(match["number"]) if match else None
    if match is None or number is None or match["number"] == "零":
        return None
    return decimal_text(number), match["classifier"], match.end()


def fraction_at(text: str, place: int) -> tuple[int, int, int] | None:
    """三分之二: above, below and the place after."""
    match = _FRACTION.match(text, place) or _SLASH.match(text, place)
    if match is None:
        return None
    above, below = numeral(match["above"]), numeral(match["below"])
    if above is None or below is None or below == 0:
        return None
    return int(above), int(below), match.end()


def _percent(text: str, place: int) -> Read | None:
    for pattern, scale in _PERCENTS:
        match = pattern.match(text, place)
        number = numeral(match["number"]) if match else None
        if match is not None and number is not None:
            more = numeral(match.groupdict().get("more") or "零") or Decimal(0)
            more = more * 10 if 0 < more < 1 else more
            return Quantity(decimal_text(number * scale + more), "%"), match.end()
    fraction = fraction_at(text, place)
    if fraction is None:
        return None
    above, below, end = fraction
    if not terminates(above * 100, below):
        return Quantity(None, "%", problem="fraction"), end
    return Quantity(decimal_text(Decimal(above * 100) / below), "%"), end


def _money(text: str, place: int) -> Read | None:
    match = _UNIT_MONEY.match(text, place)
    if match is None or not (match["before"] or match["unit"]):
        return None
    number = numeral(match["number"])
    words = match["unit"] or match["before"]
    if match["unit"] in {"块", "元", "圆"} and match["before"]:
        words = match["before"]
    if number is None or (match["unit"] == "块" and _counts_pieces(text, match.end())):
        return None
    if match["unit"] == "元" and text[match.end() : match.end() + 1] in {"旦", "素", "件"}:
        return None
    for part in re.findall(rf"{NUMERAL}[角分]", match["small"] or ""):
        value = numeral(part[:-1])
        if value is None:
            return None
        number += value * (Decimal("0.1") if part[-1] == "角" else Decimal("0.01"))
    asset = CURRENCIES.get(words) or NATIVE_WORDS[words]
    return Quantity(decimal_text(number), asset), match.end()


def _counts_pieces(text: str, place: int) -> bool:
    """两块电池 counts; 一千块押金 is money."""
    if text[place : place + 1] <= "一":
        return False
    return not any(text.startswith(word, place) for word in (*LABELS, *_AFTER_MONEY))


def _tokens(text: str, place: int) -> Read | None:
    for pattern in (_TOKENS, _TOKENS_BEFORE):
        match = pattern.match(text, place)
        if match is None:
            continue
        symbol = match["symbol"].lstrip("$")
        number = numeral(match["number"])
        if symbol in {"U", "u"}:
            symbol = "USDT"
        elif symbol in _LOWER:
            symbol = symbol.upper()
        known = symbol in CURRENCIES or symbol in NATIVE_WORDS
        looks = any(letter.isupper() for letter in symbol) and len(symbol) >= 2
        if number is None or symbol in NOT_SYMBOLS or not (known or looks):
            continue
        return Quantity(decimal_text(number), CURRENCIES.get(symbol, symbol)), match.end()
    return None


def _repetition(inner: str) -> str | None:
    found = _percent(inner, 0) or _money(inner, 0) or _tokens(inner, 0)
    if found is not None and found[1] == len(inner):
        return found[0].amount
    number = numeral(inner.rstrip("整正"))
    return decimal_text(number) if number is not None else None
