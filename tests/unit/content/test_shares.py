"""Shares that follow the lineage: bounded, stable, and nothing is lost in dividing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.shares import (
    LARGEST_LIST,
    LINEAGE_LIMIT_BPS,
    WHOLE_BPS,
    LineageAsset,
    Share,
    amounts,
    lineage_shares,
    shares_digest,
)
from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import InputError

NOBODY = parse_address("0x" + "0" * 40)
ALICE, BOB = (parse_address("0x" + letter * 40) for letter in "ab")
raws = st.binary(min_size=20, max_size=20).filter(any)
accounts = raws.map(lambda raw: parse_address("0x" + raw.hex()))
authors = st.dictionaries(accounts, st.integers(1, 10**12), min_size=1, max_size=8)
digests = st.binary(min_size=32, max_size=32).map(Digest)
assets = st.lists(st.builds(LineageAsset, digests, st.integers(0, WHOLE_BPS)), max_size=20)
lists = st.lists(st.builds(Share, accounts, st.integers(0, 2 * WHOLE_BPS)), min_size=1, max_size=9)


@given(accounts, authors, assets)
def test_shares_are_the_whole_and_the_lineage_has_its_bound(
    creator: Address, weights: dict[Address, int], behind: list[LineageAsset]
) -> None:
    shares = lineage_shares(creator, weights, behind)

    lineage = sum(share.bps for share in shares if isinstance(share.payee, Digest))
    assert not shares or sum(share.bps for share in shares) == WHOLE_BPS
    assert lineage <= LINEAGE_LIMIT_BPS
    assert lineage <= sum(one.royalty_bps for one in behind)
    assert all(share.bps >= 0 for share in shares)
    assert len(shares) <= LARGEST_LIST


@given(authors, assets, st.randoms())
def test_the_order_in_which_they_are_named_changes_nothing(
    weights: dict[Address, int], behind: list[LineageAsset], random: st.DataObject
) -> None:
    shuffled, turned = list(behind), list(weights.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(turned)  # type: ignore[attr-defined]

    shares = lineage_shares(ALICE, weights, behind)

    assert lineage_shares(ALICE, dict(turned), shuffled) == shares


@given(authors, assets)
def test_authors_divide_the_rest_by_their_weights_to_a_hundredth_of_a_percent(
    weights: dict[Address, int], behind: list[LineageAsset]
) -> None:
    shares = lineage_shares(ALICE, weights, behind) or (Share(ALICE, WHOLE_BPS),)

    rest = sum(share.bps for share in shares if not isinstance(share.payee, Digest))
    for share in shares:
        if not isinstance(share.payee, Digest):
            weight = weights.get(share.payee, 1)
            assert abs(share.bps - rest * weight / sum(weights.values())) <= 1


def test_rates_under_the_bound_are_paid_as_they_are_registered() -> None:
    model, dataset = LineageAsset(Digest(b"\1" * 32), 1000), LineageAsset(Digest(b"\2" * 32), 250)

    shares = lineage_shares(ALICE, {ALICE: 1}, [dataset, model])

    assert shares == (Share(model.asset, 1000), Share(dataset.asset, 250), Share(ALICE, 8750))


def test_rates_above_the_bound_are_scaled_together() -> None:
    model, dataset = LineageAsset(Digest(b"\1" * 32), 9000), LineageAsset(Digest(b"\2" * 32), 3000)

    shares = lineage_shares(ALICE, {ALICE: 1}, [model, dataset])

    assert [share.bps for share in shares] == [2250, 750, 7000]


def test_an_asset_that_is_named_twice_counts_once_with_its_highest_rate() -> None:
    once, again = (LineageAsset(Digest(b"\1" * 32), rate) for rate in (100, 300))

    shares = lineage_shares(ALICE, {ALICE: 1}, [once, again])

    assert shares == (Share(once.asset, 300), Share(ALICE, 9700))


def test_the_creator_alone_needs_no_list_and_anyone_else_does() -> None:
    assert lineage_shares(ALICE, {ALICE: 1}, []) == ()
    assert lineage_shares(ALICE, {BOB: 1}, []) == (Share(BOB, WHOLE_BPS),)
    assert shares_digest(()) is None


@pytest.mark.parametrize("weights", [{}, {ALICE: 0}, {ALICE: 1, BOB: -1}, {ALICE: 1, NOBODY: 1}])
def test_authors_without_weight_or_address_are_refused(weights: dict[Address, int]) -> None:
    with pytest.raises(InputError):
        lineage_shares(ALICE, weights, [])


def test_more_payees_than_a_release_can_pay_are_refused() -> None:
    many = {parse_address(f"0x{number:040x}"): 1 for number in range(1, LARGEST_LIST + 2)}

    with pytest.raises(InputError, match="33 payees"):
        lineage_shares(ALICE, many, [])


@given(lists, st.integers(0, 2**128))
def test_the_parts_of_an_income_are_the_income(shares: list[Share], income: int) -> None:
    parts = amounts(shares, income)

    assert sum(parts) == income
    assert all(part >= 0 for part in parts)
    assert all(
        part <= income * share.bps // WHOLE_BPS
        for part, share in zip(parts[:-1], shares[:-1], strict=True)
    )


@given(lists)
def test_shares_read_back_as_they_were_written(shares: list[Share]) -> None:
    shares = [*shares, Share(Digest(b"\3" * 32), 5)]

    assert [Share.from_json(share.as_json()) for share in shares] == shares


@pytest.mark.parametrize("bps", [-1, 2**16, "many"])
def test_what_the_contract_cannot_hold_is_no_share(bps: object) -> None:
    with pytest.raises(ValueError, match=r"out of range|invalid literal"):
        Share.from_json({"account": ALICE, "bps": bps})
