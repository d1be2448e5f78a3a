"""Folded Chinese text to tokens: the longest entity or known word at each place.

>>> [token.kind for token in tokens_of("甲方应在3日内支付100美元")]
['party', 'must', 'at', 'duration', 'during', 'verb', 'amount']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from assay.authoring.chinese.lexicon import suffixes
from assay.authoring.chinese.lexicon.general import GENERAL, LONGEST
from assay.authoring.chinese.lexicon.nouns import NOUNS
from assay.authoring.chinese.lexicon.roles import CONTRACT, ROLES
from assay.authoring.chinese.lexicon.spoken import COUNTS_AS, OUTBIDS, SPOKEN
from assay.authoring.chinese.lexicon.verb_places import EVERY_TIME
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexicon.words import SIGNING, SILENT, WORDS
from assay.authoring.chinese.lexing import manners
from assay.authoring.chinese.lexing.agents import agent_at, begins_noun
from assay.authoring.chinese.lexing.calendar import clock_at, duration_at, moment_at, recurrence_at
from assay.authoring.chinese.lexing.entities import STARTS, amount_at, counted_at
from assay.authoring.chinese.lexing.listed_people import listed_at
from assay.authoring.chinese.lexing.names import (
    FULL_NAME,
    LETTER,
    SHORT_NAME,
    begins_other,
    cuts_a_name,
)
from assay.authoring.chinese.lexing.numerals import numeral, ratio_at
from assay.authoring.chinese.lexing.quorums import quorum_at
from assay.authoring.chinese.lexing.short_names import DEFINED
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.language.dates import Moment

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&'-]*(?: [A-Za-z0-9.&'-]+)*")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[十百千万亿]*")
_COIN = re.compile(r"[A-Z]{2,6}\d{1,2}(?=(?:代币|通证|币(?!\d)))")
_LONGEST = 14
_THAT_DAY = frozenset({"的当日", "的当天", "当日", "当天"})
_MEASURE = re.compile("最高|最低|平均|收盘|开盘|结算价|均价|汇率|气温|温度|降[雨水雪]|成交|价格|风")
"""What is measured on a day: 公布的当日最高气温 has no time in it."""
_LATE_ACTS = frozenset("交付还缴给发退打")
_MARKED = (
    ("blank", "(", DEFINED),
    ("noun", "《", manners.TITLED),
    ("most", "限", manners.LIMITS),
    ("above", "超", manners.OVER),
    ("reference", "第本合协附", manners.REFERENCE),
    ("noun", "不非可应毁损灭丢", manners.AT_RISK),
    ("noun", "", manners.POORLY),
    ("ordinal", "第", manners.ORDINAL),
    ("instalments", "分共总一合", manners.INSTALMENTS),
    ("party", "股合双甲各当本公继成", manners.OUTSIDERS),
    ("party", "排前", manners.FOREMOST),
    ("party", "出报竞投得票贡持", manners.HIGHEST),
    ("party", "小老阿", SHORT_NAME),
    ("party", "", FULL_NAME),
    ("party", "甲乙丙丁", LETTER),
    ("vague", "上下本这周星礼", manners.WEEKDAY),
    ("silent", "位坐座本单在合协经", manners.PLACED),
    ("as", "算当就", COUNTS_AS),
    ("silent", "通以采用按", manners.MANNER),
    ("silent", "无不在任", manners.WHATEVER),
    ("if", "无不", manners.WHENEVER),
    ("cases", "同存出发具符满属有在于下以如", manners.CASES),
)
_READERS: tuple[tuple[str, Callable[[str, int], tuple[Any, ...] | None]], ...] = (
    ("recurrence", recurrence_at),
    ("moment", moment_at),
    ("duration", duration_at),
    ("amount", amount_at),
    ("clock", clock_at),
)
_PUNCTUATION = {",": "comma", "、": "and", ":": "colon", "(": "open", ")": "close"}
_PUNCTUATION |= dict.fromkeys("“”\"'‘’《》", "quote")

SIMPLE: dict[str, str] = {
    **dict.fromkeys(SILENT, "silent"),
    **dict.fromkeys(NOUNS, "noun"),
    **WORDS,
    **dict.fromkeys(VERBS, "verb"),
    **dict.fromkeys(SIGNING, "signing"),
    **dict.fromkeys(ROLES, "party"),
    **dict.fromkeys(CONTRACT, "party"),
}


def tokens_of(
    text: str, names: Mapping[str, str] | None = None, start: int = 0, end: int | None = None
) -> list[Token]:
    """Cut text into tokens; `names` are this text's own terms and their kinds."""
    end = len(text) if end is None else end
    tokens: list[Token] = []
    unknown = start
    place = start
    while place < end:
        before = tokens[-1] if tokens else None
        token = _token_at(text, place, end, names or {})
        if before is not None and manners.must_pay(text, place, named=before.kind == "party"):
            token = Token("must", "应", place, place + 1)
        if unknown == place and _may_name(before):
            token = _longer(token, _named_at(text, place, end))
        whole = _general_at(text, place, end)
        cut = whole is not None and unknown < place and text[whole - 1] in "前后"
        if whole is not None and not cut and (token is None or token.end < whole):
            place = whole
            continue
        if token is None:
            place += 1
            continue
        if unknown < place:
            tokens.append(_unknown(text, unknown, place))
        if token.kind != "blank":
            tokens.append(token)
        place = unknown = token.end
    if unknown < end:
        tokens.append(_unknown(text, unknown, end))
    return _with_agents(tokens)


