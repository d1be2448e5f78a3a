"""How fast the index finds a text's nearest among many minted ones, in SQLite.

    python bench/text_search.py [--json] [--rows 100000] [--node-modules contracts/node_modules]

The peer compares the text with every stored sketch, one after the other. The rows have sketches of
real English paragraphs with a third of their words replaced, so that common word pairs are as
common as in real texts.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from struct import pack

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, insert

from assay.content.stored import INDEXED_HASHES, StoredContentIndex, fingerprints, shingles
from assay.content.texts.fingerprint import TextFingerprint, compare, fingerprint_text
from assay.core.digest import Digest
from assay.ledger.arguments import encode_arguments
from assay.ledger.database import open_database
from assay.ledger.stored import blocks, events
from text import corpus
from text.changes import pieces, replace

CREATOR = "0x" + "00" * 20
SEARCHES = 20


def main() -> None:
    """Fill an index, search it, and print a table or one flat JSON object."""
    arguments = _arguments()
    random = Random(2026)
    texts = [text.body for text in corpus.english(arguments.node_modules)]
    spare = [part for text in random.sample(texts, 200) for part in pieces(text) if part.strip()]
    rewrite = replace(0.33)
    stored = [
        fingerprint_text(rewrite(random.choice(texts), random, spare))
        for _ in range(arguments.rows)
    ]
    queries = [
        fingerprint_text(replace(0.1)(random.choice(texts), random, spare)) for _ in range(SEARCHES)
    ]
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/ledger.db")
        started = time.perf_counter()
        _fill(engine, stored)
        fill_s = time.perf_counter() - started
        index = StoredContentIndex(engine)
        index.candidates(queries[0], 20)
        search_ms = [1e3 * s for s in _timed(lambda query: index.candidates(query, 20), queries)]
        engine.dispose()
    peer_ms = [1e3 * s for s in _timed(lambda query: _scan(stored, query), queries[:3])]
    figures = {
        "rows": arguments.rows,
        "search_ms_median": median(search_ms),
        "search_ms_longest": max(search_ms),
        "full_scan_ms_median": median(peer_ms),
        "rows_filled_per_s": arguments.rows / fill_s,
    }
    if arguments.json:
        print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
        return
    table = Table("figure", "value", title="Search for the nearest minted text")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.1f}")
    Console().print(table)


def _timed(
    search: Callable[[TextFingerprint], object], queries: list[TextFingerprint]
) -> Iterator[float]:

    for query in queries:
        started = time.perf_counter()
        search(query)
        yield time.perf_counter() - started


def _scan(stored: list[TextFingerprint], query: TextFingerprint) -> TextFingerprint:
    return max(stored, key=lambda one: compare(query, one).similarity)


def _fill(engine: Engine, stored: list[TextFingerprint]) -> None:
    ids = [Digest.of(str(number).encode()).hex for number in range(len(stored))]
    digests = dict.fromkeys(("promptDigest", "metadataDigest", "sharesDigest"), bytes(32))
    arguments = encode_arguments({"model": 0, "creator": CREATOR, **digests})
    event = {
        "block_number": 1,
        "address": CREATOR,
        "contract": "ContentToken",
        "name": "ContentMinted",
        "transaction_hash": "0x",
        "arguments": arguments,
    }
    kept = [
        {
            "id": number,
            "content_id": ids[number],
            "normalised": one.normalised.hex,
            "sketch": pack(f"<{len(one.sketch.hashes)}I", *one.sketch.hashes),
        }
        for number, one in enumerate(stored)
    ]
    indexed = sorted(
        (value, number)
        for number, one in enumerate(stored)
        for value in one.sketch.hashes[:INDEXED_HASHES]
    )
    with engine.begin() as connection:
        block = {"number": 1, "hash": "0x1", "parent_hash": "0x0", "timestamp": 0}
        connection.execute(insert(blocks), block)
        connection.execute(
            insert(events),
            [{**event, "log_index": n, "subject": one} for n, one in enumerate(ids)],
        )
        connection.execute(insert(fingerprints), kept)
        connection.exec_driver_sql(
            f"INSERT INTO {shingles.name} (hash, fingerprint_id) VALUES (?, ?)", indexed
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--node-modules", type=Path, default=Path("contracts/node_modules"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
