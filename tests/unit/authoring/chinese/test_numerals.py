"""Chinese numerals in every spelling come to the same number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.authoring.chinese.lexing.calendar import duration_at, moment_at, recurrence_at
from assay.authoring.chinese.lexing.entities import amount_at
from assay.authoring.chinese.lexing.numerals import numeral

SMALL, CAPITAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
SMALL_UNITS, CAPITAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")


def spelled(number: int, digits: str, units: tuple[str, ...]) -> str:
    """Write a number as an accountant does, with 零 for each run of empty places."""
    if number == 0:
        return digits[0]
    words = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, scale)
        if section == 0:
            continue
        if words and section < 1000:
            words += digits[0]
        words += section_of(section, digits, units) + name
    return words


def section_of(section: int, digits: str, units: tuple[str, ...]) -> str:
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = section // 10**power % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += (digits[0] if gap else "") + digits[digit] + units[power]
        gap = False
    return words


@given(st.integers(0, 10**12 - 1))
def test_small_and_capital_numerals_round_trip(number: int) -> None:
    assert numeral(spelled(number, SMALL, SMALL_UNITS)) == number
    assert numeral(spelled(number, CAPITAL, CAPITAL_UNITS)) == number


@given(st.decimals(min_value=0, max_value=9999, places=2), st.sampled_from(["", "万", "亿"]))
def test_digits_with_a_chinese_scale_round_trip(number: Decimal, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    found = numeral(f"{number}{scale}")

    assert found == number * factor or (number == 0 and found is None)


@given(st.text(alphabet="零〇一二三十百千万亿壹拾半点1.,", max_size=12))
def test_no_spelling_ends_in_an_error(words: str) -> None:
    found = numeral(words)

    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("words", "amount", "asset"),
    [
        ("人民币壹佰万元整(¥1,000,000.00)", "1000000", "CNY"),
        ("柒仟伍佰元整(7,500 USDC)", "7500", "USDC"),
        ("7,500元(即7,500 USDT)", "7500", "USDT"),
        ("壹万元整(USDC 10,000)", "10000", "USDC"),
        ("柒仟伍佰元整(7,500元)", "7500", "CNY"),
        ("柒仟伍佰元整(小写:7,500)", "7500", "CNY"),
        ("100美元", "100", "USD"),
        ("5000 USDC", "5000", "USDC"),
        ("1.5万元", "15000", "CNY"),
        ("百分之五", "5", "%"),
        ("千分之三", "0.3", "%"),
        ("5‰", "0.5", "%"),
        ("万分之五", "0.05", "%"),
        ("四分之一", "25", "%"),
        ("五元五角", "5.5", "CNY"),
        ("八成", "80", "%"),
    ],
)
def test_amounts_are_read_with_their_asset(words: str, amount: str, asset: str) -> None:
    found = amount_at(words, 0)

    assert found is not None
    assert (found[0].amount, found[0].asset, found[1]) == (amount, asset, len(words))


@pytest.mark.parametrize(
    ("words", "iso"),
    [("30日", "P30D"), ("三个工作日", "P3D"), ("六个月", "P6M"), ("半年", "P6M"),
     ("一年半", "P18M"),
     ("三十(30)天", "P30D"),
     ("48小时", "PT48H"), ("两周", "P2W")],
)  # fmt: skip
def test_durations_are_read(words: str, iso: str) -> None:
    found = duration_at(words, 0)

    assert found is not None
    assert (found[0].iso, found[1]) == (iso, len(words))


@pytest.mark.parametrize(
    ("words", "iso"),
    [("2027年3月1日", "2027-03-01"), ("二〇二七年三月一日", "2027-03-01"),
     ("2027年2月底", "2027-02-28"),
     ("2027年第二季度末", "2027-06-30"),
     ("2027年12月31日下午5点(北京时间)", "2027-12-31T17:00:00+08:00"),
     ("2027年2月30日", None), ("3月1日", None)],
)  # fmt: skip
def test_dates_are_read_or_left_open(words: str, iso: str | None) -> None:
    found = moment_at(words, 0)

    assert (found[0].iso if found else None) == iso


@pytest.mark.parametrize(
    ("words", "iso"),
    [("每月", "P1M"), ("每季度末", "P3M"), ("按年", "P1Y"), ("每月5日", "P1M"), ("每两周", "P2W"),
     ("每半年", "P6M"), ("每逾期一日", "P1D"), ("每周五", "P1W")],
)  # fmt: skip
def test_recurrences_are_read(words: str, iso: str) -> None:
    found = recurrence_at(words, 0)

    assert found is not None
    assert (found[0].iso, found[1]) == (iso, len(words))
