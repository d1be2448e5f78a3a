"""The fields of a payment request in English: letters, chat, invoices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.english.lexing.amounts import amount_at
from assay.authoring.english.lexing.calendar import date_at
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.payments import english_words as wording
from assay.authoring.payments.english_orders import is_ordered
from assay.authoring.payments.found import (
    ASKED,
    LABELLED,
    MENTIONED,
    Fields,
    Sum,
    is_ambiguous,
)
from assay.authoring.payments.model import OpenQuestion


def read(text: str) -> Fields:
    """Everything that the words say; `text` is cleaned, and without addresses."""
    fields = Fields()
    fields.payees = _payees(text)
    fields.labelled = bool(wording.LABELS.search(text) or wording.SELF.search(text))
    found = tokens(text)
    dates = list(_dates(found))
    numbers = [match.span("value") for match in wording.NUMBER.finditer(text)]
    fields.sums = list(_sums(text, found, [(start, end) for _, start, end in dates] + numbers))
    fields.due = _due(text, dates, fields)
    number = wording.NUMBER.search(text)
    other = None if number else wording.HASH_NUMBER.search(text)
    if number or other:
        fields.reference = (
            number["value"] if number else (other["value"] or other["code"] if other else None)
        )
    fields.reason = _reason(text)
    _ask(text, fields)
    return fields


def _payees(text: str) -> list[str]:
    names = [match["name"] for match in wording.LABELS.finditer(text)]
    if names:
        return _tidied(names)
    plain = re.sub(
        r"^[ \t>]*(?:to|cc|bcc|subject|date|sent)[ \t]*:[^\n]*$",
        "",
        text,
        flags=re.IGNORECASE | re.MULTILINE,
    )
    direct = [*wording.POSSESSOR.finditer(plain), *wording.OBJECT.finditer(plain)]
    names += [match["name"] for match in direct]
    for pattern in (wording.TO, wording.TO_AFTER_MONEY, wording.FOR_INVOICE):
        found = [match for match in pattern.finditer(plain) if not _is_journey(match, direct)]
        names += [match["name"] for match in found]
    tidied = _tidied(names)
    if tidied or not wording.SELF.search(text):
        return tidied
    signed = [match["name"] for match in wording.INTRODUCED.finditer(text)]
    signed = signed or [match["name"] for match in wording.FROM.finditer(text)]
    signed = signed or [match["name"] for match in wording.CLOSING.finditer(text)]
    return _tidied(signed)


def _is_journey(match: re.Match[str], direct: list[re.Match[str]]) -> bool:
    """Whether "to" leads to a place: "from Hamburg to Oslo", "Bob 4 ASSAY for the taxi to Oslo"."""
    before = match.string[match.start() : match.start("name")]
    if re.search(r"\bfrom [A-Z][\w-]*(?: [A-Z][\w-]*)* to $", before):
        return True
    known = any(match.start() <= one.start() < match.end() for one in direct)
    return known and re.search(r"\bfor\b[^,;]*\bto $", before) is not None


def _tidied(names: list[str]) -> list[str]:
    """Names once each, without what cannot belong to one."""
    out: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"(?:'s)?[\s.,;:'*_-]*$", "", name.strip().lstrip("@*_ ")).strip()
        plain = re.split(r"'s[ \t]|[ \t](?:and[ \t])?[\d$€£]", plain, maxsplit=1)[0]
        words = plain.split()
        while len(words) > 1 and words[0].lower() in wording.NAME_STARTS:
            words = words[1:]
        while words and words[-1].lower() in wording.NAME_ENDS:
            words = words[:-1]
        if (
            not words
            or words[0].lower() in wording.NEVER_NAMES
            or re.match(r"\d+[.,]?\d*$|inv\b", words[0], re.IGNORECASE)
        ):
            continue
        plain = " ".join(words).removesuffix("'s")
        out.setdefault(plain.casefold(), plain)
    return list(out.values())


def _dates(found: list[Token]) -> Iterator[tuple[str | None, int, int]]:
    index = 0
    while index < len(found):
        moment = date_at(found, index)
        if moment is None:
            index += 1
            continue
        after = max(moment[1], index + 1)
        yield moment[0].iso, found[index].start, found[after - 1].end
        index = after


def _sums(text: str, found: list[Token], others: list[tuple[int, int]]) -> Iterator[Sum]:
    """Amounts outside of the places of `others`: dates, and numbers of documents."""
    index = 0
    while index < len(found):
        token = found[index]
        inside = any(start <= token.start < end for start, end in others)
        skipped = inside or token.kind in ("address", "date", "clock")
        skipped = skipped or token.lower in wording.LEGAL_FORMS
        amount = None if skipped else amount_at(found, index)
        if amount is None or amount[0].asset == "%":
            index = amount[1] if amount else index + 1
            continue
        quantity, after = amount
        start, end = token.start, found[after - 1].end
        yield from _judged(text, Sum(quantity, start, end))
        index = after


def _judged(text: str, found: Sum) -> Iterator[Sum]:
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    sentence = re.split(r"[.!?]\s", line)[-1]
    ordered = is_ordered(sentence, text[found.end :])
    each = wording.UNIT_PRICE.match(text, found.end) or wording.AT_PRICE.search(line)
    if each or wording.SUBTOTAL.search(line):
        rank = 0
    elif wording.TOTAL.search(line):
        rank = LABELLED
    else:
        rank = ASKED if wording.ASKING.search(sentence) else MENTIONED
    asset = found.quantity.asset
    verb = (
        re.search(rf"\b(?:{wording.VERB}|owe)\b[^.\n\d]{{0,40}}$", line, re.IGNORECASE) is not None
    )
    if asset is None and rank < LABELLED and not verb:
        return  # a number, not money
    if asset is None and re.match(
        r"[ \t]*(?:days?|hours?|weeks?|months?|years?|pcs|units?|items?|x\b|%|st|nd|rd"
        r"|th|people|times)",
        text[found.end :],
        re.IGNORECASE,
    ):
        return
    quantity = found.quantity
    is_negative = re.search(r"(?:^|[\s(])[-−–]\s?$", line) is not None
    if (
        (is_negative and rank)
        or is_ambiguous(text, found)
        or wording.ROUGH.search(line)
        or re.match(r"[ \t]*(?:or so|ish|or more|or less|\+)", text[found.end :], re.IGNORECASE)
    ):
        quantity = type(quantity)(None, asset, problem="range")
    yield Sum(quantity, found.start, found.end, rank, ordered)


def _due(text: str, dates: list[tuple[str | None, int, int]], fields: Fields) -> str | None:
    for iso, start, _ in dates:
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if wording.DUE.search(line) and not re.search(
            r"\b(?:invoice|issue|(?<!due )(?<!payment )dated?|sent|delivered|completed)\b"
            r"[^.\n]{0,12}$",
            line,
            re.IGNORECASE,
        ):
            if iso is None:
                fields.questions.append(
                    OpenQuestion(
                        field="due", text="The due date is not clear: name day, month and year."
                    )
                )
            return iso
    term = wording.TERM.search(text)
    return (
        f"P{int(term['count'])}D"
        if term and (term.group().lower().startswith("net") or "day" in term.group().lower())
        else None
    )


def _reason(text: str) -> str | None:
    found = wording.REASON_LABEL.search(text)
    if found is None:
        body = re.sub(
            r"^[ \t>]*(?:from|to|cc|subject|date|sent)[ \t]*:[^\n]*$",
            "",
            text,
            flags=re.IGNORECASE | re.MULTILINE,
        )
        for match in wording.REASON.finditer(body):
            words = match["reason"].strip(" ,")
            if words and not re.match(
                r"(?:your|his|her|us|you|me|any|a moment|the sum|the amount|exactly)\b|[$€£\d]",
                words,
                re.IGNORECASE,
            ):
                return words
        found = wording.SUBJECT.search(text)
    return found["reason"].strip(" *,.") or None if found else None


def _ask(text: str, fields: Fields) -> None:
    if wording.NO_REQUEST.search(text) or not wording.REQUEST.search(text):
        fields.questions.append(
            OpenQuestion(
                field="request",
                text="The text does not clearly ask for a payment, or it says that none is due or "
                "that it was made.",
            )
        )
    for sentence in re.split(r"(?<=[.!?;])\s|\n", text):
        if not (wording.ASKING.search(sentence) and re.search(r"\d|\bpay\b", sentence)):
            continue
        if (match := wording.CONDITION.search(sentence)) is not None:
            fields.questions.append(
                OpenQuestion(
                    field="condition",
                    text=f"The payment depends on something ({match.group()} ...): is it so now?",
                )
            )
            break
    if wording.REPEATED.search(text):
        fields.questions.append(
            OpenQuestion(
                field="recurrence",
                text="The text asks for more than one payment: each needs a request of its own.",
            )
        )
    if wording.PART.search(text):
        fields.questions.append(
            OpenQuestion(
                field="amount", text="The text speaks of a part of a sum: name the amount to pay."
            )
        )
