"""What a clause adds to the duty before it: its end, its amount, what follows a breach."""

from __future__ import annotations

from assay.authoring.chinese.conditions.pointing_back import pointed_back
from assay.authoring.chinese.conditions.reading import condition_of
from assay.authoring.chinese.context import NamedSpan
from assay.authoring.chinese.facts.bodies import names_body
from assay.authoring.chinese.facts.consents import ban_without
from assay.authoring.chinese.facts.statements import replaced, time
from assay.authoring.chinese.lexicon.outcomes import BEFALLS_PEOPLE, STARTS_TRADING
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import is_money
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.terms.agreement_terms import names_begin
from assay.authoring.chinese.terms.bounds import only_capped
from assay.authoring.chinese.terms.lengths import counted_over, lasting_of, recurring_of
from assay.authoring.chinese.terms.term_lines import (
    bounded,
)
from assay.authoring.chinese.terms.term_setting import Sentence, TermSetter
from assay.authoring.chinese.terms.term_spans import since_of
from assay.authoring.chinese.terms.windows import window_of
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.chinese.units.signs import (
    has_amount,
    is_free,
    words,
)
from assay.authoring.language.agreement_terms import ending
from assay.authoring.model import Comparator, Condition, Obligation

_DELAYS = ("延误", "延迟", "迟延", "延期", "逾期", "拖延", "滞后")
_LIABLE = ("责任", "违约金", "滞纳金", "罚金")


