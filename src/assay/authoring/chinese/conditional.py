"""Clauses that state what must hold, beside the duties that depend on them."""

from __future__ import annotations

from assay.authoring.chinese.conditions.conjuncts import joined_predicates, told_apart
from assay.authoring.chinese.conditions.reading import condition_of
from assay.authoring.chinese.duties import Duties
from assay.authoring.chinese.facts.outside import told_by, told_from
from assay.authoring.chinese.facts.statements import caused_by, replaced
from assay.authoring.chinese.lexicon.verb_places import BECAUSE
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import normal_party
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.phrases.receivers import give_back, given_to, name_subject
from assay.authoring.chinese.terms.term_setting import Sentence
from assay.authoring.chinese.units.openings import depending
from assay.authoring.chinese.units.signs import after_if, breaker_named, points_back, without_again
from assay.authoring.model import Condition

ENDERS = frozenset({"de", "when", "case", "after"})
"""Words that end a clause of a condition."""
_NO_NAMES = frozenset("谁每须请")

_BANS = frozenset({"不得", "不可", "不准", "不许", "禁止", "严禁"})


class Conditional(Duties):
    """The conditions of one sentence so far."""

    def _condition_behind(self, sentence: Sentence, tokens: list[Token]) -> None:
        """甲方退还定金, 如果乙方违约: the condition stands behind the duty."""
        made, before = sentence.made, sentence.conditions
        self.read_condition(sentence, after_if(tokens))
        found, sentence.conditions, sentence.made = sentence.conditions, before, made
        sentence.told = []
        if sentence.duties != 1:
            self.context.reject(tokens, "it is not said which of the duties depends on it")
            return
        for at in range(sentence.first, len(self.obligations)):
            self.obligations[at] = depending(self.obligations[at], found)

    def _until(self, sentence: Sentence, tokens: list[Token]) -> None:
        """直到贷款还清: the event that ends what was just said, negated."""
        while len(tokens) > 1 and tokens[-1].kind in ENDERS:
            tokens = tokens[:-1]
        if self._ends(tokens):
            sentence.made[-1] = self.obligations[-1]
            return
        self.read_condition(sentence, tokens, negated=True)
        last = self.obligations[-1]
        found = (*last.conditions, *sentence.conditions)
        self.obligations[-1] = last.model_copy(update={"conditions": found})
        sentence.conditions, sentence.told = [], []

    def read_condition(
        self, sentence: Sentence, tokens: list[Token], *, negated: bool = False
    ) -> None:
        """Read a clause that states what must hold for the duties after it."""
        bare = list(tokens)
        while bare and bare[-1].kind in ENDERS:
            bare.pop()
        if points_back(bare) and self.obligations:
            self._begin_otherwise(sentence, tokens[0])
            return
        if sentence.made:
            sentence.conditions, sentence.made, sentence.told = [], [], []
        sentence.told += bare
        bare = self._longer_late(bare)
        if (cause := caused_by(bare, self.context)) is not None:
            sentence.conditions.append(replaced(cause, negated=cause.negated != negated))
            return
        source, bare = told_by(_fault_of(bare))
        predicates = without_again(joined_predicates(bare))
        banned = any(token.kind == "must_not" and token.text in _BANS for token in bare)
        due = any(predicate.modality in {"must", "may", "no_need"} for predicate in predicates)
        if due or banned:
            self.context.reject(bare, "a condition and a duty stand together")
        parts: list[list[Condition]] = []
        for predicate in predicates:
            predicate.negated = predicate.negated or predicate.modality == "must_not"
            self._inherit(predicate, sentence)
            self._pass_rhythm(sentence, predicate)
            found = condition_of(predicate, self.context, acting=self.context.subject)
            if source is not None:
                found = told_from(source, predicate, found)
            if not found or any(_names_nobody(one.subject or "") for one in found):
                self.context.reject(bare, "no condition could be read")
            if negated and predicate.causes and len(found) > 1:
                self.context.reject(bare, "an exception needs a cause and what came of it")
            found = breaker_named(found, sentence.conditions, self.context)
            found = [self._same_measure(one) for one in found]
            parts.append(
                [
                    replaced(one, negated=one.negated != negated)
                    if negated
                    else self._same_breach(one)
                    for one in found
                ]
            )
            sentence.conditions += parts[-1]
            told_of = self.context.name(predicate.subject) or _owner(predicate)
            self.context.told_of = told_of or self.context.told_of
            self.context.mention(self.context.name(predicate.subject))
        self._join(predicates, parts, bare, negated=negated)

    def _join(
        self,
        predicates: list[Predicate],
        parts: list[list[Condition]],
        words: list[Token],
        *,
        negated: bool,
    ) -> None:
        """Note how the clauses of a condition are joined, and refuse what that leaves open."""
        joins = [predicate.alternative for predicate in predicates[1:]]
        if negated:
            self.context.except_for(parts, either=all(joins))
        if any(joins) and not (all(joins) and told_apart(parts)):
            self.context.reject(words, "it gives two conditions of which either would do")

    def _inherit(self, predicate: Predicate, sentence: Sentence) -> None:
        for held in sentence.pending:
            predicate.adverbials[:0] = held.adverbials
            sentence.leading = tuple(one for one in held.adverbials if one.content)
            if held.modality == "must" and held.approvals and predicate.modality != "may":
                self.context.reject(held.tokens, "nothing is said to be done")
            predicate.approvals[:0] = held.approvals
            predicate.relatives[:0] = held.relatives
            if self._lends_amount(held, predicate) or given_to(predicate, held):
                pass
            elif predicate.subject is None and held.taken is None and not held.means:
                give_back(predicate, held)
                name_subject(predicate)
            elif held.subject is not None or held.taken is not None or held.means:
                self.context.reject(held.tokens, "nothing is said to be done")
            predicate.quorums[:0] = held.quorums
            predicate.vague[:0] = held.vague
            predicate.prompt = predicate.prompt or held.prompt
            predicate.granted = predicate.granted or held.granted
        sentence.pending = []


def _fault_of(tokens: list[Token]) -> list[Token]:
    """因甲方违约的: what somebody did is so by itself, whatever it is the cause of."""
    at = next((i for i, one in enumerate(tokens) if one.kind not in {"silent", "and"}), 0)
    because = len(tokens) > at + 2 and tokens[at].text in BECAUSE
    whose = because and tokens[at + 1].kind == "party"
    verbs = [one for one in tokens if one.kind == "verb"]
    between = {one.kind for one in tokens[at + 2 : -1]} - {"silent"}
    own = bool(verbs) and verbs == tokens[-1:] and verbs[0].value.frame == "own" and not between
    return tokens[at + 1 :] if whose and own else tokens


def _names_nobody(subject: str) -> bool:
    """Whether what a condition would be about is a word of another part."""
    return bool(subject) and (subject[0] in _NO_NAMES or subject[-1] in _NO_NAMES)


def _owner(predicate: Predicate) -> str | None:
    """借款人的资产负债率超过70%, 会员质押满90天: of whom something is measured."""
    noun, verb = predicate.subject, predicate.verb
    if noun is None or len(noun.tokens) < 2 or noun.tokens[0].kind != "party":
        return None
    has = bool(predicate.comparisons) and noun.tokens[1].kind == "de"
    lasts = verb is not None and verb.text == "满"
    return normal_party(noun.tokens[0].text) if has or lasts else None
