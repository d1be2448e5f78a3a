"""Who gets which part: 按4:6分给甲方和乙方, 甲、乙各占50%, 三七分账, 你七我三.

The parts of a group are each an obligation of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.numerals import numeral
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import (
    Noun,
    is_money,
    normal_party,
    read_noun,
    thing_of,
)
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.equal_parts import equal_parts
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.language.numbers import decimal_text, terminates
from assay.authoring.language.quantities import Quantity

_EACH = frozenset({"各", "各自", "分别", "均", "都"})
_PAIRS = {"甲乙双方": ("甲方", "乙方"), "甲乙两方": ("甲方", "乙方")}
_SHARED = re.compile(
    r"(?P<whole>[^,。付支]{1,12}?)(?:(?:这样|如此|按此|按如下比例|按下列比例|按以下比例|如下)+)"
    r"(?:分|分配|分成|分账)(?:如下)?|(?P<other>.{2,10}?)(?:分配|分账|分成)(?:方式|比例)?(?:如下|为)?"
)
_COMES_IN = ("收入", "收益", "利润", "所得", "流水", "营业额", "销售额", "分红", "版税")
_WHO = frozenset({"party", "unknown", "its"})
_CONTRACT = Noun((), party="contract")
_OWED = frozenset({"pay", "return", "refund", "deposit"})
_SHARES_OUT = frozenset({"distribute", "pay", "transfer", "release"})


def shared_out(predicate: Predicate, context: Context) -> list[Predicate]:
    """One predicate for each of those who share what it gives, or take part in what it asks."""
    if predicate.ratio is not None:
        return _by_ratio(predicate, predicate.ratio, context)
    sums = _sums(predicate)
    if sums:
        return [replace(predicate, objects=[one]) for one in sums]
    verb = predicate.verb.text if predicate.verb is not None else ""
    told = predicate.lexeme is not None and predicate.lexeme.action == "notify"
    each = told or verb.startswith("各") or any(token.text in _EACH for token in predicate.tokens)
    givers, takers = _members(predicate.subject), _members(predicate.recipient)
    if each and len(takers) > 1:
        return [replace(predicate, recipient=one) for one in takers]
    if each and len(givers) > 1:
        return [replace(predicate, subject=one) for one in givers]
    return [predicate]


def _sums(predicate: Predicate) -> list[Noun]:
    """1000 USDC本金及5%利息: two amounts that are both due; or an amount and other money."""
    noun = predicate.objects[0] if len(predicate.objects) == 1 else None
    joins = [] if noun is None else [at for at, one in enumerate(noun.tokens) if one.kind == "and"]
    if noun is None or len(joins) != 1 or noun.tokens[joins[0]].text in {"或", "或者"}:
        return []
    whole, join = noun.tokens, joins[0]
    if whole[0].kind in {"party", "other"} and predicate.recipient is None and join > 1:
        predicate.recipient = read_noun(whole[:1])
        whole, join = whole[1:], join - 1
    parts = [read_noun(whole[:join]), read_noun(whole[join + 1 :])]
    counted = [one.quantity is not None and not one.quantity.problem for one in parts]
    named = predicate.lexeme is not None and predicate.lexeme.action in _OWED
    money = named and any(counted) and all(is_money(one) and not one.party for one in parts)
    return parts if (all(counted) and noun.unread) or money else []


def _by_ratio(predicate: Predicate, ratio: Sequence[Decimal], context: Context) -> list[Predicate]:
    takers, givers = _members(predicate.recipient), _members(predicate.subject)
    agents = _members(predicate.agent)
    givers = agents if len(agents) > 1 else givers
    shared = takers if len(takers) > 1 else givers
    if len(shared) != len(ratio):
        context.reject(predicate.tokens, "the parts are not as many as those who share")
        return []
    things = [one for one in (*predicate.objects, predicate.taken, predicate.subject) if one]
    whole = next((one.text for one in things if one.text and not one.party), context.whole)
    made = []
    for one, part in zip(shared, ratio, strict=True):
        if not terminates(int(part * 10000), int(sum(ratio) * 100)):
            context.reject(predicate.tokens, "the parts have no exact decimal")
            return []
        percent = decimal_text(part * 100 / sum(ratio))
        share = Noun(one.tokens, quantity=Quantity(percent, "%", share_of=whole))
        giver = _CONTRACT if shared is givers else predicate.agent
        subject = None if shared is givers else predicate.subject
        if subject is not None and not subject.party:
            subject, giver = None, giver or _CONTRACT
        made.append(
            replace(
                predicate, subject=subject, agent=giver, recipient=one, objects=[share],
                taken=None, ratio=None,
            )
        )  # fmt: skip
    return made


def _members(noun: Noun | None) -> list[Noun]:
    """甲方、乙方 or 甲乙双方, one by one."""
    if noun is None or not noun.party:
        return []
    named = [token for token in noun.tokens if token.kind != "silent"]
    if len(named) == 1 and named[0].text in _PAIRS:
        return [Noun(noun.tokens, party=name) for name in _PAIRS[named[0].text]]
    if len(named) > 2 and all(token.kind in {"party", "and"} for token in named):
        parties = [token for token in named if token.kind == "party"]
        return [Noun((token,), party=normal_party(token.text)) for token in parties]
    return [noun]


def listed_shares(tokens: Sequence[Token], context: Context) -> list[Predicate]:
    """按作者70%、平台30%分配: each share with whose it is, between what is shared and the verb."""
    found = next((one for one in _lists_of_shares(tokens)), None)
    if found is None:
        return []
    start, end, pairs = found
    read = read_predicates([*tokens[:start], *tokens[end:]])
    if len(read) != 1 or read[0].lexeme is None or read[0].lexeme.action not in _SHARES_OUT:
        return []
    only = read[0]
    things = [one for one in (*only.objects, only.taken, only.subject) if one is not None]
    whole = next((one.text for one in things if one.text and not one.party), context.whole)
    subject = only.subject if only.subject is not None and only.subject.party else None
    return [
        replace(
            only,
            tokens=tuple(tokens),
            subject=subject,
            agent=only.agent or (None if subject else _CONTRACT),
            recipient=Noun((who,), party=normal_party(who.text)),
            objects=[Noun((who, share), quantity=replace(share.value, share_of=whole))],
            taken=None,
        )
        for who, share in pairs
    ]


def _lists_of_shares(
    tokens: Sequence[Token],
) -> Iterator[tuple[int, int, list[tuple[Token, Token]]]]:
    for start, token in enumerate(tokens):
        if token.kind != "with":
            continue
        at, pairs = start + 1, []
        while at + 1 < len(tokens) and tokens[at].kind in {"party", "unknown", "noun", "latin"}:
            share = tokens[at + 1]
            if share.kind != "amount" or share.value.asset != "%":
                break
            pairs.append((tokens[at], share))
            at += 2
            if at < len(tokens) and tokens[at].kind == "and":
                at += 1
        if len(pairs) > 1:
            while at < len(tokens) and tokens[at].text in {"的", "比例", "的比例"}:
                at += 1
            yield start, at, pairs


def named_parts(tokens: Sequence[Token], context: Context) -> list[Predicate]:
    """你七我三 after 三七分: who has how many of the parts."""
    ratio = context.ratio
    kept = [token for token in tokens if token.kind not in {"silent", "and"}]
    if ratio is None or len(kept) != 2 * len(ratio):
        return []
    people, parts = kept[::2], [_part(token) for token in kept[1::2]]
    if any(one.kind != "party" for one in people) or sorted(map(str, parts)) != sorted(
        map(str, ratio)
    ):
        return []
    context.ratio = None
    made = []
    for who, part in zip(people, parts, strict=True):
        percent = decimal_text((part or Decimal(0)) * 100 / sum(ratio))
        share = Noun((who,), quantity=Quantity(percent, "%", share_of=context.whole))
        verb = Token("verb", "分", who.start, who.end, VERBS["分给"])
        to = Noun((who,), party=normal_party(who.text))
        made.append(Predicate((who,), agent=_CONTRACT, verb=verb, objects=[share], recipient=to))
    return made


def bare_share(head: Predicate, context: Context, *, among: bool) -> bool:
    """作者八成 among other shares of what was named: the contract pays it out.

    Args:
        among: whether words before or after it are shares too.
    """
    subject, taken = head.subject, head.taken or (head.means[0] if len(head.means) == 1 else None)
    share = taken.quantity if taken is not None else None
    if subject is None or not subject.party or share is None or share.asset != "%":
        return False
    if head.comparisons or head.unread or head.adverbials or not (among and context.whole):
        return False
    assert taken is not None
    first = taken.tokens[0]
    head.verb = Token("verb", "分给", first.start, first.end, VERBS["分给"])
    head.objects, head.recipient, head.agent = [taken], subject, _CONTRACT
    head.subject, head.taken, head.means = None, None, []
    return True


def _part(token: Token) -> Decimal | None:
    words = re.sub(r"[占拿得分成]", "", token.text)
    return numeral(words) if words else None


def _is_shared(tokens: Sequence[Token], behind: Sequence[Token]) -> bool:
    """票房收入, 歌手拿60%: what comes in, and who gets which share of it."""
    money = bool(tokens) and tokens[-1].text.endswith(_COMES_IN)
    things = all(one.kind in {"noun", "unknown", "silent", "de", "latin"} for one in tokens)
    shares = [at for at, one in enumerate(behind) if one.kind == "amount"]
    one_share = len(shares) == 1 and behind[shares[0]].value.asset == "%"
    whose = any(one.kind == "de" for one in behind)
    return money and things and one_share and not whose and behind[0].kind in _WHO


def whole_of(
    tokens: Sequence[Token],
    context: Context,
    *,
    leads: bool = False,
    later: Sequence[Unit] = (),
) -> bool:
    """收入三七分 names what the shares after it are of, and how many parts there are."""
    if later and _is_shared(tokens, later[0].tokens):
        named = [one for one in tokens if one.kind != "silent"]
        context.whole, context.named = thing_of(named, whole=True), context.named + 1
        return True
    words = "".join(token.text for token in tokens)
    told = _SHARED.fullmatch(words) if leads else None
    if told is not None:
        context.whole, context.named = told["whole"] or told["other"], context.named + 1
        return True
    if not tokens or tokens[-1].kind != "ratio" or any(one.kind == "party" for one in tokens):
        return False
    if any(one.kind not in {"noun", "unknown", "silent", "with", "latin", "de", "verb", "and"}
           for one in tokens[:-1]):  # fmt: skip
        return False
    named = [one for one in tokens[:-1] if one.kind not in {"with", "silent"}]
    context.ratio, context.ratio_words = tokens[-1].value, tuple(tokens)
    context.whole = thing_of(named, whole=True) or context.whole
    context.named += 1
    return True


def parts_in(tokens: Sequence[Token], context: Context) -> list[Predicate]:
    """The parts that a unit gives to several, each with its name; none where it gives none."""
    return (
        named_parts(tokens, context)
        or equal_parts(tokens, context)
        or listed_shares(tokens, context)
    )
