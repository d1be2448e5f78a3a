"""Who acts by 由 or 被, and whose consent 经 asks for, as the walk through a unit meets them."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexicon.verbs import VERBS, Verb
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.walking.relatives import Relatives

_THROUGH = frozenset({"经", "经过"})


class Agency(Relatives):
    """By whom something is done, and through whose consent or act."""

    def _by(self, token: Token) -> None:
        """由 names who acts; 经 asks for somebody's consent or act."""
        self.at += 1
        if token.text in _THROUGH and (self._by_examination() or self._signed(token)):
            return
        if self._kind() == "quorum":
            return
        noun = self._phrase()
        current = self.current
        if noun is None:
            if token.text in _THROUGH and self._agreed_by_nobody(token):
                return
            if token.text == "被" or self._kind() == "verb":
                return
            current.unread.append(token)
        elif token.text not in _THROUGH:
            current.agent = noun if token.text == "被" else _somebody(noun)
            if token.text == "由" and not (current.agent.party or current.agent.pronoun):
                current.unread.extend(noun.tokens)
        else:
            self._consent(token, noun)

    def _agreed_by_nobody(self, token: Token) -> bool:
        """租户未经许可改变结构: consent of somebody who is not named."""
        agreed = self.tokens[self.at] if self.at < len(self.tokens) else None
        approves = agreed is not None and agreed.kind == "verb" and agreed.value.action == "approve"
        if agreed is None or not approves or not self._later_verb(self.at + 1):
            return False
        first = self.tokens.index(token)
        inner = Predicate((), negated=self.current.negated, verb=agreed)
        self.at += 1
        inner.tokens = tuple(self.tokens[first : self.at])
        self.current.negated = False
        self.current.approvals.append(inner)
        return True

    def _signed(self, token: Token) -> bool:
        """提交经监理签字的报告: who has signed a thing is said of the thing, not of the act."""
        behind = [one.kind for one in self.tokens[self.at : self.at + 4]]
        if token.text != "经" or "de" not in behind:
            return False
        end = behind.index("de")
        ahead = self.at - 1 == self.first and behind[end - 1] == "signing"
        if self.current.verb is None and not ahead:
            return False
        if behind[0] != "party" or behind[end - 1] not in {"signing", "verb"}:
            return False
        self.at += end + 1
        return True

    def _by_examination(self) -> bool:
        """经检验不符合约定: how it was found out says nothing more."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        verb = token.value if token is not None and isinstance(token.value, Verb) else None
        if verb is None or verb.action not in {"inspect", "confirm"}:
            return False
        first = self.at - 1 == self.first and self._kind(1) in {"noun", "unknown"}
        if self._kind(1) != "verb" and not first:
            return False
        self.at += 1
        return True

    def _consent(self, token: Token, noun: Noun) -> None:
        inner = Predicate((), subject=noun, negated=self.current.negated)
        while self._kind() == "silent":
            if self._text().endswith("协商一致"):
                agreed = self.tokens[self.at]
                self.tokens[self.at] = replace(agreed, kind="verb", value=VERBS["同意"])
                break
            self.at += 1
        if self._kind() not in {"verb", "signing"}:
            self.current.unread.extend((token, *noun.tokens))
            return
        if self._kind() == "signing" or self._text() in {"授权", "许可", "认可", "确认同意"}:
            agreed = self.tokens[self.at]
            self.tokens[self.at] = Token(
                "verb", agreed.text, agreed.start, agreed.end, VERBS["同意"]
            )
        inner.verb = self.tokens[self.at]
        first = self.tokens.index(token)
        self.at += 1
        if self._kind() == "and" and self._kind(1) == "verb":
            self.at += 2
        inner.tokens = tuple(self.tokens[first : self.at])
        if self._kind() in {"after", "when", "de"}:
            self.at += 1
        negated, self.current.negated = self.current.negated, False
        self.current.approvals.append(inner)
        if self._agrees_too():
            self.current.negated = negated
            self._consent(self.tokens[self.at - 1], self._phrase() or noun)

    def _consents_next(self) -> bool:
        """未经甲方同意或者未经乙方同意: the next words ask for a second consent."""
        by = self.at + (self._kind() == "not")
        kinds = [one.kind for one in self.tokens[by : by + 3]]
        return kinds[:2] == ["by", "party"] and kinds[2:] in (["verb"], ["signing"])

    def _agrees_too(self) -> bool:
        """经监理确认并由业主签字: somebody else has to consent as well; goes to who that is."""
        kinds = [one.kind for one in self.tokens[self.at : self.at + 4]]
        agreed = kinds[-1:] in (["verb"], ["signing"])
        if kinds[:3] != ["and", "by", "party"] or not agreed:
            return False
        if self.at + 4 < len(self.tokens) and self._kind(4) not in {"after", "when", "de"}:
            return False
        self.at += 2
        return True


def _somebody(noun: Noun) -> Noun:
    """由李明支付: who acts is somebody, by whatever name."""
    named = noun.party is None and noun.pronoun is None and noun.quantity is None
    plain = all(token.kind in {"unknown", "latin"} for token in noun.tokens)
    short = 2 <= len(noun.text or "") <= 4
    return replace(noun, party=noun.text) if named and plain and short else noun
