"""Dates, clocks, durations and recurrences in Chinese characters, as ISO 8601 spells them.

>>> moment_at("2027年3月1日17:00(北京时间)", 0)[0].iso
'2027-03-01T17:00:00+08:00'
>>> duration_at("三十(30)个工作日内", 0)[0]
Duration(iso='P30D', business=True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assay.authoring.chinese.lexing.numerals import HAN, NUMERAL, numeral
from assay.authoring.language.dates import Moment, iso_date, last_day, with_clock
from assay.authoring.language.durations import Duration, Unit, iso_duration

_UNITS: dict[str, Unit] = {
    "银行工作日": "day", "银行营业日": "day", "工作日": "day", "交易日": "day",
    "营业日": "day", "自然日": "day", "日历日": "day",
    "日历天": "day", "日": "day", "天": "day", "周": "week", "星期": "week", "礼拜": "week",
    "月": "month", "季度": "quarter", "季": "quarter", "年度": "year", "年": "year",
    "小时": "hour", "钟头": "hour", "分钟": "minute", "秒钟": "second", "秒": "second",
    "周年": "year",
}  # fmt: skip
_BUSINESS = {"工作日", "交易日", "营业日", "银行工作日", "银行营业日"}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_DURATION = re.compile(
    rf"(?:\((?P<bracketed>{NUMERAL})\)|(?P<number>{NUMERAL}))(?:\((?P<again>{NUMERAL})\))?"
    rf"(?P<piece>个)?(?P<half>半)?(?P<unit>{_UNIT})(?P<more>半)?"
)
_YEAR = rf"(?P<year>\d{{4}}|[{HAN[:20]}〇零]{{4}})年"
_ZONES = {
    "北京时间": "+08:00", "中国标准时间": "+08:00", "东八区": "+08:00", "香港时间": "+08:00",
    "新加坡时间": "+08:00", "UTC+8": "+08:00", "GMT+8": "+08:00", "UTC+08:00": "+08:00",
    "协调世界时": "+00:00", "世界标准时间": "+00:00", "UTC": "+00:00", "GMT": "+00:00",
    "UTC+0": "+00:00", "东京时间": "+09:00",
}  # fmt: skip
_ZONE = "|".join(re.escape(word) for word in sorted(_ZONES, key=len, reverse=True))
_DAY = re.compile(
    rf"(?:(?P<first_zone>{_ZONE}))?{_YEAR}(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]"
)
_ISO_DAY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_MONTH_END = re.compile(rf"{_YEAR}(?P<month>{NUMERAL})月(?P<part>底|末|月底|月末|最后一[日天])?")
_YEAR_END = re.compile(rf"{_YEAR}(?P<part>年底|年末|底|末|度末)")
_QUARTER_END = re.compile(rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度(?P<part>末|底|结束)?")
_NO_YEAR = re.compile(rf"(?<!每年)(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]")
_MONTH = re.compile(rf"(?P<month>{NUMERAL})月(?:份|底|末|初)?(?![{HAN}\d])")
_CLOCK = re.compile(
    rf"(?:\(?(?P<before>{_ZONE})\)?)?(?P<part>上午|下午|晚上|晚间|晚|中午|正午|凌晨|早上)?"
    rf"(?P<hour>\d{{1,2}}|[{HAN}]{{1,3}})(?::(?P<clock>\d{{2}})(?::\d{{2}})?|[时点](?:整|钟)?"
    rf"(?:(?P<minute>\d{{1,2}}|[{HAN}]{{1,3}})分?)?)(?:\(?(?P<zone>{_ZONE})\)?)?"
)
_EVERY = re.compile(
    rf"每(?:一(?:个)?(?=[自日会财公许保合])|隔|满|提前|逾期|延迟|迟延|延期|超过|超期|过|拖延|延误|迟|晚|拖|耽误|拖欠|迟交|晚交|迟付|晚付|迟到|超)?(?P<number>{NUMERAL})?(?P<piece>个)?"
    rf"(?P<half>半)?(?:自然|日历|公历|会计|财务|财政|结算|合同|租约|保险|许可|授权|服务)?"
    rf"(?P<unit>{_UNIT})(?P<part>初|末|底|月初|月底|月末|年末|年底)?(?:一期|一次(?!性))?"
)
_LATE_DAY = re.compile(
    r"(?:逾期|迟交|晚交|迟付|晚付|迟到|晚到|晚还|迟还|拖欠|延误|延迟|拖|晚|迟)(?:一|1)(?P<unit>天|日|周|小时)"
    r"(?=扣|罚|付|支付|赔|交|加|按|就|要|应|须|收)"
)
_RATE = re.compile(r"[日月年](?=(?:万|千|百)分之|\d+(?:\.\d+)?[%‰])")
_RATE_PERIODS = {"日": "P1D", "月": "P1M", "年": "P1Y"}
_LATE_EVERY = re.compile(
    r"每(?:逾期|延迟|迟延|延期|超过|超期|拖延|延误|迟|晚|拖|耽误|拖欠|迟交|晚交|迟付|晚付|超)"
)
_BY = re.compile(
    r"(?:按|逐|分)(?P<half>半)?(?P<unit>季度|日|天|周|月|季|年)(?:度)?(?!计|算|均)"
    r"(?!营业额|销售额|收入|利润|净利|流水|租|息|供|费|工资|薪|产量|利率|用量|均|成交)"
)
_WEEKDAY = re.compile(r"每(?:个)?(?:周|星期|礼拜)[一二三四五六日天]")
_MONTH_DAY = re.compile(
    rf"每(?P<unit>个?自?然?月|个?季度|年)(?:的)?(?:(?<=季度)(?:首月|第一个月)的?)?(?:第)?"
    rf"(?P<day>{NUMERAL}|首)(?:日|号|个?工作日|天)"
)
_NEXT_MONTH_DAY = re.compile(rf"(?:次月|翌月)的?(?:第)?(?P<day>{NUMERAL})(?:日|号)")
_QUARTER_DAY = re.compile(
    rf"每个?季度?的?(?:末月|尾月|最后一个?月|第[二三]个月)的?(?:第)?(?P<day>{NUMERAL})(?:日|号)"
)
_YEAR_DAY = re.compile(rf"每年(?:的)?(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]")
_LAST_DAY = re.compile(
    r"每(?P<unit>个?自?然?月|个?季度|年)(?:的)?(?:最后|末)(?:一)?个?(?:工作日|日|天)"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often.

    Attributes:
        day: of each period, where the words name one.
        late: whether it is for each day late.
        month: whether the words name a day of the year, or of a month in each quarter.
    """

    iso: str
    day: int | None = None
    late: bool = False
    month: bool = False
    at_end: bool = False


