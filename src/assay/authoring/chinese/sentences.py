"""Units of a sentence put together: conditions apply to what follows them, subjects carry over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assay.authoring.chinese.adverbials import Adverbial
from assay.authoring.chinese.conditions import condition_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.doubts import refuse_unread
from assay.authoring.chinese.lengths import lasting_of, recurring_of
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.losses import refuse_lost
from assay.authoring.chinese.obligations import obligation_of
from assay.authoring.chinese.predicates import Predicate
from assay.authoring.chinese.prices import priced_of
from assay.authoring.chinese.shares import named_parts, shared_out, whole_of
from assay.authoring.chinese.signs import (
    after_if,
    counts_as,
    gives_notice,
    has_amount,
    is_condition,
    is_free,
    is_lead,
    is_rate,
    is_whole_of,
    may_go_on,
    names_source,
    only_times,
    points_back,
    with_parts,
    with_times,
    words,
)
from assay.authoring.chinese.statements import replaced, time
from assay.authoring.chinese.term_lines import (
    as_payment,
    begin_after,
    bounded,
    is_length,
    priced,
    takes_up,
    term_line_of,
)
from assay.authoring.chinese.units import Unit, units_of
from assay.authoring.chinese.walk import read_predicates
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Obligation

_THEREAFTER = frozenset({"之后", "此后", "其后", "随后", "期满后", "以后", "后", "届满后"})
_ENDERS = {"de", "when", "case", "after"}


@dataclass(slots=True)
class _Sentence:
    """What has been read of a sentence so far."""

    conditions: list[Condition] = field(default_factory=list)
    pending: list[Predicate] = field(default_factory=list)
    made: list[Obligation] = field(default_factory=list)
    otherwise: bool = False
    lead: Predicate | None = None
    start: int | None = None
    once: bool = False
    leading: tuple[Adverbial, ...] = ()


class SentenceReader:
    """Reads the sentences of one clause in order."""

    def __init__(self, context: Context, names: Mapping[str, str], clause: str | None) -> None:
        self.context = context
        self.names = names
        self.clause = clause
        self.obligations: list[Obligation] = []
        self.lead: Predicate | None = None

    def read(self, start: int, end: int) -> None:
        """Read one sentence; its obligations are appended."""
        units = units_of(self.context.folded.text, start, end, self.names)
        sentence, before = _Sentence(), self._state()
        known = set(map(id, self.obligations))
        for at, unit in enumerate(units):
            later = units[at + 1 :]
            if sentence.start is None:
                sentence.start = unit.tokens[0].start
            self._unit(sentence, unit, later)
        for predicate in sentence.pending:
            often = recurring_of(predicate, self.obligations[-1]) if sentence.made else None
            if often is not None:
                self.obligations[-1] = often
                continue
            self.context.reject(predicate.tokens or words(predicate), "nothing is said to be done")
        tokens = [token for unit in units for token in unit.tokens]
        if units and self._state() == before:
            self.context.reject(tokens, "nothing was read from these words")
        refuse_lost(tokens, [one for one in self.obligations if id(one) not in known], self.context)

    def _state(self) -> tuple[object, ...]:
        """What a sentence may change; one that changes nothing was not read."""
        context = self.context
        known = (context.whole, context.price, context.subject, self.lead, context.named)
        return (tuple(self.obligations), len(context.unread), len(context.opens), known)

    def _unit(self, sentence: _Sentence, unit: Unit, later: list[Unit]) -> None:
        tokens = list(unit.tokens)
        while tokens and tokens[0].kind in {"and", "then", "quote"}:
            tokens.pop(0)
        if not tokens:
            return
        if tokens[0].text in _THEREAFTER and len(tokens) > 1 and self._thereafter(sentence, tokens):
            tokens.pop(0)
        if tokens[0].kind == "otherwise":
            self._begin_otherwise(sentence, tokens[0])
            tokens.pop(0)
            if not tokens:
                return
        first = tokens[0].kind
        if first == "silent" and len(tokens) > 1 and tokens[1].kind in {"if", "unless"}:
            tokens.pop(0)
            first = tokens[0].kind
        if first == "if" or (
            first in {"party", "its"} and len(tokens) > 1 and tokens[1].kind == "if"
        ):
            tokens = after_if(tokens)
            self._condition(sentence, tokens)
        elif first == "unless" or tokens[-1].kind == "except":
            self._exception(sentence, tokens, later)
        elif points_back(tokens) and self.obligations:
            self._begin_otherwise(sentence, tokens[0])
        elif tokens[-1].kind == "de":
            self._condition(sentence, tokens)
        else:
            self._statement(sentence, tokens, unit, later)

    def _thereafter(self, sentence: _Sentence, tokens: list[Token]) -> bool:
        """之后 is when the cliff, or the time that was just said, is over."""
        if self.context.cliff is not None:
            return True
        last = sentence.made[-1] if sentence.made else None
        if last is None or last.deadline is None or last.recurrence:
            return False
        sentence.conditions.append(time(self.context, (tokens[0],), ">", last.deadline))
        return True

    def _begin_otherwise(self, sentence: _Sentence, token: Token) -> None:
        if not self.obligations:
            self.context.reject([token], "nothing stands before it that it could be instead of")
            return
        sentence.otherwise = True
        sentence.conditions = []

    def _condition(
        self, sentence: _Sentence, tokens: list[Token], *, negated: bool = False
    ) -> None:
        bare = list(tokens)
        while bare and bare[-1].kind in _ENDERS:
            bare.pop()
        if points_back(bare) and self.obligations:
            self._begin_otherwise(sentence, tokens[0])
            return
        if sentence.made:
            sentence.conditions, sentence.made = [], []
        predicates = read_predicates(bare)
        if any(predicate.modality in {"must", "may", "no_need"} for predicate in predicates):
            self.context.reject(bare, "a condition and a duty stand together")
        if any(predicate.alternative for predicate in predicates):
            self.context.reject(bare, "it gives two conditions of which either would do")
        for predicate in predicates:
            predicate.negated = predicate.negated or predicate.modality == "must_not"
            self._inherit(predicate, sentence)
            found = condition_of(predicate, self.context, acting=self.context.subject)
            if not found:
                self.context.reject(bare, "no condition could be read")
            sentence.conditions += [
                replaced(one, negated=one.negated != negated) if negated else self._same_breach(one)
                for one in found
            ]
            self.context.mention(self.context.name(predicate.subject))

    def _inherit(self, predicate: Predicate, sentence: _Sentence) -> None:
        for held in sentence.pending:
            predicate.adverbials[:0] = held.adverbials
            sentence.leading = tuple(one for one in held.adverbials if one.content)
            predicate.approvals[:0] = held.approvals
            if self._lends_amount(held, predicate):
                pass
            elif predicate.subject is None and held.taken is None and not held.means:
                predicate.subject = held.subject
            elif held.subject is not None or held.taken is not None or held.means:
                self.context.reject(held.tokens, "nothing is said to be done")
            predicate.quorums[:0] = held.quorums
            predicate.vague[:0] = held.vague
            predicate.prompt = predicate.prompt or held.prompt
            predicate.granted = predicate.granted or held.granted
        sentence.pending = []

    def _lends_amount(self, held: Predicate, predicate: Predicate) -> bool:
        """货款共60万元, 乙方付清: the amount that a clause before names."""
        nouns = [one for one in (held.subject, held.taken) if one is not None]
        counted = [one for one in nouns if one.is_amount]
        if len(counted) != 1 or held.means or any(one.party for one in nouns):
            return False
        if has_amount(predicate) or predicate.objects or predicate.taken:
            return False
        predicate.taken = counted[0]
        return True

    def _exception(self, sentence: _Sentence, tokens: list[Token], later: list[Unit]) -> None:
        if tokens[0].kind == "unless":
            tokens = tokens[1:]
        while tokens and tokens[-1].kind in {*_ENDERS, "except"}:
            tokens.pop()
        if not tokens:
            return
        words = "".join(token.text for token in tokens)
        if "约定" in words or "规定" in words:
            return
        before = len(sentence.conditions)
        self._condition(sentence, tokens, negated=True)
        if later or not self.obligations:
            return
        found = tuple(sentence.conditions[before:]) or tuple(sentence.conditions)
        last = self.obligations[-1]
        self.obligations[-1] = last.model_copy(update={"conditions": (*last.conditions, *found)})

    def _statement(  # noqa: C901 - one branch for each kind of unit
        self, sentence: _Sentence, tokens: list[Token], unit: Unit, later: list[Unit]
    ) -> None:
        predicates = named_parts(tokens, self.context) or read_predicates(tokens)
        head = predicates[0]
        if len(predicates) > 1 and gives_notice(head):
            acting = self.context.name(head.subject)
            sentence.conditions += condition_of(head, self.context, acting=acting)
            predicates = predicates[1:]
            head = predicates[0]
            sentence.once = True
        if whole_of(tokens, self.context) or names_source(
            sentence.conditions, tokens, self.context
        ):
            return
        self._drop_consent(sentence, head, unit)
        if is_condition(predicates, later) and not is_length(head):
            self._condition(sentence, tokens)
            return
        if self._lasts(tokens) or self._sets_term(sentence, head, later):
            return
        if head.verb is None and self.lead is not None and has_amount(head):
            head.verb = self.lead.verb
            head.objects.append(head.subject) if head.subject else None
            head.subject = self.lead.subject
        if head.verb is None:
            self._hold(sentence, head, unit)
            return
        if unit.leads or (is_lead(head) and not has_amount(head)):
            self._take_lead(sentence, head)
            return
        for predicate in self._each(predicates, sentence):
            goes_on = predicate.joined or unit.tokens[0].kind == "and"
            predicate.joined = predicate.joined or (goes_on and bool(sentence.made))
            follows = bool(sentence.made) and not sentence.otherwise
            if (goes_on or follows) and not predicate.adverbials:
                predicate.adverbials.extend(sentence.leading)
            if predicate.deems and not counts_as(predicate):
                self.context.reject(predicate.tokens, "it says what counts as done, not what to do")
                continue
            self._oblige(sentence, predicate)
        if sentence.once:
            sentence.conditions, sentence.once = [], False

    def _lasts(self, tokens: list[Token]) -> bool:
        """保密期限为三年 says how long what was just said lasts."""
        last = self.obligations[-1] if self.obligations else None
        longer = lasting_of(tokens, last, self.context) if last is not None else None
        if longer is not None:
            self.obligations[-1] = longer
        return longer is not None

    def _each(self, predicates: list[Predicate], sentence: _Sentence) -> Iterator[Predicate]:
        """Every predicate of a unit, and each of those who share in one."""
        for predicate in predicates:
            self._inherit(predicate, sentence)
            yield from shared_out(predicate, self.context)

    def _drop_consent(self, sentence: _Sentence, head: Predicate, unit: Unit) -> None:
        """且应 after 不得 begins a duty that the consent before does not touch."""
        if head.modality is None or unit.tokens[0].kind != "and" or not sentence.made:
            return
        if head.modality != sentence.made[-1].modality:
            kept = [one for one in sentence.conditions if one.kind != "approval"]
            sentence.conditions = kept

    def _oblige(self, sentence: _Sentence, predicate: Predicate) -> None:
        refuse_unread(predicate, self.context)
        start = predicate.tokens[0].start if predicate.tokens else 0
        if not sentence.made and sentence.start is not None:
            start = sentence.start
        if sentence.made and may_go_on(predicate, sentence.made[-1]):
            predicate.modality = "may"
        self._late_each_day(sentence, predicate)
        self._take_receiver(predicate)
        made = obligation_of(
            predicate, sentence.conditions, self.context, start=start, clause=self.clause
        )
        if made is None:
            return
        if sentence.made and only_times(predicate, made, sentence.made[-1]):
            self.obligations[-1] = sentence.made[-1] = with_times(sentence.made[-1], made)
            return
        if sentence.made and is_whole_of(sentence.made[-1], made):
            self.obligations[-1] = sentence.made[-1] = with_parts(sentence.made[-1], made)
            return
        if sentence.otherwise and self.obligations:
            last = self.obligations[-1]
            if last.otherwise is None:
                self.obligations[-1] = last.model_copy(update={"otherwise": made})
                sentence.made.append(made)
                return
            made = self._instead(made, last)
        if predicate.limit == "most" and self._bounds(made, predicate.tokens):
            return
        if predicate.modality == "may" and self._begins(made):
            return
        self.obligations.append(made)
        sentence.made.append(made)
        priced = priced_of(predicate, made, self.context)
        if priced is not None:
            self.obligations.append(priced)
            sentence.made.append(priced)

    def _instead(self, made: Obligation, kept: Obligation) -> Obligation:
        """A second thing that applies where a duty is not kept."""
        words = self.context.folded.words(kept.span)
        breach = Condition(
            kind="breach", text=words, span=kept.span, actor=kept.actor, action=kept.action,
            asset=kept.asset, recipient=kept.recipient,
        )  # fmt: skip
        return made.model_copy(update={"conditions": (*made.conditions, breach)})

    def _begins(self, made: Obligation) -> bool:
        """满一年方可开始归属 says from when what was just said begins."""
        last = self.obligations[-1] if self.obligations else None
        if last is None or last.action != made.action or made.asset or made.amount:
            return False
        if not made.conditions or any(one.kind != "time" for one in made.conditions):
            return False
        begin = tuple(
            one if one.subject else replaced(one, subject=last.deadline_from)
            for one in made.conditions
        )
        self.obligations[-1] = last.model_copy(update={"conditions": (*last.conditions, *begin)})
        return True

    def _same_breach(self, condition: Condition) -> Condition:
        """逾期超过30日的 speaks of the breach before it, or of the duty before it."""
        if condition.kind != "breach" or condition.action is not None or not self.obligations:
            return condition
        last = self.obligations[-1]
        before = next((one for one in last.conditions if one.kind == "breach"), last)
        return replaced(condition, actor=before.actor, action=before.action, asset=before.asset)

    def _late_each_day(self, sentence: _Sentence, predicate: Predicate) -> None:
        """每逾期一日 without a breach named before it points back to the duty before."""
        late = [one for one in predicate.adverbials if one.recurrence and one.recurrence.late]
        named = any(one.kind == "breach" for one in sentence.conditions)
        if not late or named or sentence.otherwise:
            return
        actor = self.context.name(predicate.subject)
        last = self.obligations[-1] if self.obligations else None
        if last is not None and last.otherwise is None and actor in {None, last.actor}:
            sentence.otherwise, sentence.conditions = True, []
            return
        words = late[0].tokens
        breach = Condition(
            kind="breach",
            text=self.context.words(words),
            span=self.context.folded.span(words[0].start, words[-1].end),
            actor=actor,
            action="perform",
        )
        sentence.conditions.append(breach)

    def _bounds(self, made: Obligation, tokens: tuple[Token, ...]) -> bool:
        """且每个地址最多购买500枚 bounds what the words before it allow."""
        last = self.obligations[-1] if self.obligations else None
        if last is None or last.action != made.action:
            return False
        if last.amount is not None:
            self.context.reject(tokens, "it bounds what the words before it say")
            return False
        self.obligations[-1] = last.model_copy(update={"amount": made.amount, "limit": "most"})
        return True

    def _sets_term(self, sentence: _Sentence, head: Predicate, later: list[Unit]) -> bool:
        """Whether a clause without a verb sets a term; a payment that it means gets its verb."""
        if head.verb is not None or self.lead is not None:
            return False
        line, context = term_line_of(head), self.context
        if line is not None and line.quantity is not None and self._fills(line.name, line.quantity):
            return True
        if line is not None and line.is_cliff:
            begin_after(line, context)
            return True
        if line is not None and line.is_stock:
            context.stock = line.quantity
            return True
        if line is not None and line.length is not None and bounded(line, self.obligations):
            return True
        if line is not None and line.quantity is not None and takes_up(later):
            context.price, context.whole = priced(line), line.name
            if head.adverbials:
                sentence.pending.append(Predicate(line.words, adverbials=head.adverbials))
            return True
        goes_on = bool(sentence.made) and sentence.made[-1].action == "pay"
        if as_payment(head, self.obligations, goes_on=goes_on):
            return False
        return self._defines(head)

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
        if quantity is not None and quantity.asset != "%":
            self.context.whole = subject.text
            each = subject.tokens[0].text.startswith("每")
            of = subject.tokens[1].text if each and len(subject.tokens) > 1 else None
            self.context.price = replace(quantity, share_of=of) if of else quantity
        return True

    def _take_receiver(self, predicate: Predicate) -> None:
        """The parts of a list are for whom the words above it name."""
        if self.lead is not None and self.lead.lexeme == predicate.lexeme:
            predicate.recipient = predicate.recipient or self.lead.recipient

    def _fills(self, term: str, quantity: Quantity) -> bool:
        """定金为合同总额的20% says how much what was just named is."""
        last = self.obligations[-1] if self.obligations else None
        if last is None or last.asset != term or last.amount is not None:
            return False
        changes = {
            "amount": quantity.amount,
            "asset": quantity.asset,
            "share_of": quantity.share_of,
        }
        self.obligations[-1] = last.model_copy(update=changes)
        return True

    def _hold(self, sentence: _Sentence, head: Predicate, unit: Unit) -> None:
        if unit.leads and head.subject is not None and not head.adverbials:
            if head.subject.party:
                self.context.subject = head.subject.party
            return
        if head.unread or head.comparisons or is_free(unit):
            self.context.reject(head.tokens or unit.tokens, "no verb is known in these words")
            return
        head.tokens = head.tokens or unit.tokens
        sentence.pending.append(head)

    def _take_lead(self, sentence: _Sentence, head: Predicate) -> None:
        self._inherit(head, sentence)
        for token in head.unread:
            self.context.reject([token], "no rule reads these words")
        name = self.context.name(head.subject)
        if name is not None:
            self.context.subject = name
            self.context.mention(name)
        self.context.mention(self.context.name(head.recipient))
        self.lead = head
