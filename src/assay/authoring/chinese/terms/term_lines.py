"""Terms that stand apart without a verb: 期限为三年, 年利率6%, 单价20元, 会员费每月15U, 悬崖期一年.

What such a line is about tells its name: a length bounds the duty that it belongs to, a rate is
interest, a price or fee is paid by whoever buys, rents or borrows in the words before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.statements import time
from assay.authoring.chinese.lexicon.money import PRICES
from assay.authoring.chinese.lexicon.spans import FIRST_PERIODS, SPANS_OF
from assay.authoring.chinese.lexicon.verb_places import SETTLES
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.calendar import Recurrence
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, read_noun, thing_of
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.rates import RATES, period_of_rate
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Obligation

_EACH_ONE = frozenset({"每个", "每一", "每一个", "每"})
CLIFFS = ("悬崖期", "锁定期", "锁仓期", "封闭期", "悬崖")
_NO_PRICES = ("起拍", "保留", "最低", "最高", "市", "行权", "清算", "触发", "收盘", "成交")
_SPANS = ("期", "期限", "年限", "周期", "悬崖", "时长")
_STOCKS = (
    "总量",
    "总额",
    "数量",
    "总数",
    "总供应量",
    "代币",
    "份额",
    "期权",
    "股份",
    "股权",
    "股票",
)
_FEES = (
    "费", "费用", "租", "租金", "房租", "定金", "订金", "押金", "保证金", "首付", "首付款", "尾款",
    "余款", "预付款", "首款", "头款", "中期款", "进度款", "佣金", "提成", "月供", "工资", "月薪",
    "年薪", "稿费", "稿酬", "报酬", "版税", "诚意金", "意向金", "保底", "酬金", "货款", "首期",
    "质保金", "片酬", "学费",
)  # fmt: skip
_PENALTIES = ("违约金", "滞纳金", "罚息", "罚款", "赔偿", "赔偿总额", "赔偿金", "总额")
_PERIODS = {"月": "P1M", "年": "P1Y", "日": "P1D", "周": "P1W", "季": "P3M"}
_TURNING = frozenset({"前", "首", "头", "为", "是", "其中"})
_NOT_PERIODS = ("年终", "日常", "月饼", "年货", "日结")
_BY_ACTOR = frozenset({
    "pay", "buy", "occupy", "use", "subscribe", "contribute", "bid", "deposit", "return",
})  # fmt: skip
_TAKES = frozenset({"pay", "keep", "claim", "deposit"})
_BY_RECEIVER = frozenset({"sell", "deliver", "provide", "supply", "transfer", "perform", "issue"})


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term and what it is set to.

    Attributes:
        name: of the term, 月租金.
        length: an ISO 8601 duration, where it is set to one.
        each: the unit that an amount is for.
        since: the day on which the length begins.
        every: an ISO 8601 duration, where the name says how often the amount is due: 月租.
    """

    name: str
    words: tuple[Token, ...]
    quantity: Quantity | None = None
    length: str | None = None
    each: str | None = None
    every: str | None = None
    since: str | None = None

    @property
    def is_rate(self) -> bool:
        """年利率, 月息."""
        return self.name.endswith((*RATES, "利息")) and self.quantity is not None

    @property
    def is_cliff(self) -> bool:
        """悬崖期, 锁定期: nothing begins before it is over."""
        return self.length is not None and self.name.endswith(CLIFFS)

    @property
    def is_price(self) -> bool:
        """单价, 每枚售价: what is paid for each."""
        named = self.name.endswith(PRICES) and not self.name.startswith(_NO_PRICES)
        return self.each is not None or named

    @property
    def is_fee(self) -> bool:
        """服务费, 尾款: what is paid."""
        return self.name.endswith(_FEES)

    @property
    def is_stock(self) -> bool:
        """总量24万枚: how much there is to hand out."""
        asset = self.quantity.asset if self.quantity is not None else None
        goods = asset is None or not asset.isascii()
        return self.quantity is not None and goods and self.name.endswith(_STOCKS)