def in_year_of(words: str, first: Moment, moment: Moment) -> Moment:
    """3月31日 in 2027年3月1日至3月31日: the end of a stretch is in the year of its beginning."""
    match = _NO_YEAR.fullmatch(words)
    if match is None or moment.missing != "year" or first.iso is None:
        return moment
    month, day = numeral(match["month"]), numeral(match["day"])
    if month is None or day is None:
        return moment
    iso = iso_date(int(first.iso[:4]), int(month), int(day))
    return Moment(iso) if iso is not None and iso >= first.iso[:10] else moment


def duration_at(text: str, place: int) -> tuple[Duration, int] | None:
    """A span of time: 30日, 三个工作日, 半年, 一年半, 1年6个月."""
    found = _plain_duration(text, place)
    if found is None:
        return None
    duration, end = found
    more = _plain_duration(text, end) if duration.iso.endswith("Y") else None
    if more is not None and re.fullmatch(r"P\d+M", more[0].iso):
        months = int(duration.iso[1:-1]) * 12 + int(more[0].iso[1:-1])
        return Duration(f"P{months}M"), more[1]
    return found


def _plain_duration(text: str, place: int) -> tuple[Duration, int] | None:
    match = _DURATION.match(text, place)
    if match is None:
        return None
    words = match["number"] or match["bracketed"]
    unit, piece = match["unit"], match["piece"]
    if unit in {"年", "年度"} and re.fullmatch(r"\d{4}|[〇零一二三四五六七八九]{4}", words):
        return None
    number = Decimal("0.5") if words == "半" else numeral(words)
    if number is None or (match["again"] and numeral(match["again"]) != number):
        return None
    after = text[match.end() : match.end() + 1]
    if after == "岁":
        return None
    if unit == "月" and not piece and (number <= 12 or after.isdigit()):
        return None
    if match["half"] or (match["more"] and unit in {"年", "天", "小时", "周年"}):
        number += Decimal("0.5")
    end = (
        match.end()
        if not match["more"] or unit in {"年", "天", "小时", "周年"}
        else match.end() - 1
    )
    iso = iso_duration(number, _UNITS[unit])
    if iso is None and _UNITS[unit] == "month":
        iso = iso_duration(number * 30, "day")
    return (Duration(iso, unit in _BUSINESS), end) if iso else None


