"""The numbers of invoices, orders and contracts: their spellings, and how many a text names.

>>> names_several("invoices B-39 and B-40", "en")
('B-39', 'B-40')
>>> {reference_key(one) for one in ("B-30", "b 030", "Invoice B30")}
{'b30'}
"""

from __future__ import annotations

import re

from assay.authoring.model import Language
from assay.authoring.payments import chinese_words, english_words

_MISTAKEN = str.maketrans("oil", "011")
_PREFIX = r"(?:invoice|inv|no|nr|ref)*"
_NEXT = r"[ \t]*(?:,|&|/|;|\band\b|\bto\b|\+|和|及|与|、|至|到|以及|~)[ \t]*(?:#|no\.?[ \t]*)?"
_KINDS = (
    ("order", re.compile(r"order|po\b|订单|采购", re.IGNORECASE)),
    ("contract", re.compile(r"contract|合同", re.IGNORECASE)),
    ("reference", re.compile(r"ref", re.IGNORECASE)),
    ("invoice", re.compile(r"invoice|inv\b|bill|发票|账单", re.IGNORECASE)),
)


def reference_key(reference: str) -> str:
    """One spelling of a document's number: INV-007, inv 7 and #7 are the same."""
    plain = re.sub(rf"^{_PREFIX}0*(?=.)", "", re.sub(r"[^0-9a-z]", "", reference.casefold()))
    return re.sub(r"(?<=[a-z])0+(?=\d)", "", plain)


def looks_like(reference: str, other: str) -> bool:
    """Whether two numbers may be one: zeros in front, and letters taken for figures, apart."""
    return _groups(reference) == _groups(other)


def _groups(reference: str) -> list[str]:
    plain = re.sub(rf"^(?:{_PREFIX}[^0-9a-z]*)(?=.)", "", reference.casefold())
    found = re.findall(r"[^\W\d_]+|\d+", plain.translate(_MISTAKEN))
    return [one.lstrip("0") or "0" for one in found]


def numbers(text: str, language: Language) -> list[tuple[str, str]]:
    """The numbers of documents, each with its kind, in their order."""
    wording = chinese_words if language == "zh" else english_words
    found: dict[tuple[str, str], None] = {}
    for match in wording.NUMBER.finditer(text):
        values = [one for one in ("value", "plain") if match.groupdict().get(one)]
        value = match[values[0]]
        kind = next((name for name, words in _KINDS if words.search(match.group())), "other")
        found[kind, value] = None
        place, shape = match.end(values[0]), _like(value)
        while (more := re.compile(rf"{_NEXT}(?P<value>{shape})").match(text, place)) is not None:
            found[kind, more["value"]] = None
            place = more.end()
    return list(found)


def names_several(text: str, language: Language) -> tuple[str, ...]:
    """Several documents of one kind, in the order of the text; empty for at most one of each."""
    found = numbers(text, language)
    for kind in dict.fromkeys(kind for kind, _ in found):
        spelt = {
            re.sub(r"[\W_]", "", value).casefold(): value for one, value in found if one == kind
        }
        if len(spelt) > 1:
            return tuple(spelt.values())
    return ()


def _like(value: str) -> str:
    """What another number of the same series looks like: no amount, and no date."""
    letters = re.match(r"[A-Za-z]+", value)
    if letters:
        return rf"(?i:{letters.group()})[ ]?[\w/.-]*\d"
    return (
        rf"\d[\w/-]{{{max(1, len(value) - 2)}}}\d(?![\d.,]*[ ]?[A-Z]{{3}})"
        if len(value) > 2
        else "(?!)"
    )
