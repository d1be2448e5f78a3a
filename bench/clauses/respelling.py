"""Other spellings of the same obligation, where `docs/specification.md` leaves a choice.

>>> [one["asset"] for one in objects_apart({"action": "pay", "asset": "rent and taxes"})]
['rent', 'taxes']
>>> wallet = {"actor": "wallet", "conditions": [{"kind": "state", "value": "verified"}]}
>>> [pair[0] for pair in respelled({"actor": "verified wallet"}, wallet)][1] == wallet
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .spelling import same_noun, same_party, words_before

Piece = dict[str, Any]
_JOINED = re.compile(r"(?<=..)(?:、|以及|及|和|与)(?=..)|, and | and |, ")


def respelled(expected: Piece, actual: Piece) -> Iterator[tuple[Piece, Piece]]:
    """Both obligations with one choice made the same way on either side, for each choice."""
    yield _forfeited(expected), _forfeited(actual)
    yield _singled_out(expected, actual), _singled_out(actual, expected)
    yield _named_times_apart(expected), _named_times_apart(actual)


def objects_apart(piece: Piece) -> list[Piece]:
    """One obligation for each of several things that are named together without an amount."""
    asset = piece.get("asset")
    if not asset or piece.get("amount") is not None:
        return [piece]
    return [{**piece, "asset": one} for one in _JOINED.split(asset)]


def with_cliffs(pieces: Sequence[Piece]) -> list[Piece]:
    """A ban on the contract until a time, as a condition of its only duty to do the same."""
    kept = list(pieces)
    for ban in pieces:
        duties = [one for one in kept if _is_held_up(one, ban)]
        if len(duties) != 1 or not _is_ban_until(ban):
            continue
        begin = {**ban["conditions"][0], "comparator": ">="}
        held_up = {**duties[0], "conditions": [*duties[0]["conditions"], begin]}
        kept[kept.index(duties[0])] = held_up
        kept.remove(ban)
    return kept


def with_sellers(pieces: Sequence[Piece]) -> list[Piece]:
    """What a buyer has to pay beside a sale goes to the seller, where it goes to nobody else."""
    found: list[Piece] = []
    for one in pieces:
        sellers = {
            sale.get("actor")
            for sale in pieces
            if sale.get("action") == "sell"
            and sale["modality"] == "must"
            and sale.get("recipient") is not None
            and same_party(sale["recipient"], one.get("actor"))
        }
        price = one.get("action") == "pay" and one.get("recipient") is None
        found.append({**one, "recipient": sellers.pop()} if price and len(sellers) == 1 else one)
    return found


def _is_ban_until(piece: Piece) -> bool:
    conditions: Sequence[Piece] = piece.get("conditions") or ()
    return (
        piece["modality"] == "must_not"
        and piece.get("actor") == "contract"
        and piece.get("amount") is None
        and len(conditions) == 1
        and conditions[0]["kind"] == "time"
        and conditions[0].get("comparator") in {"<", "<="}
        and conditions[0].get("value") is not None
    )


def _is_held_up(duty: Piece, ban: Piece) -> bool:
    return (
        duty["modality"] == "must"
        and duty.get("actor") == ban.get("actor")
        and duty.get("action") == ban.get("action")
        and (ban.get("asset") is None or same_noun(ban["asset"], duty.get("asset")))
    )


def _forfeited(piece: Piece) -> Piece:
    """What somebody keeps because of a breach, the contract hands to them."""
    breach = any(one["kind"] == "breach" for one in piece.get("conditions") or ())
    if piece.get("action") != "keep" or piece["modality"] != "must" or not breach:
        return piece
    return {**piece, "actor": "contract", "action": "transfer", "recipient": piece.get("actor")}


def _singled_out(piece: Piece, other: Piece) -> Piece:
    """The words that single out the actor as a `state`, where the other has them so."""
    words = words_before(piece.get("actor"), other.get("actor"))
    if words is None:
        return piece
    state = {"kind": "state", "value": words}
    conditions = [*(piece.get("conditions") or ()), state]
    return {**piece, "actor": other["actor"], "conditions": conditions}


def _named_times_apart(piece: Piece) -> Piece:
    """An act by a time that has only a name is the act, and a time."""
    apart: list[Piece] = []
    for one in piece.get("conditions") or ():
        named = one["kind"] in {"event", "breach"} and one.get("subject") and not one.get("value")
        if not named or not one.get("comparator"):
            apart.append(one)
            continue
        apart.append({name: one[name] for name in one if name not in {"subject", "comparator"}})
        end = {"subject": one["subject"], "comparator": one["comparator"]}
        apart.append({"kind": "time", **end})
    return {**piece, "conditions": apart}