def term_line_of(head: Predicate) -> TermLine | None:
    """The term that a clause without a verb sets; None where it does something else."""
    if (turned := _turned(head)) is not None:
        return turned
    if head.unread or head.means or head.relatives or head.approvals or head.quorums or head.late:
        return None
    if head.negated or head.modality or head.subject is None or head.subject.party:
        return None
    every = [one.recurrence for one in head.adverbials if one.recurrence is not None]
    quantity, length = _value(head)
    if length is not None and head.adverbials:
        return None
    name = _name(head)
    if name is None or (quantity is None and length is None) or (quantity and quantity.problem):
        return None
    each = _unit(head)
    own = period_of(name)
    return TermLine(
        name, head.tokens or head.subject.tokens, quantity, length, each,
        None if every else own,
    )  # fmt: skip


def period_of(name: str) -> str | None:
    """A month for 月租, a year for 年费."""
    if (rate := period_of_rate(name)) is not None:
        return rate
    return _PERIODS.get(name[0]) if len(name) > 1 and not name.startswith(_NOT_PERIODS) else None


def _turned(head: Predicate) -> TermLine | None:
    """前12个月为悬崖期: the length stands before the name."""
    words = [token for token in head.tokens if token.text not in _TURNING]
    if [token.kind for token in words] == ["amount", "counted"] and words[1].value[0] == "1":
        return TermLine("单价", tuple(head.tokens), words[0].value, each=words[1].value[1])
    if len(words) != 2 or not words[1].text.endswith(CLIFFS):
        return None
    first = words[0]
    length = first.value.iso if first.kind == "duration" else FIRST_PERIODS.get(first.text)
    return TermLine(words[1].text, tuple(head.tokens), length=length) if length else None


def _value(head: Predicate) -> tuple[Quantity | None, str | None]:
    """What the term is set to: one amount, or one length."""
    nouns = [one for one in (head.subject, head.taken) if one is not None]
    amounts = [one.quantity for one in nouns if one.quantity is not None]
    set_to = [one for one in head.comparisons if one.comparator == "=" or one.duration is not None]
    if len(set_to) != len(head.comparisons) or len(amounts) + len(set_to) != 1:
        return None, None
    if amounts:
        return amounts[0], None
    return set_to[0].quantity, set_to[0].duration


def _name(head: Predicate) -> str | None:
    assert head.subject is not None
    plain = [
        token for token in head.subject.tokens
        if token.kind in {"noun", "unknown", "de", "party", "verb", "latin", "ordinal", "its"}
        and not (_is_each(token) and token is not head.subject.tokens[0])
    ]  # fmt: skip
    return thing_of(plain, whole=False) if plain else None


def _is_each(token: Token) -> bool:
    """每枚 in 认购价每枚0.02 USDC."""
    return token.kind == "noun" and token.text[0] == "每" and len(token.text) == 2


def _unit(head: Predicate) -> str | None:
    """每枚 in 每枚售价: what the price is for."""
    assert head.subject is not None
    first = head.subject.tokens[0]
    if first.kind == "noun" and first.text.startswith("每") and len(first.text) == 2:
        second = head.subject.tokens[1] if len(head.subject.tokens) > 1 else first
        of = second.kind in {"noun", "unknown"} and head.subject.tokens[2:3]
        return second.text if of and of[0].kind == "de" else first.text[1:]
    each = [one for one in head.tokens if one.end == first.start and one.text in _EACH_ONE]
    if each and first.kind in {"noun", "unknown"} and not first.text.endswith(_FEES + PRICES):
        return first.text
    behind = [one for one in head.subject.tokens[1:] if _is_each(one)]
    if behind:
        return behind[0].text[1:]
    quantity = head.subject.quantity
    if quantity is not None and quantity.asset != "%" and quantity.share_of:
        return quantity.share_of
    return None


