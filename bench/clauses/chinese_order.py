"""The same Chinese words in another order: conditions, times, who acts, what is handed over."""

from __future__ import annotations

import re
from collections.abc import Callable

from .rewording import Rewording, of_text, of_words

Change = Callable[[str], str | None]
_STOP = "，。；,;：:"
_CASE = re.compile(rf"^(?P<case>[^{_STOP}“”]+)的[，,](?P<rest>[^。；;]+。?)$")
_IF = re.compile(
    rf"^(?:如果|若|如)(?!下|期|实|何|约|数)(?P<case>[^{_STOP}]+)[，,](?:则)?(?P<rest>[^。；;]+?)。?$"
)
_WHEN = re.compile(
    rf"^当?(?P<case>[^{_STOP}]{{4,}})(?<![届同及此按准])时[，,](?P<rest>[^。；;]+。?)$"
)
_OPENED = ("如", "若", "未经", "除", "只有", "每", "凡", "经", "有", "因")
_DAYS = r"(?P<days>[\d一二三四五六七八九十百]+个?(?:工作)?[日天周月年])"
_EVENT = rf"(?P<event>[^{_STOP}]{{2,}}?)"
_AFTER = rf"{_EVENT}(?<![之此])后{_DAYS}(?:之|以)?内"
_DUTY_AFTER = rf"(?<=[应须将可])在?{_AFTER}"
_SINCE = rf"(?P<since>自)?(?P<event>[^{_STOP}自]{{2,}}?)之日起{_DAYS}(?:之|以)?内"
_PARTY = (
    r"[甲乙丙丁买卖][方家]|[出承]租[人方]|[^应须将向，。；,;：: ]{1,5}[人方者商家]|公司|平台"
    r"|客户|房东|租客"
)
_GIVE = r"(?P<verb>支付|交付|归还|偿还|返还|退还|提交|披露|转让|出售)"
_THING = r"(?P<thing>(?:[^，。；,;：:、]|(?<=\d),(?=\d)){2,}?)(?=[，。；;]|,(?!\d)|$)"
_TO = rf"(?<=[应须将可得前内起日时后式当])向(?P<to>{_PARTY}){_GIVE}{_THING}"
_ACTIVE = re.compile(
    rf"^(?P<actor>{_PARTY})(?P<must>应当|应|须|必须)(?P<when>[^，。；,;向将把]*)"
    rf"向(?P<to>{_PARTY}){_GIVE}{_THING}(?P<end>。?)$"
)
_FIRST = re.compile(
    rf"^(?P<actor>{_PARTY})(?P<must>应当|应|须|必须|可以|不得)"
    r"(?P<when>(?:在|于|自)?[^，。；,;向将把按]+?(?:日?前|[日天月周年]内|日(?!起)))(?P<rest>[^，。；,;]+。?)$"
)


def _opened(word: str, tail: str = "") -> Change:
    """X的，Y is 如果X，Y."""

    def change(text: str) -> str | None:
        found = _CASE.match(text)
        if found is None or found["case"].startswith(_OPENED):
            return None
        return f"{word}{found['case']}{tail}，{found['rest']}"

    return change


def _as_case(text: str) -> str | None:
    """如果X，Y is X的，Y."""
    found = _IF.match(text)
    if found is None or found["case"].endswith(("时", "的", "后")):
        return None
    return f"{found['case']}的，{found['rest']}。"


def _when(word: str, tail: str) -> Change:
    """X时，Y is 一旦X，Y."""

    def change(text: str) -> str | None:
        found = _WHEN.match(text)
        return f"{word}{found['case']}{tail}，{found['rest']}" if found else None

    return change


def _behind(joint: str) -> Change:
    """如果X，Y is Y，如果X: the condition behind the duty, where that says who acts."""

    def change(text: str) -> str | None:
        found = _IF.match(text) or _CASE.match(text)
        if found is None or not re.match(_PARTY, found["rest"]) or "，" in found["rest"]:
            return None
        case = found["case"].removesuffix("时")
        return f"{found['rest'].rstrip('。')}{joint.format(case)}。"

    return change


def _time_first(text: str) -> str | None:
    """甲方应在D前支付 is D前，甲方应支付."""
    found = _FIRST.match(text)
    if found is None:
        return None
    return f"{found['when'].removeprefix('于')}，{found['actor']}{found['must']}{found['rest']}"


def _passive(text: str) -> str | None:
    """甲方应向乙方支付N is N应由甲方向乙方支付."""
    found = _ACTIVE.match(text)
    if found is None:
        return None
    return (
        f"{found['thing']}{found['must']}由{found['actor']}{found['when']}向{found['to']}"
        f"{found['verb']}{found['end']}"
    )


_CASES = (
    ("若", ""), ("如果", ""), ("一旦", ""), ("", "的情况下"), ("在", "的情况下"), ("如", "的"),
    ("当", "时"), ("", "的情形下"), ("凡", "的"), ("如果", "的话"), ("在", "时"), ("", "时"),
)  # fmt: skip
_WHENS = (
    ("一旦", ""), ("如果", ""), ("在", "的情况下"), ("", "的"), ("当", "时"), ("", "之时"),
    ("", "的时候"),
)  # fmt: skip
_BEHIND = ("，如果{}", "，前提是{}", "，如{}", "，但以{}为前提", "，若{}的话", "，条件是{}")
_ORDERS = (
    ("将A支付给B", r"将\g<thing>\g<verb>给\g<to>"), ("把A支付给B", r"把\g<thing>\g<verb>给\g<to>"),
    ("支付A给B", r"\g<verb>\g<thing>给\g<to>"), ("支付给BA", r"\g<verb>给\g<to>\g<thing>"),
    ("将A支付予B", r"将\g<thing>\g<verb>予\g<to>"), ("给B支付A", r"给\g<to>\g<verb>\g<thing>"),
)  # fmt: skip
_TIMES = (
    ("E之日起N内", _AFTER, r"\g<event>之日起\g<days>内"),
    ("自E之日起N内", _DUTY_AFTER, r"自\g<event>之日起\g<days>内"),
    (
        "E后N内",
        _SINCE,
        lambda one: f"{'在' if one['since'] else ''}{one['event']}后{one['days']}内",
    ),
    ("E后的N内", _AFTER, r"\g<event>后的\g<days>内"),
    ("不迟于E后N", _DUTY_AFTER, r"不迟于\g<event>后\g<days>"),
    ("最晚于E后N", _DUTY_AFTER, r"最晚于\g<event>后\g<days>"),
    ("不迟于D", r"(?<=[应须])于(20\d\d年\d+月\d+日)前", r"不迟于\1"),
)

ORDERS: tuple[Rewording, ...] = (
    *(of_text(f"case: {word}X{tail}", _opened(word, tail)) for word, tail in _CASES),
    of_text("if as a case: X的", _as_case),
    *(of_text(f"when: {word}X{tail}", _when(word, tail)) for word, tail in _WHENS),
    *(of_text(f"condition behind: {joint}", _behind(joint)) for joint in _BEHIND),
    of_text("time in front", _time_first),
    of_text("passive: A由B支付", _passive),
    *(of_words(f"hand over: {name}", _TO, new) for name, new in _ORDERS),
    *(of_words(f"deadline: {name}", pattern, new) for name, pattern, new in _TIMES),
)
