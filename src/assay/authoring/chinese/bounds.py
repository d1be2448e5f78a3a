"""What may be given at most or must be at least, by a noun of the act: 出资额不得低于100 USDC."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.phrases import Noun, read_noun
from assay.authoring.chinese.predicates import Predicate

_SUMS = ("金额", "总额", "数额", "数量", "份额", "额")
_ACTS = frozenset({"contribute", "buy", "pay", "deposit", "bid", "withdraw", "claim", "transfer"})


def bounded_of(predicate: Predicate) -> Predicate | None:
    """Give the duty that a bound on somebody's sum states, or None where it states none."""
    subject = predicate.subject
    if predicate.verb is not None or subject is None or predicate.comparisons or predicate.unread:
        return None
    quantity = subject.quantity
    owners = [token for token in subject.tokens if token.kind == "party"]
    bound = next((token for token in subject.tokens if token.kind in {"least", "most"}), None)
    if quantity is None or bound is None or len(owners) != 1:
        return None
    verb = _act_of(subject.text or "", bound)
    if verb is None:
        return None
    return replace(
        predicate,
        subject=read_noun(owners),
        verb=verb,
        modality="must" if quantity.limit == "least" else "may",
        objects=[Noun(subject.tokens, text=quantity.asset, quantity=quantity)],
    )


def _act_of(name: str, last: Token) -> Token | None:
    """出资 of 出资额, where it is an act that moves something."""
    for end in _SUMS:
        stem = name.removesuffix(end)
        value = VERBS.get(stem) if stem != name else None
        if value is not None and value.action in _ACTS:
            return Token("verb", stem, last.start, last.end, value)
    return None
