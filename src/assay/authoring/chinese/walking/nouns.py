"""Nouns, modal verbs, negations and comparisons, as the walk through a unit meets them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.chinese.lexicon.verbs import VERBS, Verb
from assay.authoring.chinese.lexing.numerals import numeral
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.cursor import Cursor
from assay.authoring.chinese.phrases.noun_phrases import Noun, collect, is_money, read_noun
from assay.authoring.chinese.phrases.predicates import Comparison
from assay.authoring.chinese.phrases.receivers import measures_thing, split_receiver, told_of
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator

_PLACES = ("仓库", "地点", "地址", "账户", "钱包", "住所", "办公室", "门店", "工地", "港口", "场所")

_RELATIVE_BOUNDS = frozenset({"above", "least", "most", "reach", "below"})
_OF_WHAT = frozenset({"noun", "unknown", "de"})
_EVENLY = frozenset({"线性", "匀速", "等额"})
_HELD = frozenset({"持有的", "所持有的", "所持", "所持有", "持有", "应得的"})
_GIVES = Verb("给", "pay", "give")
DEMANDS = frozenset({"要求", "请求", "主张", "申请", "催告", "敦促"})
"""Verbs with somebody and what they are to do: 要求乙方退还已付款项."""
_ENGAGES = frozenset({"委托", "聘请", "聘用", "雇佣", "雇", "请", "委任", "特聘", "邀请", "雇用"})


class Nouns(Cursor):
    """Nouns, modal verbs, negations and comparisons."""

    def _nobody(self, token: Token) -> None:
        """无人出价: anyone, and not."""
        if self.current.subject is not None:
            self.current.unread.append(token)
        self.current.subject = Noun((token,), party="任何人")
        self.current.nobody = True
        self.at += 1

    def _compares(self) -> bool:
        if self._kind(1) == "silent" and self.tokens[self.at + 1].text == "提前":
            return False
        return self._kind(1) in {"amount", "counted", "number", "duration", "noun", "moment"} or (
            self._kind(1) in {"silent", "unknown"} and self.current.verb is None
        )

    def _comparison(self, comparator: Comparator) -> None:
        current = self.current
        first = self.tokens[self.at]
        if self._kind(3) == "amount" and self.tokens[self.at + 1].text == "每":
            del self.tokens[self.at + 1 : self.at + 3]
        value = self.tokens[self.at + 1]
        if current.verb is not None and self._says_how_much(value):
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
            self.at += 1 + (self._kind(1) == "or_more")
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
            number = numeral(value.text)
            quantity: Quantity | None = Quantity(decimal_text(number or Decimal(0)), None)
        else:
            quantity = noun.quantity
        if any(token.kind == "or_more" for token in noun.tokens):
            comparator = ">="
        if first.text[-1] in "到至" and any(one.kind == "or_less" for one in noun.tokens):
            comparator = "<"
        label = noun.label or noun.text
        current.comparisons.append(
            Comparison(comparator, quantity, words, subject, label=label, word=first.text)
        )

    def _says_how_much(self, value: Token) -> bool:
        """不少于20 USDC, 不少于起拍价20%: an amount, or a share of what is named before it."""
        if value.kind in {"amount", "counted"}:
            return True
        kinds = [one.kind for one in self.tokens[self.at + 1 : self.at + 6]]
        named = next((at for at, kind in enumerate(kinds) if kind not in _OF_WHAT), len(kinds))
        if not 0 < named < len(kinds) or kinds[named] != "amount":
            return False
        return bool(self.tokens[self.at + 1 + named].value.asset == "%")

    def _bounds_who(self) -> bool:
        """持股比例低于5%的股东: the bound says which people are meant."""
        current, at = self.current, self.at
        kinds = [one.kind for one in self.tokens[at + 1 : at + 4]]
        if current.verb is not None or kinds[1:] != ["de", "party"]:
            return False
        measured = current.subject
        aged = measured is None and kinds[0] == "counted" and self.tokens[at + 1].value[1] == "岁"
        age = Token("noun", "年龄", self.tokens[at].start, self.tokens[at].start)
        measured = read_noun([age]) if aged else measured
        if measured is None or measured.party or kinds[0] not in {"amount", "counted"}:
            return False
        found, self.at = collect(self.tokens, at + 3)
        who = read_noun(found)
        clause = (*measured.tokens, *self.tokens[at : at + 2])
        current.relatives.append((who, clause))
        current.subject = who
        return True

    def _times_over(self, comparator: Comparator) -> bool:
        """学生缺课超过三次: how often something came to be, against a bound."""
        current, verb = self.current, self.current.verb
        if self._kind(1) != "times" or current.subject is None or current.objects or current.late:
            return False
        own = current.lexeme is not None and current.lexeme.frame == "own"
        if verb is not None and not own:
            return False
        first, times = self.tokens[self.at : self.at + 2]
        name = current.subject.party or current.subject.text or ""
        counted = Noun(current.subject.tokens, text=name + (verb.text if verb is not None else ""))
        quantity = Quantity(times.value[0], None)
        words = first.text + times.text
        current.comparisons.append(Comparison(comparator, quantity, words, counted))
        current.verb, current.subject = None, None
        self.at += 2
        return True

    def _bare_duration(self, token: Token) -> None:
        lexeme = self.current.lexeme
        more = self._kind(1) == "or_more"
        if more and (self.current.late or (lexeme is not None and lexeme.frame == "own")):
            self.current.comparisons.append(
                Comparison(">=", None, token.text, self.current.subject, token.value.iso)
            )
            self.at += 2
            return
        evenly = self._kind(1) == "silent" and self.tokens[self.at + 1].text in _EVENLY
        if self.current.verb is None and (evenly or self._kind(1) == "recurrence"):
            self.current.adverbials.append(Adverbial("by", (token,), duration=token.value))
            self.at += 1
            return
        if self.current.verb is None:
            self.current.comparisons.append(
                Comparison(">=", None, token.text, self.current.subject, token.value.iso)
            )
            self.at += 1 + (self._kind(1) == "or_more")
            return
        behind = next((one.kind for one in self.tokens[self.at + 2 :] if one.kind != "silent"), "")
        if self._kind(1) == "de" and behind in {"noun", "verb"}:
            self.current.adverbials.append(Adverbial("by", (token,), duration=token.value))
            self.at += 2
            return
        self.current.objects.append(Noun((token,), text=token.text))
        self.at += 1

    def _how_often(self, token: Token) -> None:
        """累计迟到三次以上: how often something came to be."""
        current, verb = self.current, self.current.verb
        own = current.lexeme is not None and current.lexeme.frame == "own" and verb is not None
        if not own or verb is None or current.objects or current.comparisons:
            current.unread.append(token)
            self.at += 1
            return
        who = current.subject
        name = (who.party or who.text or "") if who is not None else ""
        counted = Noun((verb,), text=name + verb.text)
        quantity = Quantity(token.value[0], None)
        current.comparisons.append(Comparison(">=", quantity, token.text, counted))
        current.verb, current.subject = None, None
        self.at += 1 + (self._kind(1) == "or_more")

    def _mark(self, token: Token) -> None:
        current = self.current
        if token.kind == "prompt":
            current.prompt = True
        elif token.kind == "vague":
            current.vague.append(token)
        elif token.kind == "whole":
            current.factor = token
        elif token.kind == "ratio":
            current.ratio = token.value
            if token.text[-1] in "分账成配润开" and current.verb is None:
                current.verb = Token("verb", "分配", token.start, token.end, VERBS["分配"])
        elif token.kind == "instalments":
            current.instalments = token.value
        else:
            if current.comparisons and current.unread and current.unread[-1].text in {"且", "并且"}:
                current.unread.pop()
            current.quorums.append((self._of_body(token), current.negated))
            current.negated = False
        self.at += 1
        self.at += token.kind == "whole" and self._kind() == "de"
        if token.kind == "vague" and self._kind() in {"before", "during"}:
            self.at += 1
        if token.kind == "quorum" and self._kind() in {"de", "after", "when"}:
            self.at += 1

    def _of_body(self, token: Token) -> Token:
        """理事会五名成员中三名: whose members they are stands right before."""
        current, quorum = self.current, token.value
        body = current.subject
        whose = self.at > self.first and self.tokens[self.at - 1].kind == "de"
        if body is None or not body.party or current.verb:
            return token
        if body.tokens[-1].end + whose != token.start:
            return token
        if whose:
            current.subject = None
            return token
        current.subject = None
        return replace(token, value=replace(quorum, subject=body.party + (quorum.subject or "")))

    def _modal(self, kind: str) -> None:
        current = self.current
        strength = {"must_soft": "must"}.get(kind, kind)
        if strength == "must_not" and current.verb is not None:
            current.unread.append(self.tokens[self.at])
        elif current.modality is None or current.soft:
            current.modality = strength  # type: ignore[assignment]
            current.soft = kind == "must_soft"
        elif {current.modality, strength} == {"must", "may"}:
            current.unread.append(self.tokens[self.at])
        elif strength in {"must_not", "no_need"}:
            current.modality = strength  # type: ignore[assignment]
        first = self.tokens[self.at]
        current.only = current.only or (kind == "may" and first.text.startswith(("只", "仅")))
        if first.text.endswith("承担") and current.verb is None:
            current.verb = replace(first, kind="verb", value=VERBS["承担"])
        self.at += 1

    def _noun(self) -> None:
        current = self.current
        found, at = collect(self.tokens, self.at, with_verbs=current.verb is not None)
        if not found:
            current.unread.append(self.tokens[self.at])
            self.at += 1
            return
        self.at = at
        noun = self._bounded(found)
        clause = told_of(found) if noun.party and noun.quantity is None else ()
        self.current.relatives += [(noun, clause)] if clause else []
        self._place(noun)

    def _bounded(self, found: list[Token]) -> Noun:
        """不得提供超过100万元的担保: a bound says which things are meant, unless they are money."""
        kinds = [token.kind for token in found]
        at = next((at for at, kind in enumerate(kinds) if kind in _RELATIVE_BOUNDS), None)
        if at is None or self.current.modality not in {"must_not", "may"}:
            whole = read_noun(found)
            return replace(whole, unread=whole.tokens) if measures_thing(found, at) else whole
        if kinds[at + 1 : at + 3] != ["amount", "de"] or found[at + 1].value.asset == "%":
            return read_noun(found)
        thing = read_noun(found[at + 3 :])
        if thing.party or thing.is_amount or is_money(thing) or not thing.text:
            return read_noun(found)
        self.current.relatives.append((thing, tuple(found[: at + 2])))
        return thing

    def _place(self, noun: Noun) -> None:
        if self.current.verb is None:
            self._place_before(noun)
        else:
            self._place_after(noun)

    def _place_before(self, noun: Noun) -> None:
        current, quantity = self.current, noun.quantity
        rate = quantity is not None and quantity.asset == "%" and quantity.share_of is None
        if rate and not noun.text:
            current.means.append(noun)
        elif current.subject is None:
            pieces = split_receiver(noun)
            held = pieces is not None and noun.tokens[1].text in _HELD and self._lets_go()
            if pieces is not None and held:
                current.granted, current.subject = pieces
            elif pieces is not None and pieces[1].is_amount:
                current.subject, current.taken = pieces
            else:
                current.subject = noun
        elif noun.party and current.taken is None and not current.subject.party:
            current.taken, current.subject = current.subject, noun
        elif current.taken is None and not (noun.party or noun.pronoun):
            current.taken = noun
        else:
            current.unread.extend(noun.tokens)

    def _lets_go(self) -> bool:
        """团队持有的代币解锁: what is theirs is let go for them."""
        verbs = [token.value for token in self.tokens[self.at :] if token.kind == "verb"]
        return any(verb is not None and verb.action in {"release", "vest"} for verb in verbs)

    def _place_after(self, noun: Noun) -> None:
        current, lexeme = self.current, self.current.lexeme
        if self._engages(noun):
            return
        pieces = split_receiver(noun)
        if pieces is not None and lexeme is not None and lexeme.action == "sell":
            pieces = pieces if pieces[1].is_amount else None
        if not self._gives(noun):
            asked = lexeme is not None and lexeme.word in DEMANDS
            if asked and (noun.party or noun.pronoun) and current.recipient is None:
                current.recipient = noun
            else:
                current.objects.append(noun)
            return
        if self._goes_somewhere(noun):
            if not (noun.party or noun.is_amount or pieces):
                return
            if pieces is not None and (pieces[1].text or "").endswith(_PLACES):
                current.recipient = current.recipient or pieces[0]
                return
        if current.recipient is None and (noun.party or noun.pronoun):
            current.recipient = noun
        elif current.recipient is None and pieces is not None:
            current.recipient = pieces[0]
            current.objects.append(pieces[1])
        else:
            current.objects.append(noun)

    def _goes_somewhere(self, noun: Noun) -> bool:
        """运至仓库, 将款项划入账户: the verb says where to, and a thing is named before it."""
        verb = self.current.verb.text if self.current.verb is not None else ""
        if verb.endswith("收到"):
            return False
        if verb in {"送达", "运达"} and self.current.taken is None:
            goods = self.current.objects or not (noun.text or "").endswith(_PLACES)
            return not goods
        told = verb.endswith("入") and self.current.taken is not None
        return told or verb.endswith(("至", "到", "抵", "往", "送达", "运达"))

    def _engages(self, noun: Noun) -> bool:
        """甲方委托乙方开发网站: who is engaged is who does it."""
        current, lexeme = self.current, self.current.lexeme
        whom = noun.party is not None and lexeme is not None and lexeme.word in _ENGAGES
        free = current.subject is not None and current.modality is None and not current.objects
        if not (
            whom
            and free
            and (self._kind() in {"verb", "to"} or self._text() == "为")
            and self._later_verb(self.at)
        ):
            return False
        current.engager, current.subject, current.verb = current.subject, noun, None
        return True

    def _gives(self, noun: Noun) -> bool:
        """Whether somebody after the verb may be who receives."""
        lexeme = self.current.lexeme
        if lexeme is None:
            return False
        return lexeme.frame in {"give", "inform"} or bool(lexeme.word.endswith("于") and noun.party)

    def _completes(self, token: Token) -> bool:
        """乙方完成设计后: a work behind which no thing stands is what is completed."""
        verb, objects = self.current.verb, self.current.objects
        work = token.value is not None and token.value.action == "perform"
        ends = self._kind(1) in {"", "after", "when", "de", "before"}
        if not work or not ends or objects or verb is None or verb.text != "完成":
            return False
        objects.append(read_noun([token.named("noun")]))
        self.at += 1
        return True

    def _noun_instead(self, token: Token) -> None:
        self.tokens[self.at] = token.named("noun")
        self._noun()

    def _hands(self, token: Token) -> bool:
        """张三给李四3 ETH: with an amount and no verb after it, 给 is the verb."""
        kinds = {one.kind for one in self.tokens[self.at :]}
        current = self.current
        alone = token.text == "给" and current.verb is None and "verb" not in kinds
        before = [*current.means, *(one for one in (current.subject, current.taken) if one)]
        told = kinds in ({"party"}, {"unknown"}) and any(
            one.is_amount or (one.text or "").startswith(("剩", "其余", "余")) for one in before
        )
        told = told or (current.factor is not None and kinds in ({"party"}, {"unknown"}))
        named = self.current.modality is not None and kinds == {"noun"}
        if not alone or not (kinds & {"amount", "counted"} or told or named):
            return False
        self.current.verb = replace(token, kind="verb", value=_GIVES)
        if told:
            self.tokens[self.at :] = [one.named("party") for one in self.tokens[self.at :]]
            by = self.current.subject if self.current.taken is not None else None
            named = by is not None and by.party is not None
            self.current.agent = None if named else Noun((), party="contract")
        return True
