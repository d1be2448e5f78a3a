"""Nouns that only their place shows to be somebody, and verbs that it shows to be things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assay.authoring.chinese.lexicon.nouns import NOUNS
from assay.authoring.chinese.lexicon.roles import CONTRACT
from assay.authoring.chinese.lexicon.suffixes import ONE_OF
from assay.authoring.chinese.lexicon.verb_places import LATE, NOMINAL
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, normal_party, read_noun
from assay.authoring.chinese.phrases.predicates import Predicate

_MOVES_MONEY = frozenset({
    "pay", "return", "refund", "deposit", "withdraw", "claim", "keep", "release", "distribute",
    "confirm", "use", "lock",
})  # fmt: skip
_TAKES = frozenset({"issue", "claim", "buy", "withdraw", "vote", "contribute", "bid", "deposit"})
_PUTS_IN = frozenset({"pay", "deposit", "contribute"})
_HOLDERS = ("地址", "钱包", "账号")
_BY_ITSELF = ("池", "协议", "保险箱", "保险库")
_GOES = frozenset({"到场", "进场", "上门", "前往", "到店"})
_SITES = frozenset({"仓库", "网站", "店铺", "车间", "食堂", "机房", "工地"})
_EACH = frozenset({"单笔", "单次", "单日", "单月", "单周", "累计", "当日", "当月", "当年"})
_ALONE = frozenset({
    "配合", "搬离", "迁出", "搬出",
    "转租", "分租", "转包", "分包", "转委托", "转借", "退租", "续租",
})  # fmt: skip
"""Verbs that need no object: 不得转租或改变用途."""
_YET = frozenset({"未", "尚未", "未予"})
_OVER = frozenset({"到期", "届满", "期满", "结束"})
_COUNTED = ("数", "额", "率", "量", "价", "价值")
_MEASURED = frozenset({"above", "below", "reach", "at_or_below"})
_WORTH = ("价值", "市值", "面积", "重量", "金额", "保额", "面额", "面值", "估值", "容量")
_ORDERS = frozenset({"must", "may", "must_not"})
_UNDER = frozenset({"and", *_ORDERS})
_AFTER_NOMINAL = {"完成", "完毕"}
_DONE_AT_ONCE = frozenset({
    "deliver", "transfer", "pay", "vest", "return", "refund", "release", "deposit", "inspect",
    "repair", "provide", "burn", "confirm",
})  # fmt: skip
"""Acts of which 完成 says no more than that they are done."""


def with_nominals(  # noqa: C901 - one branch for each place of a verb
    tokens: list[Token],
) -> list[Token]:
    """变更登记完成, 竞拍结束: a verb before one that says what became of it is a thing."""
    tokens = _gone_there(_named_first(_joined_outcomes(tokens)))
    changed = list(tokens)
    for at, (token, following) in enumerate(pairwise([*tokens, Token("", "", 0, 0)])):
        if token.kind != "verb":
            continue
        if _is_measured(tokens, at, following) or _is_thing(tokens, at, following):
            changed[at] = token.named("noun")
        if following.kind != "verb":
            continue
        if following.text in _AFTER_NOMINAL and _is_done(tokens, at):
            return [*tokens[: at + 1], *tokens[at + 2 :]]
        ends = following.value.frame == "own" and following.text != "满"
        listed = token.value.frame not in {"own", "receive"}
        if token.text in LATE:
            continue
        if _is_mended(tokens, at, following):
            changed[at + 1] = following.named("noun")
            continue
        after = tokens[at + 2].kind if at + 2 < len(tokens) else ""
        if at and tokens[at - 1].kind == "party" and after in {"verb", "noun", "unknown"}:
            continue
        if listed and (ends or following.text in _AFTER_NOMINAL):
            changed[at] = token.named("noun")
            if at and tokens[at - 1].kind == "verb" and following.text in _AFTER_NOMINAL:
                changed[at - 1] = tokens[at - 1].named("noun")
    return changed


def _named_first(tokens: list[Token]) -> list[Token]:
    """中标用户, 向获胜战队, 设计成果应: who or what a verb in front only describes."""
    if [token.kind for token in tokens[:2]] == ["verb", "party"] and len(tokens) > 2:
        begun, rest = _described(tokens[0], tokens[1])
        if begun:
            return [*begun, *_named_first(tokens[rest:])]
    if (joined := _yet_to_be(tokens)) is not None:
        return _named_first(joined)
    if _is_compound(tokens):
        return [tokens[0].named("noun"), *tokens[1:]]
    for at, token in enumerate(tokens[1:-1], 1):
        behind = tokens[at + 1]
        if tokens[at - 1].kind in {"to", "by"} and _became(token) and behind.kind == "party":
            who = Token("party", token.text + behind.text, token.start, behind.end)
            return _named_first([*tokens[:at], who, *tokens[at + 2 :]])
    return tokens


def _yet_to_be(tokens: list[Token]) -> list[Token] | None:
    """全部未归属期权立即归属: 未归属 only says which of them."""
    for at in range(len(tokens) - 2):
        first, act, thing = tokens[at : at + 3]
        end = at + 3
        if thing.kind == "de" and end < len(tokens):
            thing, end = tokens[end], end + 1
        if first.text not in _YET or act.kind != "verb" or thing.kind not in {"noun", "latin"}:
            continue
        before = next((one.kind for one in reversed(tokens[:at]) if one.kind != "silent"), "")
        rest = [one.kind for one in tokens[end:] if one.kind not in {"silent", "prompt"}]
        behind = rest[0] if rest else ""
        held = before in {"verb", "take", "its", "de"}
        if held or (before == "" and behind in {"verb", "must", "may", "from", "at"}):
            # What is told with 的 only describes: 未归属的代币 are 代币.
            words = thing.text if end > at + 3 else first.text + act.text + thing.text
            noun = Token("noun", words, first.start, thing.end)
            return [*tokens[:at], noun, *tokens[end:]]
    return None


def _joined_outcomes(tokens: list[Token]) -> list[Token]:
    """毁损灭失, 死亡或丧失劳动能力: one state in these words."""
    merged: list[Token] = []
    for token in tokens:
        before = merged[-1] if merged else None
        joined = len(merged) > 1 and before is not None and before.text in {"或", "或者", "、"}
        first = merged[-2] if joined else before
        if first is None or not (_became(first) and _became(token)):
            merged.append(token)
            continue
        words = "".join(one.text for one in (*merged[-2 if joined else -1 :], token))
        del merged[-2 if joined else -1 :]
        value = replace(token.value, word=words)
        merged.append(replace(token, text=words, start=first.start, value=value))
    return merged


def _became(token: Token) -> bool:
    own = token.kind == "verb" and token.value is not None and token.value.frame == "own"
    return own and token.text not in {"满", "遇", "遇到", "没有", "实现", "开始"}


def _gone_there(tokens: list[Token]) -> list[Token]:
    """到场安装: that somebody goes there is told by what is done."""
    return [
        token.named("silent")
        if token.text in _GOES
        and following.kind == "verb"
        and following.value.frame not in {"own", "receive"}
        else token
        for token, following in pairwise([*tokens, Token("", "", 0, 0)])
    ]


def _is_compound(tokens: list[Token]) -> bool:
    """设计成果应由甲方确认: a work before a thing, and a duty behind it."""
    if len(tokens) < 4 or tokens[0].kind != "verb" or tokens[0].value is None:
        return False
    named = tokens[1].kind in {"noun", "unknown"} and tokens[2].kind == "must"
    consents = tokens[3].text in {"经", "征得", "取得", "经过", "获得", "得到"}
    return named and not consents and tokens[0].value.action in {"perform", "inspect"}


def _is_mended(tokens: list[Token], at: int, following: Token) -> bool:
    """应修复漏水: behind a modal, what became of something may be what an act is about."""
    ordered = {"must", "may", "must_not"} & {one.kind for one in tokens[:at]}
    return bool(ordered) and following.text in NOUNS and following.value.frame == "own"


def _is_done(tokens: list[Token], at: int) -> bool:
    """交付完成后: the act is done."""
    value = tokens[at].value
    last = all(one.kind == "de" for one in tokens[at + 2 :])
    return last and value is not None and value.action in _DONE_AT_ONCE


def _described(first: Token, second: Token) -> tuple[list[Token], int]:
    """中标用户 is somebody; 到期买方未付款 is when, and who; and how many tokens that took."""
    if first.text in _OVER or second.text in CONTRACT:
        return [first, Token("after", "后", first.end, first.end)], 1
    if first.value.frame != "own":
        return [], 0
    return [Token("party", first.text + second.text, first.start, second.end)], 2


def _is_measured(tokens: list[Token], at: int, following: Token) -> bool:
    """累计提款达到50 ETH: how much one of them, or all of them, come to."""
    if following.kind in _MEASURED and at > 0:
        return tokens[at - 1].text in _EACH
    if at and tokens[at - 1].kind in _UNDER and any(one.kind in _ORDERS for one in tokens[:at]):
        return False
    named = following.kind in {"noun", "unknown"} and following.text.endswith(_COUNTED)
    return named and (_bounds(tokens[at + 2 :]) or _bounds(reversed(tokens[:at])))


def _bounds(tokens: Iterable[Token]) -> bool:
    """Whether a bound stands there before any verb."""
    kinds = [token.kind for token in tokens]
    bounds = [at for at, kind in enumerate(kinds) if kind in {*_MEASURED, "least", "most"}]
    return bool(bounds) and "verb" not in kinds[: bounds[0]]


def _is_thing(tokens: list[Token], at: int, following: Token) -> bool:
    """日常维修由承租人负责: words stand before it, and somebody acts behind it."""
    before = tokens[at - 1] if at else None
    if tokens[at].text not in NOMINAL:
        return False
    if before is not None and before.text in {"该", "此", "本", "上述", "前述", "该等"}:
        return True
    return before is not None and before.kind in {"unknown", "noun"} and following.kind == "by"


def shares_object(first: Predicate, second: Predicate) -> bool:
    """安装并调试设备, but not 更换并承担运费."""
    if not _needs_object(first):
        return False
    money = any(is_money(noun) for noun in second.objects)
    return not money or (first.lexeme is not None and first.lexeme.action in _MOVES_MONEY)


def shares_taken(first: Predicate, second: Predicate) -> bool:
    """不得将质押物转让、出租: what 将 puts in front is what each of the verbs is about."""
    bare = second.taken is None and not second.objects and not second.means
    thing = first.taken is not None and not first.taken.is_amount
    lexeme = second.lexeme
    if lexeme is None or lexeme.thing is not None or lexeme.frame not in {"do", "give"}:
        return False
    return bare and thing and second.agent is None


def _needs_object(predicate: Predicate) -> bool:
    lexeme = predicate.lexeme
    if lexeme is None or lexeme.thing is not None or lexeme.word in _ALONE:
        return False
    return lexeme.frame not in {"own", "inform"} and len(lexeme.word) < 4 and lexeme.word != "整改"


def name_subject(predicate: Predicate) -> None:
    """Words that no lexicon has are somebody where the verb has its object elsewhere."""
    subject, lexeme = predicate.subject, predicate.lexeme
    if subject is None or subject.party or subject.pronoun or lexeme is None:
        return
    takes = lexeme.action in _TAKES and predicate.agent is None and predicate.taken is None
    if takes and predicate.modality != "must" and (subject.text or "").endswith(_HOLDERS):
        predicate.subject = replace(subject, party=subject.text, text=None)
        return
    if _is_site(subject, predicate):
        predicate.subject = replace(subject, party=subject.text, text=None)
        return
    kinds = {token.kind for token in subject.tokens}
    gets = lexeme.frame == "receive" and predicate.objects and not predicate.taken
    if gets and kinds <= {"unknown", "latin", "noun"} and subject.quantity is None:
        predicate.subject = replace(subject, party=subject.text, text=None)
        return
    elsewhere = predicate.objects or predicate.taken or lexeme.thing
    if elsewhere and not predicate.taken and (subject.text or "").endswith(_BY_ITSELF):
        predicate.subject = replace(subject, party="contract", text=None)
        return
    if (
        kinds <= {"unknown", "latin"}
        and elsewhere
        and lexeme.frame != "own"
        and not predicate.agent
    ):
        predicate.subject = replace(subject, party=subject.text, text=None)


def give_back(predicate: Predicate, held: Predicate) -> None:
    """没中标的单位, 七日内退回保证金: whom a clause is about gets back what is given back."""
    lexeme = predicate.lexeme
    gives = lexeme is not None and lexeme.action in {"refund", "release", "return"}
    bare = predicate.modality is None and predicate.recipient is None
    if held.relatives and gives and bare and predicate.agent is None:
        predicate.recipient = held.subject
    else:
        predicate.subject = held.subject


def owner_of(given: Noun | None) -> str | None:
    """其他出价人的保证金退还: whose it is gets it back."""
    tokens = given.tokens if given is not None and not given.party else ()
    owned = len(tokens) > 2 and tokens[0].kind == "party" and tokens[1].kind == "de"
    return normal_party(tokens[0].text) if owned else None


def payer_of_it(given: Noun | None) -> str | None:
    """将各投资人已缴纳的款项返还: whoever paid it gets it back."""
    tokens = given.tokens if given is not None and not given.party else ()
    tokens = tuple(one for one in tokens if one.text not in {"各", "每位", "每名", "该"})
    heads = [at for at, one in enumerate(tokens) if one.kind == "de"]
    if not heads or heads[-1] < 2 or tokens[0].kind != "party":
        return None
    between = tokens[1 : heads[-1]]
    acts = [one.value.action for one in between if one.kind == "verb" and one.value is not None]
    done = between[-1].text.startswith(("已", "所")) and between[-1].kind == "silent"
    pays = bool(acts) and set(acts) <= _PUTS_IN
    plain = all(one.kind in {"silent", "verb"} for one in between)
    return normal_party(tokens[0].text) if plain and (pays or (done and not acts)) else None


def given_to(predicate: Predicate, held: Predicate) -> bool:
    """取得资格证的员工, 公司每月补贴300元: who is told of first is who gets it."""
    whom, lexeme = held.subject, predicate.lexeme
    named = whom is not None and whom.party is not None and bool(held.relatives)
    acts = predicate.subject is not None and predicate.subject.party is not None
    gives = lexeme is not None and lexeme.frame == "give" and predicate.recipient is None
    if not (named and acts and gives) or held.taken is not None or held.means:
        return False
    predicate.recipient = whom
    return True


def _is_site(subject: Noun, predicate: Predicate) -> bool:
    """仓库必须发货: a place stands for whoever works there, where the verb has its own object."""
    acts = predicate.modality is not None and predicate.agent is None
    has_object = predicate.objects or (predicate.lexeme is not None and predicate.lexeme.thing)
    return acts and bool(has_object) and (subject.text or "") in _SITES


def is_name(noun: Noun, preposition: Token) -> bool:
    """Words that no lexicon has are a name where only somebody can stand."""
    kinds = {token.kind for token in noun.tokens if token.text not in ONE_OF}
    return preposition.text in {"向", "给", "予"} and bool(noun.text) and kinds <= {
        "unknown", "latin", "party",
    }  # fmt: skip


def split_receiver(noun: Noun) -> tuple[Noun, Noun] | None:
    """乙方100元 or 用户10个代币: somebody and what they get, written side by side."""
    tokens = noun.tokens
    if noun.party or noun.pronoun or len(tokens) < 2:
        return None
    at = 0
    while at < len(tokens) and tokens[at].kind in {"party", "its", "other"}:
        at += 1
    if (
        at == 0
        and tokens[0].kind in {"silent", "counted", "unknown", "noun"}
        and tokens[1].kind == "party"
    ):
        at = 2
    if at == 0 or at == len(tokens) or tokens[at].kind in {"de", "and"}:
        return None
    first, rest = read_noun(tokens[:at]), read_noun(tokens[at:])
    if tokens[at - 1].kind == "its" and not rest.is_amount:
        return None
    if not (first.party or first.pronoun) or not (rest.text or rest.is_amount):
        return None
    return first, rest


def told_of(found: Sequence[Token]) -> tuple[Token, ...]:
    """考试通过 in 考试通过的学生: what became of a thing says which people are meant."""
    at = next((at for at, one in enumerate(found) if one.kind == "de"), 0)
    clause = tuple(found[:at])
    kinds = [one.kind for one in clause]
    became = kinds[-1:] == ["verb"] and clause[-1].value and clause[-1].value.frame == "own"
    things = bool(kinds[:-1]) and set(kinds[:-1]) <= {"noun", "unknown"}
    return clause if became and things and found[at + 1 :] else ()


def measures_thing(found: Sequence[Token], bound: int | None) -> bool:
    """价值不低于借款本金150%的加密资产: the bound is of what a thing is worth."""
    if not bound or not found[bound - 1].text.endswith(_WORTH):
        return False
    return "de" in [one.kind for one in found[bound + 1 :]]
