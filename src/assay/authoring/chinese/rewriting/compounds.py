"""Words that are one name only together: 未中标者 is somebody, 提现手续费0.5% a fee."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexicon.verb_places import BELONGS, NOMINAL
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.calendar import Recurrence
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.rewriting.causes import with_own_faults
from assay.authoring.chinese.rewriting.inability import not_done
from assay.authoring.chinese.rewriting.rivals import with_rivals
from assay.authoring.chinese.rewriting.voted_payments import with_votes

_NOT = frozenset({"未", "没", "没有", "未能", "未曾"})
_PEOPLE = ("者", "人", "方", "用户", "会员", "成员", "商家", "地址")
_TERMS = (
    "费", "费用", "金", "款", "价", "价格", "期", "期限", "时间", "率", "额", "量", "租", "比例",
)  # fmt: skip
_MONEY = ("费", "费用", "金", "款", "租")
_SET = frozenset({"amount", "duration", "equal", "least", "most", "moment", "counted", "colon"})
_STAGES = ("阶段", "轮", "期间", "期")
_WITH = frozenset({"silent", "recurrence"})


_PER = re.compile(r"/(?:每)?(?P<unit>[\u4e00-\u9fff]{1,2})")
_PERIODS = {"月": "P1M", "年": "P1Y", "天": "P1D", "日": "P1D", "周": "P1W", "季度": "P3M"}
_GIVEN = frozenset({
    "奖励", "补贴", "打赏", "报酬", "赔偿", "补偿", "质押", "投资", "捐款", "出价", "报价", "空投",
    "分红", "借款", "贷款", "众筹", "赠送",
})  # fmt: skip
_GATHERS = frozenset({"团购", "拼团", "众筹", "报名", "预售", "预订", "预约", "募捐", "认筹"})
_OF_STAGE = re.compile(
    "(?:竣工|完工|交工|初步|最终|中期|阶段|终期|到货|现场|初|终|联合|整体)(?:验收|检验)$"
)
_STAGE_OVER = frozenset({"完工", "竣工", "到货", "货到"})
_FOUND = {"通过": "验收合格", "合格": "验收合格", "不合格": "验收不合格"}
_SETS = frozenset({"设", "设有", "设置", "设定", "有", "含", "附"})
_CLIFFS = ("悬崖期", "锁定期", "锁仓期", "等待期")
_ENDS_CASE = frozenset({"after", "when", "before", "case", "de"})


def compounded(tokens: Sequence[Token]) -> list[Token]:
    """Put the words together that are one name."""
    tokens = [
        replace(token, kind="most", text="最高", value=None)
        if token.text == "封顶" and at + 1 < len(tokens) and tokens[at + 1].kind == "amount"
        else token
        for at, token in enumerate(tokens)
    ]
    tokens = _done_before(tokens)
    tokens = _kept_for(with_own_faults(not_done(tokens)))
    tokens = _for_each(_as_things(_able(with_rivals(with_votes(tokens)))))
    tokens = _passing(tokens)
    return _as_term(_in_stage(_set_cliff(_at_price(_coming_to(_negated_people(tokens))))))


def _done_before(tokens: Sequence[Token]) -> Sequence[Token]:
    """已付款的买家: 付款 is an act, although 已付 says no more elsewhere."""
    for at in range(len(tokens) - 3):
        first, second, of, who = tokens[at : at + 4]
        act = first.text[1:] + second.text
        done = first.text[0] == "已" and first.kind == "silent" and act in VERBS
        if done and second.kind in {"unknown", "noun"} and of.kind == "de" and who.kind == "party":
            verb = Token("verb", act, first.start + 1, second.end, VERBS[act])
            return [*tokens[:at], verb, *tokens[at + 2 :]]
    return tokens


def _kept_for(tokens: Sequence[Token]) -> Sequence[Token]:
    """扣除2%的手续费归发起人所有: whose it is from then on says more than that it is taken off."""
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        end = next((step for step, one in enumerate(rest) if one.kind == "comma"), len(rest))
        whose = any(one.text in BELONGS for one in rest[:end])
        shared = any(one.kind == "amount" for one in rest[:end])
        if token.text in {"扣除", "扣"} and token.kind == "verb" and whose and shared:
            return [*tokens[:at], *rest]
    return tokens


def _for_each(tokens: Sequence[Token]) -> list[Token]:
    """0.02U一枚, 45元/公斤: an amount for each of something; 3000元/月 is due as often."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        money = before is not None and before.kind == "amount" and before.value.asset != "%"
        each = token.kind == "counted" and token.text[0] == "一" and token.value[0] == "1"
        per = _PER.fullmatch(token.text) if token.kind in {"unknown", "noun"} else None
        if before is None or not money or before.value.share_of or not (each or per):
            made.append(token)
            continue
        unit = token.value[1] if each else per["unit"] if per else ""
        if unit in _PERIODS:
            every = Recurrence(_PERIODS[unit])
            made[-1:] = [Token("recurrence", token.text, before.start, before.start, every), before]
            continue
        made[-1] = replace(
            before, text=before.text + token.text, end=token.end,
            value=replace(before.value, share_of=unit),
        )  # fmt: skip
    return made