def _general_at(text: str, place: int, end: int) -> int | None:
    """Where a word of every day ends, unless a known word begins in it and goes on beyond it."""
    for length in range(min(LONGEST, end - place), 1, -1):
        if text[place : place + length] not in GENERAL:
            continue
        stop = place + length
        starts = range(place + 1, stop)
        longer = any(
            text[at:last] in SIMPLE
            for at in starts
            for last in range(max(stop, at + 1) + 1, min(end, at + _LONGEST) + 1)
        )
        return None if longer else stop
    return None


def _may_name(before: Token | None) -> bool:
    if before is None:
        return True
    frame = before.value.frame if before.kind == "verb" and before.value else None
    return begins_noun(before.kind, frame) or before.text in suffixes.BEFORE_NAMES


def _named_at(text: str, place: int, end: int) -> Token | None:
    stop = agent_at(text, place, end)
    return Token("party", text[place:stop], place, stop) if stop is not None else None


def _longer(first: Token | None, second: Token | None) -> Token | None:
    if first is None or second is None:
        return first or second
    return second if second.end > first.end else first


def _with_agents(tokens: list[Token]) -> list[Token]:
    """开发 + 商, 质押 + 者, 红十字 + 会: words and a suffix are somebody."""
    merged: list[Token] = []
    for word, following in zip_longest(tokens, tokens[1:]):
        before = merged[-1] if merged else None
        token = _acting(word, before, following)
        follows = before is not None and before.end == token.start
        body = token.text == "会" and (
            following is None or following.kind in suffixes.BEHIND_BODIES
        )
        if token.text == "方" and before is not None and before.kind == "party" and follows:
            token = token.named("silent")
        if before is not None and follows and body and before.kind in {"unknown", "noun"}:
            merged[-1] = Token("party", before.text + token.text, before.start, token.end)
            continue
        if before is None or not follows or before.kind not in {"verb", "noun", "signing", "party"}:
            merged.append(token)
        elif (
            before.kind == "party"
            and token.text == "要求"
            and len(merged) > 1
            and _asks(merged[-2])
        ):
            at = merged[-2].start
            asked = [Token("and", "并", at, at + 1), Token("must", "应", at + 1, at + 2), before]
            merged[-2:] = [*asked, token]
        elif (
            (_names_paper(merged, token) and _ends_noun(following))
            or (token.text in suffixes.REQUESTS and before.kind == "verb" and _handles(merged[:-1]))
            or _names_a_sum(merged, token, following)
        ):
            merged[-1] = Token("noun", before.text + token.text, before.start, token.end)
        elif before.text == "截止" and token.kind == "moment":
            merged[-1:] = [before.named("at_latest"), token]
        elif (
            (
                before.kind == "verb"
                and token.text in suffixes.GROUPS
                and (len(merged) < 2 or begins_noun(merged[-2].kind, None))
                and not (len(merged) > 1 and merged[-2].text in EVERY_TIME)
            )
            or (_qualifies(before, token, merged))
            or (
                before.kind != "party"
                and token.text in suffixes.AGENTS
                and token.kind in {"unknown", "party"}
            )
        ):
            merged[-1] = Token("party", before.text + token.text, before.start, token.end)
        elif (
            (
                before.kind == "party"
                and before.text.endswith("方")
                and token.kind == "unknown"
                and token.text[0] in suffixes.NOT_AGENTS
            )
            or (before.kind == "noun" and before.text.endswith("期") and token.text in {"限", "间"})
            or (
                before.kind not in {"noun", "party"}
                and not _receives(before)
                and token.kind in {"unknown", "noun"}
                and token.text in suffixes.THINGS
            )
        ):
            merged[-1] = Token("noun", before.text + token.text, before.start, token.end)
        else:
            merged.append(token)
    return merged


