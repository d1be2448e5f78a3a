"""The grammar of one clause: who does what to whom, with what, when, and under which modality.

A unit of text (what stands between two commas) is walked once from left to right; each token goes to
a part of a predicate or, where no rule takes it, to `unread`. Nothing is skipped in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assay.authoring.chinese.adverbials import Adverbial, adverbial_at
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verbs import LATE, NOMINAL, VERBS, Verb
from assay.authoring.chinese.lexicon.words import NOUNS
from assay.authoring.chinese.phrases import Noun, collect, read_noun
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator

_NOUN_STARTS = {
    "party", "noun", "unknown", "latin", "its", "other", "counted", "amount", "ordinal",
    "reference", "number", "quote",
}  # fmt: skip
_MODALS = {"must", "must_soft", "may", "must_not", "no_need"}
_BREAKS = {"must", "may", "must_not", "to", "after", "before", "when", "during", "by", "take", "at"}
_COMPARATORS: dict[str, Comparator] = {
    "least": ">=", "most": "<=", "above": ">", "reach": ">=", "below": "<", "at_or_below": "<=",
    "equal": "=",
}  # fmt: skip
_MANNERS = (
    "方式", "形式", "约定", "标准", "规定", "比例", "程序", "流程", "要求", "原则", "计划", "顺序", "份额",
    "条款", "合同", "协议", "法律", "情况", "进度", "格式", "规则", "条件", "期限", "时间表", "时间",
    "清单", "说明", "规格", "数量", "渠道", "法规", "章程", "质量标准", "权重", "价格", "市价", "名义", "手段",
)  # fmt: skip


@dataclass(slots=True)
class Comparison:
    """A quantity held against a value: 募集金额达到10万USDC."""

    comparator: Comparator
    quantity: Quantity | None
    text: str
    subject: Noun | None = None
    duration: str | None = None


@dataclass(slots=True)
class Predicate:
    """What was read from a unit, before pronouns and dropped subjects are resolved.

    Attributes:
        subject: the noun before the verb: who acts, or what is acted on.
        agent: who acts by 由 or 被.
        joined: whether it goes on from the predicate before it.
        alternative: whether 或 joins it.
        unread: tokens that no rule took.
    """

    tokens: tuple[Token, ...]
    subject: Noun | None = None
    agent: Noun | None = None
    modality: Literal["must", "may", "must_not", "no_need"] | None = None
    soft: bool = False
    negated: bool = False
    late: bool = False
    automatic: bool = False
    verb: Token | None = None
    objects: list[Noun] = field(default_factory=list)
    means: list[Noun] = field(default_factory=list)
    recipient: Noun | None = None
    source: Noun | None = None
    taken: Noun | None = None
    adverbials: list[Adverbial] = field(default_factory=list)
    approvals: list[Predicate] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    deems: bool = False
    granted: Noun | None = None
    wants_receiver: bool = False
    prompt: bool = False
    vague: list[Token] = field(default_factory=list)
    factor: Token | None = None
    ahead: Token | None = None
    instalments: int | None = None
    limit: Literal["most", "least"] | None = None
    quorums: list[tuple[Token, bool]] = field(default_factory=list)
    relatives: list[tuple[Noun, tuple[Token, ...]]] = field(default_factory=list)
    joined: bool = False
    alternative: bool = False
    unread: list[Token] = field(default_factory=list)

    @property
    def lexeme(self) -> Verb | None:
        """The verb's entry in the lexicon."""
        return self.verb.value if self.verb is not None else None