def moment_at(text: str, place: int) -> tuple[Moment, int] | None:
    """A date, with a clock where one follows; without a year it is open."""
    found = _day_at(text, place)
    if found is not None and found[0].iso is None and (late := clock_at(text, found[1])):
        return found[0], late[2]
    if found is None or found[0].iso is None:
        return found
    day, end = found
    clock = clock_at(text, end)
    if clock is None or day.iso is None:
        return found
    time, offset, end = clock
    first = next((zone for word, zone in _ZONES.items() if text.startswith(word, place)), "")
    offset = offset or first
    iso = with_clock(day.iso, time, offset)
    return Moment(iso, None if offset else "zone"), end


def clock_at(text: str, place: int) -> tuple[str, str, int] | None:
    """A time of day as HH:MM:SS, its offset or nothing, and the place after."""
    match = _CLOCK.match(text, place)
    if match is None:
        return None
    hour = numeral(match["hour"])
    written = match["clock"] or match["minute"]
    minute = numeral(written) if written else Decimal(0)
    if hour is None or minute is None:
        return None
    if match["part"] in {"下午", "晚上", "晚间", "晚"} and hour < 12:
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    clock = "23:59:59" if hour == 24 else f"{int(hour):02}:{int(minute):02}:00"
    zone = match["zone"] or match["before"]
    return clock, _ZONES[zone] if zone else "", match.end()


def _day_at(text: str, place: int) -> tuple[Moment, int] | None:
    match = _DAY.match(text, place) or _ISO_DAY.match(text, place)
    if match is not None:
        year, month, day = (numeral(match[name]) for name in ("year", "month", "day"))
        iso = iso_date(int(year or 0), int(month or 0), int(day or 0))
        return (Moment(iso), match.end()) if iso else None
    quarter = _QUARTER_END.match(text, place)
    if quarter is not None:
        year, number = numeral(quarter["year"]), numeral(quarter["quarter"])
        iso = last_day(int(year or 0), int(number or 0) * 3)
        return (Moment(iso), quarter.end()) if iso else None
    match = _MONTH_END.match(text, place)
    if match is not None:
        year, month = numeral(match["year"]), numeral(match["month"])
        iso = last_day(int(year or 0), int(month or 0))
        return (Moment(iso), match.end()) if iso else None
    match = _YEAR_END.match(text, place)
    if match is not None:
        iso = last_day(int(numeral(match["year"]) or 0), 12)
        return (Moment(iso), match.end()) if iso else None
    match = _NO_YEAR.match(text, place) or _MONTH.match(text, place)
    return (Moment(None, "year"), match.end()) if match else None


def recurrence_at(  # noqa: C901, PLR0911 - one return for each way to say it
    text: str, place: int
) -> tuple[Recurrence, int] | None:
    """每月, 每三个月, 每季度末, 按年, 每月5日, 每逾期一日."""
    if (each_day := _LATE_DAY.match(text, place)) is not None:
        each = {"周": "P1W", "小时": "PT1H"}.get(each_day["unit"], "P1D")
        return Recurrence(each, late=True), each_day.end()
    for pattern in (_MONTH_DAY, _LAST_DAY):
        match = pattern.match(text, place)
        if match is not None:
            unit = match["unit"]
            iso = "P1M" if "月" in unit else "P3M" if "季" in unit else "P1Y"
            named = match.groupdict().get("day")
            day = numeral("一" if named == "首" else named) if named else None
            return Recurrence(iso, int(day) if day else None, at_end=day is None), match.end()
    if (match := _NEXT_MONTH_DAY.match(text, place)) and (next_day := numeral(match["day"])):
        return Recurrence("P1M", int(next_day)), match.end()
    if match := _QUARTER_DAY.match(text, place):
        return Recurrence("P3M", month=True), match.end()
    if match := _YEAR_DAY.match(text, place):
        return Recurrence("P1Y", month=True), match.end()
    if match := _WEEKDAY.match(text, place):
        weekday = "一二三四五六".find(match[0][-1]) + 1
        return Recurrence("P1W", weekday or 7), match.end()
    if match := _RATE.match(text, place):
        return Recurrence(_RATE_PERIODS[match[0]]), match.end()
    match = _EVERY.match(text, place) or _BY.match(text, place)
    if match is None:
        return None
    groups: dict[str, str | None] = match.groupdict()
    count = groups.get("number")
    number = Decimal("0.5") if count == "半" else numeral(count) if count else Decimal(1)
    if groups.get("half"):
        number = Decimal("0.5") if not count else (number or 0) + Decimal("0.5")
    period = iso_duration(number, _UNITS[match["unit"]]) if number else None
    if period is None:
        return None
    late = _LATE_EVERY.match(text, place) is not None
    return Recurrence(
        period, late=late, at_end=(groups.get("part") or "").endswith(("末", "底"))
    ), match.end()
