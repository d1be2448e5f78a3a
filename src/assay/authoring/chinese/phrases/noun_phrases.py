"""Noun phrases: who, what and how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assay.authoring.chinese.lexicon.money import FIAT, GOODS_WITHOUT_NOUN, MEASURES
from assay.authoring.chinese.lexicon.nouns import LABELS, NOUNS
from assay.authoring.chinese.lexicon.roles import (
    CONTRACT,
    DETERMINERS,
    GROUPS,
    PRONOUN_NAMES,
    ROLES,
    SUFFIXES,
)
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.language.quantities import Limit, Quantity

_NOMINAL = {
    "party", "noun", "unknown", "latin", "its", "other", "counted", "amount", "ordinal",
    "reference", "number", "quote",
}  # fmt: skip
_BEFORE = {
    "de": frozenset(_NOMINAL | {"verb", "silent", "least", "most"}),
    "and": frozenset(_NOMINAL),
    "above": frozenset({"amount"}),
    "duration": frozenset({"noun", "de", "silent"}),
    "signing": frozenset({"de"}),
}
"""What may follow a word within a noun phrase."""
_LIMITS: dict[str, Limit] = {
    "least": "least", "most": "most", "or_more": "least", "or_less": "most", "above": "least",
}  # fmt: skip
_PARTS = ("期", "次", "笔", "批")
"""第二期30% is a share of what is paid in parts, and not of the part."""
_REST = frozenset({"剩余", "其余", "余下", "剩下", "剩下的"})
_REMAINING = re.compile("(?<=.)的?(?:剩余|其余|余下|剩下)$")
_PLACES = ("地点", "住所", "办公室", "场所", "账户", "钱包", "地址", "账号", "名下", "处")
_SITES = frozenset({"工厂", "商场", "农场", "餐厅", "办公楼"})
_TOWARDS = ("给", "至", "到", "予", "往")
_IN_TRUST = frozenset({"托管账户", "共管账户", "监管账户", "智能合约账户", "合约地址", "托管合约"})
_MONEY_ENDS = (
    "款", "款项", "金", "费", "费用", "租", "钱", "余额", "差额", "报酬", "对价", "工资", "出资",
    "金额", "利润", "税", "薪", "津贴", "补贴", "注", "红利", "稿酬", "收入", "收益", "息",
)  # fmt: skip
_PERSONS = frozenset({"我", "你", "您", "我们", "你们", "他", "她", "咱", "咱们", "我方", "你方"})
_PAID = (
    "收入", "收益", "利润", "款", "定金", "订金", "押金", "保证金", "佣金", "租金", "奖金", "费",
    "费用", "房租", "租", "钱", "利息", "工资", "报酬", "差额", "余额", "税",
)  # fmt: skip
_PAID_IN_PARTS = frozenset(
    {"奖金", "奖励", "租金", "服务费", "管理费", "版税", "佣金", "分红", "利息", "保证金", "质保金"}
)
_TOTALS = ("流通量", "供应量", "总量", "发行量", "总额", "总数", "持有量", "存量")
"""How words for all that there is of a thing end: 流通量5%的代币."""
_MONEY = ("款", "金", "费", "费用", "补贴", "工资", "报酬", "对价", "款项")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase.

    Attributes:
        party: the name, where it is somebody.
        pronoun: 其 or 对方, where it stands for somebody.
        text: what it names, without determiners and measure.
        label: what an amount is called: 违约金 in 100美元的违约金.
    """

    tokens: tuple[Token, ...]
    party: str | None = None
    pronoun: str | None = None
    text: str | None = None
    quantity: Quantity | None = None
    label: str | None = None
    unread: tuple[Token, ...] = field(default=())

    @property
    def is_amount(self) -> bool:
        """Whether it says how much."""
        return self.quantity is not None


def is_money(noun: Noun | None) -> bool:
    """Whether a noun is money, by its amount or its name."""
    if noun is None:
        return False
    if noun.quantity is not None:
        unit = noun.quantity.asset
        return unit is not None and (unit in FIAT or unit.isascii())
    return (noun.text or "").endswith(_MONEY_ENDS)


