"""Sentences said in another order: lateness, rewards "for whoever", numbered milestones."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of, participle_of
from assay.authoring.english.lexicon.words import BE, CONJUNCTIONS, DETERMINERS
from assay.authoring.english.nodes import Line, Node
from assay.authoring.english.phrases import phrase_at


def word(node: Node, text: str) -> Node:
    """A word in the place of a node."""
    return replace(node, kind="word", text=text, lower=text, value=None)


def restated(context: Context) -> None:
    """Rewrites the nodes of a sentence in the order in which the rules expect them."""
    _late(context)
    _of_which(context.text)
    _reward(context.text)
    _milestone(context.text)


_BEHIND = frozenset({"late", "behind", "overdue", "tardy"})


def _late(context: Context) -> None:
    """ "is more than 5 days late with the rent": has not paid the rent for more than 5 days."""
    text = context.text
    for index in range(1, len(text) - 1):
        if text.lower(index) not in BE | {"runs", "falls", "gets"}:
            continue
        at = index + 1
        more = text.match_any(at, markers.COMPARING)
        at = more[1] if more is not None else at
        lasting = text.nodes[index + 1 : at + 1] if text.kind(at) == "duration" else []
        at += 1 if lasting else 0
        if text.lower(at) not in _BEHIND or (more is not None and not lasting):
            continue
        lead = text.match_any(at + 1, ("with", "on", "in", "for")) or ("", at + 1)
        lemma = lemma_of(text.lower(lead[1]), "gerund")
        particle = lemma is not None and text.lower(lead[1] + 1) == "back"
        thing = phrase_at(text, lead[1] + (lemma is not None) + particle, context.names)
        if particle and thing is not None and thing[0].party is not None:
            thing = None
        if lemma is None and (lead[0] not in ("with", "on") or thing is None):
            continue
        here = text.nodes[index]
        start = lead[1] + (lemma is not None) + particle
        end = thing[1] if thing is not None else start
        said = text.nodes[start:end] if thing is not None else []
        how_long = [word(here, "for"), *lasting] if lasting else []
        next_who = phrase_at(text, end, context.names)
        opens = next_who is not None and next_who[0].party is not None
        comma = [replace(here, kind="punct", text=",", lower=",")] if opens else []
        done = participle_of(lemma) if lemma is not None else "paid"
        text.nodes[index:end] = [
            word(here, "has"), word(here, "not"), word(here, done),
            *([word(here, "back")] if particle else []), *said, *how_long, *comma,
        ]  # fmt: skip
        return


def _of_which(text: Line) -> None:
    """ "30 USDC, of which 3 USDC go to the venue": a clause of its own."""
    for index in range(2, len(text) - 2):
        after = text.match(index, ", of which")
        if after is not None and text.kind(after) == "amount":
            stop = replace(text.nodes[index], kind="punct", text=";", lower=";")
            text.nodes[index:after] = [stop]
            return


_WINNER = ("whoever", "anyone who", "anybody who", "everyone who", "the person who",
           "everybody who", "the one who", "any user who", "each user who")  # fmt: skip


def _reward(text: Line) -> None:
    """ "50 DAI for whoever fixes the bug": whoever fixes the bug gets 50 DAI."""
    at = 1
    while at < len(text) and text.kind(at) == "word" and text.lower(at) not in ("for", "to"):
        at += 1
    who = text.match_any(at + 1, _WINNER)
    if text.kind(0) != "amount" or at > 3 or who is None:
        return
    stop = len(text) - (text.lower(len(text) - 1) == ".")
    given = text.nodes[:at]
    named = [word(text.nodes[at + 1], "anyone"), word(text.nodes[at + 1], "who")]
    rest = [*text.nodes[who[1] : stop], word(text.nodes[at], "gets"), *given]
    text.nodes[:stop] = [*named, *rest]


_NUMBERED = frozenset({"milestone", "phase", "stage", "sprint"})


def _milestone(text: Line) -> None:
    """ "milestone 1: 2k USDC": the amount is due at this milestone, unless it says when."""
    short = text.lower(0)[:1] == "m" and text.lower(0)[1:].isdigit()
    count = 1 if short else 2 if text.lower(0) in _NUMBERED and text.kind(1) == "amount" else 0
    if not count or text.lower(count) not in (":", "-", "–", "—", "="):
        return
    at = count + 1
    if text.kind(at) != "amount":
        return
    label = text.nodes[:count]
    end = at + 1
    when = text.lower(end) in ("on", "upon", "when", "once", "after", "at", "by", "for")
    if when:
        del text.nodes[:at]
        return
    named = []
    if text.lower(end) in (",", "(", "-", "–", "—"):
        stop = end + 1
        plain = DETERMINERS | CONJUNCTIONS
        while text.kind(stop) == "word" and text.lower(stop) not in plain:
            stop += 1
        if text.lower(stop) in ("", ".", ")", ";") and stop > end + 1:
            named, end = text.nodes[end + 1 : stop], stop + (text.lower(stop) == ")")
    amount = text.nodes[at]
    text.nodes[:end] = [amount, word(amount, "on"), *label, *named]