class Duties(TermSetter):
    """The obligations of one clause so far, and what words after them add."""

    def _names_span(self, sentence: Sentence, unit: Unit) -> bool:
        """租期自某日起至某日止 bounds what is told elsewhere; so does how many a body has."""
        span = window_of(unit.tokens, sentence.lengths[-1] if sentence.lengths else None)
        if span is None and names_begin(sentence, unit.tokens, self.context, self.obligations):
            return True
        if span is None and names_body(unit.tokens, self.context):
            return True
        if span is not None:
            sentence.lengths = [one for one in sentence.lengths if one.name != span.name]
            self.context.spans.append(span)
        return span is not None

    def _end(self, sentence: Sentence, refused: object) -> None:
        """Give what is still held to the duty before it, or to the whole text; refuse the rest.

        Args:
            refused: how many words were refused before the sentence.
        """
        for predicate in sentence.pending:
            often = recurring_of(predicate, self.obligations[-1]) if sentence.made else None
            if often is not None:
                self.obligations[-1] = often
                continue
            self.context.reject(predicate.tokens or words(predicate), "nothing is said to be done")
        idle = len(self.context.unread) == refused
        if sentence.told and idle and not (sentence.made or sentence.otherwise):
            self.context.reject(sentence.told, "no duty is said to depend on it")
        for line in sentence.lengths:
            if line.length is not None:
                end = ending(line.since, line.length) if line.since else None
                since = line.since if end else None
                length = line.length if end else None
                named = NamedSpan(line.name, line.words, since, end or line.length, length)
                self.context.spans.append(named)

    def _begin_otherwise(self, sentence: Sentence, token: Token) -> None:
        if not self.obligations:
            self.context.reject([token], "nothing stands before it that it could be instead of")
            return
        sentence.otherwise = True
        sentence.conditions = []

    def _is_locked(self, sentence: Sentence) -> bool:
        """代币先锁一年,然后释放: what was just said lasts, and what follows comes behind it."""
        last = sentence.made[-1] if sentence.made else None
        length = (last.deadline or "").startswith("P") if last is not None else False
        return last is not None and last.action == "lock" and length

    def _thereafter(self, sentence: Sentence, tokens: list[Token]) -> bool:
        """之后 is when the cliff, or the time that was just said, is over."""
        if self.context.cliff is not None:
            return True
        last = sentence.made[-1] if sentence.made else None
        if last is None or last.recurrence:
            return False
        begun = [one.value for one in last.conditions if one.kind == "time" and one.value]
        end = last.deadline or (begun[-1] if begun else None)
        states = [one.value for one in last.conditions if one.value in STARTS_TRADING]
        if end is None and len(tokens) > 1 and tokens[1].kind == "duration" and states:
            since = time(self.context, (tokens[0],), ">", None, states[-1])
            sentence.conditions.append(since)
            return True
        if end is None:
            return False
        sentence.conditions.append(time(self.context, (tokens[0],), ">", end))
        return True

    def _lends_amount(self, held: Predicate, predicate: Predicate) -> bool:
        """货款共60万元, 乙方付清: the amount that a clause before names."""
        nouns = [one for one in (held.subject, held.taken) if one is not None]
        counted = [one for one in nouns if one.is_amount]
        if len(counted) != 1 or held.means or any(one.party for one in nouns):
            return False
        pays = predicate.lexeme is not None and predicate.lexeme.action in {"pay", "deposit"}
        if not pays or has_amount(predicate) or predicate.objects or predicate.taken:
            return False
        if predicate.factor is not None:
            self.context.whole, self.context.price = counted[0].label, counted[0].quantity
            return True
        predicate.taken = counted[0]
        return True

    def _name_whole(self, sentence: Sentence) -> None:
        """总价100000 USDC, 分三期支付:第一期30%: the parts below are shares of the sum."""
        for held in sentence.pending:
            sums = [one for one in (held.subject, held.taken) if one is not None and one.is_amount]
            if len(sums) == 1 and sums[0].label and not held.adverbials:
                self.context.whole, self.context.price = sums[0].label, sums[0].quantity
                sentence.pending.remove(held)
                return

    def _drop_consent(self, sentence: Sentence, head: Predicate, unit: Unit) -> None:
        """且应 after 不得 begins a duty that the consent before does not touch."""
        if head.modality is None or unit.tokens[0].kind != "and" or not sentence.made:
            return
        before = sentence.made[-1].modality
        if head.modality != before == "must_not":
            kept = [one for one in sentence.conditions if one.kind != "approval"]
            sentence.conditions = kept

    def _hold(self, sentence: Sentence, head: Predicate, unit: Unit) -> None:
        if unit.leads and head.subject is not None and not head.adverbials:
            if head.subject.party:
                self.context.subject = head.subject.party
            elif is_money(head.subject):
                self.context.whole = head.subject.text
            return
        lost = head.unread or head.comparisons or head.deems or head.agent
        if lost or head.negated or head.late or is_free(unit):
            self.context.reject(head.tokens or unit.tokens, "no verb is known in these words")
            return
        head.tokens = head.tokens or unit.tokens
        sentence.pending.append(head)

    def _lasts(self, tokens: list[Token]) -> bool:
        """保密期限为三年 says how long what was just said lasts."""
        last = self.obligations[-1] if self.obligations else None
        longer = lasting_of(tokens, last, self.context) if last is not None else None
        longer = longer or (counted_over(tokens, last) if last is not None else None)
        if longer is not None:
            self.obligations[-1] = longer
        return longer is not None

    def _takes_length(self, sentence: Sentence, made: Obligation) -> Obligation:
        """借款期限12个月, 到期还本: the length was named before the duty that it belongs to."""
        for line in sentence.lengths:
            longer = bounded(line, made)
            if longer is not None:
                sentence.lengths.remove(line)
                return since_of(line, longer)
        return made

    def _instead(self, made: Obligation, kept: Obligation) -> Obligation:
        """A second thing that applies where a duty is not kept."""
        told = (one for one in made.conditions if one.kind == "breach")
        if any((one.actor, one.action) == (kept.actor, kept.action) for one in told):
            return made
        words = self.context.folded.words(kept.span)
        breach = Condition(
            kind="breach", text=words, span=kept.span, actor=kept.actor, action=kept.action,
            asset=kept.asset, recipient=kept.recipient,
        )  # fmt: skip
        return made.model_copy(update={"conditions": (*made.conditions, breach)})

    def _waives(self, sentence: Sentence, predicate: Predicate) -> bool:
        """但因医疗原因解约的,无需支付: a case in which what was just said is not owed."""
        last = self.obligations[-1] if self.obligations else None
        lexeme = predicate.lexeme
        if predicate.modality != "no_need" or last is None or last.modality != "must" or not lexeme:
            return False
        named = {self.context.name(predicate.subject), None} <= {last.actor, None}
        things = [one.text or "" for one in (*predicate.objects, predicate.taken) if one]
        same = lexeme.action == last.action and (not things or things == [last.asset])
        liable = last.action == "pay" and any(one.endswith(_LIABLE) for one in things)
        told = {(one.kind, one.action) for one in last.conditions if one.action}
        found = [one for one in sentence.conditions if (one.kind, one.action) not in told]
        if not named or not (same or liable) or len(found) != 1 or sentence.made:
            return False
        (case,) = found
        case = replaced(case, negated=not case.negated)
        update = {"conditions": (*last.conditions, case)}
        self.obligations[-1] = last.model_copy(update=update)
        sentence.told, sentence.conditions = [], []
        sentence.made.append(self.obligations[-1])
        return True

    def _begins(self, made: Obligation) -> bool:
        """满一年方可开始归属 says from when what was just said begins."""
        last = self.obligations[-1] if self.obligations else None
        if last is None or last.action != made.action or made.asset or made.amount:
            return False
        if not made.conditions or any(one.kind != "time" for one in made.conditions):
            return False
        if made.modality == "must_not":
            return self._not_at_first(made, last)
        begin = tuple(
            one if one.subject else replaced(one, subject=last.deadline_from)
            for one in made.conditions
        )
        self.obligations[-1] = last.model_copy(update={"conditions": (*last.conditions, *begin)})
        return True

    def _not_at_first(self, made: Obligation, last: Obligation) -> bool:
        """前六个月不解锁: what was just said begins that much later."""
        since = [one.value for one in last.conditions if one.kind == "time" and one.value]
        begin = tuple(
            replaced(one, comparator=">=", subject=one.subject or (since[0] if since else None))
            for one in made.conditions
        )
        self.obligations[-1] = last.model_copy(update={"conditions": (*last.conditions, *begin)})
        return True

    def _same_breach(self, condition: Condition) -> Condition:
        """逾期超过30日的 speaks of the breach before it, or of the duty before it."""
        if condition.kind == "breach" and condition.action is None and not self.obligations:
            return replaced(condition, action="perform")
        if condition.kind != "breach" or not self.obligations:
            return condition
        last = self.obligations[-1]
        if condition.action == "pay" and last.action == "deposit" and condition.asset is None:
            condition = replaced(condition, action="deposit")
        same = condition.action == last.action and last.actor not in {None, "contract"}
        if same and condition.actor is None and condition.asset is None:
            return replaced(condition, actor=last.actor, asset=last.asset, amount=None)
        if condition.action is not None:
            return condition
        before = next((one for one in last.conditions if one.kind == "breach"), last)
        return replaced(condition, actor=before.actor, action=before.action, asset=before.asset)

    def _same_measure(self, condition: Condition) -> Condition:
        """超过4小时的 after 航班延误超过2小时: what is measured was named before."""
        if self.obligations and (told := pointed_back(condition, self.obligations[-1])) is not None:
            return told
        named = condition.subject not in {None, condition.asset}
        if condition.kind == "state" and condition.subject is None and self.obligations:
            return replaced(condition, subject=self._same_person(condition.value))
        if condition.kind != "comparison" or named or not self.obligations:
            return condition
        unit = (condition.asset, (condition.value or "")[:1] == "P")
        for one in self.obligations[-1].conditions:
            measured = one.subject and one.kind in {"oracle", "comparison"} and one.comparator
            if measured and unit == (one.asset, (one.value or "")[:1] == "P"):
                return replaced(condition, kind=one.kind, subject=one.subject, actor=one.actor)
        return condition

    def _same_person(self, value: str | None) -> str | None:
        """因疾病身故的 after 被保险人因意外身故的: what befell somebody befalls them again."""
        if value not in BEFALLS_PEOPLE:
            return None
        told = [one for one in self.obligations[-1].conditions if one.value in BEFALLS_PEOPLE]
        return told[-1].subject if told else None

    def _longer_late(self, tokens: list[Token]) -> list[Token]:
        """超过15天 after a breach: how long it has lasted."""
        kinds = [token.kind for token in tokens]
        last = self.obligations[-1] if self.obligations else None
        broken = last is not None and any(one.kind == "breach" for one in last.conditions)
        if not broken or kinds not in (["above", "duration"], ["reach", "duration"]):
            return tokens
        return [Token("late", "逾期", tokens[0].start, tokens[0].start), *tokens]

    def _late_each_day(self, sentence: Sentence, predicate: Predicate) -> None:
        """每逾期一日 without a breach named before it points back to the duty before."""
        late = [one for one in predicate.adverbials if one.recurrence and one.recurrence.late]
        named = any(_tells_delay(one) for one in sentence.conditions)
        if not late or named or sentence.otherwise:
            return
        actor = self.context.name(predicate.subject)
        last = self.obligations[-1] if self.obligations else None
        if last is not None and last.otherwise is None and actor in {None, "contract", last.actor}:
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

    def _pass_rhythm(self, sentence: Sentence, predicate: Predicate) -> None:
        """每季度销售额达到50万元的, 返还3%: what follows is due as often."""
        often = [
            one for one in predicate.adverbials
            if one.recurrence and not one.recurrence.late and not one.recurrence.day
        ]  # fmt: skip
        if len(often) != 1 or predicate.verb is not None or not predicate.comparisons:
            return
        predicate.adverbials = [one for one in predicate.adverbials if one not in often]
        sentence.pending.append(Predicate(often[0].tokens, adverbials=often))

    def _late_act(self, sentence: Sentence, head: Predicate, later: list[Unit]) -> bool:
        """每延迟一天还款, 须支付罚金: the act that is late, and how often what follows is due."""
        late = [one for one in head.adverbials if one.recurrence and one.recurrence.late]
        act = head.lexeme
        if not late or not later or act is None or head.modality or has_amount(head):
            return False
        if act.action not in {"pay", "return", "deliver", "refund", "perform", "provide"}:
            return False
        head.adverbials = [one for one in head.adverbials if one not in late]
        head.late = True
        sentence.conditions += condition_of(head, self.context, acting=self.context.subject)
        sentence.pending.append(Predicate(late[0].tokens, head.subject, adverbials=late))
        return True

    def _bans(self, sentence: Sentence, tokens: list[Token]) -> bool:
        """超过10000 USDC的付款须经董事会批准: a ban without the consent."""
        tokens = [*self.asked, *tokens] if tokens[0].kind == "must" else tokens
        self.asked = []
        ban = ban_without(tokens, self.context, start=tokens[0].start, clause=self.clause)
        if ban is None or sentence.pending:
            return False
        conditions = (*sentence.conditions, *ban.conditions)
        self.obligations.append(ban.model_copy(update={"conditions": conditions}))
        sentence.made.append(self.obligations[-1])
        return True

    def _ends(self, tokens: list[Token]) -> bool:
        """直到2027年底: when what was just said ends."""
        last, moment = self.obligations[-1], tokens[0]
        if moment.kind != "moment" or any(one.kind != "silent" for one in tokens[1:]):
            return False
        iso = moment.value.iso
        if moment.value.missing is not None or iso is None:
            self.context.ask("date", moment.start, moment.end)
        if iso is not None and (last.deadline is not None or last.modality == "must_not"):
            comparator: Comparator = "<" if last.modality == "must_not" else "<="
            until = time(self.context, (moment,), comparator, iso)
            last = last.model_copy(update={"conditions": (*last.conditions, until)})
        elif iso is not None:
            last = last.model_copy(update={"deadline": iso})
        self.obligations[-1] = last
        return True

    def _bounds(self, made: Obligation) -> bool:
        """且每个地址最多购买500枚 bounds what the words before it allow; 最多扣20% is a cap."""
        last = self.obligations[-1] if self.obligations else None
        if last is None or last.action != made.action:
            return False
        if last.amount is not None:
            self.obligations.append(only_capped(made, last))
        else:
            more = {"amount": made.amount, "limit": "most", "asset": last.asset or made.asset}
            self.obligations[-1] = last.model_copy(update=more)
        return True

    def _take_from_lead(self, sentence: Sentence, predicate: Predicate) -> None:
        """甲方按下列进度付款:... What is listed is done by and for whom the words above it name."""
        lead = self.lead
        if lead is None or lead.lexeme is None or predicate.lexeme is None:
            return
        if lead.lexeme == predicate.lexeme:
            predicate.recipient = predicate.recipient or lead.recipient
        broke = sentence.otherwise or any(one.kind == "breach" for one in sentence.conditions)
        bare = predicate.subject is None and predicate.agent is None and predicate.modality is None
        same = lead.lexeme.action == predicate.lexeme.action
        if self.under_lead and bare and same and not broke and self.context.name(lead.subject):
            predicate.subject = lead.subject
            predicate.recipient = predicate.recipient or lead.recipient


def _tells_delay(condition: Condition) -> bool:
    """逾期付款的, 工期延误的: what is late, before what is due for each day."""
    late = condition.kind == "state" and not condition.negated
    return condition.kind == "breach" or (late and (condition.value or "").endswith(_DELAYS))
