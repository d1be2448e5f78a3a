"""What a sentence leaves out because one before it has said it.

"The Buyer pays the Seller a deposit. ... The Seller shall refund the deposit": to the Buyer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.model import Obligation

_GIVEN = frozenset({"pay", "deposit", "transfer", "deliver", "provide", "contribute"})
_BACK = frozenset({"refund", "return"})
_REST = re.compile(r"\b(?:other|remaining|rest|balance|remainder|final)\b", re.IGNORECASE)


def completed(text: str, found: Sequence[Obligation]) -> list[Obligation]:
    """The obligations, with receivers that an earlier one names."""
    buyers = list(dict.fromkeys(one.actor for one in found if one.action == "buy" and one.actor))
    done: list[Obligation] = []
    for said in found:
        one = said
        if _is_price(one) and buyers:
            # A right to buy may be one buyer's class in two words; the first names it.
            one = one.model_copy(update={"actor": buyers[0]})
        open_ = one.recipient is None and one.actor not in (None, "contract")
        done.append(_with_receiver(text, one, done) if open_ else one)
    return done


def _is_price(one: Obligation) -> bool:
    """ "The price is 0.5 USDC per token": paid by who buys."""
    each = one.share_of is not None and one.asset not in (None, "%")
    return one.action == "pay" and one.actor is None and each


def _with_receiver(text: str, one: Obligation, before: Sequence[Obligation]) -> Obligation:
    if one.action in _BACK:
        given = [other for other in before if _was_given(text, one, other)]
        if len({other.actor for other in given}) != 1:
            return one
        share_of = given[-1].share_of if one.asset == "%" else None
        return one.model_copy(
            update={"recipient": given[-1].actor, "share_of": one.share_of or share_of}
        )
    rest = one.action == "pay" and one.asset == "%" and _REST.search(_words(text, one)) is not None
    like = [
        other.recipient
        for other in before
        if (other.actor, other.action, other.asset) == (one.actor, one.action, one.asset)
        and other.share_of == one.share_of
    ]
    if rest and len(set(like)) == 1:
        return one.model_copy(update={"recipient": like[0]})
    return one


def _was_given(text: str, one: Obligation, other: Obligation) -> bool:
    """Whether what goes back is what another obligation hands to who gives it back."""
    handed = other.action in _GIVEN and other.modality != "must_not" and other.actor
    if not handed or other.actor == one.actor or other.recipient not in (one.actor, "contract"):
        return False
    if other.recipient == "contract" and other.asset != one.asset:
        return False
    if one.amount is not None:
        return (one.amount, one.asset) == (other.amount, other.asset)
    return one.asset is not None and (
        one.asset == other.asset or one.asset.casefold() in _words(text, other).casefold()
    )


def _words(text: str, one: Obligation) -> str:
    return text[slice(*one.span)]
