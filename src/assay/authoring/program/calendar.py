"""Calendar months: reckoned, and as both targets spell them.

>>> from datetime import UTC, datetime
>>> last_of_january = int(datetime(2027, 1, 31, 9, tzinfo=UTC).timestamp())
>>> datetime.fromtimestamp(months_after(last_of_january, 1), UTC).isoformat()
'2027-02-28T09:00:00+00:00'
>>> months_between(last_of_january, months_after(last_of_january, 48))
48

A month later is the same day and time of the next month, in UTC, or its last day where it is too
short. Months are numbered from March of the year 0, so that a leap day is the last of its year.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

_DAY_S = 86_400
_EPOCH_DAY = 719_468
"""Days from 1 March of the year 0 to 1 January 1970."""


def months_after(time_s: int, count: int) -> int:
    """So many months after a moment, in seconds since 1970."""
    day = time_s // _DAY_S + _EPOCH_DAY
    month = _month_of(day)
    first, behind = _first_day(month + count), _first_day(month + count + 1)
    moved = min(first + day - _first_day(month), behind - 1)
    return (moved - _EPOCH_DAY) * _DAY_S + time_s % _DAY_S


def months_between(earlier_s: int, later_s: int) -> int:
    """How many whole months have passed from one moment to another; 0 where it is not later."""
    if later_s < earlier_s:
        return 0
    found = _month_of(later_s // _DAY_S + _EPOCH_DAY) - _month_of(earlier_s // _DAY_S + _EPOCH_DAY)
    return found - (months_after(earlier_s, found) > later_s)


def _month_of(day: int) -> int:
    """The number of the month in which a day is."""
    era, rest = divmod(day, 146_097)
    year = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    in_year = rest - (365 * year + year // 4 - year // 100)
    return (era * 400 + year) * 12 + (5 * in_year + 2) // 153


def _first_day(month: int) -> int:
    """The number of the first day of a month."""
    year = month // 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month % 12) + 2) // 5


def helpers(parts: Mapping[str, str], operators: Collection[str]) -> tuple[str, ...]:
    """Of the functions of a target those that some operators need."""
    between, after = "months between" in operators, "months after" in operators
    wanted = [*(["after"] if between or after else []), *(["between"] if between else [])]
    return tuple(parts[one] for one in (*wanted, *(["month", "day"] if wanted else [])))


SOLIDITY = {
    "after": """\
/// @dev The same day and time so many months later, in UTC; the last day of a shorter month.
function _monthsAfter(uint256 time, uint256 count) private pure returns (uint256) {
    uint256 today = _whole(time, 1 days);
    uint256 day = today + 719_468;
    uint256 month = _monthOf(day);
    uint256 moved = _firstDay(month + count) + day - _firstDay(month);
    uint256 last = _firstDay(month + count + 1) - 1;
    return ((moved < last ? moved : last) - 719_468) * 1 days + (time - today * 1 days);
}""",
    "between": """\
/// @dev How many whole months have passed; 0 where it is not later.
function _monthsBetween(uint256 earlier, uint256 later) private pure returns (uint256) {
    if (later < earlier) return 0;
    uint256 count = _monthOf(later / 1 days + 719_468) - _monthOf(earlier / 1 days + 719_468);
    return _monthsAfter(earlier, count) > later ? count - 1 : count;
}""",
    "month": """\
/// @dev The month in which a day is; both count from 1 March of the year 0.
function _monthOf(uint256 day) private pure returns (uint256) {
    uint256 era = _whole(day, 146_097);
    uint256 rest = day - era * 146_097;
    uint256 year = _whole(rest - rest / 1_460 + rest / 36_524 - rest / 146_096, 365);
    uint256 inYear = rest + year / 100 - year / 4 - 365 * year;
    return era * 4_800 + year * 12 + (5 * inYear + 2) / 153;
}""",
    "day": """\
/// @dev The first day of a month.
function _firstDay(uint256 month) private pure returns (uint256) {
    uint256 year = _whole(month, 12);
    uint256 inYear = month - 12 * year;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * inYear + 2) / 5;
}""",
}

VYPER = {
    "after": """\
@internal
@pure
def _months_after(time: uint256, count: uint256) -> uint256:
    '''
    @dev The same day and time so many months later, in UTC; the last day of a shorter month.
    '''
    day: uint256 = time // 86_400 + 719_468
    month: uint256 = self._month_of(day)
    moved: uint256 = self._first_day(month + count) + day - self._first_day(month)
    last: uint256 = self._first_day(month + count + 1) - 1
    return (min(moved, last) - 719_468) * 86_400 + time % 86_400""",
    "between": """\
@internal
@pure
def _months_between(earlier: uint256, later: uint256) -> uint256:
    '''
    @dev How many whole months have passed; 0 where it is not later.
    '''
    if later < earlier:
        return 0
    first: uint256 = self._month_of(earlier // 86_400 + 719_468)
    count: uint256 = self._month_of(later // 86_400 + 719_468) - first
    if self._months_after(earlier, count) > later:
        return count - 1
    return count""",
    "month": """\
@internal
@pure
def _month_of(day: uint256) -> uint256:
    '''
    @dev The month in which a day is; both count from 1 March of the year 0.
    '''
    rest: uint256 = day % 146_097
    year: uint256 = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    in_year: uint256 = rest + year // 100 - year // 4 - 365 * year
    return (day // 146_097) * 4_800 + year * 12 + (5 * in_year + 2) // 153""",
    "day": """\
@internal
@pure
def _first_day(month: uint256) -> uint256:
    '''
    @dev The first day of a month.
    '''
    year: uint256 = month // 12
    days: uint256 = 365 * year + year // 4 - year // 100 + year // 400
    return days + (153 * (month % 12) + 2) // 5""",
}
