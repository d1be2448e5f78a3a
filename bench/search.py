"""How fast and how surely near fingerprints are found among a million, beside graph indexes.

    python bench/search.py [--json] [--rows 1000000] [--queries 2000] [--peers] [--stored]

The queries are members with their bits flipped or noise added: of 256 bits 5 to 30 %, which is what
a copy does to a perceptual fingerprint; of floats noise that leaves a cosine of 0.95 to 0.6. Recall
is the share of queries for which the first answer is the exact nearest vector, worked out by numpy
over all of them; `recall_at_10` the share of the ten exact ones. `--stored` fills a real database,
opens it as a new process does, and asks through it. Times are of one thread, in this process;
`p99_busy_ms` leaves out when other programs had the core.

The peers, in `--peers`, are the graph indexes of usearch and faiss; usearch is a package of its own
(pip install usearch). They need minutes to build.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

from assay.content.search.model import Space
from assay.content.search.scan import ScanningIndex
from assay.content.search.tables import vectors as stored
from assay.content.search.vectors import StoredVectors
from assay.coordination.file_locks import FileLocks
from assay.ledger.database import open_database

BITS = Space("bits", "binary", 256, neighbours=10)
FLOATS = Space("floats", "float", 256, neighbours=10)
COUNT = 10
CHECKED = 200
GRAPH_LINKS = 32
GRAPH_EFFORT = 128
Bytes = NDArray[np.uint8]
Figures = dict[str, float]
Search = Callable[[Bytes], NDArray[np.int64]]


def bit_queries(members: Bytes, random: np.random.Generator) -> Bytes:
    """Each with 5 to 30 % of its bits flipped."""
    bits = np.unpackbits(members, axis=1)
    share = random.uniform(0.05, 0.30, (len(bits), 1))
    return np.packbits(bits ^ (random.random(bits.shape) < share), axis=1)


def float_queries(members: Bytes, random: np.random.Generator) -> Bytes:
    """Each with noise that leaves a cosine of 0.95 to 0.6."""
    floats = members.view("<f2").astype(np.float32)
    cosine = random.uniform(0.6, 0.95, (len(floats), 1))
    noise = random.standard_normal(floats.shape) * np.sqrt(1 / cosine**2 - 1)
    return np.ascontiguousarray((floats + noise).astype("<f2")).view(np.uint8)


def exact(space: Space, rows: Bytes, queries: Bytes) -> list[tuple[int, NDArray[np.int64]]]:
    """For each query the positions of the nearest ones by looking at all, in numpy."""
    if space.kind == "binary":
        words, wanted = rows.view(np.uint64), queries.view(np.uint64)
        distances = (
            np.bitwise_count(words ^ query).sum(axis=1, dtype=np.int16) for query in wanted
        )
        return [_nearest(one) for one in distances]
    wanted = queries.view("<f2").astype(np.float32)
    unlike = np.empty((len(queries), len(rows)), np.float32)
    for start in range(0, len(rows), 50_000):
        floats = rows[start : start + 50_000].view("<f2").astype(np.float32)
        floats /= np.linalg.norm(floats, axis=1, keepdims=True)
        unlike[:, start : start + len(floats)] = -(wanted @ floats.T)
    return [_nearest(one) for one in unlike]


def _nearest(distances: NDArray[Any]) -> tuple[int, NDArray[np.int64]]:
    """The nearest, and all as near as the tenth: any of those with one distance will do."""
    tenth = np.partition(distances, COUNT - 1)[COUNT - 1]
    return int(distances.argmin()), np.flatnonzero(distances <= tenth)


def measure(
    name: str, search: Search, queries: Bytes, truth: list[tuple[int, NDArray[np.int64]]]
) -> Figures:
    """Times of one query after the other, and how many of the exact answers it gave."""
    for query in queries[:20]:
        search(query)
    seconds, busy_seconds, answers = [], [], []
    for query in queries:
        started, busy = time.perf_counter(), time.thread_time()
        answers.append(search(query))
        seconds.append(time.perf_counter() - started)
        busy_seconds.append(time.thread_time() - busy)
    pairs = list(zip(answers, truth, strict=False))
    return {
        f"{name}median_ms": 1e3 * float(np.median(seconds)),
        f"{name}p99_ms": 1e3 * float(np.percentile(seconds, 99)),
        f"{name}p99_busy_ms": 1e3 * float(np.percentile(busy_seconds, 99)),
        f"{name}recall": float(np.mean([first in found[:1] for found, (first, _) in pairs])),
        f"{name}recall_at_10": float(
            np.mean([np.isin(found, near).sum() / COUNT for found, (_, near) in pairs])
        ),
    }


def scanning(space: Space, rows: Bytes) -> tuple[Search, float]:
    """Ours, and the seconds that filling it took."""
    started = time.perf_counter()
    index = ScanningIndex([space])
    for start in range(0, len(rows), 50_000):
        part = rows[start : start + 50_000]
        index.add_rows(space.name, np.arange(start, start + len(part)), part)
    filled_s = time.perf_counter() - started

    def search(query: Bytes) -> NDArray[np.int64]:
        [found] = index.search(space.name, [query.tobytes()], COUNT)
        return np.array([one.key for one in found], np.int64)

    return search, filled_s


def peers(space: Space, rows: Bytes) -> Iterator[tuple[str, Search, float]]:
    """Graph indexes of both libraries, and the seconds that building took."""
    from usearch.index import Index, MetricKind, ScalarKind  # noqa: PLC0415 - for this alone

    binary = space.kind == "binary"
    faiss.omp_set_num_threads(2)
    started = time.perf_counter()
    graph = Index(
        ndim=space.dimensions,
        metric=MetricKind.Hamming if binary else MetricKind.Cos,
        dtype=ScalarKind.B1 if binary else ScalarKind.F16,
        connectivity=GRAPH_LINKS,
        expansion_add=GRAPH_EFFORT,
        expansion_search=GRAPH_EFFORT,
    )
    graph.add(np.arange(len(rows), dtype=np.uint64), rows if binary else rows.view("<f2"))
    built_s = time.perf_counter() - started

    def search(query: Bytes) -> NDArray[np.int64]:
        found = graph.search(query if binary else query.view("<f2"), COUNT, threads=1)
        return found.keys.astype(np.int64)

    yield "usearch_graph_", search, built_s
    if not binary:
        return
    started = time.perf_counter()
    other = faiss.IndexBinaryHNSW(space.dimensions, GRAPH_LINKS)
    other.hnsw.efConstruction, other.hnsw.efSearch = GRAPH_EFFORT, GRAPH_EFFORT
    other.add(rows)
    built_s = time.perf_counter() - started
    faiss.omp_set_num_threads(1)
    yield "faiss_graph_", lambda query: other.search(query[None], COUNT)[1][0], built_s


def through_the_database(rows: Bytes, queries: Bytes) -> Figures:
    """A database of all the rows: first opened without files, then as the next process does."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/ledger.db")
        for start in range(0, len(rows), 50_000):
            part = [
                {
                    "content_id": f"0x{start + place:064x}",
                    "space": BITS.name,
                    "vector": row.tobytes(),
                }
                for place, row in enumerate(rows[start : start + 50_000])
            ]
            with engine.begin() as connection:
                connection.execute(insert(stored), part)
        figures = {}
        for name in ("rebuild_s", "open_s"):
            started = time.perf_counter()
            locks = FileLocks(Path(folder) / "locks")
            vectors = StoredVectors(engine, [BITS], Path(folder) / "search", locks)
            assert len(vectors) == len(rows)
            figures[f"stored_{name}"] = time.perf_counter() - started
        seconds = []
        for query in queries:
            started = time.perf_counter()
            vectors.nearest({BITS.name: [query.tobytes()]}, COUNT)
            seconds.append(time.perf_counter() - started)
        figures["stored_median_ms"] = 1e3 * float(np.median(seconds))
        figures["stored_p99_ms"] = 1e3 * float(np.percentile(seconds, 99))
        size = sum(file.stat().st_size for file in Path(folder).glob("search/*/*"))
        engine.dispose()
        return figures | {"stored_files_mb": size / 1e6}


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    arguments = _arguments()
    random = np.random.default_rng(2026)
    figures: Figures = {"rows": arguments.rows}
    members = random.choice(arguments.rows, arguments.queries, replace=False)
    for space in (BITS, FLOATS):
        prefix = "" if space is BITS else "float_"
        before_mb = _resident_mb()
        if space is BITS:
            rows = random.integers(0, 256, (arguments.rows, 32), dtype=np.uint8)
            queries = bit_queries(rows[members], random)
        else:
            rows = np.empty((arguments.rows, 512), np.uint8)
            for start in range(0, len(rows), 50_000):
                part = rows[start : start + 50_000]
                part[:] = random.standard_normal((len(part), 256)).astype("<f2").view(np.uint8)
            queries = float_queries(rows[members], random)
        given_mb = _resident_mb() - before_mb
        search, filled_s = scanning(space, rows)
        figures[f"{prefix}memory_mb"] = _resident_mb() - before_mb - given_mb
        figures[f"{prefix}build_s"] = filled_s
        started = time.perf_counter()
        truth = exact(space, rows, queries[:CHECKED])
        figures[f"{prefix}numpy_exact_ms"] = 1e3 * (time.perf_counter() - started) / len(truth)
        figures |= measure(prefix, search, queries, truth)
        if arguments.peers:
            for name, peer, built_s in peers(space, rows):
                figures[f"{prefix}{name}build_s"] = built_s
                figures |= measure(prefix + name, peer, queries, truth)
        if arguments.stored and space is BITS:
            figures |= through_the_database(rows, queries[:500])
    if arguments.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    table = Table("figure", "value", title="The nearest among many fingerprints")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.4g}" if value < 1e5 else f"{value:,.0f}")
    Console().print(table)


def _resident_mb() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1e3


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--peers", action="store_true", help="minutes: build the graph indexes too")
    parser.add_argument("--stored", action="store_true", help="ask through a real database too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
