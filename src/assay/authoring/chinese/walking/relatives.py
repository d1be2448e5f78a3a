"""Clauses before a noun, and what is not done: 授予员工的代币, 没中标的投标人, 未通过认证的用户."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assay.authoring.chinese.lexicon.verb_places import CLAIMS, EVERY, HOLDERS, HOLDS
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, collect, read_noun
from assay.authoring.chinese.walking.nouns import Nouns

BREAKS = {"must", "may", "must_not", "to", "after", "before", "when", "during", "by", "take", "at"}
"""What no clause before a noun goes across."""


_MOST_WORDS = 6


class Relatives(Nouns):
    """A clause that says which thing or who."""

    def _relative(self) -> bool:
        """授予员工的48,000枚代币: a clause before 的 and the noun, where a verb still follows."""
        current = self.current
        before = self.tokens[self.first : self.at]
        opens = all(one.kind in {"silent", "only"} or one.text in EVERY for one in before)
        if current.verb is not None or current.subject is not None or not opens:
            return False
        return self._take_relative() is not None

    def _says_who(self, kind: str) -> bool:
        """购买门票的用户, 签署协议的供应商: a clause and whom it describes, which are taken."""
        if kind in {"signing", "late"} and not self._describes_somebody():
            return False
        return kind in {"verb", "not", "signing", "late"} and self._relative()

    def _describes_somebody(self) -> bool:
        """逾期还款的借款人, 向完成任务的用户: what is done, and whoever does it, behind 的."""
        for place in range(self.at + 1, min(self.at + _MOST_WORDS, len(self.tokens) - 1)):
            token = self.tokens[place]
            if token.kind in BREAKS:
                return False
            if token.kind == "de":
                return self.tokens[place + 1].kind == "party"
        return False

    def _negation(self, token: Token) -> None:
        current = self.current
        is_late = token.kind != "not"
        if is_late and current.verb is not None:
            current.objects.append(read_noun([token.named("noun")]))
        elif is_late:
            current.late = True
            self._late_thing()
        elif current.verb is not None and not current.verb.text.startswith("不"):
            self._negated_behind(token)
            return
        else:
            current.negated = True
            current.late = current.late or token.text.startswith("逾期")
        self.at += 1

    def _late_thing(self) -> None:
        """里程碑的交付延迟超过20日: the act that is late, and what it is done to."""
        subject = self.current.subject
        if subject is None or len(subject.tokens) < 3 or subject.tokens[-2].kind != "de":
            return
        act = subject.tokens[-1]
        if act.kind == "verb" and act.value is not None and act.value.action is not None:
            self.current.verb, self.current.subject = act, read_noun(subject.tokens[:-2])

    def _negated_behind(self, token: Token) -> None:
        """退给没中标的投标人: what is negated behind a verb is of whom or what follows."""
        current = self.current
        gives = current.verb is not None and current.verb.text.endswith(("给", "予", "向"))
        if gives and current.recipient is None:
            current.wants_receiver = True
            if self._take_relative() is not None:
                return
        current.unread.append(token)
        self.at += 1

    def _within(self) -> tuple[Token, ...]:
        """两年内 in 两年内离职的员工: the length belongs to the clause, and is no deadline."""
        told = self.current.adverbials
        length = told[-1] if len(told) == 1 and self.current.verb is None else None
        if length is None or length.duration is None or length.content:
            return ()
        return length.tokens if told[-1].tokens[-1].end == self.tokens[self.at].start else ()

    def _take_relative(self) -> Noun | None:
        places = range(self.at + 1, len(self.tokens) - 1)
        breaks = (at for at in places if self.tokens[at].kind in {"de", *BREAKS})
        end = next((at for at in breaks if not _is_in(self.tokens, at)), None)
        if end is None or self.tokens[end].kind != "de":
            return None
        found, at = collect(self.tokens, end + 1)
        follows = any(one.kind == "verb" or one.text == "给" for one in self.tokens[at:])
        noun = read_noun(found) if found else None
        if noun is None:
            return None
        alone = at == len(self.tokens) and bool(noun.party or noun.text in HOLDERS)
        if not (follows or alone or self.current.verb is not None):
            return None
        early = self.at > self.first and self.tokens[self.at - 1].text == "提前"
        within = self._within() if noun.party else ()
        clause = (*within, *self.tokens[self.at - early : end])
        counts = any(one.kind in {"amount", "counted"} for one in clause)
        if clause[0].text in HOLDS and noun.text in HOLDERS:
            noun = replace(noun, party=noun.text)
        holds = clause[0].text in HOLDS and noun.party is not None
        if (counts and not holds) or clause[0].text in CLAIMS:
            return None
        negative = clause[0].text[0] in "未没不"
        if noun.party or (negative and self.current.wants_receiver):
            self.current.relatives.append((noun, clause))
        self.current.adverbials = [] if within else self.current.adverbials
        receivers = [one for one in clause if one.kind == "party"]
        if receivers and clause[0].kind == "verb" and not noun.party:
            self.current.granted = read_noun(receivers)
        self.at = at
        if (noun.party and noun.quantity is None) or not self.current.wants_receiver:
            if self.current.wants_receiver:
                self._receive(noun)
            else:
                self._place(noun)
        else:
            self._receive(replace(noun, party=noun.text))
        return noun


def _is_in(tokens: Sequence[Token], at: int) -> bool:
    """不在名单上的地址, 未在名单中的地址: no time behind what is not so."""
    within = tokens[at].kind == "during" and at + 1 < len(tokens) and tokens[at + 1].kind == "de"
    lacks = any(one.kind == "not" and behind.text == "在" for one, behind in pairwise(tokens[:at]))
    return (within and lacks) or (tokens[at].text == "在" and tokens[at - 1].kind == "not")