def _acting(token: Token, before: Token | None, following: Token | None) -> Token:
    """你翻译这本书: a word for somebody is a verb between who acts and what it is done to."""
    acts = before is not None and before.kind in {"party", "must", "may", "must_not"}
    done_to = following is not None and following.kind in {"noun", "unknown", "latin"}
    if token.kind != "party" or token.text not in VERBS or not (acts and done_to):
        return token
    return replace(token, kind="verb", value=VERBS[token.text])


def _ends_noun(following: Token | None) -> bool:
    """Whether a verb like 报告 is the last part of a thing: 将服务报告提交给客户."""
    return following is None or following.kind in {
        "verb",
        "de",
        "comma",
        "must",
        "to",
        "and",
        "by",
        "after",
    }


def _names_paper(before: list[Token], token: Token) -> bool:
    """服务报告, 出具托管报告: a noun, or a verb behind another, and the paper on it."""
    last = before[-1]
    second = last.kind == "verb" and len(before) > 1 and before[-2].kind == "verb"
    return token.text in suffixes.PAPERS and (last.kind == "noun" or second)


def _names_a_sum(before: list[Token], token: Token, following: Token | None) -> bool:
    """支付动用金额20%的违约金: a verb behind another names a sum, and does nothing."""
    behind = following is not None and following.kind in {"amount", "de"}
    after = [one.kind for one in before[:-1] if one.kind != "silent"][-1:] in (["verb"], ["with"])
    return token.text in suffixes.SUMS and before[-1].kind == "verb" and behind and after


def _handles(before: list[Token]) -> bool:
    """提交提现申请, 收到退货申请: what is handed in or dealt with is an application."""
    if len(before) > 1 and before[-1].kind == "party":
        before = before[:-1]
    value = before[-1].value if before and before[-1].kind == "verb" else None
    return value is not None and (value.frame == "receive" or value.action in suffixes.DEALS_WITH)


def _asks(token: Token) -> bool:
    """并应客户要求参加会议: 应 goes with what the customer asks."""
    return token.text == "并应"


def _qualifies(verb: Token, token: Token, before: list[Token]) -> bool:
    """每位投保农户: a verb before a class of people says which of them."""
    short = len(verb.text) < 2 or len(before) < 2
    if verb.kind != "verb" or token.text not in suffixes.CLASSES or short:
        return False
    return before[-2].kind in {"to", "by"} or before[-2].text in {"每位", "每名", "每个", "各"}


def _receives(token: Token) -> bool:
    """收到款 is an act and what comes, not a thing."""
    return token.kind == "verb" and token.value.frame == "receive"


def _unknown(text: str, start: int, end: int) -> Token:
    return Token("unknown", text[start:end], start, end)


