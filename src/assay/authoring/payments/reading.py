"""A text that asks for money, to the fields of a request.

>>> found = read_request("Please pay Acme Ltd 250 USDC for hosting, invoice INV-7.")
>>> found.payee, found.amount, found.asset, found.reference
('Acme Ltd', '250', 'USDC', 'INV-7')
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assay.authoring.english.lexicon.money import FIAT_CODES
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Language
from assay.authoring.payments import (
    chinese,
    chinese_parties,
    chinese_words,
    english,
    english_orders,
    english_parties,
    english_words,
)
from assay.authoring.payments.cleaning import Cleaned, clean
from assay.authoring.payments.deductions import balance, leaves_open
from assay.authoring.payments.destinations import accounts, bank_details, blanked, paid_account
from assay.authoring.payments.documents import names_several
from assay.authoring.payments.found import LABELLED, Fields, Sum, chosen
from assay.authoring.payments.hostile import found_in, without_instructions
from assay.authoring.payments.lookalikes import bare, mixes_scripts, normal
from assay.authoring.payments.model import Flag, OpenQuestion, PaymentRequest
from assay.authoring.payments.several import asks_for_several
from assay.authoring.payments.unit_prices import CountedPrices, counted_prices
from assay.authoring.understanding import language_of

_LONGEST = 200
_SENTENCE = re.compile(r"[^\n.!?。]+(?:[.](?=\S)[^\n.!?。]*)*")
_QUOTED = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:forwarded|original|begin forwarded)[^\n]*$|^[^\n]{0,12}原始邮件[^\n]*$"
    r"|\b(?:wrote|writes|said|schrieb|a écrit|asked(?: me| us)?)[ \t]*:|(?:写道|来信说"
    r"|转来)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
"""Behind this stand the words of somebody else, which order nothing by themselves."""
MAXIMUM_CHARACTERS = 50_000
_SEVERAL = OpenQuestion(
    field="amount",
    text="The text asks for more than one payment: each needs a request of its own.",
)
_DEDUCTION = OpenQuestion(
    field="amount",
    text="Something comes off, or was paid before: name the amount that is left to pay.",
)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What one language's rules read."""

    read: Callable[[str], Fields]
    doubt: Callable[[str, str], bool]
    is_recipient: Callable[[str, str], bool]
    ordered: re.Pattern[str]


_GRAMMARS = {
    "en": _Grammar(
        english.read, english_parties.doubt, english_parties.is_recipient, english_orders.PAY_IT
    ),
    "zh": _Grammar(
        chinese.read, chinese_parties.doubt, chinese_parties.is_recipient, chinese_words.PAY_IT
    ),
}


def read_request(
    text: str, *, language: Language | None = None, known: Iterable[str] = ()
) -> PaymentRequest:
    """What a text asks to be paid, what it leaves open, and which of its words are suspicious.

    Args:
        known: names that are on file; one of them in the text is the payee where the grammar
            finds nobody.

    Sentences that give orders about rules, approvals or this program are flagged and not read for
    fields; addresses and bank details are collected from all. Nothing is raised for any text.
    """
    cleaned = clean(text[:MAXIMUM_CHARACTERS])
    spoken = language or _language_of(cleaned.text)
    visible = without_instructions(cleaned.text)
    grammar, said = _GRAMMARS[spoken], blanked(visible)
    fields = grammar.read(said)
    left = balance(said, fields.sums)
    quantity, about_amount = (left.quantity, None) if left else chosen(fields.sums)
    payee, about_payee = _payee(fields, visible, known)
    if payee is None and not fields.payees and (account := paid_account(visible)) is not None:
        payee, about_payee = account, None
    if payee is not None and grammar.doubt(said, payee):
        what = f"The words leave open whether {payee} or somebody else is to be paid."
        payee, about_payee = None, OpenQuestion(field="payee", text=what, suggestions=(payee,))
    counted = counted_prices(said)
    if quantity and counted and counted.total != Decimal(quantity.amount or 0):
        about_amount, quantity = _disagree(quantity, counted.total), None
    if about_amount is None and asks_for_several(*_without(counted, said, fields.sums)):
        quantity, about_amount = None, _SEVERAL
    if quantity and leaves_open(said, fields.sums, quantity.amount or "0") and left is None:
        quantity, about_amount = None, _DEDUCTION
    questions = [question for question in (about_payee, about_amount) if question]
    questions += _about_documents(said, spoken)
    if quantity is not None:
        questions += _about_asset(quantity.asset)
    if len(text) > MAXIMUM_CHARACTERS:
        what = f"The text is longer than {MAXIMUM_CHARACTERS} characters; the rest was not read."
        questions.append(OpenQuestion(field="request", text=what))
    return PaymentRequest(
        language=spoken,
        text=text,
        payee=payee,
        amount=quantity.amount if quantity else None,
        asset=quantity.asset if quantity else None,
        due=fields.due,
        reason=_short(fields.reason),
        reference=fields.reference,
        accounts=accounts(cleaned.text),
        bank_details=bank_details(cleaned.text),
        questions=tuple(dict.fromkeys(questions + fields.questions)),
        flags=tuple(_flags(cleaned, text)),
        bound=payee is None or quantity is None or _is_bound(fields, visible, payee, grammar),
        digest=digest_of(cleaned.text),
    )


