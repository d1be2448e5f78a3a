"""What a unit of a sentence shows itself to be: a condition, a notice, an order, a list's lead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.outside import SHOWS, told_by
from assay.authoring.chinese.facts.statements import replaced
from assay.authoring.chinese.lexicon.roles import CONTRACT
from assay.authoring.chinese.lexicon.spoken import ADDRESSED
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.predicates import Comparison, Predicate
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition

_MAKES_GOOD = frozenset({"赔偿", "赔付", "补偿", "违约金", "罚款", "赔偿金", "滞纳金", "罚金"})
_ALSO = ("还", "仍", "另", "亦", "也", "并")
_WANTS = frozenset({"需", "需要", "要", "欲", "拟"})
_CHANGES_HANDS = frozenset({"sell", "transfer", "withdraw", "buy"})
_MOVES_MONEY = frozenset({"pay", "release", "transfer", "refund", "distribute", "return"})
_TAKES_PART = frozenset({"claim", "keep"})
_WHEN = frozenset({
    "after", "when", "if", "before", "at", "moment", "duration", "recurrence", "must", "may",
    "must_not", "instalments", "over",
})  # fmt: skip
_CHARGES = frozenset({"收取", "收", "计收", "计", "加收", "另收"})
_IN_COINS = frozenset({"支付", "结算", "计价", "结付", "付款", "缴纳", "收取", "计算"})
_RATES = ("汇率", "牌价", "中间价", "市价", "价格", "比例")
_EVERY_TIME = frozenset({"每次", "每当", "每", "每笔", "每一笔"})


def is_condition(  # noqa: C901, PLR0911, PLR0912 - one return for each sign
    predicates: list[Predicate], later: list[Unit]
) -> bool:
    """A clause without a modal verb before another one that tells what is to be done."""
    head = predicates[0]
    if later and is_exchange(head, later[0]):
        return True
    if later and gives_notice(head):
        return head.modality is None
    sources = {token.end for token in head.tokens if token.kind == "from"}
    times = [token for token in head.tokens if token.text in _EVERY_TIME]
    times = [one for one in times if not _is_paid_each(head, one)]
    every = any(token.start not in sources for token in times)
    capped = bool(later) and any(one.kind == "most" for one in later[0].tokens[:2])
    if later and every and head.verb and not (capped and has_amount(head)):
        return head.modality is None and not _is_bounded(head)
    if not later or any(one.modality is not None for one in predicates):
        return False
    lexeme = head.lexeme
    if _is_awaited(head, later[0]) or _are_both_told(predicates, later[0]):
        return True
    if _is_whoever(head, later[0]) or _makes_liable(head, later[0]):
        return True
    if _is_over(head) and later[0].tokens[0].kind in {"party", "to", "prompt", "then"}:
        return True
    if _hands_it_over(head, later[0]):
        return True
    if later[0].then:
        return head.verb is not None or bool(head.comparisons)
    begins, ends = later[0].tokens[0].text, later[0].tokens[-1].kind
    goes_on = ends == "de" and begins in {"经", "且", "并", "并且"}
    ended = ends in {"after", "when"} or goes_on
    if ended and head.verb is not None and not has_amount(head):
        return True
    if _is_passive(head) or _is_caused(head):
        return True
    if head.late or ((head.negated or head.nobody) and head.verb is not None):
        return True
    if told_by(head.tokens)[0] is not None and (head.comparisons or head.verb is not None):
        return any(token.text in SHOWS for token in head.tokens)
    if later and any(token.text in {"奖", "奖励"} for token in later[0].tokens[:3]):
        return head.verb is not None and all(token.kind != "amount" for token in head.tokens)
    if _sets_off(head, later) or any(token.text == "有人" for token in head.tokens[:3]):
        return head.verb is not None
    first = any(token.text == "先" for token in head.tokens)
    if _asks_who(head.tokens) and later and first:
        return True
    if _asks_who(head.tokens) and any(_asks_who(unit.tokens) for unit in later):
        return True
    if lexeme is not None and lexeme.frame == "own" and not (head.adverbials or head.automatic):
        return True
    compared = [one for one in head.comparisons if one.comparator != "="]
    acts = head.subject is not None and head.subject.party is not None
    return bool(compared) and head.verb is None and not acts


def _is_caused(head: Predicate) -> bool:
    """演唱会因台风取消, 主办方退票款: what came of something, done by nobody."""
    thing = head.subject is not None and head.subject.party is None and not head.objects
    return bool(head.causes) and thing and head.verb is not None and head.agent is None


def _is_awaited(head: Predicate, later: Unit) -> bool:
    """首周销量破千, 我再加500U: what 再 waits for is no duty of anybody."""
    again = any(token.text == "再" for token in later.tokens[:3])
    party = head.subject is not None and head.subject.party is not None
    return again and head.verb is not None and not (party or has_amount(head))


def _are_both_told(predicates: list[Predicate], later: Unit) -> bool:
    """货到且验收无误,买方应付款: what comes to be of a thing, in two clauses without a duty."""
    head = predicates[0]
    party = head.subject is not None and head.subject.party is not None
    both = any(token.text in {"且", "并且"} for one in predicates for token in one.tokens)
    acts = all(one.verb is not None or one.comparisons for one in predicates)
    duty = later.tokens[0].kind == "party" and any(
        token.kind in {"must", "may", "must_not"} for token in later.tokens
    )
    return both and acts and duty and len(predicates) > 1 and not party


def _hands_it_over(head: Predicate, later: Unit) -> bool:
    """用户付5 USDC, 合约给他铸造一枚: what the contract does for an act that stands before it."""
    kinds = {token.kind for token in later.tokens}
    acts = head.subject is not None and head.subject.party not in {None, "contract"}
    acts = acts and head.lexeme is not None and not head.adverbials and not head.joined
    by_itself = later.tokens[0].text in CONTRACT and "verb" in kinds
    return acts and by_itself and not kinds & _WHEN


def _is_paid_each(head: Predicate, every: Token) -> bool:
    """甲方每场向乙方支付2000 USDC: how often it is paid, and no case of what follows."""
    behind = next((one for one in head.tokens if one.start >= every.end), None)
    pays = head.lexeme is not None and head.lexeme.action == "pay" and has_amount(head)
    who = head.subject is not None and head.subject.party is not None
    return (
        pays
        and who
        and head.recipient is not None
        and behind is not None
        and (behind.kind != "verb")
    )


def _is_whoever(head: Predicate, later: Unit) -> bool:
    """谁打碎了杯子,谁赔: who did the first does the second."""
    who = head.tokens[0].text if head.tokens else ""
    again = any(token.text == "谁" for token in later.tokens)
    return who == "谁" and again and head.verb is not None


def _sets_off(head: Predicate, later: Sequence[Unit]) -> bool:
    """作者交稿, 编辑点通过, 稿费自动到作者钱包; 转卖, 原作者抽5%: an act, and what comes of it."""
    lexeme = head.lexeme
    bare = lexeme is not None and head.modality is None and not head.adverbials
    if lexeme is None or not bare or has_amount(head) or head.automatic or head.ratio:
        return False
    if head.subject is not None and head.subject.party is not None:
        return any(_pays_by_itself(unit) for unit in later)
    kinds = [token.kind for token in later[0].tokens[:2]]
    verbs = [token.value.action for token in later[0].tokens[1:2] if token.kind == "verb"]
    takes = verbs and verbs[0] in _TAKES_PART
    shares = later[0].tokens[-1].kind == "amount"
    return bool(takes) and lexeme.action in _CHANGES_HANDS and kinds[0] == "party" and shares


def _pays_by_itself(unit: Unit) -> bool:
    """稿费自动到作者钱包: money that nobody is told to move."""
    at = next((at for at, one in enumerate(unit.tokens[:4]) if one.text == "自动"), None)
    acts = [one.value.action for one in unit.tokens[at or 0 :] if one.kind == "verb"]
    return at is not None and bool(acts) and acts[0] in _MOVES_MONEY


def _asks_who(tokens: Sequence[Token]) -> bool:
    """谁先提交漏洞, 谁拿走赏金: whoever does it."""
    return any(token.text in {"谁", "谁先"} for token in tokens)


def _makes_liable(head: Predicate, later: Unit) -> bool:
    """一方泄露商业秘密,应赔偿对方: who does it has to make it good."""
    pays = any(token.text in _MAKES_GOOD for token in later.tokens)
    bare = head.verb is not None and head.modality is None and not has_amount(head)
    timed = any(one.relation in {"by", "on", "every"} for one in head.adverbials)
    return bare and pays and not timed and later.tokens[0].kind == "must"


def _is_over(head: Predicate) -> bool:
    """你把图改好,我付你50U; 货到了,买家付尾款: an act that is over."""
    last = head.tokens[-1] if head.tokens else None
    over = last is not None and last.kind == "silent" and last.text in {"了", "完", "好", "完了"}
    return over and head.verb is not None and head.modality is None and not has_amount(head)


def _is_passive(head: Predicate) -> bool:
    """航班被取消, 平台赔乘客500元: what happened to a thing, and what follows."""
    happened = any(token.text == "被" for token in head.tokens)
    timed = any(one.relation in {"by", "on", "every"} for one in head.adverbials)
    return happened and head.subject is not None and not timed and not has_amount(head)


def _is_bounded(head: Predicate) -> bool:
    """每次加价不少于0.05 ETH: a rule of its own."""
    bounds = [noun.quantity.limit for noun in head.objects if noun.quantity is not None]
    return head.limit is not None or any(limit != "exact" for limit in bounds)


def is_rate(comparison: Comparison) -> bool:
    """Whether a term is set to a share."""
    return comparison.quantity is not None and comparison.quantity.asset == "%"


def is_sum(quantity: Quantity | None) -> bool:
    """38 USDC is what is paid for each; 5斤 in 每箱5斤 is how much there is in each."""
    asset = quantity.asset if quantity is not None else None
    return asset is None or asset == "" or (asset != "%" and asset.isascii())


def is_exchange(head: Predicate, later: Unit) -> bool:
    """转我20U,我给你铸5个徽章: an order, and what whoever receives does then."""
    receiver = head.recipient.party if head.recipient is not None else None
    ordered = head.subject is None and head.modality is None and head.verb is not None
    return ordered and receiver is not None and later.tokens[0].text == receiver


def counts_as(predicate: Predicate) -> bool:
    """视为验收合格: an act of the list counts as done."""
    lexeme = predicate.lexeme
    return lexeme is not None and lexeme.action not in {None, "perform"}


def gives_notice(predicate: Predicate, behind: Predicate | None = None) -> bool:
    """提前30日通知; 书面通知对方解除合同 is how it is ended."""
    lexeme = predicate.lexeme
    ahead = predicate.ahead is not None or (behind is not None and behind.by_notice)
    return ahead and lexeme is not None and lexeme.action == "notify"


def without_again(predicates: list[Predicate]) -> list[Predicate]:
    """未履行或未完全履行义务: what is not done in full is not done."""
    kept = [
        first for first, second in pairwise(predicates)
        if not (
            second.alternative and first.negated and second.negated
            and first.verb is not None and second.verb is not None
            and first.verb.text == second.verb.text
        )
    ]  # fmt: skip
    last = predicates[-1]
    if len(kept) == len(predicates) - 1:
        return predicates
    last.alternative = bool(kept) and last.alternative
    last.subject = last.subject or predicates[0].subject
    return [*kept, last]


def has_amount(predicate: Predicate) -> bool:
    nouns = [*predicate.objects, *predicate.means, predicate.taken, predicate.subject]
    return any(noun is not None and noun.is_amount for noun in nouns)


def is_lead(predicate: Predicate) -> bool:
    silent = [token.text for token in predicate.tokens if token.kind == "silent"]
    told = any("方式" in word and "下" in word for word in silent)
    return told or any(word[0] == "分" and word != "分别" for word in silent)


def words(predicate: Predicate) -> tuple[Token, ...]:
    return tuple(token for one in predicate.adverbials for token in one.tokens)


def after_if(tokens: list[Token]) -> list[Token]:
    """What stands after 如; 有 before what became of something says no more."""
    bare = [token for token in tokens if token.kind != "if" and token.text not in _WANTS]
    own = len(bare) > 1 and bare[1].kind == "verb" and bare[1].value.frame == "own"
    return bare[1:] if own and bare[0].text == "有" else bare


def breaker_named(
    found: list[Condition], before: Sequence[Condition], context: Context
) -> list[Condition]:
    """乙方违约,经催告后仍未改正: who was named in the condition before it."""
    if len(before) != 1 or not found or found[0].kind != "breach" or found[0].actor:
        return found
    who = before[0].actor or before[0].subject
    if before[0].kind not in {"state", "event", "breach"} or who not in {
        *context.mentioned,
        "双方",
    }:
        return found
    return [replaced(found[0], actor=who), *found[1:]]


def beside(tokens: list[Token], later: Sequence[Unit]) -> list[Token] | None:
    """除应赔偿损失外,还应支付违约金: a duty of its own, nothing where a thing is only named."""
    follows = [token.text for token in later[0].tokens[:3]] if later else []
    if not any(word.startswith(_ALSO) for word in follows):
        return None
    if not any(token.kind == "verb" for token in tokens):
        return []
    who = [] if tokens[0].kind == "party" else _subject_of(later[0].tokens)
    if any(token.kind in {"must", "may", "must_not"} for token in tokens):
        return [*who, *tokens]
    modal = next((token for token in later[0].tokens if token.kind in {"must", "may"}), None)
    modal = modal or Token("must", "应", tokens[0].start, tokens[0].start)
    return [*who, modal, *tokens]


def _subject_of(tokens: Sequence[Token]) -> list[Token]:
    return [tokens[0]] if tokens[0].kind == "party" else []


def points_back(tokens: Sequence[Token]) -> bool:
    """逾期的 alone speaks of the duty before it."""
    kinds = [token.kind for token in tokens if token.kind != "silent"]
    return kinds in (["late"], ["late", "de"], ["not", "de"])


def names_source(conditions: list[Condition], tokens: Sequence[Token], context: Context) -> bool:
    """以数据服务商发布的信息为准 says who tells the fact."""
    parties = [token.text for token in tokens if token.kind == "party"]
    facts = [at for at, one in enumerate(conditions) if one.kind in {"oracle", "comparison"}]
    if tokens[-1].text != "准" or not facts or not parties:
        return False
    context.named += 1
    conditions[facts[0]] = replaced(conditions[facts[0]], kind="oracle", actor=parties[0])
    return True


def names_a_day(tokens: Sequence[Token]) -> bool:
    """截止日期为2027年6月30日: a day gets its name, and nothing is said to be done."""
    kinds = [token.kind for token in tokens]
    return kinds == ["moment", "equal", "moment"] and tokens[0].value == tokens[2].value


def waives(tokens: Sequence[Token]) -> bool:
    """提前还款不收取违约金: that nothing is charged."""
    last = [one for one in tokens if one.kind != "silent"][-3:]
    kinds = [one.kind for one in last]
    return kinds == ["not", "verb", "noun"] and last[1].text in _CHARGES and bool(tokens[:-3])


def names_currency(before: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """总金额为60万元, 以USDC按当日汇率支付: in what a sum is paid, and not that it is paid."""
    kinds = [token.kind for token in tokens if token.kind != "silent"]
    told = [token.kind for token in before]
    sets = "amount" in told and "verb" not in told and bool({"equal", "noun"} & set(told))
    if not sets or kinds[:2] != ["with", "latin"] or tokens[-1].text not in _IN_COINS:
        return False
    between = [one for one in tokens[2:-1] if one.kind != "silent"]
    rated = any(one.kind == "ratio" or one.text.endswith(_RATES) for one in between)
    return not between or (between[0].kind == "with" and rated)


def tells_parts(head: Predicate, later: Sequence[Unit]) -> bool:
    """房款分两次付, 过户前付七成: in how many parts, before each is told."""
    if head.instalments is None or has_amount(head) or not later:
        return False
    shares = [token for unit in later for token in unit.tokens if token.kind == "amount"]
    return len(shares) == head.instalments


def only_names(lead: Unit, unit: Unit) -> bool:
    """代币:QINGKE says only how a thing is called."""
    thing = all(token.kind in {"noun", "silent", "unknown"} for token in lead.tokens)
    return lead.leads and thing and [token.kind for token in unit.tokens] == ["latin"]


def telling(units: Sequence[Unit]) -> list[Unit]:
    """The units of a sentence without days that get a name, and words of courtesy."""
    kept = [
        unit for unit, before in zip(units, [None, *units], strict=False)
        if not names_a_day(unit.tokens)
        and not (before is not None and names_currency(before.tokens, unit.tokens))
        and not waives(unit.tokens)
    ]  # fmt: skip
    if len(kept) < 2:
        return kept
    return [unit for unit in kept if not is_address(unit)] or kept


def is_free(unit: Unit) -> bool:
    """第一个月免费 says that nothing is paid."""
    return unit.tokens[-1].text in {"免费", "免息", "无息", "包邮", "无偿"}


def is_address(unit: Unit) -> bool:
    """老板, 你好: who is spoken to, or a word of courtesy, alone between commas."""
    return "".join(token.text for token in unit.tokens) in ADDRESSED


def only_settles(head: Predicate) -> bool:
    """平台按月结算, 每月5日付款: how often the accounts are made up, before what is paid."""
    verb = head.verb.text if head.verb is not None else ""
    rhythm = bool(head.adverbials) and all(one.recurrence for one in head.adverbials)
    things = (head.objects, head.taken, head.recipient, head.means, head.modality, head.agent)
    return verb in {"结算", "结账", "核算", "计费"} and rhythm and not any(things)
