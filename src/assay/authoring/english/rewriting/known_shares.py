"""Shares of a sum that the words tell, brought into what they come to.

"One third of the price of 900 USDC" is 300 USDC; so is a third of the price where the price has
been defined as 900 USDC. A share that has a decimal keeps it where its whole is only defined.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexing.amounts import amount_at, tokens
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.language.quantities import Quantity, part_of

_SUMS = frozenset("price sum amount fee deposit rent consideration total budget prize reward "
                  "salary bonus grant charge premium advance cost payment".split())  # fmt: skip
"""What is a sum as long as the agreement lasts; a loan or a balance gets less."""


def known_shares(context: Context) -> None:
    """Rewrites the nodes of a sentence that names a share of a known sum."""
    _further_shares(context.text)
    text, index = context.text, 0
    while index < len(text) - 2:
        _come_to(context, index)
        index += 1


def _further_shares(text: Line) -> None:
    """ "Ann gets half of the income, Bob a quarter": a quarter of the same, and no three months."""
    first = next((at for at in range(len(text) - 1) if _is_share(text, at)), len(text))
    for index in range(len(text) - 1, first + 2, -1):
        said = " ".join(node.text for node in text.nodes[index - 1 : index + 1])
        pair = text.kind(index) == "word" and text.lower(index - 1) in ("a", "one")
        alone = text.kind(index) == "duration" or text.lower(index) == "half"
        if not (pair or alone) or text.lower(index + 1) not in (",", "and", ".", ";", ""):
            continue
        said = said if pair else text.nodes[index].text
        start = index - 1 if pair else index
        found = amount_at(tokens(f"{said} of it"), 0)
        if text.lower(start - 1) in words.PREPOSITIONS or found is None or found[0].asset != "%":
            continue
        span = text.span(start, index + 1)
        text.nodes[start : index + 1] = [Node("amount", said, said.lower(), *span, found[0])]


def _is_share(text: Line, index: int) -> bool:
    value = text.nodes[index].value
    return isinstance(value, Quantity) and value.asset == "%" and text.lower(index + 1) == "of"


def _come_to(context: Context, index: int) -> None:
    """Puts what a share comes to in its place, where one of a known sum stands at an index."""
    text, value = context.text, context.text.nodes[index].value
    if not isinstance(value, Quantity) or value.asset != "%" or text.lower(index + 1) != "of":
        return
    found = phrase_at(text, index + 2, context.names)
    if found is None or found[0].head not in _SUMS:
        return
    whole = found[0].quantity or _defined(context, found[0], value)
    known = part_of(value, whole) if whole is not None else None
    if known is None or known.asset is None or known.asset == known.asset.lower():
        return
    span = text.span(index, found[1])
    said = context.words(span)
    text.nodes[index : found[1]] = [Node("amount", said, said.lower(), *span, known)]


def _defined(context: Context, phrase: Phrase, share: Quantity) -> Quantity | None:
    """What a term stands for of which a share without a decimal is due."""
    value = context.names.value(phrase.full) if share.exact is not None else None
    return value if isinstance(value, Quantity) else None
