"""How well paraphrases are told from unrelated texts, beside MinHash and one vector a text.

    python bench/text_paraphrases.py [--json] [--calibrate] [--pairs 30] [--singles 70]

Needs `pip install datasketch opencc-python-reimplemented` and Debian's `diatheke` and
`sword-text-web`; the rest is fetched once into `--cache`, where vectors are kept too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

import assay
from assay.generation.embeddings.multilingual_e5 import MultilingualE5
from text import paraphrases

CALIBRATIONS = Path(assay.__file__).parent / "content" / "texts" / "calibrations.json"


def paraphrase_figures(
    cache: Path, modules: Path, counts: tuple[int, int] = (30, 70), *, calibrate: bool = False
) -> dict[str, float]:
    """All figures, of so many rewordings and other texts in each half."""
    target = CALIBRATIONS if calibrate else None
    return paraphrases.measure(MultilingualE5(), cache, modules, counts, target)


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--calibrate", action="store_true", help="fit and write calibrations.json")
    parser.add_argument("--pairs", type=int, default=30, help="rewordings of each half")
    parser.add_argument("--singles", type=int, default=70, help="other texts of each half")
    parser.add_argument("--node-modules", type=Path, default=Path("contracts/node_modules"))
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "assay-bench")
    arguments = parser.parse_args()
    figures = paraphrase_figures(
        arguments.cache,
        arguments.node_modules,
        (arguments.pairs, arguments.singles),
        calibrate=arguments.calibrate,
    )
    if arguments.json:
        print(json.dumps({name: round(float(value), 5) for name, value in figures.items()}))
        return
    table = Table("figure", "value", title="Paraphrases")
    for name, value in figures.items():
        table.add_row(name, f"{value:.4g}")
    Console().print(table)


if __name__ == "__main__":
    main()
