"""Terms that a clause without a verb sets, for the duties around it or for the whole text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.statements import GOALS
from assay.authoring.chinese.lexicon.money import DOWN_PAYMENTS, TOTALS
from assay.authoring.chinese.lexing.calendar import Recurrence
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, read_noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.bounds import cap_of, with_cap, with_floor
from assay.authoring.chinese.terms.merging import PARTS
from assay.authoring.chinese.terms.sales import as_bid, unit_price, with_unit
from assay.authoring.chinese.terms.shares import bare_share
from assay.authoring.chinese.terms.term_lines import (
    CLIFFS,
    TermLine,
    as_payment,
    bounded,
    cliff_of,
    is_length,
    payer_of,
    period_of,
    priced,
    stock_of,
    takes_up,
    term_line_of,
)
from assay.authoring.chinese.terms.term_spans import takes_start
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.chinese.units.signs import (
    is_rate,
    is_sum,
    only_settles,
)
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Obligation

_SUMS = frozenset({
    "金额", "数额", "款额", "费率", "标准", "收费标准", "比例", "额度", "总额", "具体金额",
    "支付比例", "支付标准", "支付金额", "付款比例", "缴纳标准", "计算标准",
})  # fmt: skip
"""What an amount is called without saying what it is paid for: 金额为合同价的10%."""


@dataclass(slots=True)
class Sentence:
    """What has been read of a sentence so far."""

    conditions: list[Condition] = field(default_factory=list)
    told: list[Token] = field(default_factory=list)
    duties: int = 0
    first: int = 0
    pending: list[Predicate] = field(default_factory=list)
    made: list[Obligation] = field(default_factory=list)
    otherwise: bool = False
    lead: Predicate | None = None
    start: int | None = None
    once: bool = False
    begins: bool = False
    lengths: list[TermLine] = field(default_factory=list)
    leading: tuple[Adverbial, ...] = ()
    before: tuple[Adverbial, ...] = ()
    timed: tuple[Adverbial, ...] = ()
    rhythm: tuple[Adverbial, ...] = ()


def _owes_interest(later: list[Unit]) -> bool:
    """Whether the next clause pays 利息 of which only the rate before it says how much."""
    tokens = later[0].tokens if later else ()
    said = any(token.text == "利息" for token in tokens)
    return said and not any(token.kind in {"amount", "counted"} for token in tokens)


def _every(line: TermLine) -> list[Adverbial]:
    """Each month, of 月租金."""
    if line.every is None:
        return []
    return [Adverbial("every", line.words[:1], recurrence=Recurrence(line.every))]


class TermSetter:
    """The duties of one clause so far, and the terms that are set for them."""

    def __init__(self, context: Context, names: Mapping[str, str], clause: str | None) -> None:
        self.context = context
        self.names = names
        self.clause = clause
        self.obligations: list[Obligation] = []
        self.lead: Predicate | None = None
        self.begins_list = self.under_lead = False
        self.asked: list[Token] = []

    def _place_under(self, head: Predicate) -> None:
        """作者80% under 分成比例: who gets it, and how much; else the thing that a list is of."""
        if head.subject is not None and head.subject.party and head.taken is not None:
            head.recipient, head.objects = head.subject, [*head.objects, head.taken]
            head.taken = None
        elif head.subject is not None:
            head.objects.append(head.subject)

    def _caps_each(self, head: Predicate) -> bool:
        """每人最多1000个, 限额500 USDC: how much of what was just allowed each may have."""
        floor = with_floor(self.obligations, head)
        if floor is not None:
            self.obligations.append(floor)
            return True
        cap = cap_of(head)
        capped = with_cap(self.obligations, cap) if cap is not None else None
        if capped is not None:
            self.obligations = capped
        return capped is not None

    def _hold_rhythm(self, sentence: Sentence, head: Predicate) -> bool:
        """按月结算: how often, for what follows."""
        head.verb = None
        sentence.pending.append(head)
        return True

    def _sets_term(  # noqa: C901, PLR0911, PLR0912 - one branch for each kind of term
        self, sentence: Sentence, head: Predicate, later: list[Unit]
    ) -> bool:
        """Whether a clause without a verb sets a term; a payment that it means gets its verb."""
        if head.verb is not None or self.lead is not None:
            return bool(later) and only_settles(head) and self._hold_rhythm(sentence, head)
        if self._caps_each(head):
            return True
        if takes_start(head, sentence.lengths, self.obligations, self.context):
            return True
        line, context = term_line_of(head), self.context
        if line is not None and (self._fills_each(line) or self._sets_rate(line, later)):
            return True
        if bare_share(head, context, among=bool(sentence.made) or len(later) > 0):
            return False
        if (
            line is not None
            and line.quantity
            and not line.each
            and self._fills(line.name, line.quantity)
        ):
            return True
        if line is not None and line.is_cliff:
            self._sets_cliff(line, later)
            return True
        if line is not None and line.is_stock:
            context.stock, context.whole = stock_of(line), line.name
            context.stock_words = line.words
            return True
        if line is not None and line.length is not None:
            for at in range(len(self.obligations) - 1, -1, -1):
                longer = bounded(line, self.obligations[at])
                if longer is not None:
                    self.obligations[at] = longer
                    return True
            if is_length(head):
                sentence.lengths.append(line)
                return True
        if line is not None and line.quantity is not None and line.name.endswith(GOALS):
            context.goal, context.goal_words = line.quantity, line.words
            return True
        if (
            line is not None
            and line.quantity is not None
            and takes_up(later, down=line.name.endswith(DOWN_PAYMENTS))
        ):
            self._hand_on(line, line.quantity)
            if often := [*head.adverbials, *_every(line)]:
                sentence.pending.append(Predicate(line.words, adverbials=often))
            return True
        if line is not None and as_bid(head, line):
            return False
        if line is not None and self._names_total(line, head):
            return True
        goes_on = bool(sentence.made) and sentence.made[-1].action == "pay"
        if as_payment(head, self.obligations, goes_on=goes_on):
            head.objects = [with_unit(one, self.obligations) for one in head.objects]
            alone = head.agent is not None and head.agent.party == "contract"
            if alone and line is not None and line.quantity and not head.adverbials:
                context.set_terms.append((line.words, line.name, line.quantity, line.every))
            return False
        if line is not None and line.is_price and is_sum(line.quantity):
            price = unit_price(line)
            context.prices.append((line.words, price))
            context.price = context.price or price
            return True
        if line is not None and line.is_fee and line.quantity and not (later or head.adverbials):
            context.set_terms.append((line.words, line.name, line.quantity, line.every))
            return True
        return self._defines(head)

    def _names_total(self, line: TermLine, head: Predicate) -> bool:
        """价款3000 USDC behind 购买电脑: what is paid in all, for the words that say when."""
        total, context = line.quantity, self.context
        whole = line.name.endswith(TOTALS) and line.each is None and not head.adverbials
        if not whole or total is None or not is_sum(total) or total.problem:
            return False
        context.set_terms.append((line.words, line.name, total, None))
        context.whole, context.price = line.name, total
        return True

    def _sets_cliff(self, line: TermLine, later: list[Unit]) -> None:
        """团队代币悬崖期12个月: when what was just said, or what follows, begins; and of what."""
        last, context = (self.obligations[-1] if self.obligations else None), self.context
        if last is not None and last.action in {"vest", "release"} and not later:
            conditions = (*last.conditions, cliff_of(line, context))
            self.obligations[-1] = last.model_copy(update={"conditions": conditions})
        else:
            context.cliff, context.cliff_words = cliff_of(line, context), line.words
        name = line.name
        for word in CLIFFS:
            name = name.removesuffix(word)
        if name and name != line.name:
            context.whole = context.last_asset = name.removesuffix("的")

    def _defines(self, head: Predicate) -> bool:
        """合同总价款为100万元 says what a term is."""
        if head.verb is not None or len(head.comparisons) != 1:
            return False
        comparison = head.comparisons[0]
        subject = head.subject
        if comparison.comparator != "=" or subject is None or not subject.text or head.unread:
            return False
        if subject.text.endswith(("率", "期", "期限")) or is_rate(comparison):
            self.context.reject(head.tokens, "it sets a term that no other clause takes up")
            return True
        quantity = comparison.quantity
        if quantity is not None:
            every = period_of(subject.text)
            self.context.set_terms.append((head.tokens, subject.text, quantity, every))
        if quantity is not None and subject.text.endswith(GOALS):
            self.context.goal, self.context.goal_words = quantity, head.tokens
        elif quantity is not None and quantity.asset != "%":
            self.context.whole = subject.text
            each = subject.tokens[0].text.startswith("每")
            of = subject.tokens[1].text if each and len(subject.tokens) > 1 else None
            self.context.price = replace(quantity, share_of=of) if of else quantity
        return True

    def _sets_rate(self, line: TermLine, later: list[Unit]) -> bool:
        """月利率1%, 借款人按月支付利息: for the interest that the clause behind it pays."""
        owed = line.is_rate and line.quantity is not None and _owes_interest(later)
        if owed and line.quantity is not None:
            term = (line.words, line.name, line.quantity, line.every)
            self.context.set_terms.append(term)
        return owed

    def _hand_on(self, line: TermLine, quantity: Quantity) -> None:
        """服务费100 USDC, 由客户支付: an amount for the clause behind it, and who owes it."""
        context = self.context
        context.price = priced(line)
        of_it = context.price.asset == "%" or context.price.share_of is not None
        context.whole = context.whole if of_it else line.name
        context.set_terms.append((line.words, line.name, quantity, line.every))
        payer, _, told = payer_of(self.obligations)
        if told and line.is_fee and payer != "contract":
            context.subject = payer

    def _fills_sum(self, tokens: list[Token]) -> bool:
        """标准为离职前月平均工资的30%: how much what was just said is."""
        named = len(tokens) > 2 and tokens[0].text in _SUMS and tokens[1].kind == "equal"
        if not named or not self.obligations:
            return False
        noun = read_noun(tokens[2:])
        if noun.quantity is None or noun.unread or noun.quantity.problem:
            return False
        return self._fills(tokens[0].text, noun.quantity)

    def _fills_each(self, line: TermLine) -> bool:
        """学费12000元分4期付, 每期3000元: how much each part of what was just said is."""
        last = self.obligations[-1] if self.obligations else None
        each, parts = line.quantity, last.occurrences if last is not None else None
        if last is None or not parts or each is None or line.each not in PARTS:
            return False
        if (
            not each.amount
            or not last.amount
            or Decimal(last.amount) != parts * Decimal(each.amount)
        ):
            return False
        return last.spread

    def _fills(self, term: str, quantity: Quantity) -> bool:
        """定金为合同总额的20% says how much what was just named is."""
        last = self.obligations[-1] if self.obligations else None
        pays = last is not None and term in _SUMS and is_money(Noun((), text=last.asset or "款"))
        if last is None or last.amount is not None or not (pays or last.asset == term):
            return False
        changes = {
            "amount": quantity.amount,
            "asset": quantity.asset,
            "share_of": quantity.share_of,
        }
        self.obligations[-1] = last.model_copy(update=changes)
        return True
