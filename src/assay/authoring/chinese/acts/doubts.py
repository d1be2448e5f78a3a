"""What was parsed but not used: a thing, an amount or a word that no field of the act holds.

A clause is understood only if each of its nouns went somewhere; this is where the rest is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assay.authoring.chinese.acts.prices import price_of
from assay.authoring.chinese.acts.reading import LASTING, Act, is_what_for, topic_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.roles import DETERMINERS
from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money
from assay.authoring.chinese.phrases.predicates import Predicate

_CLAUSE_NUMBER = re.compile(rf"第\(?({NUMERAL}|\d+(?:\.\d+)*)\)?[条款项]")
_UNLIKELY = frozenset("若如则且或因故当未不无非已应须必得还又就才都很把被让吧吗呢了着么怎完谁啥咋")
_PLACES = ("账户", "合约", "地址", "账号", "池", "金库", "保险箱")
_FUNDS = (
    "租",
    "费",
    "利润",
    "利息",
    "价款",
    "押金",
    "报酬",
    "本金",
    "额",
    "资金",
    "款",
    "款项",
    "金",
    "收入",
    "余额",
    "工资",
    "货款",
    "池",
    "账户",
    "钱包",
    "国库",
)
_CHOICE = frozenset({"或", "或者"})
_PENALTIES = frozenset({"pay", "keep", "claim", "refund", "return", "transfer"})
_FILLERS = frozenset("整去来又仍共再净尽想现兹原先帮了均都")
_SPEAKERS = frozenset("我你您他她咱")
_SHORT = frozenset("款货钱票活书车房画稿歌")
_LONGEST_THING = 16


def _joins_things(noun: Noun) -> bool:
    """本金及8%的收益: a thing, and an amount of another."""
    joints = [at for at, one in enumerate(noun.tokens) if one.kind == "and" and at]
    amounts = [at for at, one in enumerate(noun.tokens) if one.kind in {"amount", "counted"}]
    return len(joints) == 1 and any(joints[0] < at for at in amounts)


def refuse_unused(  # noqa: C901, PLR0912 - one branch for each place of a noun
    predicate: Predicate, act: Act, context: Context
) -> None:
    """Refuse the nouns of a clause that went into no field, and words unlikely to be a noun."""
    counted = act.quantity is not None
    if counted and act.thing is not None and _joins_things(act.thing):
        context.reject(act.thing.tokens, "two things stand together, and one amount")
    price = price_of(predicate)
    topic = predicate.subject if topic_of(predicate, act) is not None else None
    for noun in (
        *predicate.objects,
        *(one for one in predicate.means if one is not price),
        predicate.taken,
        _thing_as_subject(predicate),
    ):
        if noun is not None and noun is act.thing and _counts_people(noun, predicate):
            context.reject(noun.tokens, "it counts those who act")
        if noun is None or noun is act.thing or noun.party or noun.pronoun or noun is topic:
            continue
        if act.action in {"renew", "extend"} and not noun.is_amount:
            continue
        if act.action == "bid" and noun.text in {"出价", "报价", "竞价"}:
            continue
        if _is_locked(noun, act) or is_what_for(predicate, noun):
            continue
        if act.action == "deposit" and (noun.text or "").endswith(_PLACES):
            continue
        if noun.unread:
            context.reject(noun.tokens, "it gives two amounts at once")
        elif noun.is_amount and noun.quantity != act.quantity:
            context.reject(noun.tokens, "it is a second amount")
        elif not (noun.is_amount or (counted and _is_label(noun, act)) or _is_length(noun, act)):
            context.reject(noun.tokens, "it is a second thing, and no rule says what for")
    if act.thing is not None and act.thing.unread:
        context.reject(act.thing.tokens, "it gives two amounts at once")
    nouns = (
        predicate.subject, predicate.agent, predicate.recipient, predicate.taken,
        *predicate.objects, *predicate.means,
    )  # fmt: skip
    for noun in nouns:
        if noun is not None:
            _refuse_unlikely(noun, context)
            _refuse_choice(noun, predicate, context)
    _refuse_references(predicate, context)
    _refuse_source(predicate, act, context)
    _refuse_total(predicate, act, context)


def _counts_people(noun: Noun, predicate: Predicate) -> bool:
    """任意两名管理员可暂停合约: how many of them act."""
    counts = [one for one in noun.tokens if one.kind == "counted" and one.value[1] in "名位人"]
    return noun is predicate.subject and bool(counts) and noun.tokens[-1].kind == "party"


def _is_locked(noun: Noun, act: Act) -> bool:
    """代币锁定十二个月: beside the length stands what is locked."""
    length = act.thing is not None and any(one.kind == "duration" for one in act.thing.tokens)
    return act.action in LASTING and length and noun.text is not None


def _refuse_choice(noun: Noun, predicate: Predicate, context: Context) -> None:
    """样品或图纸 leaves a choice; forbidden are both."""
    if predicate.modality == "must_not":
        return
    if any(token.kind == "and" and token.text in _CHOICE for token in noun.tokens):
        context.reject(noun.tokens, "it leaves a choice between two")


def _refuse_references(predicate: Predicate, context: Context) -> None:
    """按第三条的约定 says something only where the text has a third clause."""
    refuse_references(predicate.references, context)


def refuse_references(references: Sequence[Token], context: Context) -> None:
    """除第五条约定的情形外 is an exception only where the text has a fifth clause."""
    for token in references:
        if token.kind != "reference":
            continue
        match = _CLAUSE_NUMBER.search(token.text)
        number = numeral(match[1]) if match and not match[1][0].isdigit() else None
        written = match[1] if match and number is None else str(number or "")
        if match and written not in context.clauses:
            context.reject([token], "the text has no clause of this number")


def _refuse_source(predicate: Predicate, act: Act, context: Context) -> None:
    """What something is taken from has to be somebody, a place, or what a share is of."""
    source = predicate.source
    if source is None or source.party or source.pronoun:
        return
    share = act.quantity is not None and act.quantity.asset == "%"
    if not share and not (source.text or "").endswith((*_PLACES, *_FUNDS)):
        context.reject(source.tokens, "it is not said what this is taken from for")


def _refuse_total(predicate: Predicate, act: Act, context: Context) -> None:
    """付至80% is paid together with what was paid before."""
    if predicate.verb is None or act.quantity is None:
        return
    reached = act.quantity.asset == "%" or predicate.recipient is None
    if predicate.verb.text.endswith("至") and act.action == "pay" and reached:
        context.reject(predicate.tokens, "it names a total to be reached, not what is to be paid")


def _thing_as_subject(predicate: Predicate) -> Noun | None:
    subject = predicate.subject
    return subject if subject is not None and not (subject.party or subject.pronoun) else None


def _is_label(noun: Noun, act: Act) -> bool:
    """租金3000元, 以USDC: what an amount is called, or its unit."""
    handed = noun.tokens[0].kind == "verb" and noun.tokens[0].text.endswith(("给", "至", "到"))
    if handed and len(noun.tokens) > 1:
        return False
    if is_money(noun) or (len(noun.tokens) == 1 and noun.tokens[0].kind == "latin"):
        return True
    if act.quantity is not None and act.quantity.asset == "%" and act.action == "pay":
        return (noun.text or "").endswith(_FUNDS)
    plain = all(token.kind in {"noun", "unknown", "silent"} for token in noun.tokens)
    return act.action in {"pay", "refund", "return", "deposit"} and plain


def _is_length(noun: Noun, act: Act) -> bool:
    length = any(token.kind == "duration" for token in noun.tokens)
    return length and act.action in LASTING


def _refuse_fillers(noun: Noun, context: Context) -> None:
    """整 in 房屋整洁 is no filler."""
    for token, following in pairwise(noun.tokens):
        filler = token.kind == "silent" and token.text in _FILLERS
        if filler and following.kind == "unknown" and len(following.text) == 1:
            context.reject([token, following], "these words are in no list")


def _refuse_unlikely(noun: Noun, context: Context) -> None:
    kinds_in = [one.kind for one in noun.tokens]
    if not noun.party and kinds_in[0] == "verb" and "party" in kinds_in and "verb" in kinds_in[1:]:
        context.reject(noun.tokens, "a clause of its own stands here")
    _refuse_fillers(noun, context)
    if kinds_in[:2] == ["amount", "verb"] and not is_money(Noun((), text=noun.text)):
        context.reject(noun.tokens, "a verb stands in it that no rule reads")
    occasions = [one for one in noun.tokens if one.kind == "counted" and one.value[1] in "期笔次轮"]
    if occasions and noun.quantity is not None and noun.quantity.asset is None:
        context.reject(noun.tokens, "it counts occasions, not an amount")
    _refuse_name(noun, context)
    _refuse_speakers(noun, context)
    _refuse_thing(noun, context)


def _refuse_name(noun: Noun, context: Context) -> None:
    before = [token.text for token in noun.tokens[:-1] if token.kind == "noun"]
    joined = all(token.kind != "de" for token in noun.tokens)
    if noun.party and joined and any(word.endswith(_FUNDS) for word in before):
        context.reject(noun.tokens, "a thing and somebody stand together")
    if noun.party and len(noun.party) > 2 and _SPEAKERS & set(noun.party) and noun.tokens[1:]:
        context.reject(noun.tokens, "more than a name stands here")
    if noun.party in DETERMINERS:
        context.reject(noun.tokens, "it names nobody")
    if noun.party and len(noun.party) == 1 and noun.party not in _SPEAKERS | set("人甲乙丙丁"):
        context.reject(noun.tokens, "one character is no name")


def _refuse_speakers(noun: Noun, context: Context) -> None:
    """引流一个客户我返你50U: two acts in a row, and no thing."""
    speakers = {token.text for token in noun.tokens[1:] if token.text in _SPEAKERS}
    if noun.party is None and len(speakers) > 1:
        context.reject(noun.tokens, "a thing and somebody stand together")


def _refuse_thing(noun: Noun, context: Context) -> None:
    one = noun.text in {"甲", "乙", "丙", "丁"} or any(
        first.kind == "counted" and first.value[1] != "次" and second.kind == "unknown"
        for first, second in pairwise(noun.tokens)
    )
    if (
        len(noun.text or "") == 1
        and not one
        and noun.tokens[-1].kind == "unknown"
        and noun.text not in _SHORT
    ):
        context.reject(noun.tokens, "one character is no name of a thing")
    kinds = [token.kind for token in noun.tokens]
    short = any(one.kind == "unknown" and len(one.text) == 1 for one in noun.tokens)
    if short and kinds[-1] == "verb":
        context.reject(noun.tokens, "a verb stands in it that no rule reads")
    if len(kinds) > 2 and "duration" in kinds[1:-1] and "de" not in kinds and kinds[0] == "noun":
        context.reject(noun.tokens, "a length stands where a thing was expected")
    if noun.quantity is None and noun.party is None and {"amount", "counted"} & set(kinds):
        context.reject(noun.tokens, "an amount stands where a thing was expected")
    for token in noun.tokens:
        if token.kind == "unknown" and (_UNLIKELY & set(token.text) or len(token.text) > 12):
            context.reject([token], "these words are in no list")
        elif token.kind == "number":
            context.reject([token], "the number has no unit")
    if any(word in (noun.text or "") for word in ("每人", "谁", "各自")):
        context.reject(noun.tokens, "who and what stand together")
    if len(noun.text or "") > _LONGEST_THING:
        context.reject(noun.tokens, "it is too long to be the name of one thing")


def refuse_unread(predicate: Predicate, context: Context) -> None:
    """Refuse the words of a duty that no rule took, and duties that leave a choice."""
    either = predicate.alternative and predicate.modality == "must_not"
    if either and any(one.kind == "de" for one in predicate.tokens) and _opens_relative(predicate):
        context.reject(predicate.tokens, "a clause of its own stands here")
    for token in predicate.unread:
        context.reject([token], "no rule reads these words")
    if predicate.comparisons:
        context.reject(predicate.tokens, "a bound on it is stated that no rule reads")
    lexeme = predicate.lexeme
    late = any(one.recurrence and one.recurrence.late for one in predicate.adverbials)
    if predicate.late and predicate.modality == "must_not":
        context.reject(predicate.tokens, "only its being late is forbidden, not the act")
    if (
        late
        and lexeme is not None
        and lexeme.action not in _PENALTIES
        and lexeme.word not in {"交", "罚", "上交", "承担"}
    ):
        context.reject(predicate.tokens, "it says that an act is late, not what follows")
    if predicate.alternative and predicate.modality not in {"may", "must_not"}:
        context.reject(predicate.tokens, "either of two things may be done")


def _refuse_lacking(noun: Noun, context: Context) -> None:
    """完工无违规: what there is none of is not what became so."""
    first = noun.tokens[0]
    if first.kind == "unknown" and first.text[0] in "无非没" and len(first.text) > 2:
        context.reject([first], "these words are in no list")


def _opens_relative(predicate: Predicate) -> bool:
    """检验不合格的产品 behind 或: the words before it say which as well."""
    first = predicate.tokens[0]
    return first.kind in {"not", "verb", "late"} and predicate.verb is not first


def refuse_unread_condition(predicate: Predicate, context: Context) -> None:
    """Refuse the words of a condition that no rule took, and two bounds at once."""
    for noun in (predicate.subject, *predicate.objects):
        if noun is not None and not noun.party:
            _refuse_lacking(noun, context)
    lengths = [one for one in predicate.comparisons if one.duration is not None]
    if lengths and len(lengths) < len(predicate.comparisons):
        context.reject(predicate.tokens, "it bounds a quantity and how long at once")
    bound = predicate.verb is None and not predicate.late and predicate.comparisons
    whose = predicate.subject is not None and predicate.subject.party is not None
    told = whose and predicate.taken is not None and not predicate.taken.is_amount
    if bound and predicate.taken is not None and not told:
        context.reject(predicate.taken.tokens, "no rule says what this has to do with the bound")
    for token in predicate.unread:
        context.reject([token], "no rule reads these words")
