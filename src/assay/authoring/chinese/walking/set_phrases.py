"""Words that only together mean what they do, as the walk through a unit meets them."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.facts.statements import BRINGS
from assay.authoring.chinese.lexicon.verb_places import EVERY, GRANTS, RIGHTS
from assay.authoring.chinese.lexicon.verbs import Verb
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.cursor import MODALS
from assay.authoring.chinese.phrases.noun_phrases import Noun, read_noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.walking.nouns import DEMANDS
from assay.authoring.chinese.walking.prepositions import Prepositions

_OWN_RIGHTS = frozenset({"terminate", "cancel", "keep", "claim", "reject", "sell"})
"""What somebody does who has a right, and asks nobody to do."""


def _arranges(token: Token, following: str) -> bool:
    """安排发货 is to deliver."""
    return token.text == "安排" and following == "verb"


class SetPhrases(Prepositions):
    """Set phrases: 于月底前, 违反, 至少支付, 提前30日, 逾期每日."""

    def _lacks(self, token: Token) -> bool:
        """余额不足: too little, without a number."""
        return token.text in {"不足", "不够"} and not self._compares()

    def _set_phrase(  # noqa: C901, PLR0912 - one branch for each phrase
        self, token: Token
    ) -> bool:
        """Words that only together mean what they do: 于月底前, 违反, 至少支付, 提前30日."""
        current, following = self.current, self._kind(1)
        ahead = self.at == self.first and self._later_verb(self.at + 1)
        equal = token.text in {"相当于", "等于"} and (current.lexeme is not None or ahead)
        if equal or (token.kind, following) == ("at", "vague") or _arranges(token, following):
            self.at += 1
        elif token.kind == "late" and following == "recurrence" and self._each_late():
            pass
        elif token.text in {"当日", "当天"}:
            current.prompt = True
            self.at += 1
        elif token.text in EVERY and following == "verb" and self.at == self.first:
            self.at += 1
        elif token.kind == "groundless":
            current.groundless = token
            self.at += 1
        elif token.text == "违反" or self._lacks(token):
            value = Verb(token.text, None, "own")
            current.verb = Token("verb", token.text, token.start, token.end, value)
            self.at += 1
        elif (
            token.kind == "times"
            and token.value[0] == "1"
            and (self._recurs() or (following == "verb" and current.verb is None))
        ):
            self.at += 1
        elif token.kind == "during" and current.verb is None and self._is_place(following):
            current.source, current.subject = current.subject, None
            self.at += 2 if following == "de" else 1
        elif token.kind in {"least", "most"} and (
            following in {"verb", "may"} or (following == "silent" and self._is_ahead(1))
        ):
            current.limit = "least" if token.kind == "least" else "most"
            self.at += 1
        elif self._is_ahead(0):
            current.ahead = self.tokens[self.at + 1]
            self.at += 2
        elif token.text == "应" and self._at_request():
            request = tuple(self.tokens[self.at + 1 : self.at + 3])
            current.adverbials.append(Adverbial("when", request, request))
            self.at += 3
        elif token.kind == "de" and following in {"", "quorum", "whole"}:
            self.at += 1
        else:
            return False
        return True

    def _each_late(self) -> bool:
        """逾期每日按千分之三支付: for each day late."""
        every = self.tokens[self.at + 1]
        if every.kind != "recurrence" or every.value.day or self.current.verb is not None:
            return False
        late = replace(every, value=replace(every.value, late=True))
        self.current.adverbials.append(Adverbial("every", (late,), recurrence=late.value))
        self.at += 2
        return True

    def _at_request(self) -> bool:
        """应客户要求参加会议: 应 is no duty here."""
        words = self.tokens[self.at + 1 : self.at + 3]
        asked = len(words) == 2 and words[0].kind == "party" and words[1].text in DEMANDS
        return asked and self._later_verb(self.at + 3)

    def _is_place(self, following: str) -> bool:
        """托管账户中的余款, 托管合约中剩余款项: where something is, before what it is."""
        place = (
            (self.current.subject.text or self.current.subject.party or "")
            if (self.current.subject)
            else ""
        )
        held = place == "contract" or place.endswith(("账户", "合约", "池", "金库"))
        return following == "de" or (following in {"noun", "amount"} and held)

    def _recurs(self) -> bool:
        """每两周汇报一次: once in each period is said already."""
        each = any(token.text == "每" for token in self.tokens[: self.at])
        return each or any(one.recurrence is not None for one in self.current.adverbials)

    def _is_ahead(self, ahead: int) -> bool:
        place = self.at + ahead
        return self.tokens[place].text == "提前" and self._kind(ahead + 1) == "duration"

    def _demands_more(self) -> bool:
        """要求卖方退还定金并支付违约金: what is asked of the same one beside the first."""
        current, lexeme = self.current, self.current.lexeme
        asked = lexeme is not None and lexeme.word in DEMANDS and current.recipient is not None
        named = self._kind(1) in {"party", "noun", "unknown", "amount", *MODALS}
        act = next((one.value for one in self.tokens[self.at :] if one.kind == "verb"), None)
        if not (asked and current.objects) or named or act is None:
            return False
        if act.action in _OWN_RIGHTS or act.word in DEMANDS:
            return False
        self._close()
        self.at += 1
        self.first = self.at
        self.current = Predicate(
            (), subject=current.subject, agent=current.agent, modality=current.modality,
            joined=True, recipient=current.recipient,
        )  # fmt: skip
        self.current.verb = current.verb
        return True

    def _is_told_before(self, token: Token) -> bool:
        """提前30日通知解除合同, 书面通知对方终止协议: notice is given of the act behind it."""
        current, lexeme = self.current, self.current.lexeme
        if lexeme is None or lexeme.action != "notify" or current.objects:
            return False
        ends = token.value is not None and token.value.action in {"terminate", "cancel"}
        ends = ends and current.recipient is not None and not (current.negated or current.late)
        return current.ahead is not None or ends

    def _brings(self, token: Token) -> bool:
        """因乙方过错导致工期延误: everything behind the verb is what came of it."""
        behind = [one for one in self.tokens[self.at + 1 :] if one.kind not in {"silent", "quote"}]
        while behind and behind[-1].kind == "de":
            behind.pop()
        if token.text not in BRINGS or not behind or behind[0].kind == "de":
            return False
        text = "".join(one.text for one in behind)
        self.current.verb, self.at = token, len(self.tokens)
        self.current.objects.append(Noun(tuple(behind), text=text))
        return True

    def _allows(self, token: Token, found: list[Token]) -> bool:
        """授权乙方使用商标, 授予乙方使用专利的独占许可: what somebody is let do, and with what."""
        current, verb = self.current, token.value
        if current.verb is None or current.verb.text not in GRANTS or verb is None:
            return False
        whom = current.objects[:1]
        if current.recipient is None and len(current.objects) == 1 and whom[0].party:
            current.recipient, current.objects = whom[0], []
        if current.recipient is None or current.objects:
            return False
        if verb.action is None or current.modality not in {None, "must"}:
            return False
        kinds = [one.kind for one in found]
        if "de" in kinds and found[-1].text.endswith(RIGHTS):
            found = found[: len(kinds) - 1 - kinds[::-1].index("de")]
        rest = [one for one in self.tokens[self.at :] if one.kind not in {"de", "silent"}]
        if self._kind() == "de" and len(rest) == 1 and rest[0].text.endswith(RIGHTS):
            self.at = len(self.tokens)
        current.allowed = token
        lengths = [one for one in [*found, *rest] if one.kind == "duration"]
        if rest == lengths:
            self.at = len(self.tokens)
        current.adverbials += [Adverbial("by", (one,), duration=one.value) for one in lengths]
        things = [one for one in found if one.kind != "duration"]
        if things:
            current.objects.append(read_noun(things))
        return True

    def _helps(self, found: list[Token]) -> bool:
        """协助买方办理过户手续: what somebody is helped with."""
        current, verb = self.current, self.current.verb
        whom = [one.party for one in current.objects]
        if verb is None or verb.text not in {"协助", "配合"} or len(whom) != 1 or not whom[0]:
            return False
        current.objects = [read_noun(found)] if found else []
        return bool(found)