def collect(
    tokens: Sequence[Token], place: int, *, with_verbs: bool = False
) -> tuple[list[Token], int]:
    """The tokens of the noun phrase that starts at a place, and the place after it."""
    found: list[Token] = []
    at = place
    while at < len(tokens) and _joins(tokens, at, found, with_verbs=with_verbs):
        found.append(tokens[at])
        at += 1
    while found and found[-1].kind in {"de", "and"}:
        found.pop()
        at -= 1
    return found, at


def _joins(  # noqa: C901, PLR0911 - one return for each part of speech
    tokens: Sequence[Token], at: int, found: list[Token], *, with_verbs: bool
) -> bool:
    """Whether a token goes on with the phrase that was collected so far."""
    token = tokens[at]
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    modal = following in {"must", "may", "must_not"} and found and found[-1].kind == "noun"
    if token.kind == "party" and found and (modal or _is_its_own(token, found)):
        return False
    if token.kind in _NOMINAL:
        return True
    if token.kind == "verb":
        return _verb_in_phrase(tokens, at, found, with_verbs=with_verbs)
    if token.kind == "during" and found and token.text in {"中", "内"}:
        in_it = following == "verb" and at + 2 < len(tokens) and tokens[at + 2].kind == "de"
        return following == "de" or in_it
    if token.kind == "not" and found and at + 2 < len(tokens):
        return following == "verb" and tokens[at + 2].kind == "de"
    if token.kind in {"silent", "least", "most"}:
        relative = (
            following in {"verb", "signing"}
            and at + 2 < len(tokens)
            and tokens[at + 2].kind == "de"
        )
        goes_on = following in _NOMINAL | {"silent", "least", "most"} or relative
        measured = following == "duration" and bool(found) and found[-1].kind == "de"
        bounded = token.kind in {"least", "most"} and bool(found) and not with_verbs
        if bounded and found[-1].text.endswith(("人数", "数", "率")):
            return False
        described = token.kind == "silent" and bool(found) and following == "de"
        described = described and at + 2 < len(tokens) and tokens[at + 2].kind in _NOMINAL
        return (goes_on or measured or described) and token.text != "自动"
    if token.kind in {"or_more", "or_less"}:
        return bool(found) and found[-1].kind in {"amount", "counted"}
    if following not in _BEFORE.get(token.kind, frozenset()) or token.text in {"并", "且", "并且"}:
        return False
    if token.kind == "above":
        return with_verbs
    return bool(found) or token.kind in {"duration", "signing"}


def _is_its_own(token: Token, found: list[Token]) -> bool:
    """运费你出, 尾款买家付: somebody right behind what is paid is no part of its name."""
    kinds = {"noun", "unknown", "silent", "latin"}
    plain = all(one.kind in kinds for one in found) and found[-1].text not in {"的", "每"}
    if token.text in _PERSONS and plain:
        return True
    if token.text not in _PERSONS and token.text not in ROLES:
        return False
    named = found[-1].kind in {"noun", "unknown"} and found[-1].text.endswith(_PAID)
    kinds = {"noun", "unknown", "silent", "latin", "party"}
    return named and all(one.kind in kinds for one in found)


def _verb_in_phrase(
    tokens: Sequence[Token], at: int, found: list[Token], *, with_verbs: bool
) -> bool:
    following = tokens[at + 1 : at + 3]
    if len(following) == 2 and following[0].kind == "de":
        behind = [one for one in tokens[at + 2 :] if one.kind not in {"silent", "duration"}]
        following = [following[0], *behind[:1]]
    if tokens[at].text.endswith(_TOWARDS) and not (following and following[0].kind == "de"):
        return False
    if len(following) == 2 and following[0].kind == "de" and following[1].kind in _NOMINAL:
        return True
    if found and found[-1].kind == "de":
        return True
    if with_verbs and found and found[-1].kind == "party" and tokens[at].text in NOUNS:
        return True
    return (
        with_verbs
        and bool(found)
        and found[-1].kind not in {"party", "other", "its"}
        and (not following or following[0].kind in _NOMINAL | {"and"})
    )