def payer_of(
    obligations: Sequence[Obligation], *, borrows: bool = False
) -> tuple[str | None, str | None, bool]:
    """Who pays, to whom, and whether the words before tell it; nobody named is the contract."""
    for one in reversed(obligations):
        if one.modality == "must_not":
            continue
        named = one.actor not in {None, "contract"}
        if one.action == "issue" and one.modality == "may" and named:
            return one.actor, one.recipient, True
        lends = one.action == "pay" and named and one.recipient is not None
        lends = lends and (borrows or _lends(one, obligations))
        if one.action in _BY_ACTOR and named and not lends:
            return one.actor, one.recipient, True
        if (one.action in _BY_RECEIVER or lends) and one.recipient not in {None, "contract"}:
            return one.recipient, one.actor if named else None, True
    return ("contract", None, not any(one.actor not in {None, "contract"} for one in obligations))


def _lends(paid: Obligation, obligations: Sequence[Obligation]) -> bool:
    """Whether what was paid is to be given back."""
    return any(one.action == "return" and one.actor == paid.recipient for one in obligations)


def is_length(head: Predicate) -> bool:
    """租期两年 sets a term; it is no condition of what follows."""
    line = term_line_of(head) if head.verb is None else None
    return line is not None and line.length is not None and line.name.endswith(_SPANS)


def stock_of(line: TermLine) -> Quantity:
    """代币总量24万枚: so many of what the name without 总量 says."""
    assert line.quantity is not None
    kinds = ("总供应量", "总量", "总数", "总额", "数量")
    ends = next((one for one in kinds if line.name.endswith(one)), "")
    return replace(line.quantity, asset=line.name.removesuffix(ends) or line.quantity.asset)


def takes_up(units: Sequence[Unit], *, down: bool = False) -> bool:
    """Whether the next clause says who pays what a line only names: 服务费100 USDC, 由客户支付.

    Args:
        down: whether the line names a first part, so that 到货付清 means the rest.
    """
    if not units:
        return False
    head = read_predicates(units[0].tokens)[0]
    lexeme = head.lexeme
    if lexeme is None or lexeme.action not in _TAKES:
        return False
    if head.factor is not None or _is_part(head):
        return True
    if down and head.verb is not None and head.verb.text in SETTLES:
        return False
    nouns = [*head.objects, *head.means, head.taken, head.subject]
    named = [one for one in nouns if one is not None and not one.party and not one.pronoun]
    return not any(one.is_amount or not is_money(one) for one in named) and not named


def _is_part(head: Predicate) -> bool:
    """启动时付50%: a share of nothing that is named is one of what was said before."""
    shares = [one.quantity for one in (*head.objects, *head.means) if one.quantity is not None]
    return any(one.asset == "%" and one.share_of is None for one in shares)


def as_payment(head: Predicate, obligations: Sequence[Obligation], *, goes_on: bool) -> bool:
    """Make a clause that only names an amount or a fee, and when, the payment that it means.

    Args:
        goes_on: whether a payment stands before it in the sentence: 预付30%,发货前40%.
    """
    line = term_line_of(head)
    if goes_on and (cap := _cap(head)) is not None and obligations[-1].actor:
        first = head.tokens[0]
        head.verb = Token("verb", "支付", first.start, first.end, VERBS["支付"])
        head.objects, head.subject, head.taken, head.comparisons = [cap], None, None, []
        head.modality = "may"
        last = obligations[-1]
        head.agent = Noun((), party=last.actor)
        head.recipient = Noun((), party=last.recipient) if last.recipient else None
        return True
    noun = _bare(head) if goes_on or (head.adverbials and not head.subject) else None
    if line is not None and line.quantity is not None:
        if not (line.is_fee or line.is_rate or line.is_price) or "总" in line.name:
            return False
        noun = _paid(line)
    noun = noun or _in_parts(head)
    if noun is None:
        return False
    payer, receiver, told = payer_of(obligations, borrows=line is not None and line.is_rate)
    if line is not None and (line.is_rate or line.is_price):
        often = line.every or head.adverbials or line.is_price
        told = told and bool(often) and payer != "contract"
    set_to = line is not None and bool(head.comparisons)
    often = any(one.recurrence for one in head.adverbials)
    if not told or (set_to and payer == "contract" and not often):
        return False
    first = noun.tokens[0]
    head.verb = Token("verb", "支付", first.start, first.end, VERBS["支付"])
    head.objects, head.subject, head.taken = [noun], None, None
    head.means, head.comparisons = [], []
    head.agent = head.agent or Noun((), party=payer)
    if receiver and head.recipient is None:
        head.recipient = Noun((), party=receiver)
    if line is not None and line.every:
        every = Recurrence(line.every)
        head.adverbials.append(Adverbial("every", (first,), recurrence=every))
    return True


