"""What is sold is read again when the chain has a new block, and not for every call."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.catalogue import BlockwiseCatalogue
from assay.market.errors import UnknownModel
from assay.market.metering import ServedModel

PROVIDER = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
TINY = ServedModel(Digest.of(b"service"), Digest.of(b"model"), "tiny", 10, PROVIDER)


class Chain:
    """The catalogue underneath, its chain and a clock, all moved by hand."""

    def __init__(self) -> None:
        self.block = "0x01"
        self.now_s = 0.0
        self.sold = [TINY]
        self.reads = 0
        self.looks = 0
        self.behind: list[ServedModel] = []
        self.catch_ups = 0
        self.catalogue = BlockwiseCatalogue(
            self, self.newest_block, self.catch_up, lambda: self.now_s
        )

    def newest_block(self) -> str:
        self.looks += 1
        return self.block

    def catch_up(self) -> None:
        self.catch_ups += 1
        self.sold += self.behind
        self.behind = []

    def services(self) -> list[ServedModel]:
        self.reads += 1
        return list(self.sold)

    def service(self, model_name: str) -> ServedModel:
        raise AssertionError("not asked")


def test_calls_between_two_blocks_read_once_and_look_ten_times_a_second() -> None:
    chain = Chain()

    for _ in range(1000):
        chain.now_s += 0.0005
        assert chain.catalogue.service("tiny") == TINY

    assert (chain.reads, chain.looks) == (1, 5)


def test_a_price_changes_with_its_block() -> None:
    chain = Chain()
    before = chain.catalogue.service("tiny").price

    chain.sold = [replace(TINY, price=11)]
    chain.block = "0x02"
    chain.now_s += 0.11

    assert (before, chain.catalogue.service("tiny").price) == (10, 11)


def test_what_the_index_learns_later_is_seen_within_a_second() -> None:
    chain = Chain()
    chain.sold = []
    assert chain.catalogue.services() == []

    chain.sold = [TINY]
    chain.now_s += 1.01

    assert chain.catalogue.services() == [TINY]


def test_a_name_that_the_index_has_not_reached_yet_is_found() -> None:
    chain = Chain()
    assert chain.catalogue.service("tiny") == TINY

    chain.behind = [replace(TINY, name="new")]
    chain.block = "0x02"

    assert chain.catalogue.service("new").name == "new"


def test_names_that_nobody_sells_move_the_index_once_a_block() -> None:
    chain = Chain()

    for block in ("0x02", "0x03"):
        chain.block = block
        for _ in range(50):
            with pytest.raises(UnknownModel):
                chain.catalogue.service("huge")

    assert chain.catch_ups == 2


def test_of_one_name_the_newest_is_sold_and_others_are_unknown() -> None:
    chain = Chain()
    chain.sold = [TINY, replace(TINY, price=12)]

    assert chain.catalogue.service("tiny").price == 12
    with pytest.raises(UnknownModel):
        chain.catalogue.service("huge")


def test_many_threads_at_once_read_once() -> None:
    chain = Chain()
    threads = [threading.Thread(target=chain.catalogue.services) for _ in range(20)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert chain.reads == 1
