"""One run: pictures under every transformation asked of every fingerprint, on all cores.

Under each transformation other pictures are asked, taken by chance, the same ones in every run.
What is finished is kept in files of JSON lines, so that a run that was stopped goes on where it
was, and the peers, which never change, are asked only once.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from assay.content.images.reading import Picture
from pictures import page, transformations
from pictures.ours import REGISTER_DIGEST, SOURCE_DIGEST, Register, make
from pictures.peers import PEERS, PeerIndex
from pictures.sample import Sample
from pictures.transformations import TRANSFORMATIONS

SEED = 2026
_BATCH = 100
Advance = Callable[[int], None]


@dataclass(frozen=True)
class Task:
    """A picture to be asked under some transformations.

    Attributes:
        registered: whether it is in the register, so that it has to be found.
    """

    sample: Sample
    registered: bool
    names: tuple[str, ...]
    ours: bool
    peers: bool


@dataclass(frozen=True)
class Trial:
    """What is registered, what is asked, and under which transformations.

    Attributes:
        registered: pictures that are registered and asked.
        others: pictures that are asked without being registered.
        distractors: pictures that are registered and not asked.
        names: of the transformations.
        asked: how many of the registered are asked under each transformation.
        others_asked: how many of the others are.
        folder: for what is kept of runs.
        jobs: how many processes work.
    """

    registered: list[Sample]
    others: list[Sample]
    distractors: list[Sample]
    names: tuple[str, ...]
    asked: int
    others_asked: int
    folder: Path
    jobs: int

    def queries(self) -> list[tuple[Sample, str]]:
        """Every picture with each transformation that it is asked under."""
        return [
            (sample, name)
            for samples, count in ((self.registered, self.asked), (self.others, self.others_asked))
            for name in self.names
            # All in another order first, so that a larger count asks the same ones and more.
            for sample in Random(name).sample(samples, len(samples))[:count]
        ]

    def register(self, advance: Advance) -> Register:
        """Fingerprint what is not fingerprinted yet."""
        samples = [*self.registered, *self.distractors]
        register = Register(self._register_folder(), samples)
        absent = register.absent()
        advance(len(samples) - len(absent))
        for batch in _batches(self._spread(make, absent), _BATCH):
            register.add(batch)
            self._note("seconds.jsonl", [{"seconds": one.seconds} for one in batch])
            advance(len(batch))
        return register

    def seconds_per_image(self) -> float:
        """The median time of one fingerprint, on one core."""
        times = [line["seconds"] for line in self._lines("seconds.jsonl")]
        return float(np.median(times)) if times else 0.0

    def hash_for_peers(self, advance: Advance) -> list[PeerIndex]:
        """What is registered, under each peer's hash."""
        samples, kept = [*self.registered, *self.distractors], f"../hashes-{self._corpus_digest()}"
        hashes = {line["picture"]: line["hashes"] for line in self._lines(f"{kept}.jsonl")}
        advance(len(hashes))
        absent = [sample for sample in samples if sample.name not in hashes]
        for batch in _batches(self._spread(_peer_hashes, absent), _BATCH):
            self._note(f"{kept}.jsonl", batch)
            hashes |= {line["picture"]: line["hashes"] for line in batch}
            advance(len(batch))
        return [
            PeerIndex(
                peer,
                [
                    np.frombuffer(bytes.fromhex(hashes[one.name][peer.name]), np.uint8).reshape(
                        -1, peer.bits // 8
                    )
                    for one in samples
                ],
            )
            for peer in PEERS
        ]

    def ask(
        self, peers_index: list[PeerIndex], advance: Advance
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Answers of ours and of the peers, a line for each picture and transformation.

        Args:
            peers_index: as `hash_for_peers` gives it; the peers are not asked if it is empty.
        """
        changes = _digest(path.read_bytes() for path in _sources(transformations, page))
        ours_file = f"ours-{SOURCE_DIGEST}-{changes}.jsonl"
        peers_file = f"../peers-{self._corpus_digest()}-{changes}.jsonl"
        ours = {(line["picture"], line["name"]): line for line in self._lines(ours_file)}
        peers = {(line["picture"], line["name"]): line for line in self._lines(peers_file)}
        wanted = {(sample.name, name) for sample, name in self.queries()}
        tasks = self._tasks(ours, peers if peers_index else None)
        advance(len(wanted) - len({(t.sample.name, name) for t in tasks for name in t.names}))
        _Worker.prepare(self, peers_index)
        for task, lines in self._spread(_Worker.run, tasks):
            for line in lines:
                key = (line["picture"], line["name"])
                if task.ours:
                    ours[key] = {**line, **line.pop("ours")}
                    self._note(ours_file, [_without(ours[key], "peers")])
                if task.peers:
                    peers[key] = {**_without(line, "ours", "peers"), **line["peers"]}
                    self._note(peers_file, [peers[key]])
            advance(len(lines))
        return (
            [line for key, line in ours.items() if key in wanted],
            [line for key, line in peers.items() if key in wanted],
        )

    def _tasks(
        self, ours: dict[tuple[str, str], Any], peers: dict[tuple[str, str], Any] | None
    ) -> list[Task]:
        """What is not answered yet, a task for each picture, in no order, so that time is even."""
        registered = {sample.name for sample in self.registered}
        names: dict[tuple[Sample, bool, bool], list[str]] = defaultdict(list)
        for sample, name in self.queries():
            needs = (
                (sample.name, name) not in ours,
                peers is not None and (sample.name, name) not in peers,
            )
            if any(needs):
                names[sample, *needs].append(name)
        tasks = [
            Task(sample, sample.name in registered, tuple(found), ask_ours, ask_peers)
            for (sample, ask_ours, ask_peers), found in names.items()
        ]
        Random(SEED).shuffle(tasks)
        return tasks

    def _spread(self, work: Callable[[Any], Any], tasks: Sequence[Any]) -> Iterator[Any]:
        """The results of some work, in no order."""
        if not tasks:
            return
        context = multiprocessing.get_context("fork")
        with context.Pool(self.jobs, initializer=_take_one_core) as pool:
            yield from pool.imap_unordered(work, tasks, chunksize=1)

    def _corpus_digest(self) -> str:
        return _digest(
            "\n".join(sorted(f"{one.name} {one.path.stat().st_size}" for one in role)).encode()
            for role in (self.registered, self.distractors)
        )

    def _register_folder(self) -> Path:
        return self.folder / f"register-{REGISTER_DIGEST}-{self._corpus_digest()}"

    def _lines(self, name: str) -> list[dict[str, Any]]:
        path = self._register_folder() / name
        if not path.exists():
            return []
        lines = path.read_text().splitlines()
        # The last one may be cut off where a run was killed.
        return [json.loads(line) for line in lines if line.endswith("}")]

    def _note(self, name: str, lines: Iterable[dict[str, Any]]) -> None:
        path = self._register_folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)


class _Worker:
    """What a process needs to answer tasks; made before the processes are, which share it."""

    trial: Trial
    peers: list[PeerIndex]
    register: Register | None = None
    owners: dict[str, int]

    @classmethod
    def prepare(cls, trial: Trial, peers: list[PeerIndex]) -> None:
        """Keep what all processes share; a database is opened by each process itself."""
        samples = [*trial.registered, *trial.distractors]
        cls.trial = trial
        cls.owners = {sample.name: at for at, sample in enumerate(samples)}
        cls.register = None
        cls.peers = peers

    @classmethod
    def run(cls, task: Task) -> tuple[Task, list[dict[str, Any]]]:
        """Answers of those who are to be asked."""
        pixels = task.sample.pixels()
        owner = task.sample.name if task.registered else None
        lines = []
        for name in task.names:
            altered = TRANSFORMATIONS[name](pixels, Random(f"{task.sample.name} {name}"))
            line: dict[str, Any] = {
                "picture": task.sample.name,
                "name": name,
                "registered": task.registered,
                "ours": {},
                "peers": {},
            }
            if task.peers:
                at = None if owner is None else cls.owners[owner]
                line["peers"] = {
                    index.peer.name: asdict(index.distances(altered, at)) for index in cls.peers
                }
            if task.ours:
                line["ours"] = asdict(cls._opened().ask(Picture(altered, "image/png"), owner))
            lines.append(line)
        return task, lines

    @classmethod
    def _opened(cls) -> Register:
        if cls.register is None:
            samples = [*cls.trial.registered, *cls.trial.distractors]
            cls.register = Register(cls.trial._register_folder(), samples)
        return cls.register


def _take_one_core() -> None:
    """Libraries that would spread over all cores only hinder each other, and tell no time."""
    cv2.setNumThreads(1)
    threadpool_limits(1)


def _sources(*modules: ModuleType) -> Iterator[Path]:
    return (Path(module.__file__ or "") for module in modules)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part + b"\x00")
    return digest.hexdigest()[:16]


def _peer_hashes(sample: Sample) -> dict[str, Any]:
    pixels = sample.pixels()
    hashes = {peer.name: peer.registered(pixels).tobytes().hex() for peer in PEERS}
    return {"picture": sample.name, "hashes": hashes}


def _without(line: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in names}


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
