"""What surrounds a sentence: openings, numbers, headings, quotes, contractions, other clauses."""

from __future__ import annotations

import re
from functools import partial

from .corpus import Item
from .english_order import lower_start
from .rewording import Joining, Rewording, joined, of_text, of_words

_DUTY = re.compile(r"^[^,]*?\b(?:shall|must|may|will)\b")
_CONTRACTIONS = {
    "does not": "doesn't", "do not": "don't", "has not": "hasn't", "have not": "haven't",
    "is not": "isn't", "are not": "aren't", "cannot": "can't", "must not": "mustn't",
    "did not": "didn't", "will not": "won't",
}  # fmt: skip
_EXPANSIONS = {short: long for long, short in _CONTRACTIONS.items()} | {
    "I'll": "I will", "we'll": "we will", "you'll": "you will", "i'll": "i will",
}  # fmt: skip


def _replaced(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def _opened(opening: str, text: str) -> str | None:
    """A duty of somebody behind an opening; not an order, a table or a definition."""
    if not _DUTY.match(text) or ":" in text or not re.match(r"(?:The|A|An|Each|Every) ", text):
        return None
    return opening + lower_start(text)


def _without_stop(text: str) -> str | None:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else None


def _wrapped(text: str) -> str | None:
    """A line break in the middle, as mail programs and PDF leave it."""
    spaces = [match.start() for match in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]
    if len(spaces) < 4 or "\n" in text:
        return None
    middle = spaces[len(spaces) // 2]
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def _lower_case(text: str) -> str | None:
    return None if lower_start(text) == text else lower_start(text)


def _sentence(text: str) -> bool:
    return text.endswith(".") and text[0].isupper()


def _two(one: Item, other: Item) -> Item | None:
    if not _sentence(one.text) or not _sentence(other.text) or _borrows(other.text):
        return None
    return joined(one, other, f"{one.text} {other.text}")


def _paragraphs(one: Item, other: Item) -> Item | None:
    if _borrows(other.text):
        return None
    return joined(one, other, f"{one.text}\n\n{other.text}")


def _numbered(one: Item, other: Item) -> Item | None:
    if _borrows(other.text) or "Clause" in one.text + other.text or re.match(r"\d", one.text):
        return None
    return joined(one, other, f"1. {one.text}\n2. {other.text}")


def _linked(link: str, one: Item, other: Item) -> Item | None:
    """Two duties, each of somebody who is named, without a condition that could reach over."""
    for item in (one, other):
        several = ";" in item.text or ". " in item.text or ":" in item.text
        conditions = any(each.get("conditions") for each in item.obligations)
        if several or conditions or len(item.obligations) != 1 or not _sentence(item.text):
            return None
        if not re.match(r"The [a-z]*[A-Z]?\w+ (?:shall|must|may)", item.text):
            return None
    if _borrows(other.text):
        return None
    return joined(one, other, one.text.removesuffix(".") + link + lower_start(other.text))


def _borrows(text: str) -> bool:
    """Whether a sentence takes something from one before it."""
    return bool(re.match(r"(?:if|If|In|Where)? ?(?:it|this|that|they|the same|such)\b", text))


_OPENINGS = {
    "the parties agree that": "The parties agree that ",
    "it is agreed that": "It is agreed that ",
    "for the avoidance of doubt": "For the avoidance of doubt, ",
    "subject to the terms": "Subject to the terms of this Agreement, ",
}
DRESSES: tuple[Rewording, ...] = (
    *(of_text(name, partial(_opened, words)) for name, words in _OPENINGS.items()),
    of_text("number in front", lambda text: f"4.2 {text}" if _sentence(text) else None),
    of_text("letter in front", lambda text: None if text[0].isdigit() else f"(b) {text}"),
    of_text("bullet in front", lambda text: None if text[0].isdigit() else f"- {text}"),
    of_text("heading before", lambda text: f"4. Obligations\n{text}" if _sentence(text) else None),
    of_text("heading in the line", lambda text: (
        f"4.2 Obligations. {text}" if _sentence(text) else None)),
    of_text("lower case at the start", _lower_case),
    of_text("no full stop", _without_stop),
    of_text("line break inside", _wrapped),
    of_words("two spaces", r"(?<=[a-z]) (?=[a-z])", "  "),
    of_words("no-break spaces", r"(?<=\d) (?=[A-Z])", "\u00a0"),
    of_words("typographic apostrophe", "(?<=[a-z])'", "’"),
    of_words("typographic quotes", '"([^"]+)"', "“\\1”"),
    of_words("contractions", _replaced(_CONTRACTIONS).pattern, lambda m: _CONTRACTIONS[m[0]]),
    of_words("contractions spelled out", _replaced(_EXPANSIONS).pattern,
             lambda m: _EXPANSIONS[m[0]]),
)  # fmt: skip
JOININGS: tuple[Joining, ...] = (
    Joining("two sentences", _two),
    Joining("two paragraphs", _paragraphs),
    Joining("numbered list", _numbered),
    Joining("joined by a semicolon", lambda one, other: _linked("; ", one, other)),
    Joining("joined by and", lambda one, other: _linked(", and ", one, other)),
)
