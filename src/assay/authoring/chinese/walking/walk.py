"""The grammar of one clause: who does what to whom, with what, when, and under which modality.

A unit of text (what stands between two commas) is walked once from left to right; each token goes
to a part of a predicate or, where no rule takes it, to `unread`. Nothing is skipped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from assay.authoring.chinese.lexicon.nouns import NOUNS
from assay.authoring.chinese.lexicon.verb_places import (
    ALONE,
    BEGINS,
    DOES_UNDER_MODAL,
    GRANTS,
    JOINS_VERBS,
    LATE,
    NOMINAL,
)
from assay.authoring.chinese.lexicon.verbs import VERBS, Verb
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import adverbial_at
from assay.authoring.chinese.phrases.cursor import MODALS, NOUN_STARTS
from assay.authoring.chinese.phrases.noun_phrases import Noun, collect, read_noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.phrases.receivers import shares_object, shares_taken
from assay.authoring.chinese.walking.nouns import DEMANDS
from assay.authoring.chinese.walking.set_phrases import SetPhrases
from assay.authoring.model import Comparator

_LETS = frozenset({"授权", "允许", "许可", "准许", "委托", "指定", "安排", "授予", "协助", "配合"})
_AFTER_AND = frozenset(
    {"verb", "to", "must", "may", "must_not", "not", "with", "at", "take", "late"}
)
_ABOUT_ACTS = frozenset({"停止", "暂停", "恢复"})
_TRUST = frozenset({"托管", "监管", "共管"})
_UNMEASURED = frozenset({"适当", "合理", "一定"})
_AFTER_THINGS = frozenset({
    "verb", "must", "may", "must_not", "at", "by", "reach", "below", "above", "unless", "moment",
    "take", "from", "must_soft", "prompt",
})  # fmt: skip
"""What may follow a verb that stands as a thing."""
_COMES = frozenset({"到场", "上门", "前来", "现场"})
_REACHES = frozenset({"达到", "已达到", "达成", "已达成"})
_ENDS = frozenset({"", "de", "after", "when", "and"})
_NOT_MUST = frozenset({"may", "must_not"})
_MARKS = {"prompt", "vague", "whole", "instalments", "quorum", "ratio"}
_COMPARATORS: dict[str, Comparator] = {
    "least": ">=", "most": "<=", "above": ">", "reach": ">=", "below": "<", "at_or_below": "<=",
    "equal": "=",
}  # fmt: skip


def _hands_over(token: Token, found: Sequence[Token]) -> bool:
    """Whether what is demanded is a thing, not an act."""
    gives = token.value is not None and token.value.frame in {"give", "receive"}
    return bool(found) and (gives or token.text in {"承担", "负担"})


class _Walk(SetPhrases):
    """One pass over the tokens of a unit."""

    def run(self) -> list[Predicate]:
        while self.at < len(self.tokens):
            before = self.at
            self._step()
            if self.at <= before:
                self.current.unread.append(self.tokens[before])
                self.at = before + 1
        self._close()
        for first, second in reversed(list(pairwise(self.done))):
            bare = not first.objects and first.taken is None and first.verb is not None
            if bare and second.joined and second.objects and shares_object(first, second):
                first.objects = list(second.objects)
                first.recipient = first.recipient or second.recipient
        for first, second in pairwise(self.done):
            if second.joined and shares_taken(first, second):
                second.taken = first.taken
        return self.done

    def _step(self) -> None:
        token = self.tokens[self.at] = self._done_already(self.tokens[self.at])
        if self._set_phrase(token) or self._adverbial(token) or self._unlisted(token):
            return
        kind = self._part(token)
        token = self.tokens[self.at]
        if self._says_who(kind):
            return
        if kind == "verb" and self._is_nominal():
            self.tokens[self.at] = token.named("noun")
            kind = "noun"
        if kind in MODALS:
            self._modal(kind)
        elif kind in _MARKS:
            self._mark(token)
        elif kind in _COMPARATORS and (self._bounds_who() or self._times_over(_COMPARATORS[kind])):
            pass
        elif kind in _COMPARATORS and self._compares():
            self._comparison(_COMPARATORS[kind])
        elif kind in NOUN_STARTS or self._starts_amount(kind):
            self._noun()
        elif (handler := self._handlers.get(kind)) is not None:
            handler(token)
        else:
            self.current.unread.append(token)
            self.at += 1

    @cached_property
    def _handlers(self) -> dict[str, Callable[[Token], None]]:
        return {
            "not": self._negation, "late": self._negation, "to": self._to, "into": self._into,
            "from": self._from, "take": self._take, "with": self._with, "by": self._by,
            "as": self._as, "verb": self._verb, "signing": self._verb, "and": self._goes_on,
            "silent": self._silent, "then": self._silent, "only": self._silent,
            "quote": self._silent, "times": self._how_often, "duration": self._bare_duration,
            "nobody": self._nobody,
        }  # fmt: skip

    def _silent(self, token: Token) -> None:
        self.current.automatic = self.current.automatic or token.text in {"自动", "帮我", "帮"}
        self.at += 1
        if self._kind() == "de" and (self.current.verb is not None or token.text.startswith("已")):
            self.at += 1
            self.current.measure = token if token.text in _UNMEASURED else None

    def _starts_amount(self, kind: str) -> bool:
        if kind == "duration":
            return self._kind(1) == "noun"
        return kind in {"least", "most", "above"} and self.current.verb is not None

    def _done_already(self, token: Token) -> Token:
        """学费已缴纳: an act, where no thing that it describes follows."""
        done = VERBS.get(token.text[1:]) if token.text[0] == "已" else None
        alone = self._kind(1) in {"", "and", "after", "when"}
        return replace(token, kind="verb", value=done) if done is not None and alone else token

    def _part(self, token: Token) -> str:
        """The part that a word plays here, where it can play several."""
        kind, following = token.kind, self._kind(1)
        fresh = self.current.verb is None
        free = self.current.modality is None or self.current.soft
        if kind == "take" and token.text == "将" and free and self._is_future():
            kind = "must_soft"
        gets = token.text == "得" and fresh and self._may_get()
        counts = following in {"amount", "counted", "whole"} or self._has_share()
        if gets and counts and (self.current.subject or self.current.modality):
            self.tokens[self.at] = replace(token, kind="verb", value=VERBS["得到"])
            kind = "verb"
        lends = fresh and self.current.recipient is not None and following in {"amount", "silent"}
        if token.text in {"借款", "贷款", "银行贷款"} and lends:
            self.tokens[self.at] = replace(token, kind="verb", value=VERBS["借"])
            kind = "verb"
        if kind == "must_soft" and not self._later_verb(self.at + 1):
            kind = "verb" if token.value else "unread"
        kind = self._own_part(token) or kind
        if kind == "verb" and token.text in LATE and following == "verb" and fresh:
            kind = "late"
        if kind == "times" and not fresh and self._counts_thing():
            self.tokens[self.at] = token.named("counted")
            kind = "counted"
        refuses = token.text == "拒绝" and self.current.modality is None
        if refuses and following in {"verb", "signing"}:
            kind = "not"
        if kind == "verb" and not fresh and token.text in NOUNS:
            self.tokens[self.at] = token.named("noun")
            kind = "noun"
        whom = following in {"party", "its", "other"} or self.current.modality is not None
        if token.text == "为" and fresh and whom and self._later_verb(self.at + 2):
            kind = "to"
        return kind

    def _counts_thing(self) -> bool:
        """领取三次空投: at the end, what is counted is a thing although it is a verb elsewhere."""
        behind = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if behind is not None and behind.text in NOMINAL and self._kind(2) == "":
            self.tokens[self.at + 1] = behind = behind.named("noun")
        return behind is not None and behind.kind in {"noun", "unknown"}

    def _may_get(self) -> bool:
        """作者得8%, 作者可得8%: to get is a verb where no other modal word stands before it."""
        before = self.tokens[self.at - 1].text if self.at > self.first else ""
        return self.current.modality is None or before in {"可", "即可", "便可", "还可", "就可"}

    def _has_share(self) -> bool:
        """作者得定价的8%: a share of something, and no act, stands behind."""
        rest = [one.kind for one in self.tokens[self.at + 1 :]]
        plain = {"noun", "unknown", "de", "silent", "recurrence", "party", "amount"}
        return rest[-2:] in (["de", "amount"], ["noun", "amount"]) and set(rest) <= plain

    def _own_part(self, token: Token) -> str | None:
        """到期未还款, 到场维修 say no more; 不得进入机房 is what somebody does."""
        fresh = self.current.verb is None
        if token.text in DOES_UNDER_MODAL and fresh and self.current.modality is not None:
            self.tokens[self.at] = replace(token, value=Verb(token.text, "perform", "do"))
        if token.text in _REACHES and fresh and self._kind(1) in _ENDS and self.current.subject:
            self.tokens[self.at] = replace(token, value=Verb("达到", None, "own"))
            return "verb"
        comes = token.text in _COMES and self._kind(1) == "verb"
        late = token.text == "到期" and self._kind(1) == "not"
        return "silent" if fresh and (comes or late) else None

    def _unlisted(self, token: Token) -> bool:
        """不得饲喂宠物: after a modal verb, two characters of no list are one, and a question."""
        current = self.current
        after = self.at > self.first and self.tokens[self.at - 1].kind in {*MODALS, "silent"}
        if token.kind != "unknown" or current.modality is None or current.verb is not None:
            return False
        if not after or len(token.text) < 2 or self._later_verb(self.at + 1):
            return False
        word = token.text[:2]
        verb = Token("verb", word, token.start, token.start + 2, Verb(word, "perform", "do"))
        rest = Token("unknown", token.text[2:], token.start + 2, token.end)
        self.tokens[self.at : self.at + 1] = [verb, rest] if rest.text else [verb]
        current.verb, current.guessed = verb, True
        self.at += 1
        return True

    def _undone(self) -> bool:
        """未按期付款: what was not done is an act."""
        at = self.at - 1
        while at > self.first and self.tokens[at].kind == "silent":
            at -= 1
        return at >= self.first and self.tokens[at].kind == "not"

    def _is_nominal(self) -> bool:
        """众筹, 提案, 验收 before another verb are things."""
        if self.current.verb is not None or self._undone():
            return False
        token = self.tokens[self.at]
        if self.at > self.first and self.tokens[self.at - 1].kind in MODALS:
            return False
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if following is None or token.value is None or token.value.frame in {"own", "receive"}:
            return False
        whose = self.current.subject is not None and self.current.subject.party is not None
        whose = whose or any(one.content for one in self.current.adverbials)
        if token.text in DEMANDS and (self.current.modality == "may" or whose):
            return False
        if token.value.action == "deliver" and following.text == "报告" and self._kind(2) == "":
            return False
        behind = [one.kind for one in self.tokens[self.at + 1 :] if one.kind != "silent"]
        because = following.text in {"因", "由于"}
        return token.text in NOMINAL and bool(behind) and (because or behind[0] in _AFTER_THINGS)

    def _adverbial(self, token: Token) -> bool:
        current = self.current
        starts = current.verb is None and self.at == self.first
        if token.kind == "above" or (token.kind == "after" and not starts):
            return False
        if current.verb is not None and token.kind in {"duration", "if", "from", "at"}:
            inner = adverbial_at(self.tokens, self.at, starts_clause=False)
            if inner is None or token.kind == "if":
                return False
        found = adverbial_at(self.tokens, self.at, starts_clause=starts)
        if found is None:
            return False
        adverbial, self.at = found
        current.adverbials.append(adverbial)
        if starts:
            self.first = self.at if not self.done else self.first
        return True

    def _verb(self, token: Token) -> None:
        current = self.current
        if (current.verb is None and self._brings(token)) or self._completes(token):
            return
        if current.verb is None or (
            current.verb.text in BEGINS and not current.objects and token.value
        ):
            self.at += 1
            current.verb = token
            if token.kind == "signing":
                value = Verb(token.text, "perform", "do")
                current.verb = Token("signing", token.text, token.start, token.end, value)
            return
        own = current.lexeme is not None and current.lexeme.frame == "own"
        if own and current.verb.text == "满":
            current.unread.append(token)
            self.at += 1
            return
        if self._is_told_before(token):
            self._close()
            self.first = self.at
            self.current = Predicate(
                (),
                subject=current.subject,
                agent=current.agent,
                modality=current.modality,
                joined=True,
                by_notice=True,
            )
            self.current.verb = token
            self.at += 1
            return
        relative = self._kind(1) == "de"
        found, at = collect(self.tokens, self.at + 1 + relative, with_verbs=True)
        self.at = max(at, self.at + 1)
        if relative and found:
            current.objects.append(read_noun(found))
            return
        self._nested(token, found)

    def _nested(self, token: Token, found: list[Token]) -> None:
        """A verb right after a verb is what the first is about: 要求赔偿损失, 完成验收."""
        current = self.current
        first = current.verb
        lets = first is not None and first.text in GRANTS and current.modality in _NOT_MUST
        if token.text in {"使用", "居住"} and not found:
            current.unread += [token] if lets else []
            return
        if self._allows(token, found) or self._helps(found):
            return
        if (
            first is not None
            and first.text[-1] in "入进至到于"
            and token.text in _TRUST
            and not found
        ):
            current.recipient = current.recipient or Noun((token,), party="contract")
            return
        if first is not None and first.value and first.value.action in ALONE and found:
            current.unread.extend((token, *found))
            return
        lets = first is not None and first.text in _LETS and current.recipient is not None
        if lets and token.value is not None and token.value.frame != "own":
            current.unread.append(token)
        word = first.text if first is not None else ""
        if word in _ABOUT_ACTS or (word in DEMANDS and not _hands_over(token, found)):
            rest = [token, *found]
            while self._kind() in {"verb", "noun", "unknown", "silent", "de", "latin", "reference"}:
                rest.append(self.tokens[self.at])
                self.at += 1
            words = "".join(one.text for one in rest)
            current.objects.append(Noun(tuple(rest), text=words))
            return
        whole = Noun((token, *found), text=token.text + "".join(one.text for one in found))
        if first is not None and first.text in DEMANDS and found:
            inner = read_noun(found)
            current.objects.append(inner if inner.text or inner.is_amount else whole)
        elif token.value is not None and token.value.frame == "own" and not found:
            current.objects.append(Noun((token,), text=token.text))
        else:
            current.objects.append(whole)

    def _goes_on(self, token: Token) -> None:
        if not self._demands_more():
            self._and(token)

    def _and(self, token: Token) -> None:
        current = self.current
        self.at += 1
        if self._kind() == "silent":
            self.at += 1
        following = self._kind()
        if token.text == "、" and following == "and":
            return
        if current.verb is None and current.approvals and self._consents_next():
            if token.text in {"或", "或者"} and not current.approvals[-1].negated:
                current.unread.append(token)
            return
        if current.verb is None and not current.approvals:
            if current.adverbials and token.text in {"及", "以及", "和", "与", "或", "或者"}:
                current.unread.append(token)
                return
            if following not in _AFTER_AND:
                current.unread.append(token)
            return
        new_subject = following == "party" and self._kind(1) in {"verb", *MODALS, "not", "to"}
        if (
            following in {"verb", "to", "take", "with", "at", "not", "late", "from", "by", *MODALS}
            or new_subject
        ):
            self._close()
            self.first = self.at
            self.current = Predicate(
                (),
                subject=None if new_subject else current.subject,
                agent=None if new_subject else current.agent,
                modality=None if new_subject or following in MODALS else current.modality,
                joined=True,
                alternative=token.text in {"或", "或者"},
                adverbials=[] if new_subject or following in MODALS else list(current.adverbials),
                approvals=[] if new_subject or following in MODALS else list(current.approvals),
                quorums=[] if new_subject or following in MODALS else list(current.quorums),
                groundless=None if new_subject or following in MODALS else current.groundless,
            )
        elif following in NOUN_STARTS and token.text not in JOINS_VERBS:
            self._noun()
        else:
            current.unread.append(token)


def read_predicates(tokens: Sequence[Token]) -> list[Predicate]:
    """Read a unit; several where its verbs are joined by 并."""
    return _Walk(tokens).run()