def _cap(head: Predicate) -> Noun | None:
    """违约金累计不超过合同总额的10%: the most that what was just said may come to."""
    subject = head.subject
    if any(one.recurrence is None for one in head.adverbials) or head.unread or head.means:
        return None
    if subject is None and len(head.comparisons) == 1:
        only = head.comparisons[0]
        bare = only.comparator == "<=" and only.subject is None and only.quantity is not None
        quantity = replace(only.quantity, limit="most") if bare and only.quantity else None
        return Noun(head.tokens, quantity=quantity) if quantity else None
    if subject is None or head.comparisons:
        return None
    most = [at for at, token in enumerate(subject.tokens) if token.kind == "most"]
    if len(most) != 1:
        return None
    name = thing_of(subject.tokens[: most[0]]) or ""
    bound = read_noun(subject.tokens[most[0] :])
    is_fee = most[0] == 0 or name.endswith(_FEES + _PENALTIES)
    if not is_fee or bound.quantity is None or bound.quantity.problem:
        return None
    return bound


def _in_parts(head: Predicate) -> Noun | None:
    """余款分6期: what is paid in so many parts."""
    noun = head.subject
    bare = head.instalments is not None and not (head.comparisons or head.unread or head.means)
    return noun if bare and noun is not None and (noun.text or "").endswith(_FEES) else None


def _bare(head: Predicate) -> Noun | None:
    """40% or 尾款 beside a time: an amount or a fee and nothing else."""
    nouns = [one for one in (*head.means, head.subject, head.taken) if one is not None]
    if len(nouns) != 1 or head.comparisons or head.unread or head.modality or not head.adverbials:
        return None
    noun = nouns[0]
    if noun.party or noun.pronoun:
        return None
    fee = (noun.text or "").endswith(_FEES) and noun.quantity is None
    amount = noun.quantity is not None and is_money(noun) and not noun.quantity.problem
    return noun if fee or amount else None


def priced(line: TermLine) -> Quantity:
    """The amount that a line names, with the unit that it is for."""
    quantity = line.quantity
    assert quantity is not None
    of = quantity.share_of
    if line.name.endswith(RATES) and (of is None or of in line.name):
        return replace(quantity, share_of=line.name)
    if line.each:
        return replace(quantity, share_of=line.each)
    return (
        replace(quantity, share_of=None)
        if of and (of in line.name or line.name in of)
        else quantity
    )


def _paid(line: TermLine) -> Noun:
    return Noun(line.words, quantity=priced(line), text=line.name, label=line.name)


def actions_of(name: str) -> frozenset[str] | None:
    """The acts that a length or a span of time of this name may be about."""
    return next((acts for word, acts in SPANS_OF.items() if word in name), None)


def bounded(line: TermLine, obligation: Obligation) -> Obligation | None:
    """The duty that a length belongs to with its end; None where it is about another."""
    actions = actions_of(line.name)
    if actions is not None and obligation.action not in actions:
        return None
    at_end = obligation.deadline == "P0D" and any(map(is_end, obligation.conditions))
    if not at_end and (obligation.deadline is not None or obligation.modality == "must_not"):
        return None
    kept = [one for one in obligation.conditions if not is_end(one)]
    return obligation.model_copy(update={"deadline": line.length, "conditions": tuple(kept)})


def is_end(condition: Condition) -> bool:
    """到期 is when the length that was named is over."""
    due = condition.kind == "state" and condition.value in {"到期", "届满", "期满"}
    return due and condition.subject is None and not condition.negated


def cliff_of(line: TermLine, context: Context) -> Condition:
    """What begins when the cliff is over."""
    return time(context, line.words, ">=", line.length)
