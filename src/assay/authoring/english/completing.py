"""What a sentence leaves out because one before it has said it.

"The Buyer pays the Seller a deposit. ... The Seller shall refund the deposit": to the Buyer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Obligation, Question

_GIVEN = frozenset({"pay", "deposit", "transfer", "deliver", "provide", "contribute"})
_BACK = frozenset({"refund", "return"})
_REST = re.compile(r"\b(?:other|remaining|rest|balance|remainder|final)\b", re.IGNORECASE)


def completed(text: str, found: Sequence[Obligation]) -> list[Obligation]:
    """The obligations, with receivers that an earlier one names."""
    buyers = list(dict.fromkeys(one.actor for one in found if one.action == "buy" and one.actor))
    done: list[Obligation] = []
    for said in found:
        one = _after_leaving(text, _of_same_whole(said, done), done)
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


def _of_same_whole(one: Obligation, before: Sequence[Obligation]) -> Obligation:
    """ "60 % of the proceeds go to the artist and 40 % to the gallery": shares of one whole."""
    last = before[-1] if before else None
    shares = last is not None and last.asset == one.asset == "%" and one.share_of is None
    if last is None or not shares or (one.limit == "exact" and one.recurrence != last.recurrence):
        return one
    if (one.clause, one.actor, one.action) != (last.clause, last.actor, last.action):
        return one
    return one.model_copy(update={"share_of": last.share_of})


_LEAVING = frozenset({"cancel", "terminate", "return", "withdraw", "reject"})
_AND_GET = re.compile(r"\band (?:then )?(?:to )?(?:receive|get)\b", re.IGNORECASE)


def _after_leaving(text: str, one: Obligation, before: Sequence[Obligation]) -> Obligation:
    """ "may cancel and receive a refund": a refund for who has cancelled."""
    last = before[-1] if before else None
    free = (one.action, one.modality) == ("claim", "may") and not one.conditions
    if last is None or not free or one.actor != last.actor:
        return one
    between = text[last.span[0] : one.span[1]]
    if last.modality != "may" or last.action not in _LEAVING or not _AND_GET.search(between):
        return one
    left = Condition(kind="event", text=_words(text, last), span=last.span, actor=last.actor,
                     action=last.action, asset=last.asset)  # fmt: skip
    return one.model_copy(update={"conditions": (*one.conditions, left)})


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


def leave_out_wholes(
    text: str, values: Mapping[str, object], made: list[Obligation], questions: list[Question]
) -> None:
    """Leaves out what parts tell in full, with what was asked about it; they go to its receiver."""
    parted = _paid_in_parts(text, values, made)
    for index, parts in parted.items():
        for part in parts:
            made[part] = made[part].model_copy(update={"recipient": made[index].recipient})
    kept = [index for index in range(len(made)) if index not in parted]
    place: dict[int | None, int | None] = {index: at for at, index in enumerate(kept)}
    place[None] = None
    questions[:] = [
        one.model_copy(update={"obligation": place[one.obligation]})
        for one in questions
        if one.obligation in place
    ]
    made[:] = [made[index] for index in kept]


def _paid_in_parts(
    text: str, values: Mapping[str, object], found: Sequence[Obligation]
) -> dict[int, range]:
    """Which obligations to pay a whole are told in full by parts that a later sentence names.

    "The Lender lends 900 USDC (the “Loan”). The Lender pays the Loan in two parts: 500 USDC now and
    400 USDC on 1 May": the whole is not paid beside them.
    """
    parted: dict[int, range] = {}
    for index, whole in enumerate(found):
        named = [term for term, value in values.items() if _is_worth(value, whole)]
        if whole.conditions or whole.deadline or whole.recurrence or not named:
            continue
        for start in range(index + 1, len(found) - 1):
            parts = _parts_from(found, start, whole)
            before = text[max(0, found[start].span[0] - 90) : found[start].span[0]].lower()
            if parts is not None and any(term in before for term in named):
                parted[index] = parts
                break
    return parted


def _is_worth(value: object, whole: Obligation) -> bool:
    told = isinstance(value, Quantity) and whole.action == "pay" and whole.amount is not None
    return told and isinstance(value, Quantity) and (
        (value.amount, value.asset) == (whole.amount, whole.asset)
    )  # fmt: skip


def _parts_from(found: Sequence[Obligation], start: int, whole: Obligation) -> range | None:
    """The run of payments from an index that comes to a whole."""
    amount = Decimal(0)
    for end in range(start, len(found)):
        part = found[end]
        same = (part.actor, part.action, part.asset, part.clause) == (
            whole.actor, whole.action, whole.asset, found[start].clause
        )  # fmt: skip
        if not same or part.amount is None or part.recipient not in (None, whole.recipient):
            return None
        amount += Decimal(part.amount)
        if end > start and amount == Decimal(whole.amount or 0):
            return range(start, end + 1)
    return None
