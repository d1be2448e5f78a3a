"""Fees and royalties by their name and share alone, brought into a payment to whom they name.

"5% creator royalty on resales" is "5% of the resales goes to the creator", "2% management fee per
year" is "2% is payable per year", "Mint fee: 1%" is "1% is payable".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said, segments
from assay.authoring.language.quantities import Quantity

_FEES = frozenset("fee royalty royalties commission cut rake fees".split())
_OWNERS = frozenset("platform creator protocol treasury team dao house gallery artist venue "
                    "marketplace exchange author label studio founder".split())  # fmt: skip
_OF = frozenset({"on", "of", "per", "from", "off"})
_ON_TOP = frozenset({"on", "top", "extra", "added", "flat"})


def named_fees(context: Context) -> None:
    """Rewrites fees without a verb in each part of a sentence."""
    text = context.text
    _payable(context)
    each = _each_time(text)
    for start, end in segments(text):
        _share_first(context, start, end, each)
    for start, end in segments(text):
        _name_first(context, start, end, each)


_IS = ("shall be", "is", "will be", "shall amount to", "amounts to", "shall equal", "equals")

_COPULAS = frozenset({"is", "shall", "will", "amounts", "equals"})


def _payable(context: Context) -> None:
    """ "The commission payable to the Agent shall be 3% of the price": 3% is payable to the Agent;
    "The bonus is 500 USDC if": 500 USDC is payable if."""
    text = context.text
    if not _COPULAS & {node.lower for node in text.nodes[1:12]}:
        return
    named = phrase_at(text, 0, context.names)
    if named is None or named[0].party or named[0].quantity or named[0].head not in MONEY_NOUNS:
        return
    at = named[1]
    due = text.lower(at) in ("payable", "due", "owed", "owing")
    verb = next((step for step in range(at + due, min(at + 12, len(text)))
                 if text.match_any(step, _IS)), None)  # fmt: skip
    found = text.match_any(verb, _IS) if verb is not None else None
    if verb is None or found is None or text.kind(found[1]) != "amount" or (not due and verb != at):
        return
    worth = phrase_at(text, found[1], context.names)
    if worth is None or (not due and not text.match_any(worth[1], _UNDER)):
        return
    said_of = [*text.nodes[found[1] : worth[1]], *said(text.nodes[at], "is payable")]
    text.nodes[: worth[1]] = [*said_of, *text.nodes[at + due : verb]]


_UNDER = ("if", "where", "when", "provided that", "in the event that", "once", "as long as")


def _each_time(text: Line) -> list[Node]:
    """ "on every resale": what a fee on top is of as well."""
    for at in range(len(text) - 2):
        if text.lower(at) in ("on", "of") and text.lower(at + 1) in ("every", "each"):
            return text.nodes[at : at + 3]
    return []


def _is_share(node: Node) -> bool:
    value = node.value
    return node.kind == "amount" and isinstance(value, Quantity) and value.asset == "%"


def _verbless(text: Line, start: int, end: int) -> bool:
    return not any(text.lower(at) in words.MODALS | words.BE for at in range(start, end))


def _payee(context: Context, name: list[Node]) -> list[Node] | None:
    """Whom the name of a fee tells: the creator of a "creator royalty"."""
    if not name or name[-1].kind != "word":
        return None
    last = name[-1].lower
    known = last in _OWNERS or context.names.role(last) is not None
    named = name[-1].text.istitle() and last in context.names.parties
    return name if known or named else None


def _due(
    context: Context, share: Node, name: list[Node], rest: list[Node], each: list[Node]
) -> list[Node]:
    """The words of the payment that a fee is."""
    if rest and all(node.lower in _ON_TOP for node in rest):
        rest = list(each)
    if (
        len(rest) == 3
        and rest[0].lower == "on"
        and rest[1].lower in ("every", "each")
        and NOUNS.get(rest[2].lower)
    ):
        rest = [*rest, *said(rest[0], "upon"), rest[2]]
    whole: list[Node] = []
    if rest and rest[0].lower in _OF and len(rest) > 1:
        ending = words.SUBORDINATORS | {"upon"}
        timed = ("recurrence", "date", "duration")
        stops = (at for at, node in enumerate(rest) if node.lower in ending or node.kind in timed)
        stop = next((at for at in stops if at), len(rest))
        whole, rest = [*said(rest[0], "of"), *rest[1:stop]], rest[stop:]
    to_whom = _payee(context, name)
    if to_whom is not None:
        return [share, *whole, *said(share, "goes to the"), *to_whom, *rest]
    return [share, *whole, *said(share, "is payable"), *rest]


def _share_first(context: Context, start: int, end: int, each: list[Node]) -> None:
    """ "5% creator royalty on resales"."""
    text = context.text
    if not _is_share(text.nodes[start]) if start < len(text) else True:
        return
    noun = next((at for at in range(start + 1, min(start + 4, end)) if text.lower(at) in _FEES),
                None)  # fmt: skip
    if noun is None or noun == start + 1 or not _verbless(text, start, end):
        return
    name = text.nodes[start + 1 : noun]
    behind = text.lower(noun + 1)
    if any(node.kind != "word" or node.lower in words.PREPOSITIONS for node in name):
        return
    if behind in ("to", "for") or behind == ":":
        return
    due = _due(context, text.nodes[start], name, text.nodes[noun + 1 : end], each)
    text.nodes[start:end] = due


def _name_first(context: Context, start: int, end: int, each: list[Node]) -> None:
    """ "creator royalty: 5% of resales", "performance fee 10%"."""
    text = context.text
    noun = next((at for at in range(start, min(start + 3, end)) if text.lower(at) in _FEES), None)
    if noun is None or not _verbless(text, start, end):
        return
    labelled = text.lower(noun + 1) == ":"
    share = noun + 1 + labelled
    if labelled and text.lower(noun) == "fee":
        return
    if share >= end or not _is_share(text.nodes[share]):
        return
    name = text.nodes[start:noun]
    plain = all(node.kind == "word" and node.lower not in words.PREPOSITIONS for node in name)
    late = any(node.lower in ("late", "overdue", "min", "max", "minimum") for node in name)
    rest = text.nodes[share + 1 : end]
    if not plain or late or (rest and rest[0].lower in ("to", "for", "(")):
        return
    text.nodes[start:end] = _due(context, text.nodes[share], name, rest, each)