class _Walk:
    """One pass over the tokens of a unit."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = _with_nominals([token for token in tokens if token.kind != "quote"])
        self.at = 0
        self.done: list[Predicate] = []
        self.current = Predicate(tuple(self.tokens))
        self.first = 0

    def run(self) -> list[Predicate]:
        while self.at < len(self.tokens):
            before = self.at
            self._step()
            assert self.at > before
        self._close()
        for first, second in zip(self.done, self.done[1:], strict=False):
            bare = not first.objects and first.taken is None and first.verb is not None
            if bare and second.joined and second.objects and _needs_object(first):
                first.objects = list(second.objects)
                first.recipient = first.recipient or second.recipient
        return self.done

    def _kind(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].kind if place < len(self.tokens) else ""

    def _text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def _close(self) -> None:
        self.current.tokens = tuple(self.tokens[self.first : self.at])
        _name_subject(self.current)
        self.done.append(self.current)

    def _later_verb(self, start: int) -> bool:
        return any(token.kind == "verb" for token in self.tokens[start:])

    def _step(self) -> None:
        token = self.tokens[self.at]
        current = self.current
        kind = token.kind
        if kind == "take" and token.text == "将" and self._is_future():
            kind = "must_soft"
        if kind == "must_soft" and not self._later_verb(self.at + 1):
            kind = "verb" if token.value else "unread"
        if kind == "at" and self._kind(1) == "vague":
            self.at += 1
            return
        if token.text == "违反":
            current.late = True
            current.verb = Token("verb", token.text, token.start, token.end, VERBS["履行"])
            self.at += 1
            return
        if self._adverbial(token):
            return
        if kind == "verb" and token.text in LATE and self._kind(1) == "verb" and current.verb is None:
            kind = "late"
        if kind == "verb" and current.verb is not None and token.text in NOUNS:
            self._noun_instead(token)
            return
        if kind in {"verb", "not"} and self._relative():
            return
        if kind == "verb" and self._is_nominal():
            self.tokens[self.at] = token.named("noun")
            kind = "noun"
        if kind in _MODALS:
            self._modal(kind)
        elif kind in {"not", "late"}:
            self._negation(token, kind)
        elif kind in {"to", "into", "from", "take", "with", "by", "as"}:
            getattr(self, f"_{kind}")(token)
        elif kind == "verb":
            self._verb(token)
        elif kind == "signing":
            self._verb(token)
        elif kind in _COMPARATORS and self._compares():
            self._comparison(_COMPARATORS[kind])
        elif kind in {"prompt", "vague", "whole", "instalments", "quorum"}:
            self._mark(token)
        elif kind in {"least", "most"} and self._kind(1) in {"verb", "may", "silent"}:
            current.limit = kind  # type: ignore[assignment]
            self.at += 1
        elif token.text == "提前" and self._kind(1) == "duration":
            current.ahead = self.tokens[self.at + 1]
            self.at += 2
        elif kind in {"silent", "then", "only", "quote"}:
            current.automatic = current.automatic or token.text in {"自动", "帮我", "帮"}
            self.at += 1
        elif kind in _NOUN_STARTS or (kind in {"least", "most", "above"} and current.verb):
            self._noun()
        elif kind == "and":
            self._and(token)
        elif kind == "de" and self.at == len(self.tokens) - 1:
            self.at += 1
        elif kind == "duration" and self._kind(1) == "noun":
            self._noun()
        elif kind == "duration":
            self._bare_duration(token)
        else:
            current.unread.append(token)
            self.at += 1

    def _noun_instead(self, token: Token) -> None:
        self.tokens[self.at] = token.named("noun")
        self._noun()

    def _relative(self) -> bool:
        """授予员工的48,000枚代币: a clause before 的 and the noun, where a verb still follows."""
        current = self.current
        if current.verb is not None or current.subject is not None or self.at != self.first:
            return False
        return self._take_relative() is not None

    def _take_relative(self) -> Noun | None:
        end = next(
            (
                at
                for at in range(self.at + 1, len(self.tokens) - 1)
                if self.tokens[at].kind == "de" or self.tokens[at].kind in _BREAKS
            ),
            None,
        )
        if end is None or self.tokens[end].kind != "de":
            return None
        found, at = collect(self.tokens, end + 1)
        follows = any(one.kind == "verb" for one in self.tokens[at:])
        if not found or not (follows or self.current.verb is not None):
            return None
        noun = read_noun(found)
        clause = tuple(self.tokens[self.at : end])
        if clause[0].text[0] in "未没不" and (self.current.wants_receiver or noun.party):
            self.current.relatives.append((noun, clause))
        receivers = [one for one in clause if one.kind == "party"]
        if receivers and clause[0].kind == "verb" and not noun.party:
            self.current.granted = read_noun(receivers)
        self.at = at
        if noun.party and noun.quantity is None or not self.current.wants_receiver:
            if self.current.wants_receiver:
                self._receive(noun)
            else:
                self._place(noun)
        else:
            self._receive(replace(noun, party=noun.text))
        return noun

    def _is_nominal(self) -> bool:
        """众筹, 提案, 验收 before another verb are things."""
        if self.current.verb is not None:
            return False
        token = self.tokens[self.at]
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if following is None or token.value is None or token.value.frame in {"own", "receive"}:
            return False
        return token.text in NOMINAL and (
            following.kind in {"verb", "must", "may", "must_not", "at", "by", "reach", "below", "above", "unless", "moment", "take", "from", "must_soft"}
        )

    def _mark(self, token: Token) -> None:
        current = self.current
        if token.kind == "prompt":
            current.prompt = True
        elif token.kind == "vague":
            current.vague.append(token)
        elif token.kind == "whole":
            current.factor = token
        elif token.kind == "instalments":
            current.instalments = token.value
        else:
            current.quorums.append((token, current.negated))
            current.negated = False
        self.at += 1
        if token.kind == "vague" and self._kind() in {"before", "during"}:
            self.at += 1
        if token.kind == "quorum" and self._kind() in {"de", "after", "when"}:
            self.at += 1

    def _is_future(self) -> bool:
        if self._kind(1) == "silent" and self._kind(2) == "verb" and self._kind(3) == "de":
            return False
        return self._kind(1) in {
            "verb", "to", "at", "silent", "by", "from", "recurrence", "moment", "duration", "not",
            "with", "must_not", "must",
        }  # fmt: skip

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

    def _modal(self, kind: str) -> None:
        current = self.current
        strength = {"must_soft": "must"}.get(kind, kind)
        if current.modality is None or current.soft:
            current.modality = strength  # type: ignore[assignment]
            current.soft = kind == "must_soft"
        elif {current.modality, strength} == {"must", "may"}:
            current.unread.append(self.tokens[self.at])
        elif strength in {"must_not", "no_need"}:
            current.modality = strength  # type: ignore[assignment]
        self.at += 1

    def _negation(self, token: Token, kind: str) -> None:
        current = self.current
        if kind == "late" and current.verb is not None:
            current.objects.append(read_noun([token.named("noun")]))
        elif kind == "late":
            current.late = True
        else:
            current.negated = True
            current.late = current.late or token.text.startswith("逾期")
        self.at += 1

    def _phrase(self, *, with_verbs: bool = False) -> Noun | None:
        found, self.at = collect(self.tokens, self.at, with_verbs=with_verbs)
        return read_noun(found) if found else None

    def _to(self, token: Token) -> None:
        self.at += 1
        current = self.current
        if self._kind() == "not" or self._text().startswith("未"):
            current.wants_receiver = True
            if self._take_relative() is not None:
                return
        noun = self._phrase()
        if noun is None:
            if token.text in {"给", "给予", "予", "付予"}:
                return
            current.unread.append(token)
        elif noun.party or noun.pronoun or _is_name(noun, token):
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

    def _receive(self, noun: Noun) -> None:
        if self.current.recipient is not None:
            self.current.unread.extend(noun.tokens)
        self.current.recipient = noun

    def _whom_or_what(self, token: Token, noun: Noun) -> None:
        """对货物进行验收 has its object by 对."""
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
        noun = self._phrase()
        if noun is None:
            self.current.unread.append(token)
        else:
            self.current.source = noun
            self.at += self._kind() == "during"

    def _take(self, token: Token) -> None:
        self.at += 1
        found, at = collect(self.tokens, self.at)
        if not found and self._kind() == "verb":
            found, at = collect(self.tokens, self.at, with_verbs=True)
        if not found:
            self.current.unread.append(token)
            return
        self.at = at
        self.current.taken = read_noun(found)

    def _with(self, token: Token) -> None:
        """按合同总价的10%, 以USDC, 根据第三条: how much, in what, or a manner without duty."""
        self.at += 1
        current = self.current
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
        last = noun.tokens[-1].text
        if not noun.is_amount and self._kind() == "recurrence" and self._kind(1) == "amount":
            every, rate = self.tokens[self.at], self.tokens[self.at + 1]
            self.at += 2
            current.adverbials.append(Adverbial("every", (every,), recurrence=every.value))
            share = replace(rate.value, share_of=noun.text)
            current.means.append(Noun((*noun.tokens, rate), quantity=share))
            while self._kind() in {"de", "silent"} or self.at < len(self.tokens) and self.tokens[self.at].text in _MANNERS:
                self.at += 1
        elif noun.is_amount:
            current.means.append(noun)
        elif noun.tokens[-1].kind == "latin" and len(noun.tokens) == 1:
            current.means.append(noun)
        elif not (
            noun.tokens[-1].kind == "reference"
            or last.endswith(_MANNERS)
            or all(part.kind in {"reference", "noun"} for part in noun.tokens)
        ):
            current.unread.extend((token, *noun.tokens))

    def _by(self, token: Token) -> None:
        """由 names who acts; 经 asks for somebody's consent or act."""
        self.at += 1
        noun = self._phrase()
        current = self.current
        if noun is None:
            if token.text == "被":
                return
            current.unread.append(token)
        elif token.text != "经":
            current.agent = noun
        else:
            self._consent(token, noun)

    def _consent(self, token: Token, noun: Noun) -> None:
        inner = Predicate((), subject=noun, negated=self.current.negated)
        while self._kind() == "silent":
            self.at += 1
        if self._kind() != "verb":
            self.current.unread.extend((token, *noun.tokens))
            return
        if self.tokens[self.at].text in {"授权", "许可", "认可", "签字", "确认同意"}:
            agreed = self.tokens[self.at]
            self.tokens[self.at] = Token("verb", agreed.text, agreed.start, agreed.end, VERBS["同意"])
        inner.verb = self.tokens[self.at]
        first = self.tokens.index(token)
        self.at += 1
        if self._kind() == "and" and self._kind(1) == "verb":
            self.at += 2
        inner.tokens = tuple(self.tokens[first : self.at])
        if self._kind() in {"after", "when", "de"}:
            self.at += 1
        self.current.negated = False
        self.current.approvals.append(inner)

    def _as(self, token: Token) -> None:
        """作为定金 says what a payment is for; 视为 makes something so."""
        self.at += 1
        current = self.current
        if token.text in {"视为", "视作", "即为"}:
            current.deems = True
        noun = self._phrase(with_verbs=True)
        if noun is None:
            current.unread.append(token)
        elif noun.is_amount and not any(one.is_amount for one in current.objects):
            current.objects.append(noun)

    def _verb(self, token: Token) -> None:
        current = self.current
        if current.verb is None or (
            current.verb.text in {"完成", "开始", "继续"} and not current.objects and token.value
        ):
            self.at += 1
            current.verb = token
            if token.kind == "signing":
                value = Verb(token.text, "perform", "do")
                current.verb = Token("signing", token.text, token.start, token.end, value)
            return
        if (
            current.lexeme is not None
            and current.lexeme.frame == "own"
            and current.verb.text == "满"
        ):
            current.unread.append(token)
            self.at += 1
            return
        if current.ahead is not None and current.lexeme is not None and (
            current.lexeme.action == "notify" and not current.objects
        ):
            self._close()
            self.first = self.at
            self.current = Predicate(
                (), subject=current.subject, agent=current.agent, modality=current.modality, joined=True
            )
            self.current.verb = token
            self.at += 1
            return
        found, at = collect(self.tokens, self.at + 1, with_verbs=True)
        self.at = max(at, self.at + 1)
        self._nested(token, found)

    def _nested(self, token: Token, found: list[Token]) -> None:
        """A verb right after a verb is what the first is about: 要求赔偿损失, 完成验收."""
        current = self.current
        first = current.verb
        whole = Noun((token, *found), text=token.text + "".join(one.text for one in found))
        if first is not None and first.text in {"要求", "请求", "主张", "申请"} and found:
            inner = read_noun(found)
            current.objects.append(inner if inner.text or inner.is_amount else whole)
        elif token.value is not None and token.value.frame == "own" and not found:
            current.objects.append(Noun((token,), text=token.text))
        else:
            current.objects.append(whole)

    def _compares(self) -> bool:
        if self._kind(1) == "silent" and self.tokens[self.at + 1].text == "提前":
            return False
        return self._kind(1) in {"amount", "counted", "number", "duration", "noun", "moment"} or (
            self._kind(1) in {"silent", "unknown"} and self.current.verb is None
        )

    def _comparison(self, comparator: Comparator) -> None:
        current = self.current
        first = self.tokens[self.at]
        value = self.tokens[self.at + 1]
        if current.verb is not None and value.kind in {"amount", "counted"}:
            lexeme = current.lexeme
            own = lexeme is not None and lexeme.frame in {"own", "receive"}
            if first.kind in {"least", "most"} and not own:
                self._noun()
                return
            is_condition = own or current.objects
            if not is_condition:
                self._noun()
                return
        subject = current.objects[-1] if current.objects else current.subject
        self.at += 1
        if value.kind == "duration":
            self.at += 1
            current.comparisons.append(
                Comparison(comparator, None, first.text + value.text, subject, value.value.iso)
            )
            return
        noun = self._phrase()
        if noun is None:
            self.at += 1
            current.unread.extend((first, value))
            return
        words = "".join(token.text for token in noun.tokens)
        if value.kind == "number" and noun.quantity is None:
            quantity: Quantity | None = Quantity(value.text, None)
        else:
            quantity = noun.quantity
        if any(token.kind == "or_more" for token in noun.tokens):
            comparator = ">="
        current.comparisons.append(Comparison(comparator, quantity, words, subject))

    def _noun(self) -> None:
        current = self.current
        found, at = collect(self.tokens, self.at, with_verbs=current.verb is not None)
        if not found:
            current.unread.append(self.tokens[self.at])
            self.at += 1
            return
        self.at = at
        self._place(read_noun(found))

    def _place(self, noun: Noun) -> None:
        current = self.current
        if current.verb is None:
            rate = noun.quantity is not None and noun.quantity.asset == "%"
            if rate and noun.quantity is not None and noun.quantity.share_of is None and not noun.text:
                current.means.append(noun)
            elif current.subject is None:
                pieces = split_receiver(noun)
                if pieces is not None and pieces[1].is_amount:
                    current.subject, current.taken = pieces
                else:
                    current.subject = noun
            elif current.taken is None and not (noun.party or noun.pronoun):
                current.taken = noun
            else:
                current.unread.extend(noun.tokens)
            return
        pieces = split_receiver(noun)
        lexeme = current.lexeme
        gives = lexeme is not None and lexeme.frame in {"give", "inform"}
        to_place = current.verb is not None and current.verb.text.endswith(("至", "到"))
        if gives and to_place and not (noun.party or noun.is_amount or pieces):
            return
        if gives and current.recipient is None and (noun.party or noun.pronoun):
            current.recipient = noun
        elif gives and current.recipient is None and pieces is not None:
            current.recipient = pieces[0]
            current.objects.append(pieces[1])
        else:
            current.objects.append(noun)

    def _and(self, token: Token) -> None:
        current = self.current
        self.at += 1
        if self._kind() == "silent":
            self.at += 1
        following = self._kind()
        if current.verb is None and not current.approvals:
            if following not in {
                "verb",
                "to",
                "must",
                "may",
                "must_not",
                "not",
                "with",
                "at",
                "take",
                "late",
            }:
                current.unread.append(token)
            return
        new_subject = following == "party" and self._kind(1) in {"verb", *_MODALS, "not", "to"}
        if (
            following in {"verb", "to", "take", "with", "at", "not", "late", "from", "by", *_MODALS}
            or new_subject
        ):
            self.at -= 0
            self._close()
            self.first = self.at
            self.current = Predicate(
                (),
                subject=None if new_subject else current.subject,
                agent=None if new_subject else current.agent,
                modality=None if new_subject else current.modality,
                joined=True,
                alternative=token.text in {"或", "或者"},
                adverbials=[] if new_subject or following in _MODALS else list(current.adverbials),
                approvals=[] if new_subject or following in _MODALS else list(current.approvals),
                quorums=[] if new_subject or following in _MODALS else list(current.quorums),
            )
        elif following in _NOUN_STARTS:
            self._noun()
        else:
            current.unread.append(token)

    def _bare_duration(self, token: Token) -> None:
        if self.current.verb is None:
            self.current.comparisons.append(
                Comparison(">=", None, token.text, self.current.subject, token.value.iso)
            )
            self.at += 1
            return
        self.current.objects.append(Noun((token,), text=token.text))
        self.at += 1


