"""The clauses: one JSON object a line, `bench/corpus/clauses/{english,chinese}/{half}.jsonl`.

Each has `id`, `text`, `register` (simple, trader, contract), `topic` and `expected`:
`obligations` as `docs/specification.md` defines them, without spans, texts of conditions and
fields that are null, and `ambiguous` where the words deserve a question. An entry there has
`asks`, the `words` that are open (where it is two passages that disagree, a list with both, of
which either may be asked about), the `field` that they leave open where it is one, and those
fields of an obligation that are certain all the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assay.authoring.model import Obligation

FOLDER = Path(__file__).parents[1] / "corpus" / "clauses"
LANGUAGES = ("english", "chinese")
Half = Literal["development", "held_out"]
_MARKS = ("asks", "words", "field")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Words that leave something open, and what they leave certain."""

    words: tuple[str, ...]
    field: str | None
    certain: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A text of one or more sentences, and what has to be read from it."""

    id: str
    language: str
    text: str
    register: str
    topic: str
    obligations: tuple[dict[str, Any], ...]
    ambiguous: tuple[Ambiguous, ...]


def load(language: str, half: Half) -> list[Item]:
    """All items of one language and half."""
    lines = (FOLDER / language / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_item(language, json.loads(line)) for line in lines]


def check(item: Item) -> None:
    """Hold an item against the typed model.

    Raises:
        ValueError: a field, spelling or action that the specification does not have.
    """
    for obligation in item.obligations:
        Obligation.model_validate(_with_spans(obligation))
    for open_words in item.ambiguous:
        if missing := [one for one in open_words.words if one not in item.text]:
            raise ValueError(f"{item.id}: {missing} is not in the text")
        Obligation.model_validate(_with_spans({"modality": "must", **open_words.certain}))
    if item.topic != "boilerplate" and not item.obligations and not item.ambiguous:
        raise ValueError(f"{item.id}: nothing is expected")


def _item(language: str, row: dict[str, Any]) -> Item:
    expected = row["expected"]
    ambiguous = tuple(
        Ambiguous(
            (one["words"],) if isinstance(one["words"], str) else tuple(one["words"]),
            one.get("field"),
            {name: one[name] for name in one if name not in _MARKS},
        )
        for one in expected.get("ambiguous", ())
        if one["asks"]
    )
    return Item(
        row["id"], language, row["text"], row["register"], row["topic"],
        tuple(expected["obligations"]), ambiguous,
    )  # fmt: skip


def _with_spans(obligation: dict[str, Any]) -> dict[str, Any]:
    conditions = [{"text": "", **one} for one in obligation.get("conditions", ())]
    whole = {**obligation, "span": (0, 0), "conditions": conditions}
    if "otherwise" in obligation:
        whole["otherwise"] = _with_spans(obligation["otherwise"])
    return whole
