"""How long what was just said lasts, and how often it is due: 保密期限为三年, 每月一期."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.conditions.reading import timing_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.language.durations import parts_of
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Obligation

_SPREAD = ("等额", "线性", "匀速", "平均", "等额本息")
_NAMES = ("期", "期限", "期间", "有效期")
_ANY = frozenset({"期限", "有效期", "期间", "时间"})
_LASTS = frozenset({
    "disclose", "provide", "use", "occupy", "maintain", "lock", "supply", "perform", "repair",
    "transfer", "sell",
})  # fmt: skip
"""Acts that may go on for a time, or be forbidden for one."""
_MEANT: dict[str, frozenset[str]] = {
    "保密": frozenset({"disclose"}),
    "租": frozenset({"occupy", "provide", "use"}),
    "质保": frozenset({"maintain", "repair", "provide"}),
    "保修": frozenset({"maintain", "repair", "provide"}),
    "维": frozenset({"maintain", "repair", "provide"}),
    "服务": frozenset({"provide", "perform", "maintain"}),
    "授权": frozenset({"provide", "use"}),
    "许可": frozenset({"provide", "use"}),
    "使用": frozenset({"provide", "use", "occupy"}),
    "锁": frozenset({"lock", "transfer", "sell"}),
    "质押": frozenset({"deposit", "lock"}),
    "供应": frozenset({"supply", "deliver"}),
    "供货": frozenset({"supply", "deliver"}),
    "保管": frozenset({"maintain", "provide"}),
    "竞业": frozenset({"perform"}),
    "保证": frozenset({"perform", "provide"}),
}
"""The acts that a length is of, by how its name begins."""


_IN_ALL = frozenset({
    "共", "一共", "总共", "共计", "合计", "连续", "交", "付", "缴", "支付", "缴纳", "买",
})  # fmt: skip


def counted_over(tokens: Sequence[Token], last: Obligation) -> Obligation | None:
    """每月交20 USDC, 一共交12个月: over which length what was just said is due again and again."""
    if last.recurrence is None or last.deadline is not None or last.occurrences is not None:
        return None
    words = [one for one in tokens if one.text not in _IN_ALL]
    if len(words) != 1 or words[0].kind != "duration" or len(words) == len(tokens):
        return None
    times = parts_of(words[0].value.iso, last.recurrence)
    return last.model_copy(update={"occurrences": times}) if times is not None else None


def lasting_of(tokens: Sequence[Token], last: Obligation, context: Context) -> Obligation | None:
    """Give the obligation before with the time that these words name, where it is its length."""
    if len(tokens) == 2 and tokens[0].text in _ANY and tokens[1].kind == "duration":
        tokens = [tokens[0], Token("equal", "为", tokens[0].end, tokens[0].end), tokens[1]]
    equal = next((at for at, token in enumerate(tokens) if token.kind in {"equal", "from"}), 0)
    if equal == 0:
        return None
    name = "".join(one.text for one in tokens[:equal] if one.kind not in {"silent", "its", "de"})
    meant = next((acts for word, acts in _MEANT.items() if name.startswith(word)), frozenset())
    timed = any(one.kind == "time" for one in last.conditions)
    if name in _ANY and last.recurrence is None and not timed:
        meant = frozenset(one for one in _LASTS if one == last.action)
    if not name.endswith(_NAMES) or last.action not in meant or last.deadline is not None:
        return None
    predicate = _time_of(tokens[equal + (tokens[equal].kind == "equal") :])
    if predicate is None:
        return None
    timing = timing_of(predicate, context, modality=last.modality, acting=None)
    if not (timing.deadline or timing.conditions):
        return None
    return last.model_copy(
        update={
            "deadline": timing.deadline,
            "deadline_from": timing.deadline_from,
            "conditions": (*last.conditions, *timing.conditions),
        }
    )


def recurring_of(predicate: Predicate, last: Obligation) -> Obligation | None:
    """Give the obligation before as often as 每月一期 or 分三期 after it says."""
    if predicate.instalments and not predicate.adverbials and predicate.subject is None:
        return last.model_copy(update={"occurrences": predicate.instalments})
    if len(predicate.adverbials) != 1 or predicate.subject is not None or predicate.unread:
        return None
    recurrence = predicate.adverbials[0].recurrence
    if recurrence is None or last.recurrence is not None:
        return None
    return last.model_copy(update={"recurrence": recurrence.iso})


def _time_of(tokens: Sequence[Token]) -> Predicate | None:
    """The words after 为, where they are one time and nothing else."""
    tokens = [token for token in tokens if token.kind not in {"silent", "quote"}]
    if len(tokens) == 1 and tokens[0].kind == "duration":
        tokens = [*tokens, replace(tokens[0], kind="during", text="内")]
    predicates = read_predicates(tokens)
    head = predicates[0]
    extra = head.verb or head.subject or head.unread or head.comparisons or head.objects
    if len(predicates) > 1 or extra or len(head.adverbials) != 1:
        return None
    adverbial = head.adverbials[0]
    if adverbial.relation == "after" and adverbial.duration is not None:
        head.adverbials = [replace(adverbial, relation="by")]
    return head


def period_over(predicate: Predicate) -> str | None:
    """分六个月 has a part each month, 分三年 is left to the words."""
    said = [token for one in predicate.adverbials for token in one.tokens if token.kind == "over"]
    words = "".join(token.text for token in said)
    if any(token.text.endswith(("线性", "匀速")) for token in predicate.tokens):
        return None
    return "P1M" if "月" in words else "P3M" if "季" in words else None


def divides(predicate: Predicate, quantity: Quantity | None) -> bool:
    """12000元分4期付: a total in parts, where no words say that it is what each part is."""
    if quantity is None or not quantity.amount or quantity.asset == "%":
        return False
    parted = any(one.kind == "instalments" and one.text[0] == "分" for one in predicate.tokens)
    each = quantity.share_of is not None or any("每" in one.text for one in predicate.tokens)
    return parted and not each


def is_spread(predicate: Predicate) -> bool:
    words = [*predicate.tokens, *(token for one in predicate.adverbials for token in one.tokens)]
    behind = [*(one.kind for one in words[1:]), ""]
    return any(
        token.kind == "over"
        or (
            token.kind == "silent"
            and token.text.endswith(_SPREAD)
            and not (token.text == "等额" and following in {"noun", "unknown", "latin"})
        )
        for token, following in zip(words, behind, strict=True)
    )
