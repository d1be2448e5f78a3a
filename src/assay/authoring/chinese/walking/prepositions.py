"""Prepositions and relative clauses, as the walk through a unit meets them."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexicon.nouns import MANNERS
from assay.authoring.chinese.lexicon.verb_places import (
    BECAUSE,
    NOMINAL,
    NOT_BECAUSE,
)
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.noun_phrases import Noun, collect, part_of, read_noun
from assay.authoring.chinese.phrases.receivers import is_name, split_receiver
from assay.authoring.chinese.walking.agency import Agency
from assay.authoring.chinese.walking.relatives import BREAKS

_BASES = ("额", "本金", "款", "金", "收入", "利润", "价", "余额", "租", "费")
_PLEDGES = frozenset(
    {"抵押", "质押", "担保", "补偿", "赔偿", "奖励", "处罚", "惩罚", "报酬", "出资"}
)
_AGAINST = frozenset({"凭", "凭借"})
_PAPERS = (
    "票", "发票", "单", "单据", "凭证", "证明", "证书", "指令", "通知", "通知书", "正本", "文件",
    "报告", "收据", "函", "收条", "判决书", "裁决书", "合同", "确认书", "票据",
)  # fmt: skip
_DEBTS = ("债务", "义务", "借款", "贷款", "债权", "责任", "欠款")
_FAULTLESS = ("符合", "合格", "无误", "无异议", "没有异议", "无瑕疵", "无质量问题", "完好")
"""What counts as so of a thing that counts as accepted: 视为货物符合约定."""
_LATE_PARTS = frozenset({"late", "verb", "not", "noun", "unknown", "silent"})
_DEEMS = frozenset({"视为", "视作", "即为", "算", "算作", "算是", "就当", "当作"})


class Prepositions(Agency):
    """Prepositions: to whom, out of what, by whom, with what, as what."""

    def _to(self, token: Token) -> None:
        self.at += 1
        current = self.current
        tells = self._kind() == "verb" and self._describes_somebody()
        if self._kind() == "not" or self._text().startswith("未") or tells:
            current.wants_receiver = True
            if self._take_relative() is not None:
                return
        if (token.text in {"对", "对于"} and self._about()) or self._hands(token):
            return
        if token.text in {"对", "对于"} and self._kind() == "verb":
            self.tokens[self.at] = self.tokens[self.at].named("noun")
        noun = self._phrase()
        if noun is None:
            if token.text in {"给", "给予", "予", "付予"}:
                return
            current.unread.append(token)
        elif noun.party or noun.pronoun or is_name(noun, token):
            noun = noun if noun.party or noun.pronoun else replace(noun, party=noun.text)
            if token.text in {"与", "同", "跟"}:
                current.source = noun
            else:
                self._receive(noun)
        else:
            split = split_receiver(noun)
            if split is None or token.text in {"与", "同"}:
                self._whom_or_what(token, noun)
            else:
                self._receive(split[0])
                current.objects.append(split[1])

    def _about(self) -> bool:
        """对甲方提供的数据, 对在合作中获知的秘密: the thing stands behind a clause."""
        inside = self._kind() == "at"
        for place in range(self.at + 1, min(self.at + 8, len(self.tokens) - 1)):
            before, token = self.tokens[place - 1], self.tokens[place]
            if token.kind in BREAKS and not (inside and token.kind == "during"):
                return False
            if token.kind != "de":
                continue
            if before.kind != "verb" and not (inside and before.kind == "unknown"):
                return False
            found, at = collect(self.tokens, place + 1)
            if found:
                self.current.taken, self.at = read_noun(found), at
            return bool(found)
        return False

    def _whom_or_what(self, token: Token, noun: Noun) -> None:
        """对货物进行验收 has its object by 对; 为借款人的债务提供担保 says what it secures."""
        secures = any(one.text.endswith(("担保", "保证")) for one in self.tokens[self.at :])
        if token.text == "为" and secures and (noun.text or "").endswith(_DEBTS):
            return
        if token.text in {"对", "对于"} and noun.text:
            self.current.taken = noun
        else:
            self.current.unread.extend((token, *noun.tokens))

    def _into(self, token: Token) -> None:
        self.at += 1
        if self._kind() == "moment":
            moment = self.tokens[self.at]
            self.at += 1
            self.current.adverbials.append(Adverbial("by", (token, moment), moment=moment.value))
            return
        noun = self._phrase()
        if noun is None:
            self.current.unread.append(token)
        elif noun.party:
            self._receive(noun)
        elif noun.is_amount:
            self.current.objects.append(noun)
        elif not (noun.text or "").endswith(("账户", "地址", "钱包", "仓库", "合约", "港", "处")):
            self.current.unread.extend((token, *noun.tokens))

    def _from(self, token: Token) -> None:
        self.at += 1
        self.at += self._kind() == "silent" and self._text().startswith("每")
        inside = [one.kind for one in self.tokens[self.at : self.at + 3]]
        for at, kind in enumerate(inside[:-1]):
            if kind == "verb" and inside[at + 1] == "during":
                self.tokens[self.at + at] = self.tokens[self.at + at].named("noun")
        noun = self._phrase()
        if noun is None:
            self.current.unread.append(token)
        else:
            place = (noun.text or "").removesuffix("里")
            self.current.source = replace(noun, text=place) if len(place) > 1 else noun
            self.at += self._kind() == "during"

    def _take(self, token: Token) -> None:
        self.at += 1
        self.at += self._text() in {"相当于", "等于"}
        self.at += 2 if self._kind() == "silent" and self._kind(1) == "de" else 0
        if self._kind() == "not" and "de" in (self._kind(2), self._kind(3)):
            self.at += 3 if self._kind(2) == "de" else 4
        verbal = self._kind() == "verb" and self._later_verb(self.at + 1)
        if verbal and (self._text() in NOMINAL or self._kind(1) in {"noun", "unknown"}):
            self.tokens[self.at] = self.tokens[self.at].named("noun")
        found, at = collect(self.tokens, self.at)
        if not found and self._kind() == "verb":
            found, at = collect(self.tokens, self.at, with_verbs=True)
        if not found:
            self.current.unread.append(token)
            return
        self.at = at
        self.current.taken = part_of(read_noun(found))

    def _with(self, token: Token) -> None:  # noqa: C901, PLR0912 - one branch for each use of 按
        """按合同总价的10%, 以USDC, 根据第三条: how much, in what, or a manner without duty."""
        self.at += 1
        current = self.current
        if token.text in NOT_BECAUSE and self._cause():
            cause = current.causes.pop()
            current.causes.append(replace(cause, tokens=(token, *cause.tokens)))
            return
        if token.text in BECAUSE and (self._brought_about() or self._cause()):
            return
        if self._kind() == "ratio":
            self._mark(self.tokens[self.at])
            return
        self._name_late_part()
        behind = self.tokens[self.at + 1 : self.at + 2]
        if self._kind() == "verb" and behind and behind[0].text in MANNERS:
            self.tokens[self.at] = self.tokens[self.at].named("noun")
        if self._kind() == "recurrence":
            current.adverbials.append(
                Adverbial("every", (self.tokens[self.at],), recurrence=self.tokens[self.at].value)
            )
            self.at += 1
            self.at += self._kind() == "de"
        noun = self._phrase(with_verbs=False)
        if noun is None:
            if not (current.adverbials and current.adverbials[-1].relation == "every"):
                current.unread.append(token)
            return
        if token.text in _AGAINST and self._presents(token, noun):
            return
        last = noun.tokens[-1].text
        current.references += [one for one in noun.tokens if one.kind == "reference"]
        self.at += self._kind() == "de" and self._kind(1) == "recurrence"
        if not noun.is_amount and self._kind() == "recurrence" and self._kind(1) == "amount":
            every, rate = self.tokens[self.at], self.tokens[self.at + 1]
            self.at += 2
            current.adverbials.append(Adverbial("every", (every,), recurrence=every.value))
            share = replace(rate.value, share_of=noun.text)
            current.means.append(Noun((*noun.tokens, rate), quantity=share))
            while self._kind() in {"de", "silent"} or (
                self.at < len(self.tokens) and self.tokens[self.at].text in MANNERS
            ):
                self.at += 1
        elif noun.is_amount or (noun.tokens[-1].kind == "latin" and len(noun.tokens) == 1):
            current.means.append(noun)
        elif self._kind() == "as" and self._kind(1) == "verb" and not self._later_verb(self.at + 2):
            current.taken = noun
        elif noun.tokens[-1].text.endswith("价值"):
            current.objects.append(noun)
        elif last.endswith(_BASES) and {part.kind for part in noun.tokens} <= {"noun", "unknown"}:
            current.basis = noun
        elif not (
            noun.tokens[-1].kind == "reference"
            or last.endswith(MANNERS)
            or all(part.kind in {"reference", "noun"} for part in noun.tokens)
        ):
            current.unread.extend((token, *noun.tokens))

    def _presents(self, token: Token, noun: Noun) -> bool:
        """凭供方开具的发票付款: the document has to be handed over first."""
        paper = noun.tokens[-1]
        if not paper.text.endswith(_PAPERS) or noun.is_amount or noun.party:
            return False
        if any(one.kind == "and" and one.text in {"或", "或者"} for one in noun.tokens):
            return False
        handed = Token("verb", "提交", paper.end, paper.end, VERBS["提交"])
        thing = Token("noun", noun.text or paper.text, paper.start, paper.end)
        told = (noun.tokens[0], handed, thing) if _issued(noun) else (thing, handed)
        words = (token, *noun.tokens)
        self.current.adverbials.append(Adverbial("after", words, told))
        return True

    def _name_late_part(self) -> None:
        """按逾期交货部分价款的0.1%: what a share is of may be named by an act that is late."""
        end = self.at
        while end < len(self.tokens) and self.tokens[end].kind in _LATE_PARTS:
            end += 1
        share = end < len(self.tokens) and self.tokens[end].kind in {"de", "recurrence", "amount"}
        late = self._kind() == "late" or self._text().startswith(("逾期", "延迟"))
        if late and share:
            named = [one.named("noun") for one in self.tokens[self.at : end]]
            self.tokens[self.at : end] = named

    def _cause(self) -> bool:
        """因不可抗力, 因乙方原因: what has to be so; nothing that a text is about."""
        for place in range(self.at + 1, min(self.at + 8, len(self.tokens))):
            if self.tokens[place].text == "而" and place > self.at:
                words = tuple(self.tokens[self.at : place])
                self.current.causes.append(Noun(words, text="".join(one.text for one in words)))
                self.at = place + 1
                return True
        found, at = collect(self.tokens, self.at)
        known = bool(found) and (found[-1].kind == "noun" or len(found[-1].text) > 1)
        if not known or found[-1].kind not in {"noun", "unknown"}:
            return False
        if found[-1].text.endswith(MANNERS):
            return False
        self.at = at
        self.current.causes.append(read_noun(found))
        return True

    def _brought_about(self) -> bool:
        """因本合同产生的税费: the noun, whatever it comes from."""
        for place in range(self.at + 1, min(self.at + 9, len(self.tokens) - 1)):
            if self.tokens[place].kind in BREAKS:
                return False
            if self.tokens[place].kind == "de" and self.tokens[place - 1].text.endswith("产生"):
                found, at = collect(self.tokens, place + 1)
                if found:
                    self.at = at
                    self._place(read_noun(found))
                return bool(found)
        return False

    def _as(self, token: Token) -> None:
        """作为定金 says what a payment is for; 视为 makes something so."""
        self.at += 1
        current = self.current
        if token.text in _DEEMS:
            current.deems = True
            if self._counts_as_done():
                return
        if self._pledges():
            return
        noun = self._phrase(with_verbs=True)
        if noun is None:
            current.unread.append(token)
        elif noun.is_amount and not any(one.is_amount for one in current.objects):
            current.objects.append(noun)

    def _pledges(self) -> bool:
        """以房产作抵押 is to pledge it; before another verb it says what that is done for."""
        pledge = self.tokens[self.at] if self.at < len(self.tokens) else None
        if pledge is None or pledge.kind != "verb" or pledge.text not in _PLEDGES:
            return False
        self.at += 1
        while self._text() in _PLEDGES or self._text() == "物":
            self.at += 1
        if self.current.verb is None and self._kind() in {"", "and"}:
            self.current.verb = replace(pledge, value=VERBS["抵押"])
        return True

    def _counts_as_done(self) -> bool:
        """视为验收合格, 视为甲方已同意: the act that counts as done."""
        at = self.at
        while self._kind() in {"party", "its", "silent", "noun", "to"}:
            self.at += 1
        before = self.tokens[at : self.at]
        verb = self.tokens[self.at] if self.at < len(self.tokens) else None
        if verb is not None and verb.text.startswith(_FAULTLESS):
            verb = Token("verb", verb.text, verb.start, verb.end, VERBS["接受"])
            self.at = len(self.tokens) - 1
        if verb is None or verb.kind != "verb" or verb.value.action in {None, "perform"}:
            self.at = at
            return False
        if verb.value.action == "inspect":
            verb = replace(verb, value=VERBS["验收合格"])
        who = [one for one in before if one.kind == "party"]
        what = [one for one in before if one.kind == "noun"]
        if who:
            self.current.subject = read_noun(who)
        if what:
            self.current.taken = read_noun(what)
        self.current.verb = verb
        self.at += 1
        return True

    def _is_future(self) -> bool:
        if self._kind(1) == "not" and self._kind(3) == "de":
            return False
        if self._kind(1) == "silent" and self._kind(2) == "verb" and self._kind(3) == "de":
            return False
        if self._kind(1) == "verb" and self._kind(2) == "de" and self._later_verb(self.at + 3):
            return False
        if self._kind(1) == "verb" and self.tokens[self.at + 1].text in NOMINAL:
            behind = [one.kind for one in self.tokens[self.at + 2 :] if one.kind != "silent"]
            if behind[:1] == ["verb"]:
                return False
        return self._kind(1) in {
            "verb", "to", "at", "silent", "by", "from", "recurrence", "moment", "duration", "not",
            "with", "must_not", "must",
        }  # fmt: skip


def _issued(noun: Noun) -> bool:
    """供方开具的发票: who issues a paper hands it over; who signs one need not."""
    tokens = noun.tokens
    verb = tokens[1].value if len(tokens) > 3 and tokens[1].kind == "verb" else None
    hands = verb is not None and verb.action in {"deliver", "issue", "provide"}
    return hands and tokens[0].kind == "party" and tokens[2].kind == "de"
