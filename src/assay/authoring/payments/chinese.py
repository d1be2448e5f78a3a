"""The fields of a payment request in Chinese: letters, chat, invoices; `text` is NFKC-folded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.chinese.lexing.calendar import moment_at
from assay.authoring.chinese.lexing.entities import amount_at
from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity
from assay.authoring.payments import chinese_words as wording
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
    dates = list(_dates(text))
    fields.sums = list(_sums(text, dates))
    fields.due = _due(text, dates, fields)
    number = wording.NUMBER.search(text) or wording.HASH_NUMBER.search(text)
    if number:
        groups = number.groupdict()
        fields.reference = groups.get("value") or groups.get("plain") or groups.get("code")
    fields.reason = _reason(text)
    _ask(text, fields)
    return fields


def _payees(text: str) -> list[str]:
    names = _tidied([match["name"] for match in wording.LABELS.finditer(text)])
    if names:
        return names
    plain = re.sub(
        r"^[ \t]*(?:收件人|抄送|主题|日期|To|Cc)[ \t]*:[^\n]*$", "", text, flags=re.MULTILINE
    )
    plain = re.sub(r"用于[^\n,。;]*", "", plain)
    names = _tidied([match["name"] for match in wording.TO.finditer(plain)])
    if not names:
        objects = [match["name"] for match in wording.OBJECT.finditer(plain)]
        names = _tidied([name for name in objects if not wording.PURPOSES.search(name)])
    if names or not wording.SELF.search(text):
        return names
    for pattern in (wording.FROM, wording.INTRODUCED, wording.SIGNED, wording.COMPANY_LINE):
        signed = _tidied([match["name"] for match in pattern.finditer(text)])
        if signed:
            return signed
    return []


def _tidied(names: list[str]) -> list[str]:
    out: dict[str, str] = {}
    for name in names:
        plain = name.strip(" \t*.,的").strip()
        plain = re.sub(r"(?:先生|女士|小姐|老师|同学|即可|就行|就好|吧)+$", "", plain)
        if plain and not wording.NEVER.match(plain):
            out.setdefault(plain.casefold(), plain)
    return list(out.values())


def _dates(text: str) -> Iterator[tuple[str | None, int, int]]:
    place = 0
    while place < len(text):
        found = moment_at(text, place)
        if found is None:
            place += 1
            continue
        yield found[0].iso, place, found[1]
        place = max(found[1], place + 1)


def _sums(text: str, dates: list[tuple[str | None, int, int]]) -> Iterator[Sum]:
    place = 0
    ends = {start: end for _, start, end in dates}
    while place < len(text):
        if place in ends:
            place = ends[place]
            continue
        joined = (
            place
            and text[place - 1].isascii()
            and text[place - 1].isalnum()
            and text[place].isascii()
        )
        found = None if joined else amount_at(text, place) or _bare(text, place)
        if found is None or found[0].asset == "%":
            place = found[1] if found else place + 1
            continue
        yield _judged(text, Sum(found[0], place, found[1]))
        place = max(found[1], place + 1)


def _bare(text: str, place: int) -> tuple[Quantity, int] | None:
    """A number without a currency counts right behind a label or a verb of paying."""
    before = text[max(0, place - 8) : place]
    if not (wording.TOTAL.search(before) or re.search(rf"{wording.PAY}(?:给)?\s*$", before)):
        return None
    match = re.compile(NUMERAL).match(text, place)
    number = numeral(match.group()) if match else None
    if (
        match is None
        or number is None
        or re.match(
            r"\s*(?:[天日月年号个期次下些点笔份字页张人位件台套本节趟箱晚米吨]|小时|课时|千字|公[斤里])",
            text[match.end() :],
        )
    ):
        return None
    return Quantity(decimal_text(number)), match.end()


def _judged(text: str, found: Sum) -> Sum:
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    sentence = re.split(r"[。!?;]", line)[-1]
    if wording.SUBTOTAL.search(line) or wording.UNIT_PRICE.match(text, found.end):
        rank = 0
    elif wording.TOTAL.search(line):
        rank = LABELLED
    else:
        rank = ASKED if re.search(wording.PAY, sentence) else MENTIONED
    quantity = found.quantity
    is_negative = re.search(r"(?:^|[^\dA-Za-z])[-−–]\s?$", line) is not None
    unsure = is_negative or is_ambiguous(text, found)
    if unsure or wording.ROUGH.search(line) or wording.ROUGH_AFTER.match(text, found.end):
        quantity = Quantity(None, quantity.asset, problem="range")
    after = re.split(r"[。!?;,\n]", text[found.end :], maxsplit=1)[0]
    moved = re.search(r"[将把]", sentence) and re.search(wording.PAY, after)
    ordered = bool(moved or re.search(wording.PAY, sentence))
    ordered = ordered and not wording.OF_THE_AMOUNT.match(text, found.end)
    return Sum(quantity, found.start, found.end, rank, ordered)


def _due(text: str, dates: list[tuple[str | None, int, int]], fields: Fields) -> str | None:
    for iso, start, end in dates:
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if wording.DUE.search(line) or wording.DUE_AFTER.match(text, end):
            if iso is None:
                fields.questions.append(
                    OpenQuestion(field="due", text="付款日期不明确:请写明年、月、日。")
                )
            return iso
    term = wording.TERM.search(text)
    count = numeral(term["count"]) if term else None
    return f"P{int(count)}D" if count is not None else None


def _reason(text: str) -> str | None:
    found = wording.REASON_LABEL.search(text)
    if found is not None:
        return found["reason"].strip(" ,.*") or None
    for match in wording.REASON.finditer(text):
        words = (match["reason"] or match["noun"] or match["of"] or "").strip(" 的,")
        words = re.sub(rf"^.*?(?:{wording.PAY}|请|烦请|向|给)", "", words) or words
        words = re.sub(r"^(?:用于|作为|是|系|将|把)+", "", words)
        if words:
            return words
    return None


def _ask(text: str, fields: Fields) -> None:
    if wording.NO_REQUEST.search(text) or not wording.REQUEST.search(text):
        fields.questions.append(
            OpenQuestion(
                field="request", text="文中并未明确要求付款:写明无需付款、已付款或仅供参考。"
            )
        )
    if (match := wording.CONDITION.search(wording.NOT_CONDITION.sub("", text))) is not None:
        fields.questions.append(
            OpenQuestion(
                field="condition", text=f"付款附有条件(“{match.group()}”):该条件现在满足吗?"
            )
        )
    if wording.REPEATED.search(text):
        fields.questions.append(
            OpenQuestion(field="recurrence", text="文中要求多次付款:每次付款需要单独的请求。")
        )
    if wording.PART.search(text):
        fields.questions.append(
            OpenQuestion(field="amount", text="文中只涉及一笔款项的一部分:请写明应付金额。")
        )
