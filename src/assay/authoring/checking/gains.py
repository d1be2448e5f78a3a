"""A word of warning beside a question about who is to say something: who is paid by what is said.

warned(specification, condition)  # " seller would be paid by saying so: ..."
least_gaining_first(specification, ("seller", "buyer"), condition)  # ("buyer", "seller")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assay.authoring.blocks.clauses.own_word import gainers
from assay.authoring.model import Condition, Language, Specification

_TEXTS: Mapping[Language, tuple[str, str, str, str]] = {
    "en": (
        " {names} would be paid by saying so",
        " {names} would be paid by keeping silent",
        ": better name somebody else.",
        " and ",
    ),
    "zh": ("{names}确认后即可获得款项", "{names}不予确认即可获得款项", "，最好由他人确认。", "、"),
}


_BARRED: Mapping[Language, str] = {
    "en": " {doer} would keep the money from {names} by saying so.",
    "zh": "{doer}确认后，{names}即不再获得退款。",
}
_STALLED: Mapping[Language, tuple[str, str, str]] = {
    "en": (
        " The time for {names} to object counts from it, and would never run if they said nothing",
        ": better name {doer}.",
        ".",
    ),
    "zh": (
        "{names}的异议期自此起算，若由其确认，其不予确认即可阻止异议期开始",
        "，最好由{doer}确认。",
        "。",
    ),
}


def stalled(specification: Specification, silent: tuple[str, ...], doer: tuple[str, ...]) -> str:
    """That a party could keep its silence from counting; empty where none counts."""
    if not silent:
        return ""
    text, advice, end = _STALLED[specification.language]
    joined = _TEXTS[specification.language][-1].join(silent)
    return text.format(names=joined) + (advice.format(doer=doer[0]) if doer else end)


def warned(specification: Specification, *told: Condition) -> str:
    """Who gains by what is told, or by its not being told; empty where nobody does."""
    *gains, advice, joined = _TEXTS[specification.language]
    found = ""
    for text, by_silence in zip(gains, (False, True), strict=True):
        names = dict.fromkeys(
            name for one in told for name in gainers(specification, one, by_silence=by_silence)
        )
        if names:
            found += text.format(names=joined.join(names)) + advice
    return found


def least_gaining_first(
    specification: Specification, names: Sequence[str], *told: Condition
) -> tuple[str, ...]:
    """Names to suggest: last who is paid by saying it, and before them who is by their silence."""

    return tuple(sorted(names, key=lambda name: gains(specification, name, *told)))


def gains(specification: Specification, name: str, *told: Condition) -> int:
    """How much somebody is to be doubted: 2 where they are paid by what they say, 1 where by their
    silence, 3 by both, and 0 by neither."""
    says, is_silent = (
        any(name in gainers(specification, one, by_silence=by_silence) for one in told)
        for by_silence in (False, True)
    )
    return 2 * says + is_silent


def barring(specification: Specification, doer: Sequence[str], *told: Condition) -> str:
    """That whoever did the work could keep others from their refund; empty where there is none."""
    losing = dict.fromkeys(
        name
        for one in told
        for name in gainers(specification, one, by_silence=True)
        if name not in doer
    )
    if not doer or not losing:
        return ""
    joined = _TEXTS[specification.language][-1].join(losing)
    return _BARRED[specification.language].format(doer=doer[0], names=joined)
