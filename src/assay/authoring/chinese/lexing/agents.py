"""Somebody whom no lexicon has, by how the word ends and where it stands: 借阅人, 监理单位, 病人.

>>> agent_at("借阅人归还图书", 0, 7)
3
"""

from __future__ import annotations

from assay.authoring.chinese.lexicon.nouns import NOUNS
from assay.authoring.chinese.lexicon.roles import AGENT_ENDINGS, CONTRACT, ROLES
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexicon.words import SILENT, WORDS

_LONGEST = 8
_FUNCTION = frozenset(
    "应须不得可将但于在向给由与和的之前后若如当未经把被或及并且按以从自至到为是每个各该此本其"
    "则就仅只都均已无没且凡予需了你我他您她咱这那谁请、,。;:()“”\"'《》归对因逾"
)
_SUFFIXES = frozenset("方人者员商户队")
_PAID = ("费", "款", "金", "租", "税", "利润", "收益", "收入")
_NAMED = ROLES | {"双方", "两方", "两人", "两家", "三人", "三家"}
_NUMERALS = frozenset("一二三四五六七八九十两百千万半几多")
_HANDS_OVER = frozenset({"give", "inform", "receive"})
_SIDES = frozenset({"甲方", "乙方", "丙方", "丁方", "买方", "卖方", "双方", "对方"})
_TIMES = frozenset("内中前后时")
_NOT_BEFORE = frozenset("案式法向面针才员工力口数民道均口类物品生")
_AT_START = frozenset({
    "comma", "colon", "if", "unless", "to", "by", "and", "otherwise", "then", "open", "quote",
    "from", "signing", "into", "de", "only", "with", "recurrence", "at", "when", "after",
})  # fmt: skip


def begins_noun(kind: str | None, frame: str | None) -> bool:
    """Whether somebody may be named right after a token of this kind."""
    return kind is None or kind in _AT_START or (kind == "verb" and frame in _HANDS_OVER)


def agent_at(text: str, place: int, end: int) -> int | None:
    """Where a word for somebody that starts at a place ends; None where none does."""
    last = min(end, place + _LONGEST)
    if text[place] in _NUMERALS or text[place] == "除":
        return None
    for at in range(place, last):
        if _is_function(text, at) or not "\u4e00" <= text[at] <= "\u9fff":
            return None
        stop = at + 1
        word = text[place:stop]
        if word in ROLES and stop - place > 1 and text[stop : stop + 1] not in _SUFFIXES:
            return None
        cuts = (word[:-size] for size in (2, 3) if word[-size:] in _NAMED)
        if any(begun.endswith(_PAID) for begun in cuts):
            return None
        if stop - place < 2 or not word.endswith(AGENT_ENDINGS) or word in NOUNS or word in VERBS:
            continue
        if (stop < end and text[stop] in _NOT_BEFORE) or _goes_on(text, at, end):
            continue
        act = len(word) > 2 and word[-2:] in VERBS and word[-2:] not in AGENT_ENDINGS
        if not (act or _hides_a_verb(word)):
            return stop
    return None


def _is_function(text: str, at: int) -> bool:
    """由 and the like, but not where they belong to a word: 自由职业者."""
    if text[at] in "自由" and text.startswith("自由", at - (text[at] == "由")):
        return False
    return text[at] in _FUNCTION


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether the last character begins a longer known word: 商 in 商品, 方 in 方案."""
    for length in range(4, 1, -1):
        word = text[at : at + length]
        if at + length <= end and len(word) == length and _is_known(word):
            return True
    return False


def _is_known(word: str) -> bool:
    return word in NOUNS or word in VERBS or word in WORDS or word in ROLES or word in SILENT


def _hides_a_verb(word: str) -> bool:
    """赔偿客户, 定金归卖方, 启动时甲方: an act or a time, and somebody; not a name."""
    for cut in range(1, len(word) - 1):
        head, rest = word[:cut], word[cut:]
        verb = VERBS.get(head)
        whom = rest in ROLES or rest in CONTRACT
        hands = verb is not None and (verb.frame in _HANDS_OVER or verb.action == "claim")
        if verb is not None and (whom or (cut >= 2 and hands)):
            return True
        if head in NOUNS and any(rest[:length] in VERBS for length in (1, 2)) and not whom:
            return len(rest) > 2
        if whom and any(word[start:cut] in VERBS for start in range(1, cut)):
            return True
        if head in NOUNS and (rest[0] in _TIMES or rest in _SIDES):
            return True
        if cut > 1 and (head in SILENT or head in WORDS or (whom and head[-1] in "时期内间后前")):
            return True
    return False