_AFTER_NOMINAL = {"完成", "完毕"}


def _with_nominals(tokens: list[Token]) -> list[Token]:
    """变更登记完成, 竞拍结束: a verb before one that says what became of it is a thing."""
    changed = list(tokens)
    for at, (token, following) in enumerate(zip(tokens, tokens[1:], strict=False)):
        if token.kind != "verb" or following.kind != "verb":
            continue
        ends = following.value.frame == "own" and following.text != "满"
        listed = token.value.frame not in {"own", "receive"}
        if token.text in LATE:
            continue
        if listed and (ends or following.text in _AFTER_NOMINAL):
            changed[at] = token.named("noun")
    return changed


def _needs_object(predicate: Predicate) -> bool:
    lexeme = predicate.lexeme
    return lexeme is not None and lexeme.thing is None and lexeme.frame != "own"


def _name_subject(predicate: Predicate) -> None:
    """Words that no lexicon has are somebody where the verb has its object elsewhere."""
    subject, lexeme = predicate.subject, predicate.lexeme
    if subject is None or subject.party or subject.pronoun or lexeme is None:
        return
    kinds = {token.kind for token in subject.tokens}
    elsewhere = predicate.objects or predicate.taken or lexeme.thing
    if kinds <= {"unknown", "latin"} and elsewhere and lexeme.frame != "own" and not predicate.agent:
        predicate.subject = replace(subject, party=subject.text, text=None)


