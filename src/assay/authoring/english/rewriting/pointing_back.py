"""Words that point back inside a sentence, brought into what they mean.

"50% thereof" is 50% of what was named before, "keeps 85% of the sales and pays the venue the
remaining 15%" is 15% of the sales, "on the day the goods arrive" is when they arrive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.words import BE, DETERMINERS, PRONOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity

_REST = frozenset({"remaining", "other", "rest"})


def pointed_back(context: Context) -> None:
    """Rewrites shares of what was named before, days named by what happens, and accounts."""
    _thereof(context)
    _remaining(context)
    _on_the_day(context.text)
    _satisfied(context)
    _accounts(context)


def _is_share(node: Node) -> bool:
    return isinstance(node.value, Quantity) and node.value.asset == "%"


def _again(nodes: Sequence[Node], here: Node) -> list[Node]:
    """Words said once more, in the place of a node."""
    return [replace(node, start=here.start, end=here.end) for node in nodes]


def _thereof(context: Context) -> None:
    """ "shall collect the Net Revenue and pay 50% thereof": of the Net Revenue."""
    text = context.text
    for index in range(4, len(text)):
        if text.lower(index) != "thereof" or not _is_share(text.nodes[index - 1]):
            continue
        for at in range(index - 2, -1, -1):
            found = phrase_at(text, at, context.names) if text.lower(at) in DETERMINERS else None
            if found is None or found[0].party or found[0].quantity or not found[0].name:
                continue
            here = text.nodes[index]
            whole = _again(text.nodes[at : found[1]], here)
            text.nodes[index : index + 1] = [word(here, "of"), *whole]
            return


def _remaining(context: Context) -> None:
    """ "keeps 85% of the sales and pays the venue the remaining 15%": 15% of the sales."""
    text = context.text
    if any(node.lower.startswith("vest") for node in text.nodes):
        return  # what is left of a grant is of the same grant, and no share of a sum
    for index in range(4, len(text)):
        rest = _is_share(text.nodes[index]) and text.lower(index - 1) in _REST
        if not rest or text.lower(index + 1) == "of":
            continue
        first = next((at for at in range(index - 2) if _is_share(text.nodes[at])), None)
        if first is None or text.lower(first + 1) != "of":
            return
        whole = phrase_at(text, first + 2, context.names)
        if whole is None or whole[0].quantity is not None or not whole[0].name:
            return
        here = text.nodes[index]
        said = _again(text.nodes[first + 1 : whole[1]], here)
        text.nodes[index + 1 : index + 1] = said
        return


_DAY = ("on the day that", "on the day when", "on the day on which", "on the date on which",
        "on the date that", "on the day", "on the date", "the day", "the moment", "the minute",
        "from the day", "from the moment", "from the day on which", "from the date on which",
        "from the moment that")  # fmt: skip


def _on_the_day(text: Line) -> None:
    """ "on the day the last instalment is paid": when it is paid."""
    for index in range(len(text) - 3):
        found = text.match_any(index, _DAY) if "the" in (
            text.lower(index), text.lower(index + 1)
        ) else None  # fmt: skip
        if found is None or (found[0].startswith("the") and index):
            continue
        at = found[1]
        named = text.lower(at) in DETERMINERS | PRONOUNS or text.nodes[at].text[:1].isupper()
        if not named or text.kind(at) != "word":
            continue
        for step in range(at + 1, min(at + 7, len(text))):
            spoken = text.lower(step)
            if text.kind(step) != "word" or spoken in ("of", "before", "after"):
                break
            if spoken in BE | {"has", "have"} or lemma_of(spoken, "third", "base", "past"):
                text.nodes[index:at] = [word(text.nodes[index], "when")]
                return


_SATISFIED = ("to the satisfaction of", "to the reasonable satisfaction of",
              "to the full satisfaction of", "to the complete satisfaction of",
              "to the entire satisfaction of")  # fmt: skip


def _satisfied(context: Context) -> None:
    """ "upon completion of the Works to the satisfaction of the Architect": and his approval; a
    duty to somebody's satisfaction is only coloured by it."""
    text = context.text
    for index in range(2, len(text) - 2):
        found = text.match_any(index, _SATISFIED) if text.lower(index) == "to" else None
        who = phrase_at(text, found[1], context.names) if found is not None else None
        if found is None or who is None or who[0].quantity is not None:
            continue
        here = text.nodes[index]
        if text.lower(0) in ("upon", "on", "after", "following") and text.lower(who[1]) == ",":
            approved = [word(here, one) for one in ("and", "with", "the", "approval", "of")]
            text.nodes[index : found[1]] = approved
        else:
            del text.nodes[index : who[1]]
        return


def _accounts(context: Context) -> None:
    """ "shall account to the Licensor for all royalties": report them to the Licensor."""
    text = context.text
    for index in range(1, len(text) - 4):
        said = {"account": "report", "accounts": "reports"}.get(text.lower(index))
        who = (
            phrase_at(text, index + 2, context.names)
            if said is not None and text.lower(index + 1) == "to"
            else None
        )
        if said is None or who is None or text.lower(who[1]) != "for":
            continue
        what = phrase_at(text, who[1] + 1, context.names)
        if what is not None and what[0].quantity is None:
            told = [word(text.nodes[index], said), *text.nodes[who[1] + 1 : what[1]]]
            text.nodes[index : what[1]] = [*told, *text.nodes[index + 1 : who[1]]]
        return
