"""A rewording: other words for the same clause, and what has to be read from them.

Most change the words alone; what has to be read stays. Where they change a value (another amount,
another name), they change it in what is expected too.

>>> louder = of_words("shall for must", r"\\bmust\\b", "shall")
>>> louder.apply(plain_item("The buyer must pay.")).text
'The buyer shall pay.'
>>> louder.apply(plain_item("The buyer pays.")) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .corpus import Item


@dataclass(frozen=True, slots=True)
class Rewording:
    """A named way to say an item otherwise; `apply` gives None where it does not fit."""

    name: str
    apply: Callable[[Item], Item | None]


@dataclass(frozen=True, slots=True)
class Joining:
    """A named way to say two items in one text; `apply` gives None where it does not fit."""

    name: str
    apply: Callable[[Item, Item], Item | None]


def chained(rewordings: Sequence[Rewording], length: int) -> Rewording:
    """Several rewordings of the same item, one upon the other, chosen by its id."""

    def reword(item: Item) -> Item | None:
        done = 0
        for one in Random(f"{item.id} {length}").sample(rewordings, len(rewordings)):
            changed = one.apply(item)
            item, done = (changed, done + 1) if changed else (item, done)
            if done == length:
                return item
        return None

    return Rewording(f"{length} at once", reword)


def of_text(name: str, reword: Callable[[str], str | None]) -> Rewording:
    """A rewording of the words alone: the function gives the new text, or None."""
    return Rewording(name, lambda item: with_text(item, reword(item.text)))


def of_words(name: str, pattern: str, new: str | Callable[[re.Match[str]], str]) -> Rewording:
    """A rewording that replaces each match of a pattern."""
    compiled = re.compile(pattern)
    return of_text(name, lambda text: compiled.sub(new, text))


def with_text(item: Item, text: str | None) -> Item | None:
    """The item with another text; None where it is the same, or lost the words that are open."""
    words = [one for open_words in item.ambiguous for one in open_words.words]
    if text is None or text == item.text or any(one not in text for one in words):
        return None
    return replace(item, text=text)


def with_values(item: Item, text: str | None, new: Callable[[str], str]) -> Item | None:
    """The item with another text and with each string that is expected as `new` has it."""
    changed = with_text(item, text)
    if changed is None or changed.ambiguous:
        return None
    return replace(changed, obligations=tuple(mapped(one, new) for one in item.obligations))


def mapped(value: Any, new: Callable[[str], str]) -> Any:
    """A piece with every string in it replaced, but for its kinds, verbs and modality."""
    if isinstance(value, Mapping):
        return {
            name: one if name in {"kind", "action", "modality", "limit"} else mapped(one, new)
            for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [mapped(one, new) for one in value]
    return new(value) if isinstance(value, str) else value


def strings(value: Any, fields: frozenset[str]) -> set[str]:
    """What is expected in these fields, at any depth."""
    if isinstance(value, Mapping):
        here = {one for name, one in value.items() if name in fields and isinstance(one, str)}
        return here.union(*(strings(one, fields) for one in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(strings(one, fields) for one in value))
    return set()


def joined(first: Item, second: Item, text: str) -> Item:
    """One item of both: all that either expects."""
    return replace(
        first,
        id=f"{first.id}+{second.id}",
        text=text,
        obligations=first.obligations + second.obligations,
        ambiguous=first.ambiguous + second.ambiguous,
    )


def plain_item(text: str) -> Item:
    """A text of which nothing is expected, to try a rewording on."""
    return Item("", "english", text, "simple", "services", (), ())