def _is_name(noun: Noun, preposition: Token) -> bool:
    """Words that no lexicon has are a name where only somebody can stand."""
    kinds = {token.kind for token in noun.tokens}
    return preposition.text in {"向", "给", "予"} and bool(noun.text) and kinds <= {
        "unknown", "latin", "party",
    }  # fmt: skip


def split_receiver(noun: Noun) -> tuple[Noun, Noun] | None:
    """乙方100元 or 用户10个代币: somebody and what they get, written side by side."""
    tokens = noun.tokens
    if noun.party or noun.pronoun or len(tokens) < 2:
        return None
    at = 0
    while at < len(tokens) and tokens[at].kind in {"party", "its", "other"}:
        at += 1
    if at == 0 and tokens[0].kind in {"silent", "counted", "unknown"} and tokens[1].kind == "party":
        at = 2
    if at == 0 or at == len(tokens) or tokens[at].kind in {"de", "and"}:
        return None
    first, rest = read_noun(tokens[:at]), read_noun(tokens[at:])
    if tokens[at - 1].kind == "its" and not rest.is_amount:
        return None
    if not (first.party or first.pronoun) or not (rest.text or rest.is_amount):
        return None
    return first, rest


def read_predicates(tokens: Sequence[Token]) -> list[Predicate]:
    """Read a unit; several where its verbs are joined by 并."""
    return _Walk(tokens).run()