def _able(tokens: Sequence[Token]) -> list[Token]:
    """提交可复现的漏洞: 可 and what may be done with a thing only describe it."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        end = next(
            (i for i in range(at + 1, min(at + 4, len(tokens))) if tokens[i].kind == "de"), 0
        )
        words = "".join(token.text for token in tokens[at + 1 : end])
        inside = bool(made) and made[-1].kind in {"verb", "to", "take", "counted", "amount"}
        thing = (
            end and end + 1 < len(tokens) and tokens[end + 1].kind in {"noun", "unknown", "latin"}
        )
        if tokens[at].text == "可" and inside and thing and len(words) == 2:
            at = end + 1
            continue
        made.append(tokens[at])
        at += 1
    return made


def _as_things(tokens: Sequence[Token]) -> list[Token]:
    """未领取的奖励退回金库: behind 的, a verb for what is given is a thing."""
    made = list(tokens)
    if len(tokens) > 1 and tokens[0].text in _GIVEN and tokens[1].kind == "verb":
        made[0] = tokens[0].named("noun")
    for at in range(len(tokens) - 2):
        part = tokens[at + 2].kind == "amount" and tokens[at + 2].value.asset == "%"
        if tokens[at].text in _GIVEN and tokens[at + 1].kind == "de" and part:
            made[at] = tokens[at].named("noun")
    for at in range(1, len(tokens)):
        named = tokens[at - 1].text in {"原", "该"} and tokens[at].text in _GIVEN
        if is_given_thing(tokens[at - 1 :]) or (named and tokens[at].kind == "verb"):
            made[at] = tokens[at].named("noun")
    return made


def is_given_thing(tokens: Sequence[Token]) -> bool:
    """的奖励退回: a verb for what is given, and at once what becomes of it."""
    if len(tokens) < 2 or tokens[0].kind != "de" or tokens[1].text not in _GIVEN:
        return False
    behind = [one.kind for one in tokens[2:] if one.kind != "silent"]
    return tokens[1].kind == "verb" and behind[:1] in (
        [], ["verb"], ["prompt"], ["must"], ["by"], ["to"], ["take"], ["may"], ["must_not"],
    )  # fmt: skip


def _coming_to(tokens: Sequence[Token]) -> list[Token]:
    """出资满200 USDC, 卖够1000台: 满 behind an act is how much it comes to."""
    made = list(tokens)
    for at in range(1, len(tokens) - 1):
        acts = tokens[at - 1].kind == "verb" and tokens[at - 1].text != "满"
        if (
            tokens[at].text in {"够", "足"}
            and acts
            and tokens[at + 1].kind in {"amount", "counted"}
        ):
            return [*tokens[:at], *tokens[at + 1 :]]
        if tokens[at].text == "满" and acts and tokens[at + 1].kind in {"amount", "counted"}:
            made[at] = tokens[at].named("reach")
            if at == 1 and tokens[0].text in _GATHERS:
                made[0] = tokens[0].named("noun")
    return made


def _at_price(tokens: Sequence[Token]) -> list[Token]:
    """可以0.08 USDC的价格认购 is 可 and 以."""
    for at, token in enumerate(tokens[:-1]):
        if token.text == "可以" and tokens[at + 1].kind == "amount":
            may = Token("may", "可", token.start, token.start + 1)
            by = Token("with", "以", token.start + 1, token.end)
            return [*tokens[:at], may, by, *tokens[at + 1 :]]
    return list(tokens)


def _set_cliff(tokens: list[Token]) -> list[Token]:
    """设六个月的悬崖期: the name of the length, and how long it is."""
    at = next((at for at, one in enumerate(tokens) if one.text in _SETS), None)
    rest = [] if at is None else [one for one in tokens[at + 1 :] if one.kind != "de"]
    if at is None or len(rest) != 2 or not rest[1].text.endswith(_CLIFFS):
        return tokens
    named = all(one.kind in {"reference", "noun", "silent", "and"} for one in tokens[:at])
    if not named or rest[0].kind != "duration":
        return tokens
    name, length = rest[1], rest[0]
    return [
        replace(name, start=tokens[at].start, end=tokens[at].end),
        replace(length, end=name.end),
    ]


def _passing(tokens: list[Token]) -> list[Token]:
    """竣工验收通过, 项目最终验收合格: the inspection of a stage is passed, or is not."""
    for at, token in enumerate(tokens[:-1]):
        if token.text in _STAGE_OVER and tokens[at + 1].text in _FOUND.values():
            found = replace(tokens[at + 1], start=token.start)
            return [*tokens[:at], found, *tokens[at + 2 :]]
        named = _OF_STAGE.search(token.text) if token.kind in {"noun", "unknown"} else None
        word = _FOUND.get(tokens[at + 1].text)
        if named is None or word is None:
            continue
        if at and tokens[at - 1].text == "系统":
            tokens = [*tokens[: at - 1], tokens[at - 1].named("noun"), *tokens[at:]]
        first = [replace(token, text=token.text[: named.start()], end=token.start + named.start())]
        start = token.start + named.start()
        found = Token("verb", word, start, tokens[at + 1].end, VERBS[word])
        return [*tokens[:at], *(first if named.start() else []), found, *tokens[at + 2 :]]
    return tokens


def _in_stage(tokens: Sequence[Token]) -> list[Token]:
    """公售阶段每个钱包: when, and who."""
    for at, token in enumerate(tokens[:-1]):
        if token.kind not in {"noun", "unknown"}:
            break
        each = tokens[at + 1].text.startswith(("每", "各", "单"))
        if each and token.text.endswith(_STAGES) and tokens[at + 1].kind in {"silent", "noun"}:
            during = Token("during", "期间", token.end, token.end)
            return [*tokens[: at + 1], during, *tokens[at + 1 :]]
    return list(tokens)


def _negated_people(tokens: Sequence[Token]) -> list[Token]:
    """未中标者, 没中签的用户: of whom something is not so."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        stem = next(
            (token.text.removesuffix(end) for end in _PEOPLE if token.text.endswith(end)), ""
        )
        negated = before is not None and before.text in _NOT and before.end == token.start
        if before is not None and negated and token.kind == "party" and stem in VERBS:
            made[-1] = Token("party", before.text + token.text, before.start, token.end)
        else:
            made.append(token)
    return made


