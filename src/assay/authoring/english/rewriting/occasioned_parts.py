"""Equal parts of a sum of which each has its own occasion, brought into sums of their own.

"12,000 USDC in three equal instalments: on signing, on delivery and 30 days after acceptance" is
4,000 USDC on signing, 4,000 USDC on delivery and 4,000 USDC 30 days after acceptance.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexing.made import ORDINALS, is_money_amount, mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity

_EQUAL = frozenset({"equal", "consecutive", "successive"})
_PARTS = frozenset({"instalments", "installments", "payments", "parts", "tranches", "portions",
                    "stages"})  # fmt: skip
_LEADS = frozenset({"on", "upon", "at", "after", "when", "once", "by", "within", "following"})
_BEHIND_PARTS = frozenset({":", ",", "-", "—", "–", "due", "payable"})
_SMALLEST_PART = Decimal("0.000001")


def parted_by_occasions(context: Context) -> None:
    """Rewrites a sum in so many parts with as many occasions behind them."""
    text = context.text
    sums = [at for at in range(len(text)) if is_money_amount(text, at)]
    for index in range(2, len(text) - 4):
        count = text.nodes[index + 1].value
        parts = text.skip(index + 2, _EQUAL)
        if text.lower(index) != "in" or not isinstance(count, Quantity) or count.asset is not None:
            continue
        if text.lower(parts) not in _PARTS or len(sums) != 1 or sums[0] > index:
            continue
        occasions = _occasions(text, text.skip(parts + 1, _BEHIND_PARTS))
        if len(occasions) < 2 or count.amount != str(len(occasions)):
            continue
        whole = text.nodes[sums[0]]
        share = _share(whole, len(occasions))
        if share is None:
            question = f"How much of {whole.text} is each of the {count.amount} parts?"
            context.doubts.append(Doubt("amount_fraction", question, text.span(index, len(text))))
            return
        before = [share if node is whole else node for node in text.nodes[:index]]
        text.nodes[:] = [*before, *_each_with(share, occasions)]
        return


def _occasions(text: Line, index: int) -> list[list[Node]]:
    """What stands between commas and "and" from an index on, where each part is an occasion."""
    found: list[list[Node]] = [[]]
    for node in text.nodes[index:]:
        if node.lower in (",", ";", "and", "."):
            found += [[]] if found[-1] else []
        else:
            found[-1].append(node)
    found = [_without_order(part) for part in found if part]
    timed = all(part and (part[0].lower in _LEADS or part[0].kind == "duration") for part in found)
    counted = any(node.kind == "amount" for part in found for node in part)
    return found if timed and not counted else []


def _without_order(part: list[Node]) -> list[Node]:
    """ "the second on delivery", "1 June": on delivery, on 1 June."""
    words = [node.lower for node in part]
    if len(words) > 2 and words[0] == "the" and words[1] in ORDINALS:
        part = part[2 + (words[2] in ("one", "due", "payable", "being")) :]
    return [word(part[0], "on"), *part] if part and part[0].kind == "date" else part


def _share(whole: Node, parts: int) -> Node | None:
    """One of so many equal parts of a sum; None where it is not exact."""
    value = whole.value
    if parts < 2 or not isinstance(value, Quantity) or value.amount is None:
        return None
    each = Decimal(value.amount) / parts
    if each != each.quantize(_SMALLEST_PART) or each * parts != Decimal(value.amount):
        return None
    return replace(whole, value=replace(value, amount=decimal_text(each)))


def _each_with(share: Node, occasions: list[list[Node]]) -> list[Node]:
    """The occasions, each but the first behind what is due on it."""
    said = list(occasions[0])
    for place, occasion in enumerate(occasions[1:], 2):
        here = occasion[0]
        said += [word(here, "and") if place == len(occasions) else mark(here, ","), share]
        said += occasion
    return said
