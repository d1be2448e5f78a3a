"""What something earns as people tell it, brought into its earnings.

"Whatever the song earns is split" is "the earnings of the song are split", "40% to the club, paid
weekly" is "40% to the club weekly".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import DETERMINERS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line

_ALL = ("whatever", "what", "everything", "everything that", "all that", "all the money",
        "all the money that", "the money that", "the money", "any money", "any money that",
        "all money", "all money that", "all the income", "the income", "all income")  # fmt: skip
_EARNS = frozenset("earns makes generates yields collects earn make generate collect".split())
_PAID = ("paid", "paid out", "payable", "distributed", "settled", "shared out")
_LONGEST = 5


def earned(context: Context) -> None:
    """Rewrites what something earns, and how often shares of it are paid."""
    text = context.text
    _earnings(text)
    _paid_so_often(text)


def _earnings(text: Line) -> None:
    """ "whatever the song earns", "all the money that the film makes"."""
    for index in range(len(text) - 3):
        opens = index == 0 or text.lower(index - 1) in (",", ";", "and", "of", "split", "share")
        found = text.match_any(index, _ALL) if opens else None
        if found is None:
            continue
        named = text.lower(found[1]) in DETERMINERS or text.nodes[found[1]].text[:1].isupper()
        behind = range(found[1] + 1, min(found[1] + _LONGEST, len(text)))
        verb = next((at for at in behind if text.lower(at) in _EARNS), None)
        whole = named and verb is not None and all(
            text.kind(at) in ("word", "possessive") for at in range(found[1], verb)
        )  # fmt: skip
        if verb is None or not whole or text.kind(verb + 1) == "amount":
            continue
        here = text.nodes[index]
        lead = [word(here, one) for one in ("the", "earnings", "of")]
        often = [text.nodes[verb + 1]] if text.kind(verb + 1) == "recurrence" else []
        end = verb + 1 + len(often)
        text.nodes[index:end] = [*often, *lead, *text.nodes[found[1] : verb]]
        return


def _paid_so_often(text: Line) -> None:
    """ "60% to Ann, 40% to Bo, paid weekly": weekly."""
    for index in range(4, len(text) - 1):
        found = text.match_any(index, _PAID)
        often = found is not None and text.kind(found[1]) == "recurrence"
        if found is None or not often or text.lower(index - 1) != ",":
            continue
        shares = [node for node in text.nodes[:index] if node.kind == "amount" and "%" in node.text]
        if len(shares) > 1:
            del text.nodes[index : found[1]]
        return
