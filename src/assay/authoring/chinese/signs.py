"""What a unit of a sentence shows itself to be: a condition, a notice, an order, a list's lead."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.predicates import Comparison, Predicate
from assay.authoring.chinese.statements import replaced
from assay.authoring.chinese.units import Unit
from assay.authoring.model import Condition

_EVERY_TIME = frozenset({"每次", "每当", "每", "每笔", "每一笔"})


def is_condition(  # noqa: PLR0911 - one return for each sign
    predicates: list[Predicate], later: list[Unit]
) -> bool:
    """A clause without a modal verb before another one that tells what is to be done."""
    head = predicates[0]
    if later and is_exchange(head, later[0]):
        return True
    if later and gives_notice(head):
        return head.modality is None
    if later and any(token.text in _EVERY_TIME for token in head.tokens) and head.verb:
        return head.modality is None and not _is_bounded(head)
    if not later or any(one.modality is not None for one in predicates):
        return False
    lexeme = head.lexeme
    if later[0].then:
        return head.verb is not None or bool(head.comparisons)
    ended = later[0].tokens[-1].kind in {"after", "when"}
    if ended and head.verb is not None and not has_amount(head):
        return True
    if head.late or (head.negated and head.verb is not None):
        return True
    if lexeme is not None and lexeme.frame == "own" and not head.adverbials:
        return True
    compared = [one for one in head.comparisons if one.comparator != "="]
    acts = head.subject is not None and head.subject.party is not None
    return bool(compared) and head.verb is None and not acts


def _is_bounded(head: Predicate) -> bool:
    """每次加价不少于0.05 ETH: a rule of its own."""
    bounds = [noun.quantity.limit for noun in head.objects if noun.quantity is not None]
    return head.limit is not None or any(limit != "exact" for limit in bounds)


def is_rate(comparison: Comparison) -> bool:
    """Whether a term is set to a share."""
    return comparison.quantity is not None and comparison.quantity.asset == "%"


def is_exchange(head: Predicate, later: Unit) -> bool:
    """转我20U,我给你铸5个徽章: an order, and what whoever receives does then."""
    receiver = head.recipient.party if head.recipient is not None else None
    ordered = head.subject is None and head.modality is None and head.verb is not None
    return ordered and receiver is not None and later.tokens[0].text == receiver


def counts_as(predicate: Predicate) -> bool:
    """视为验收合格: an act of the list counts as done."""
    lexeme = predicate.lexeme
    return lexeme is not None and lexeme.action not in {None, "perform"}


def gives_notice(predicate: Predicate) -> bool:
    """提前30日通知."""
    lexeme = predicate.lexeme
    return predicate.ahead is not None and lexeme is not None and lexeme.action == "notify"


def has_amount(predicate: Predicate) -> bool:
    nouns = [*predicate.objects, *predicate.means, predicate.taken, predicate.subject]
    return any(noun is not None and noun.is_amount for noun in nouns)


def is_lead(predicate: Predicate) -> bool:
    return any("方式" in token.text or token.text.startswith("分") for token in predicate.tokens
               if token.kind == "silent")  # fmt: skip


def words(predicate: Predicate) -> tuple[Token, ...]:
    return tuple(token for one in predicate.adverbials for token in one.tokens)


def after_if(tokens: list[Token]) -> list[Token]:
    """What stands after 如; 有 before what became of something says no more."""
    bare = [token for token in tokens if token.kind != "if"]
    own = len(bare) > 1 and bare[1].kind == "verb" and bare[1].value.frame == "own"
    return bare[1:] if own and bare[0].text == "有" else bare


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