def _as_term(tokens: Sequence[Token]) -> list[Token]:
    """提现手续费0.5%, 竞拍保证金100 USDC: a verb in the name of a term that is set to something."""
    if len(tokens) < 3 or tokens[0].kind != "verb" or tokens[1].kind not in {"noun", "unknown"}:
        return list(tokens)
    if tokens[-1].kind in _ENDS_CASE or (tokens[0].value and tokens[0].value.frame == "receive"):
        return list(tokens)
    behind = next((one.kind for one in tokens[2:] if one.kind not in _WITH), "")
    first, last = tokens[0], tokens[1]
    named = last.text.endswith(_TERMS) and last.start == first.end and len(first.text) > 1
    timed = first.text in NOMINAL and last.text in {"时间", "期限", "日期"}
    acts = any(one.kind == "verb" for one in tokens[2:])
    if not named or not ((timed and acts) or (behind in _SET and not acts)):
        return list(tokens)
    if _moves_money(first, last):
        return list(tokens)
    name = replace(last, kind="noun", text=first.text + last.text, start=first.start)
    return [name, *tokens[2:]]


def _moves_money(verb: Token, money: Token) -> bool:
    """支付违约金100 USDC, 退还押金500 USDC: the money is what the verb moves."""
    bare = verb.value is not None and verb.value.thing is None and verb.text[0] != "扣"
    moves = bare and verb.value.action in {"pay", "refund", "return", "keep", "deposit"}
    return moves and len(money.text) > 1 and money.text.endswith(_MONEY)
