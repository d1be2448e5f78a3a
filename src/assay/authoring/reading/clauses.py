"""Plain text to numbered clauses, each with the characters it takes.

>>> text = "1. Payment. The Buyer pays.\\n(a) in USDC;\\n(b) on time."
>>> [(one.number, one.heading, text[slice(*one.span)]) for one in segment(text, "en")]
[('1', 'Payment', 'The Buyer pays.'), ('1(a)', '', 'in USDC;'), ('1(b)', '', 'on time.')]

A clause starts at a number at the start of a line, or at the number that follows the last one after
the end of a sentence. Sentences and lists in running text stay in their clause; text without
numbers gives a clause for each paragraph, with an empty number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.model import Clause, Language
from assay.authoring.reading.markers import Marker, marker_at

_SENTENCE_END = re.compile(r"[.;。;!?!?][ \t\u3000]*(?=\S)")
_HEADING_EN = re.compile(r"([A-Z][A-Za-z0-9 ,&'’()/-]{1,60}?)\s*(?:[.:—–](?=\s|$)|\n|$)")
_HEADING_ZH = re.compile(
    r"[【\[]([^】\]\n]{1,30})[】\]][::]?|([^\s,。;::、]{2,14})(?:[ \t\u3000]*\n|[::\s]|$)"
)
_PARTY_ZH = re.compile(r"(?:方|人|者|商|公司)$")
_FIGURE = re.compile(r"[\d$¥]")
_VALUE_EN = re.compile(r"[\d$€£]|(?:USD|EUR|GBP|USDC|ETH) \d")
"""What a label gives, as in "Rent: 900 USDC": the words before it are no mere heading."""
_RATIO = re.compile(r"\d[::]\d")
_LATIN = re.compile(r"[A-Za-z]")
"""Blanks around figures and Latin words divide nothing in Chinese."""
_VERB_EN = re.compile(
    r"\b(?:shall|must|will|may|can|is|are|agrees?|pays?|if|when|upon|means|not|has|have)\b", re.I
)
_VERB_ZH = re.compile(
    r"(?<!供)应|须|将|(?<!不)可|不得|有权|必须|如果|若|同意|负责|为[\d一二三四五六七八九十]|"
    r"支付(?!方式|条件|期限|时间|安排|办法|条款|进度|计划|节点|标准|[及与和、])"
)
_PAYMENT_TITLE_ZH = re.compile(r"(?!.{1,3}方)[^\d]*[及与和、的期金款费](?:支付|交付|付款)")
"""租金及支付, 款项支付: what a heading is about, though it has a verb."""


@dataclass(frozen=True, slots=True)
class _Start:
    at: int
    marker: Marker | None


def segment(text: str, language: Language) -> tuple[Clause, ...]:
    """Split a text into clauses in its order; together they hold every word but the markers.

    Numbers of nested clauses are joined to a path: `3(a)`, `3(a)(ii)`, 第三条第(二)项 is `3(2)`.
    """
    starts = list(_starts(text, language))
    above: list[tuple[Marker, str]] = []
    clauses = []
    for index, start in enumerate(starts):
        end = starts[index + 1].at if index + 1 < len(starts) else len(text)
        number = ""
        begin = start.at
        if start.marker is not None:
            number = _path(above, start.marker)
            begin += start.marker.length
        heading = ""
        if number:
            has_parts = _has_parts(starts[index : index + 2])
            heading, begin = _heading(text, begin, end, language, has_parts=has_parts)
        span = _trimmed(text, begin, end)
        if number or span[0] < span[1]:
            clauses.append(Clause(number=number, heading=heading, span=span))
    return tuple(clauses)


def _starts(text: str, language: Language) -> Iterator[_Start]:
    last: Marker | None = None
    position = 0
    open_paragraph = False
    for line in text.splitlines(keepends=True):
        words = line.strip()
        at = position + len(line) - len(line.lstrip())
        position += len(line)
        if not words:
            open_paragraph = open_paragraph and last is not None
            continue
        marker = marker_at(words, last)
        if marker is not None:
            last = marker
            yield _Start(at, marker)
        elif last is None and (not open_paragraph or language == "zh"):
            yield _Start(at, None)
        open_paragraph = True
        for inner in _inside(words, last):
            last = inner.marker
            yield _Start(at + inner.at, inner.marker)


def _inside(line: str, last: Marker | None) -> Iterator[_Start]:
    """Markers in running text, only where they go on counting: `1. ... 2. ...`."""
    for match in _SENTENCE_END.finditer(line):
        marker = marker_at(line[match.end() :], last)
        if marker is None or last is None or marker.style != last.style:
            continue
        if marker.ordinal is not None and marker.ordinal == (last.ordinal or 0) + 1:
            last = marker
            yield _Start(match.end(), marker)


def _has_parts(start_and_next: list[_Start]) -> bool:
    markers = [one.marker for one in start_and_next if one.marker is not None]
    return len(markers) == 2 and markers[0].style != markers[1].style and not markers[0].relative


def _path(above: list[tuple[Marker, str]], marker: Marker) -> str:
    """The number with those of the clauses around it; `above` is the way down to it."""
    styles = [one.style for one, _ in above]
    if marker.style in styles:
        del above[styles.index(marker.style) :]
    elif not marker.relative:
        roots = {"part", "article", "keyword", "counted"}
        keep = 0
        if marker.style in {"decimal", "dotted"}:
            keep = len([one for one, _ in above if one.style in roots])
        del above[keep:]
    parent = above[-1][1] if above and above[-1][0].style != "part" else ""
    joined = marker.label
    if parent and (marker.relative or marker.style == "decimal"):
        joined = f"{parent}{marker.label}" if marker.label[0] == "(" else f"{parent}.{marker.label}"
    above.append((marker, joined))
    return joined


def _heading(
    text: str, begin: int, end: int, language: Language, *, has_parts: bool
) -> tuple[str, int]:
    """Short words before the text of a clause; alone they are a heading only above its parts."""
    while begin < end and text[begin] in " \t\u3000.、:::—–-":
        begin += 1
    pattern = _HEADING_ZH if language == "zh" else _HEADING_EN
    match = pattern.match(text, begin, end)
    if match is None:
        return "", begin
    heading = next(words for words in match.groups() if words)
    if _RATIO.match(text, match.end() - 2):
        return "", begin
    rest = text[match.end() : end].strip()
    if language == "zh":
        alone = not rest or "\n" in text[match.end() - 1 : match.end() + 1]
        around = _FIGURE.match(rest) or _LATIN.match(rest) or _FIGURE.match(heading[-1])
        goes_on = match.group()[-1:] in " \u3000\t" and around
        verb = _VERB_ZH.search(heading) and not (
            alone and _PAYMENT_TITLE_ZH.fullmatch(heading) is not None
        )
        is_heading = not (goes_on or verb or _PARTY_ZH.search(heading))
    else:
        words = heading.split()
        is_sentence = match.group().rstrip().endswith(".")
        is_sentence = is_sentence and any(len(word) > 3 and word.islower() for word in words)
        label = match.group().rstrip().endswith(":") and _VALUE_EN.match(rest)
        wrapped = rest[:1].islower() and "." not in match.group() and ":" not in match.group()
        is_heading = not (
            is_sentence or label or wrapped or _VERB_EN.search(heading) or len(words) > 8
        )
    if not is_heading or not (rest or has_parts):
        return "", begin
    return heading.strip(), match.end()


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end