def _without(counted: CountedPrices | None, text: str, sums: list[Sum]) -> tuple[str, list[Sum]]:
    """A text without its counts and prices, blanked where they stood, and its other sums."""
    for start, end in counted.places if counted else ():
        text = text[:start] + " " * (end - start) + text[end:]
        sums = [one for one in sums if one.end <= start or one.start >= end]
    return text, sums


def _disagree(named: Quantity, counted: Decimal) -> OpenQuestion:
    """The amount that is asked for is not what the text's own counts and prices come to."""
    total = decimal_text(counted)
    text = f"The counts and prices in the text come to {total}, and {named.amount} is asked for."
    return OpenQuestion(field="amount", text=text, suggestions=(named.amount or "", total))


def _language_of(text: str) -> Language:
    """A request in Chinese may have more letters in names and addresses than in its own words."""
    asks = english_words.REQUEST.search(text) is not None
    return "zh" if not asks and chinese_words.REQUEST.search(text) else language_of(text)


def digest_of(text: str) -> str:
    """SHA-256 of the words, whatever their case, spaces and punctuation."""
    words = "".join(one for one in text.casefold() if one.isalnum())
    return "0x" + hashlib.sha256(words.encode()).hexdigest()


def _payee(
    fields: Fields, text: str, known: Iterable[str]
) -> tuple[str | None, OpenQuestion | None]:
    names = fields.payees
    on_file = list(known)
    if not names:
        names = [name for name in on_file if _mentions(normal(text), normal(name))]
    else:
        names = [*names, *_beside_money(fields, text, names, on_file)]
    if len(names) == 1:
        return names[0], None
    if not names:
        return None, OpenQuestion(field="payee", text="Nobody is named who is to be paid.")
    merged = _same(names)
    if merged is not None:
        return merged, None
    what = "Several are named who may be meant to be paid."
    return None, OpenQuestion(field="payee", text=what, suggestions=tuple(names))


def _beside_money(fields: Fields, text: str, names: list[str], on_file: list[str]) -> Iterable[str]:
    """Others on file who are named in one sentence with an amount: they may be meant as well."""
    chosen_names = {bare(name) for name in names}
    for match in _SENTENCE.finditer(text):
        if any(match.start() <= one.start < match.end() for one in fields.sums):
            words = normal(match.group())
            for name in on_file:
                if bare(name) not in chosen_names and _mentions(words, normal(name)):
                    yield name


def _is_bound(fields: Fields, text: str, payee: str, grammar: _Grammar) -> bool:
    """Whether payee and amount belong together by their words, and not only by our reading."""
    quoted = _QUOTED.search(text)
    told = quoted is None or grammar.ordered.search(text[: quoted.start()]) is not None
    own = [one for one in fields.sums if one.rank and not _is_quoted(text, one.start)]
    own = own if told or quoted is None else [one for one in own if one.start < quoted.start()]
    if any(one.rank == LABELLED for one in own) and fields.labelled:
        return True
    ordered = grammar.ordered.search(text) is not None
    for match in _SENTENCE.finditer(text):
        inside = [one for one in own if match.start() <= one.start < match.end()]
        if any(ordered or one.ordered for one in inside) and (
            fields.labelled
            or paid_account(match.group()) == payee
            or grammar.is_recipient(blanked(match.group()), payee)
        ):
            return True
    return False


def _is_quoted(text: str, place: int) -> bool:
    """Whether an amount stands in a letter that is only quoted."""
    return text[text.rfind("\n", 0, place) + 1 :].lstrip(" \t").startswith(">")


def _same(names: list[str]) -> str | None:
    """The fullest of several spellings of one name; None where they are several names."""
    longest = max(names, key=len)
    words = normal(longest)
    return longest if all(words.startswith(normal(name)) for name in names) else None


def _mentions(words: str, name: str) -> bool:
    if not name.isascii():
        return name in words
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _about_asset(asset: str | None) -> list[OpenQuestion]:
    if asset is None:
        return [OpenQuestion(field="asset", text="The amount names no currency or token.")]
    if asset in FIAT_CODES:
        what = f"{asset} is not on this chain: which token, and how much of it, is to be paid?"
        return [OpenQuestion(field="asset", text=what)]
    return []


def _about_documents(text: str, language: Language) -> list[OpenQuestion]:
    several = names_several(text, language)
    if not several:
        return []
    what = "Several documents are named: each needs a request of its own."
    return [OpenQuestion(field="reference", text=what, suggestions=several)]


def _flags(cleaned: Cleaned, original: str) -> Iterable[Flag]:
    for start, end in cleaned.hidden:
        words = original[start:end].encode("unicode_escape").decode()
        yield Flag(kind="hidden", span=(start, end), text=_short(words) or "")
    for kind, start, end in found_in(cleaned.text):
        span = cleaned.span(start, end)
        yield Flag(kind=kind, span=span, text=_short(cleaned.text[start:end].strip()) or "")
    for match in re.finditer(r"[^\W\d_]{2,}", cleaned.text):
        if mixes_scripts(match.group()):
            span = cleaned.span(*match.span())
            yield Flag(kind="mixed_scripts", span=span, text=match.group())


def _short(words: str | None) -> str | None:
    return words if words is None or len(words) <= _LONGEST else words[:_LONGEST] + "…"