def _token_at(  # noqa: PLR0911 - one return for each kind of token
    text: str, place: int, end: int, names: Mapping[str, str]
) -> Token | None:
    character = text[place]
    if character in " \n":
        return Token("blank", character, place, place + 1)
    if (coin := _COIN.match(text, place, end)) is not None:
        return Token("latin", coin.group(), place, coin.end())
    entity = _entity_at(text, place, end)
    late = character in "迟晚" and text[place + 1 : place + 2] in _LATE_ACTS and place + 1 < end
    if late and (entity is None or entity.kind != "recurrence"):
        return Token("late", character, place, place + 1)
    word = _word_at(text, place, end, names)
    defined = entity is not None and entity.kind == "party" and text[place : entity.end] in names
    if defined and word is not None and entity is not None and word.end == entity.end:
        return word
    if entity is not None and (word is None or entity.end >= word.end):
        return entity
    if word is not None:
        return word
    if character in _PUNCTUATION:
        return Token(_PUNCTUATION[character], character, place, place + 1)
    if (match := _LATIN.match(text, place, end)) is not None:
        return Token("latin", match.group(), place, match.end())
    if (match := _NUMBER.match(text, place, end)) is not None:
        return Token("number", match.group(), place, match.end())
    return None


def _word_at(text: str, place: int, end: int, names: Mapping[str, str]) -> Token | None:
    for length in range(min(80 if names else _LONGEST, end - place), 0, -1):
        word = text[place : place + length]
        kind = names.get(word) or SIMPLE.get(word)
        if word in _THAT_DAY and _MEASURE.match(text, place + length):
            kind = None if word[0] == "的" else "silent"
        if kind is None or cuts_a_name(text, place, length) or begins_other(word, text, place, end):
            continue
        if _is_cut(word, kind, text[place + length : min(place + length + 2, end)]):
            return Token(kind, word + "用", place, place + length + 1)
        if kind.startswith("alias:"):
            return Token("party", kind.removeprefix("alias:"), place, place + length)
        if kind.startswith("date:"):
            day = Moment(kind.removeprefix("date:"))
            return Token("moment", word, place, place + length, day)
        value = VERBS.get(word) if kind == "verb" else None
        return Token(kind, word, place, place + length, value)
    return None


def _is_cut(word: str, kind: str, behind: str) -> bool:
    """开发费用 is 开发费 and 用 only where what it is used for follows: 服务费用于."""
    return kind == "noun" and word.endswith("费") and behind[:1] == "用" and behind[1:] != "于"


def _entity_at(text: str, place: int, end: int) -> Token | None:
    found = [*_marked_at(text, place), *_measured_at(text, place)]
    fitting = [one for one in found if one.end <= end]
    return max(fitting, key=lambda token: token.end, default=None)


def _marked_at(text: str, place: int) -> Iterator[Token]:
    """What a character at its start gives away: references, instalments, names, quorums."""
    character = text[place]
    for kind, starts, pattern in _MARKED:
        if (not starts or character in starts) and (match := pattern.match(text, place)):
            value: Any = None
            if kind == "instalments":
                value = int(numeral(match["count"]) or 0)
            elif kind == "cases":
                value = manners.how_many(match.group())
            yield _token(text, kind, value, place, match.end())
    spoken = SPOKEN.get(character)
    if spoken is not None and (match := spoken[0].match(text, place)):
        yield _token(text, "verb", spoken[1], place, match.end())
    if character in "比至最高" and (match := OUTBIDS.match(text, place)):
        yield _token(text, "verb", VERBS["加价"], place, match.end())
    if ratio := ratio_at(text, place):
        yield _token(text, "ratio", ratio[0], place, ratio[1])
    over = duration_at(text, place + 1) if character == "分" else None
    if over is not None and over[0].iso[-1] in "YM" and "T" not in over[0].iso:
        yield _token(text, "over", over[0], place, over[1])
    yield from listed_at(text, place)
    if quorum := quorum_at(text, place):
        yield _token(text, "quorum", quorum[0], place, quorum[1])


def _measured_at(text: str, place: int) -> Iterator[Token]:
    """Numbers with what they count."""
    character = text[place]
    if not (character in STARTS or character.isascii()):
        return
    for kind, read in _READERS:
        found = read(text, place)
        if found is not None:
            yield _token(text, kind, found[0], place, found[-1])
    if (counted := counted_at(text, place)) is not None:
        kind = "times" if counted[1] == "次" else "counted"
        yield _token(text, kind, counted[:2], place, counted[2])


def _token(text: str, kind: str, value: Any, start: int, end: int) -> Token:
    return Token(kind, text[start:end], start, end, value)