def read_noun(tokens: Sequence[Token]) -> Noun:
    """Tell what a noun phrase names: somebody, an amount, or a thing."""
    limit: Limit = "exact"
    plain = []
    for token in tokens:
        if token.kind in _LIMITS:
            limit = _LIMITS[token.kind]
        elif token.kind not in {"silent", "quote"}:
            plain.append(token)
    whole = tuple(tokens)
    each = _each_of(whole)
    counts = [token for token in plain if token.kind in {"amount", "counted"}]
    counts = [token for token in counts if not _is_determiner(token, plain)]
    plain = [token for token in plain if not _is_determiner(token, plain)]
    if len(counts) > 1:
        return Noun(whole, unread=whole)
    if counts:
        noun = _amount(whole, plain, counts[0])
        if noun.quantity is not None and each and noun.quantity.share_of is None:
            named = None if noun.text == each else noun.text
            of_each = replace(noun.quantity, share_of=each)
            noun = replace(noun, quantity=of_each, text=named, label=named)
        if noun.quantity is not None and limit != "exact":
            noun = replace(noun, quantity=replace(noun.quantity, limit=limit))
        return noun
    if len(plain) == 1 and plain[0].kind in {"its", "other"}:
        return Noun(whole, pronoun=plain[0].text)
    name = party_of(plain)
    return Noun(whole, party=name, text=None if name else thing_of(plain))


def _each_of(tokens: tuple[Token, ...]) -> str | None:
    """户 in 每户200 USDC: what an amount is for each of."""
    for at in range(len(tokens) - 2):
        points = tokens[at].kind == "silent" and tokens[at].text in {"每", "每个", "每一"}
        named = tokens[at + 1].kind in {"noun", "unknown"} and tokens[at + 2].kind == "amount"
        if points and named and tokens[at + 2].value.asset != "%":
            return tokens[at + 1].text
    return None


def _is_determiner(token: Token, tokens: Sequence[Token]) -> bool:
    """一名, 一个 before somebody counts nothing."""
    if token.kind != "counted" or token.value[0] != "1" or token.value[1] not in "名位个家":
        return False
    after = tokens[tokens.index(token) + 1 :]
    return bool(after) and after[0].kind == "party"


def _amount(whole: tuple[Token, ...], tokens: list[Token], count: Token) -> Noun:
    at = tokens.index(count)
    before, after = tokens[:at], tokens[at + 1 :]
    if any(token.kind == "and" for token in after):
        return Noun(whole, unread=whole)
    label = thing_of(after)
    if count.kind == "counted":
        amount, classifier = count.value
        symbols = [token.text for token in after if token.kind == "latin" and token.text.isupper()]
        name = symbols[0] if symbols else label or thing_of(before)
        if classifier in MEASURES:
            name = classifier + (name or "")
        asset = name or GOODS_WITHOUT_NOUN.get(classifier)
        people = party_of(after)
        return Noun(
            whole, party=None, text=asset or people, quantity=Quantity(amount, asset or people)
        )
    quantity = count.value
    if quantity.asset == "%":
        first, second = thing_of(before, whole=True), label
        first = _REMAINING.sub("", first) if first else None
        whole_of_it = (first or "").endswith((*_TOTALS, "价", "价款", "价格"))
        if first and second and second not in LABELS and not second.endswith(_MONEY):
            first, second = (first if whole_of_it else second), None
        if first in _REST and second:
            first = None
        if before and all(one.kind == "ordinal" for one in before):
            first = None if before[-1].text.endswith(_PARTS) else first
        if first in LABELS and second is None and before[-1].kind != "de":
            first, second = None, first
        share = first or (second if second not in LABELS else None)
        label = second if first or second in LABELS else None
        return Noun(whole, quantity=replace(quantity, share_of=share), text=label, label=label)
    name = label or thing_of(before)
    if before and before[0].text.startswith("每") and len(before[0].text) > 1:
        unit = "".join(token.text for token in before[1:] if token.kind in {"noun", "unknown"})
        unit = unit or GOODS_WITHOUT_NOUN.get(before[0].text[1:], before[0].text[1:])
        return Noun(whole, quantity=replace(quantity, share_of=unit), text=label, label=label)
    return Noun(whole, quantity=quantity, text=name, label=name)


def thing_of(tokens: Sequence[Token], *, whole: bool = False) -> str | None:
    """The words for a thing without determiners; its head where a relative clause stands before."""
    tokens = _without_batch(tokens)
    kept = [token for token in tokens if token.kind not in {"quote", "silent"}]
    while kept and kept[0].kind in {"de", "its", "and"}:
        kept = kept[1:]
    while kept and kept[-1].kind in {"de", "and", "during"}:
        kept = kept[:-1]
    if any(token.kind == "de" for token in kept) and not (
        whole and not any(token.kind == "verb" for token in kept)
    ):
        last = max(at for at, token in enumerate(kept) if token.kind == "de")
        kept = kept[last + 1 :]
    text = _without_determiners("".join(token.text for token in kept))
    return text or None


