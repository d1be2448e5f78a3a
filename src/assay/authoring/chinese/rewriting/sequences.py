"""Two acts in a row without a word between them: 到货付清, 签约付三成, 卖家反悔双倍退.

Traders leave out the 后 that makes the first the condition of the second; it is put in here.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexicon.outcomes import STARTS_TRADING
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import is_money, read_noun
from assay.authoring.chinese.rewriting.aspects import over_before
from assay.authoring.chinese.rewriting.compounds import compounded
from assay.authoring.chinese.rewriting.counted_days import with_days_counted
from assay.authoring.chinese.rewriting.for_each import with_rates_of_each, with_units_moved
from assay.authoring.chinese.rewriting.obtained_consents import with_consent
from assay.authoring.chinese.rewriting.spoken_turns import in_plain_words

_WORDS = (
    "反悔 毁约 爽约 跑路 弃拍 弃单 悔拍 到期 届满 期满 流拍 成交 上线 上架 下架 售罄 卖完 没问题 "
    "无问题 完工 竣工 离职 入职 身故 死亡 到账 到达 违约 合格 不合格 失败 破产 上市 达标 出险 募满 "
    "打满 满员 缺货 到货 货到 收货 签收 验货 验收 验收合格 验收通过 验货合格 见提单 见票 见货 交稿 "
    "到港 出报告 签合同 签完合同 "
    "交房 交货 发货 提货 签约 签字 签订 签署 开工 封顶 定稿 开机 杀青 过户 下单 上岗 出单 完结 "
    "开课 开班 开学 结课 结业 开播 开赛 完赛 出发 入住 开幕 提车 交车 开售 "
    "取消 停办 失联 倒闭 停业 跳票 宕机 "
    "TGE IDO 主网上线 落槌 "
    "满 启动 粗剪 精剪 试产 完成 装船 部署 交付 安装完毕 收官 退房 退租 "
    "退群 退会 退课 退赛 退保 退订"
)
_FIRST = frozenset(_WORDS.split())
_FALLS_DUE = frozenset({"到期", "届满", "期满"})
"""What becomes of the money itself, where nobody is told to move it: 借款到期后借款人仍未归还."""
_UNLOCKED = ("代币", "份额", "股份", "期权", "额度", "通证", "筹码")
_SECOND = frozenset({
    "pay", "refund", "release", "return", "keep", "deposit", "transfer", "distribute",
    "vest", "terminate", "renew",
})  # fmt: skip
_BEFORE = frozenset(
    {"whole", "amount", "party", "noun", "unknown", "silent", "ordinal", "latin", "de"}
)
_CLOSING = frozenset({"after", "before", "when", "duration", "during"})
_LATER = frozenset({"在此后", "于此后", "在其后", "在之后", "于其后"})
_BETWEEN = frozenset(
    {"times", "noun", "silent", "whole", "instalments", "prompt", "amount", "recurrence"}
)


def spelled_out(tokens: Sequence[Token]) -> list[Token]:
    """Put 后 after an act that another one follows at once, and money before it behind it."""
    tokens = with_units_moved(with_rates_of_each(tokens))
    tokens = with_consent(with_days_counted(compounded(in_plain_words(tokens))))
    tokens = over_before(_full_length(_thereafter(tokens)))
    for at, token in enumerate(tokens):
        if token.kind not in _BEFORE:
            return _with_after(tokens, at)
    return list(tokens)


def _full_length(tokens: Sequence[Token]) -> list[Token]:
    """满一年归属: the act comes when the length is over."""
    tokens = tokens[1:] if [one.text for one in tokens[:2]] == ["其中", "满"] else tokens
    kinds = [token.kind for token in tokens]
    if len(tokens) < 3 or tokens[0].text != "满" or kinds[1:3] != ["duration", "verb"]:
        return list(tokens)
    after = Token("after", "后", tokens[1].end, tokens[1].end)
    return [*tokens[:2], after, *tokens[2:]]


def _thereafter(tokens: Sequence[Token]) -> list[Token]:
    """其余75%在此后36个月内归属: 此后 and its length stand at the beginning."""
    for at in range(1, len(tokens) - 2):
        words = tokens[at].text + tokens[at + 1].text
        if words in _LATER and tokens[at + 2].kind == "duration":
            end = at + 3 + (at + 3 < len(tokens) and tokens[at + 3].kind == "during")
            first = Token("after", "此后", tokens[at].start, tokens[at + 1].end)
            return [first, *tokens[at + 2 : end], *tokens[:at], *tokens[end:]]
    return list(tokens)


def _with_after(tokens: Sequence[Token], at: int) -> list[Token]:
    first, rest = tokens[at], tokens[at + 1 :]
    arrives = first.text in {"到账", "到达"}
    told = first.kind in {"verb", "signing"} and first.text in _FIRST
    begins = first.text in STARTS_TRADING and at > 0 and tokens[at - 1].text.endswith(_UNLOCKED)
    told = told and not arrives and (_is_due(tokens[:at]) or begins)
    bare = [one.kind for one in rest[:2]] == ["duration", "during"] and first.text in _FIRST
    if bare and first.kind in {"verb", "signing"} and len(rest) > 2:
        after = Token("after", "后", first.end, first.end)
        return [*tokens[:at], first, after, *rest]
    if told and rest and rest[0].kind in {"after", "when", "before"}:
        end = next((i for i, one in enumerate(rest) if one.kind not in _CLOSING), len(rest))
        if first.text in _FALLS_DUE and (end == len(rest) or rest[end].kind == "party"):
            return list(tokens)
        return [first, *rest[:end], *tokens[:at], *rest[end:]]
    takes = first.text == "取消" and bool(rest) and rest[0].kind in {"noun", "unknown"}
    if (
        first.kind not in {"verb", "signing"}
        or first.text not in _FIRST
        or not _follows(rest)
        or takes
    ):
        return list(tokens)
    after = Token("after", "后", first.end, first.end)
    before = list(tokens[:at])
    begins = first.text in STARTS_TRADING and bool(before) and before[-1].text.endswith(_UNLOCKED)
    if _is_due(before) or begins:
        return [first, after, *before, *rest]
    return [*before, first, after, *rest]


def _is_due(tokens: Sequence[Token]) -> bool:
    """尾款, 剩下一半, 余款10%: what is to be paid."""
    if not tokens or any(token.kind in {"party", "its"} for token in tokens):
        return False
    rest = tokens[0].text.startswith(("剩", "余", "其余", "另一", "另外一", "后一"))
    return rest or is_money(read_noun(tokens))


def _follows(tokens: Sequence[Token]) -> bool:
    if len(tokens) == 1 and tokens[0].kind == "amount":
        return bool(tokens[0].value.asset == "%")
    for token in tokens:
        if token.kind == "verb":
            return token.value is not None and token.value.action in _SECOND
        if token.kind not in _BETWEEN:
            return False
    return False
