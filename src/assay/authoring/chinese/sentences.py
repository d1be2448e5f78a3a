"""Units of a sentence put together: conditions apply to what follows them, subjects carry over."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.chinese.acts.doubts import refuse_references, refuse_unread
from assay.authoring.chinese.acts.late_fees import charged
from assay.authoring.chinese.acts.licences import licensed
from assay.authoring.chinese.acts.losses import refuse_lost
from assay.authoring.chinese.acts.prices import priced_of
from assay.authoring.chinese.conditional import ENDERS, Conditional
from assay.authoring.chinese.conditions.reading import condition_of
from assay.authoring.chinese.facts.consents import asked_act
from assay.authoring.chinese.facts.outside import source_named
from assay.authoring.chinese.facts.statements import so
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.obligations import obligation_of
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.bounds import bounded_of
from assay.authoring.chinese.terms.merging import merged, only_how
from assay.authoring.chinese.terms.sales import winner_of
from assay.authoring.chinese.terms.shares import parts_in, shared_out, whole_of
from assay.authoring.chinese.terms.term_lines import is_length
from assay.authoring.chinese.terms.term_setting import Sentence
from assay.authoring.chinese.units.continued import continued
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.chinese.units.deductions import without_deductions
from assay.authoring.chinese.units.going_on import (
    gives_security,
    goes_on_in_time,
    lists_rights,
    may_go_on,
    offers_choice,
    since_before,
    under_same_modal,
)
from assay.authoring.chinese.units.openings import (
    THEREAFTER,
    as_modal,
    ends_sentence,
    opening,
    provided,
    says_nothing,
    says_only_then,
)
from assay.authoring.chinese.units.restatements import without_restated
from assay.authoring.chinese.units.signs import (
    after_if,
    beside,
    counts_as,
    gives_notice,
    has_amount,
    is_condition,
    is_lead,
    names_source,
    only_names,
    points_back,
    telling,
    tells_parts,
)
from assay.authoring.chinese.walking.turned import turned
from assay.authoring.chinese.walking.walk import read_predicates

_CASES = ("情况", "情形", "原因", "因素", "事件", "事由", "不可抗力")
_NEXT = frozenset({"然后", "接着", "而后"})
_BEFORE_IF = frozenset({"party", "its", "noun", "unknown"})


class SentenceReader(Conditional):
    """Reads the sentences of one clause in order."""

    def read_units(self, units: list[Unit]) -> None:
        """Read one sentence; its obligations are appended."""
        units = continued(telling(without_restated(units)))
        sentence, before = Sentence(), self._state()
        units = without_deductions(units, self.context)
        self.context.source = self.context.told_of = self.context.topic = None
        known = set(map(id, self.obligations))
        for at, unit in enumerate(units):
            later = units[at + 1 :]
            if sentence.start is None:
                sentence.start = unit.tokens[0].start
            if at and only_names(units[at - 1], unit):
                continue
            if later and (source := source_named(unit.tokens)) is not None:
                self.context.source = source
                continue
            count = len(self.obligations)
            if not self._names_span(sentence, unit):
                self._unit(sentence, unit, later)
            if len(self.obligations) > count:
                sentence.duties, sentence.first = sentence.duties + 1, count
        self._end(sentence, before[1])
        tokens = [token for unit in units for token in unit.tokens]
        if units and self._state() == before:
            self.context.reject(tokens, "nothing was read from these words")
        refuse_lost(tokens, [one for one in self.obligations if id(one) not in known], self.context)

    def _state(self) -> tuple[object, ...]:
        """What a sentence may change; one that changes nothing was not read."""
        context = self.context
        known = (
            context.whole,
            context.price,
            context.subject,
            self.lead,
            context.named,
            context.goal,
            len(context.spans),
            len(context.bodies),
            len(context.prices),
            context.stock,
            len(context.set_terms),
            len(context.terms_told),
        )
        return (tuple(self.obligations), len(context.unread), len(context.opens), known)

    def _unit(  # noqa: C901, PLR0912 - one branch for each way to begin
        self, sentence: Sentence, unit: Unit, later: list[Unit]
    ) -> None:
        tokens = list(unit.tokens)
        if offers_choice(tokens, sentence.made):
            self.context.reject(tokens, "either of two things may be done")
        if tokens[0].text in _NEXT and len(tokens) > 1 and self._is_locked(sentence):
            self._thereafter(sentence, tokens)
        while tokens and (tokens[0].kind in {"and", "then", "quote"} or says_only_then(tokens)):
            tokens.pop(0)
        if not tokens or (later and says_nothing(tokens)):
            return
        if tokens[0].text in THEREAFTER and len(tokens) > 1 and self._thereafter(sentence, tokens):
            tokens.pop(0)
        if tokens[0].kind == "otherwise":
            excepted = any(one.negated for one in sentence.conditions) and not sentence.made
            if not excepted:
                self._begin_otherwise(sentence, tokens[0])
            tokens.pop(0)
            if not tokens:
                return
        opened = None if sentence.made and tokens[0].kind == "until" else opening(tokens, later)
        if opened is None and tokens[0].kind == "until" and not sentence.made:
            tokens[0] = tokens[0].named("at_latest" if tokens[-1].kind == "moment" else "at")
        first = tokens[0].kind
        if first == "silent" and len(tokens) > 1 and tokens[1].kind in {"if", "unless"}:
            tokens.pop(0)
            first = tokens[0].kind
        behind = provided(tokens) if sentence.made and ends_sentence(later) else None
        if later and (act := asked_act(tokens, later[0].tokens, self.context)) is not None:
            self.asked = act
        elif behind is not None:
            self._condition_behind(sentence, behind)
        elif opened is not None:
            self.read_condition(sentence, opened[0], negated=opened[1])
        elif first == "if" or (first in _BEFORE_IF and len(tokens) > 1 and tokens[1].kind == "if"):
            tokens = after_if(tokens)
            self.read_condition(sentence, tokens)
        elif first == "unless" or tokens[-1].kind == "except":
            self._exception(sentence, tokens, later)
        elif points_back(tokens) and self.obligations:
            self._begin_otherwise(sentence, tokens[0])
        elif first == "late" and len(tokens) > 1 and tokens[1].kind == "as" and self.obligations:
            self._begin_otherwise(sentence, tokens[0])
            self._statement(sentence, tokens[1:], unit, later)
        elif first == "until" and sentence.made and len(tokens) > 1:
            self._until(sentence, tokens[1:])
        elif tokens[-1].kind == "de":
            self.read_condition(sentence, tokens)
        elif not (self._bans(sentence, tokens) or self._fills_sum(tokens)):
            self._statement(sentence, tokens, unit, later)

    def _exception(self, sentence: Sentence, tokens: list[Token], later: list[Unit]) -> None:
        if tokens[0].kind == "unless":
            tokens = tokens[1:]
        while tokens and tokens[-1].kind in {*ENDERS, "except"}:
            tokens.pop()
        if not tokens:
            return
        if (besides := beside(tokens, later)) is not None:
            if besides:
                self._statement(sentence, besides, Unit(tuple(besides)), later)
            return
        words = "".join(token.text for token in tokens)
        if "约定" in words or "规定" in words:
            refuse_references(tokens, self.context)
            return
        if later and words.endswith(_CASES) and {one.kind for one in tokens} <= {"noun", "unknown"}:
            rare = so(self.context, tuple(tokens), words)
            sentence.conditions.append(rare.model_copy(update={"negated": True}))
            return
        before = len(sentence.conditions)
        self.read_condition(sentence, tokens, negated=True)
        if later or not self.obligations:
            return
        sentence.told = []
        found = tuple(sentence.conditions[before:]) or tuple(sentence.conditions)
        last = self.obligations[-1]
        self.obligations[-1] = last.model_copy(update={"conditions": (*last.conditions, *found)})

    def _statement(  # noqa: C901 - one branch for each kind of unit
        self, sentence: Sentence, tokens: list[Token], unit: Unit, later: list[Unit]
    ) -> None:
        tokens = as_modal(tokens)
        won = winner_of(tokens)
        shares = [won] if won is not None else parts_in(tokens, self.context)
        predicates = shares or [turned(one) for one in read_predicates(tokens)]
        head = predicates[0]
        if len(predicates) > 1 and gives_notice(head, predicates[1]):
            acting = self.context.name(head.subject)
            sentence.conditions += condition_of(head, self.context, acting=acting)
            predicates = predicates[1:]
            head = predicates[0]
            sentence.once = True
        if (
            not shares and whole_of(tokens, self.context, leads=unit.leads, later=later)
        ) or names_source(sentence.conditions, tokens, self.context):
            return
        self._drop_consent(sentence, head, unit)
        if self._late_act(sentence, head, later):
            return
        if (
            is_condition(predicates, later)
            and not is_length(head)
            and not _comes_of_it(sentence, unit)
        ):
            self.read_condition(sentence, tokens)
            return
        bounded = bounded_of(head)
        if bounded is not None:
            head, predicates = bounded, [bounded]
        elif self._lasts(tokens) or self._sets_term(sentence, head, later):
            return
        if head.verb is None and self.lead is not None and self.under_lead and has_amount(head):
            head.verb = self.lead.verb
            self._place_under(head)
            head.subject = self.lead.subject
        if head.verb is None:
            self._hold(sentence, head, unit)
            return
        if unit.leads or tells_parts(head, later) or (is_lead(head) and not has_amount(head)):
            self._take_lead(sentence, head)
            return
        for predicate in self._each(predicates, sentence):
            self._go_on(sentence, predicate, unit)
            if predicate.deems and not counts_as(predicate):
                self.context.reject(predicate.tokens, "it says what counts as done, not what to do")
                continue
            self._oblige(sentence, predicate)
        if sentence.once:
            sentence.conditions, sentence.once = [], False

    def _go_on(self, sentence: Sentence, predicate: Predicate, unit: Unit) -> None:
        """The times of the clauses before hold for one that goes on from them without its own."""
        goes_on = (
            predicate.joined
            or unit.tokens[0].kind == "and"
            or lists_rights(predicate, sentence.made)
        )
        predicate.goes_on = unit.tokens[0].kind == "and" and bool(sentence.made)
        predicate.joined = predicate.joined or (goes_on and bool(sentence.made))
        follows = bool(sentence.made) and not sentence.otherwise
        own = list(predicate.adverbials)
        if (goes_on or follows) and not predicate.adverbials:
            carried = sentence.before if unit.tokens[0].kind == "and" else sentence.leading
            predicate.adverbials.extend(carried or sentence.leading)
        elif follows and all(one.duration and not one.content for one in predicate.adverbials):
            predicate.adverbials.extend(sentence.leading)
            predicate.adverbials.extend(since_before(predicate, sentence.before))
        if follows and not predicate.adverbials and sentence.rhythm:
            going_on = goes_on_in_time(predicate, unit.tokens[0], sentence.made[-1])
            predicate.adverbials.extend(sentence.rhythm if going_on else ())
        if follows and not predicate.adverbials and under_same_modal(predicate):
            predicate.adverbials.extend(sentence.timed)
        if not own and gives_security(predicate):
            predicate.adverbials = [one for one in predicate.adverbials if not one.recurrence]
        ordered = predicate.modality is not None
        times = tuple(one for one in predicate.adverbials if not one.recurrence)
        sentence.timed = times if ordered else ()
        if ordered or predicate.adverbials:
            recurs = ordered and any(one.recurrence for one in predicate.adverbials)
            sentence.rhythm = tuple(predicate.adverbials) if recurs else ()
        told = tuple(one for one in predicate.adverbials if one.content)
        sentence.before = told or sentence.before

    def _each(self, predicates: list[Predicate], sentence: Sentence) -> Iterator[Predicate]:
        """Every predicate of a unit, and each of those who share in one."""
        first = predicates[0]
        for predicate in predicates:
            self._inherit(predicate, sentence)
            if predicate is not first and predicate.modality == first.modality == "must_not":
                predicate.approvals = predicate.approvals or list(first.approvals)
                predicate.quorums = predicate.quorums or list(first.quorums)
                predicate.adverbials = predicate.adverbials or list(first.adverbials)
            if not self._waives(sentence, predicate):
                yield from shared_out(predicate, self.context)

    def _oblige(  # noqa: C901 - one branch for each way to go on
        self, sentence: Sentence, predicate: Predicate
    ) -> None:
        refuse_unread(predicate, self.context)
        start = predicate.tokens[0].start if predicate.tokens else 0
        if not sentence.made and sentence.start is not None:
            start = sentence.start
        if sentence.made and may_go_on(predicate, sentence.made[-1]):
            predicate.modality = "may"
        self._late_each_day(sentence, predicate)
        self._take_from_lead(sentence, predicate)
        made = obligation_of(
            predicate, sentence.conditions, self.context, start=start, clause=self.clause
        )
        if made is None:
            return
        sentence.told = []
        if self.lead is not None:
            self.lead.taken_up = True
        made = licensed(predicate, self._takes_length(sentence, made))
        last = sentence.made[-1] if sentence.made else None
        whole = merged(predicate, made, last) if last is not None else None
        if whole is not None:
            outer = self.obligations[-1]
            nested = outer is not last and outer.otherwise is last
            told = outer.model_copy(update={"otherwise": whole}) if nested else whole
            self.obligations[-1], sentence.made[-1] = told, whole
            return
        if last is not None and only_how(predicate, last):
            return
        if sentence.otherwise and self.obligations:
            last = self.obligations[-1]
            if last.otherwise is None:
                made = charged(predicate, made, last)
                self.obligations[-1] = last.model_copy(update={"otherwise": made})
                sentence.made.append(made)
                return
            made = self._instead(charged(predicate, made, last), last)
        if predicate.limit == "most" and self._bounds(made):
            return
        since = made.conditions[-1].text if made.conditions else ""
        at_first = made.modality == "must_not" and since.startswith("前")
        if (predicate.modality == "may" or at_first) and self._begins(made):
            return
        self.obligations.append(made)
        sentence.made.append(made)
        priced = priced_of(predicate, made, self.context)
        if priced is not None:
            self.obligations.append(priced)
            sentence.made.append(priced)

    def _take_lead(self, sentence: Sentence, head: Predicate) -> None:
        self._name_whole(sentence)
        self._inherit(head, sentence)
        things = [*head.objects, head.taken, head.subject]
        named = [one.text for one in things if one is not None and one.text and not one.party]
        named = [name for name in named if not name.endswith(("比例", "方式"))]
        self.context.whole = named[0] if named else self.context.whole
        for token in head.unread:
            self.context.reject([token], "no rule reads these words")
        name = self.context.name(head.subject)
        if name is not None:
            self.context.subject = name
            self.context.mention(name)
        self.context.mention(self.context.name(head.recipient))
        head.recipient = head.recipient or _receiver_before(head, sentence)
        self.lead, self.begins_list, self.under_lead = head, True, True


def _comes_of_it(sentence: Sentence, unit: Unit) -> bool:
    """凑够5个人就开团: what stands behind 就 comes of the condition before it."""
    return unit.then and bool(sentence.conditions) and not sentence.made


def _receiver_before(head: Predicate, sentence: Sentence) -> Noun | None:
    """甲方向乙方支付9000 USDC, 分三期支付: each part goes to whom all of it does."""
    last = sentence.made[-1] if sentence.made else None
    if last is None or last.action != "pay" or last.recipient is None:
        return None
    pays = head.lexeme is None or head.lexeme.action == "pay"
    return Noun((), party=last.recipient) if pays and head.subject is None else None