def _without_batch(tokens: Sequence[Token]) -> Sequence[Token]:
    """每批货款, 每单佣金: the counting word behind 每 is no part of the name."""
    if len(tokens) < 2 or tokens[0].text not in {"每", "每一"} or tokens[1].text[0] not in "批单":
        return tokens
    named = tokens[1].text[1:]
    if named not in NOUNS and not (not named and len(tokens) > 2 and tokens[2].kind == "noun"):
        return tokens
    return [replace(tokens[1], text=named), *tokens[2:]] if named else tokens[2:]


def party_of(  # noqa: C901, PLR0911, PLR0912 - one return for each way to name somebody
    tokens: Sequence[Token],
) -> str | None:
    """The name of whom a phrase means, or None where it is no party's."""
    kept = [token for token in tokens if token.kind != "quote"]
    while kept and kept[0].kind == "de":
        kept = kept[1:]
    if len(kept) > 1 and kept[0].kind == "its" and kept[-1].kind == "party":
        kept = kept[1:]
    if not kept:
        return None
    if kept[-1].text in _IN_TRUST:
        return "contract"
    if kept[-1].text.endswith(_PLACES):
        return _owner_of(kept)
    divided = [at for at, token in enumerate(kept) if token.kind == "de"]
    head = kept[divided[-1] + 1 :] if divided else kept
    if not head:
        return None
    if divided and divided[-1] and head[-1].text == "一方" and len(head) == 1:
        return "".join(token.text for token in kept)
    if divided and divided[-1] and [token.text for token in head] == ["人"]:
        return "".join(token.text for token in kept)
    if len(head) == 2 and head[0].kind == "party" and head[1].text in _SITES:
        return normal_party(head[0].text)
    if len(head) > 1 and all(token.kind in {"party", "and"} for token in head):
        words = _without_determiners("".join(token.text for token in head))
        return words.removesuffix("每人") or words
    last = head[-1]
    if last.kind == "ordinal" and last.text.endswith(("名", "位")) and len(head) == 1:
        return last.text
    if last.kind == "party" and all(
        token.kind in {"party", "noun", "unknown", "latin", "verb", "ordinal"} for token in head
    ):
        return normal_party("".join(token.text for token in head))
    if last.kind == "unknown" and last.text.endswith(SUFFIXES) and len(last.text) > 1:
        return normal_party("".join(token.text for token in head))
    return None


def _owner_of(tokens: Sequence[Token]) -> str | None:
    """Whose account or address it is; an address alone stands for whoever has it."""
    owners = [token for token in tokens if token.kind == "party"]
    if not owners and len(tokens) == 1 and tokens[0].text in {"地址", "钱包", "账户"}:
        return tokens[0].text
    return normal_party(owners[0].text) if owners else None


def normal_party(text: str) -> str:
    """The name as obligations spell it."""
    if text in GROUPS:
        return GROUPS[text]
    every = text.removeprefix("全体")
    text = every if every in ROLES else text
    bare = text if text in ROLES else _without_determiners(text)
    bare = bare.removesuffix("每人") or bare
    if bare.endswith("合约"):
        return "contract"
    bare = PRONOUN_NAMES.get(bare) or bare
    if bare in CONTRACT or text in CONTRACT:
        return "contract"
    return GROUPS.get(bare, bare)


def _without_determiners(text: str) -> str:
    changed = True
    while changed:
        changed = False
        for word in DETERMINERS:
            rest = text.removeprefix(word)
            enough = len(rest) > 1 or (len(word) == 2 and word[0] in "这那" and bool(rest))
            if rest != text and enough and not (word == "本" and rest[0] in "金息"):
                if word in {"各", "此", "该", "本", "相关"} and text in VERBS:
                    continue
                if word == "所有" and rest[0] in "权者人":
                    continue
                text, changed = rest, True
                break
    return text


def part_of(noun: Noun) -> Noun:
    """将奖金70%发给冠军: with 将, the share is one of the payment that stands before it."""
    share = noun.quantity
    if share is None or share.asset != "%" or share.share_of or noun.label not in _PAID_IN_PARTS:
        return noun
    return replace(noun, quantity=replace(share, share_of=noun.label))
