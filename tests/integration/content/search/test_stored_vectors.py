"""Vectors in the database and their files: followed by every process, lost to no kill or damage."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select, update

from assay.content.search.errors import VectorMalformed
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.tables import catalogue as entries
from assay.content.search.tables import vectors as stored
from assay.content.search.vectors import StoredVectors
from assay.core.digest import Digest
from assay.ledger.database import open_database
from tests.integration.content.search import adding_process
from tests.integration.content.search.adding_process import bits_of, entry, open_catalogue


def changed(bits: bytes, flips: int, seed: int = 1) -> bytes:
    value = int.from_bytes(bits)
    for place in random.Random(seed).sample(range(256), flips):
        value ^= 1 << place
    return value.to_bytes(32)


def found_first(catalogue: StoredCatalogue, name: str, flips: int = 30) -> bool:
    content_id = Digest.of(name.encode())
    found = catalogue.nearest({"bits": [changed(bits_of(content_id), flips)]}, 3)
    return bool(found) and found[0][0].content_id == content_id and found[0][1] == {"name": name}


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.segment"))


def known_from_files(vectors: StoredVectors) -> int:
    """The last row that a process knows before it reads any."""
    vectors._open()
    return vectors._last


def test_an_altered_copy_is_found_first_with_its_fingerprint(
    database_url: str, tmp_path: Path
) -> None:
    catalogue, _ = open_catalogue(database_url, tmp_path)
    catalogue.add([entry(f"content {number}") for number in range(50)])

    assert found_first(catalogue, "content 17")
    assert catalogue.get([Digest.of(b"content 3"), Digest.of(b"none")]) == {
        Digest.of(b"content 3"): {"name": "content 3"}
    }


def test_content_is_ranked_by_its_least_likely_vector_of_all_spaces(
    database_url: str, tmp_path: Path
) -> None:
    catalogue, _ = open_catalogue(database_url, tmp_path)
    source = np.random.default_rng(6)
    floats = [source.standard_normal(16).astype("<f2").tobytes() for _ in range(20)]
    ids = [Digest.of(bytes([number])) for number in range(20)]
    catalogue.add(
        [
            Entry(one, {"of": number}, {"bits": [source.bytes(32)] * 2, "floats": [floats[number]]})
            for number, one in enumerate(ids)
        ]
    )

    found = catalogue.nearest({"bits": [source.bytes(32)], "floats": [floats[11]]}, 4)

    assert found[0][0].content_id == ids[11]
    assert found[0][0].space == "floats"
    assert found[0][0].distance == pytest.approx(0, abs=1e-3)
    assert len({one.content_id for one, _ in found}) == len(found) == 4


def test_many_small_agreements_outrank_one_lucky_one(database_url: str, tmp_path: Path) -> None:
    catalogue, _ = open_catalogue(database_url, tmp_path)
    dice = random.Random(8)
    parts = [[dice.randbytes(32) for _ in range(6)] for _ in range(40)]
    ids = [Digest.of(bytes([number])) for number in range(40)]
    catalogue.add(
        [Entry(one, {}, {"bits": members}) for one, members in zip(ids, parts, strict=True)]
    )
    queries = [changed(part, 75, seed) for seed, part in enumerate(parts[9])]
    queries += [changed(parts[30][0], 70), *(dice.randbytes(32) for _ in range(3))]

    found = catalogue.nearest({"bits": queries}, 3)

    assert [one.content_id for one, _ in found[:2]] == [ids[9], ids[30]]


def test_what_is_there_already_stays_and_what_does_not_fit_is_refused_whole(
    database_url: str, tmp_path: Path
) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    catalogue.add([entry("first")])
    again = Entry(Digest.of(b"first"), {"name": "another"}, {"bits": [bytes(32)]})

    catalogue.add([again])
    with pytest.raises(VectorMalformed):
        catalogue.add([entry("second"), Entry(Digest.of(b"third"), {}, {"bits": [b"short"]})])

    assert found_first(catalogue, "first")
    assert len(vectors) == 1


def test_every_process_follows_what_another_adds_and_removes(
    database_url: str, tmp_path: Path
) -> None:
    writer, _ = open_catalogue(database_url, tmp_path)
    reader, vectors = open_catalogue(database_url, tmp_path)
    assert reader.nearest({"bits": [bytes(32)]}, 3) == []

    for number in range(20):
        writer.add([entry(f"content {number}")])
        assert found_first(reader, f"content {number}")
    writer.remove(Digest.of(b"content 5"))
    writer.remove(Digest.of(b"content 19"))

    assert not found_first(reader, "content 5")
    assert not found_first(reader, "content 19")
    assert found_first(reader, "content 6")
    assert len(vectors) == 18


def test_the_next_process_starts_from_the_files(database_url: str, tmp_path: Path) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    for number in range(0, 60, 6):
        catalogue.add([entry(f"content {number + step}") for step in range(6)])
        vectors.catch_up()

    assert 1 <= len(segments(tmp_path)) <= 4
    another, its_vectors = open_catalogue(database_url, tmp_path)
    assert known_from_files(its_vectors) >= 48
    assert all(found_first(another, f"content {number}") for number in range(60))


def test_damaged_and_missing_files_are_made_again(database_url: str, tmp_path: Path) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    catalogue.add([entry(f"content {number}") for number in range(40)])
    vectors.catch_up()
    [path] = segments(tmp_path)
    whole = path.read_bytes()

    for damaged in (whole[:-3], whole[:300] + b"!" + whole[301:], b"", None):
        path.unlink() if damaged is None else path.write_bytes(damaged)
        another, its_vectors = open_catalogue(database_url, tmp_path)

        assert all(found_first(another, f"content {number}") for number in range(40))
        assert len(its_vectors) == 40
        assert path.read_bytes() == whole


def test_files_of_another_database_are_not_believed(database_url: str, tmp_path: Path) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    catalogue.add([entry(f"content {number}") for number in range(20)])
    vectors.catch_up()
    engine = open_database(database_url)
    with engine.begin() as connection:  # as a restored copy that went on otherwise
        for row in connection.execute(select(stored)).all():
            other = bytes(byte ^ 0xA5 for byte in row.vector)
            connection.execute(update(stored).where(stored.c.id == row.id).values(vector=other))
    later, _ = open_catalogue(database_url, tmp_path)

    for one in (later, catalogue):
        assert not found_first(one, "content 4")
        query = bytes(byte ^ 0xA5 for byte in bits_of(Digest.of(b"content 4")))
        assert one.nearest({"bits": [query]}, 1)[0][0].distance == 0


def test_rows_that_fit_no_space_are_passed_over(database_url: str, tmp_path: Path) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    catalogue.add([entry("first")])
    engine = open_database(database_url)
    rows = [
        {"content_id": Digest.of(b"x").hex, "space": space, "vector": vector}
        for space, vector in (("bits", b"short"), ("floats", bytes(32)), ("later", b"?"))
    ]
    with engine.begin() as connection:
        connection.execute(stored.insert(), rows)
    catalogue.add([entry("second")])

    assert found_first(catalogue, "first")
    assert found_first(catalogue, "second")
    assert len(vectors) == 2


@pytest.mark.parametrize("damage", [b"no deflated data", zlib.compress(b"{no json")])
def test_a_damaged_fingerprint_is_forgotten_to_be_made_again(
    database_url: str, tmp_path: Path, damage: bytes
) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    catalogue.add([entry("one"), entry("other")])
    one = Digest.of(b"one")
    engine = open_database(database_url)
    with engine.begin() as connection:
        row = entries.c.content_id == one.hex
        connection.execute(update(entries).where(row).values(fingerprint=damage))
    engine.dispose()

    found = catalogue.nearest({"bits": [bits_of(one)]}, 3)
    kept = len(vectors.nearest({"bits": [bits_of(one)]}, 3))
    catalogue.add([entry("one")])

    assert [fingerprint for _, fingerprint in found] == [{"name": "other"}]
    assert kept == 1
    assert found_first(catalogue, "one")


def test_vectors_of_something_that_is_no_content_are_passed_over(
    database_url: str, tmp_path: Path
) -> None:
    catalogue, _ = open_catalogue(database_url, tmp_path)
    catalogue.add([entry("one"), entry("other")])
    one = Digest.of(b"one")
    engine = open_database(database_url)
    with engine.begin() as connection:
        row = stored.c.content_id == one.hex
        connection.execute(update(stored).where(row).values(content_id="no digest"))
    engine.dispose()

    found = catalogue.nearest({"bits": [bits_of(one)]}, 3)

    assert [fingerprint for _, fingerprint in found] == [{"name": "other"}]


def test_a_folder_that_cannot_be_written_costs_only_the_files(
    database_url: str, tmp_path: Path
) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    vectors._folder.parent.mkdir(exist_ok=True)
    vectors._folder.write_text("in the way")
    catalogue.add([entry(f"content {number}") for number in range(20)])

    assert all(found_first(catalogue, f"content {number}") for number in range(20))


def test_threads_add_and_search_side_by_side(database_url: str, tmp_path: Path) -> None:
    catalogue, vectors = open_catalogue(database_url, tmp_path)
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(12):
                catalogue.add([entry(f"{name} {number}")])
                assert found_first(catalogue, f"{name} {number}")
        except BaseException as failure:  # noqa: BLE001 - handed to the test
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(f"thread {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert len(vectors) == 48


def test_nothing_is_lost_to_processes_that_are_killed_at_any_point(
    database_url: str, tmp_path: Path
) -> None:
    dice = random.Random(7)
    said: list[str] = []
    for turn in range(3):
        names = [f"process {turn} {side}" for side in "ab"]
        processes = [
            subprocess.Popen(
                [sys.executable, adding_process.__file__, database_url, str(tmp_path), name],
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in names
        ]
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        time.sleep(dice.uniform(0.05, 0.5))
        for name, process in zip(names, processes, strict=True):
            process.send_signal(signal.SIGKILL)
            output, _ = process.communicate()
            said += [f"{name} {number}" for number in ["0", *output.split("\n")[:-1]]]

        catalogue, vectors = open_catalogue(database_url, tmp_path)
        assert all(found_first(catalogue, name) for name in said)

    index = vectors.catch_up()
    assert len(set(index.keys("bits").tolist())) == len(index)
    assert len(index) >= len(set(said))
