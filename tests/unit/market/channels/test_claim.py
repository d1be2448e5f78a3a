"""A batch of claims is made whole, in parts, or without the lines that the contract refuses."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assay.errors import UnavailableError
from assay.market.channels.model import Voucher
from assay.market.channels.ports import Claim, Mined
from assay.market.channels.use_cases.claim import find_refused, make_claims
from tests.fakes.channels import FakeSettlement, channel_of


def claims_on(chain: FakeSettlement, count: int) -> list[Claim]:
    lines = []
    for number in range(count):
        channel = channel_of(number, charged=10 + number)
        chain.hold(channel)
        voucher = Voucher(channel.id, channel.signed, b"signed")
        lines.append(Claim(channel.config, voucher, channel.charged))
    return lines


def test_a_good_batch_is_one_transaction() -> None:
    chain = FakeSettlement()
    claims = claims_on(chain, 100)

    outcome = make_claims(chain, claims)

    assert [lines for _, lines in outcome.made] == [claims]
    assert outcome.refused == []
    assert chain.trials == 1


def test_one_bad_line_of_a_hundred_is_found_in_few_trials_and_the_rest_is_one_transaction() -> None:
    chain = FakeSettlement()
    claims = claims_on(chain, 100)
    chain.refuses.add(claims[37].voucher.channel)

    outcome = make_claims(chain, claims)

    assert [len(lines) for _, lines in outcome.made] == [99]
    assert [claim for claim, _ in outcome.refused] == [claims[37]]
    assert "signature" in outcome.refused[0][1]
    assert chain.trials <= 17


@given(st.sets(st.integers(0, 39)), st.integers(1, 50))
def test_every_good_line_is_claimed_once_and_every_bad_one_named(
    bad: set[int], largest: int
) -> None:
    chain = FakeSettlement(largest_batch=largest)
    claims = claims_on(chain, 40)
    chain.refuses |= {claims[number].voucher.channel for number in bad}

    outcome = make_claims(chain, claims)

    made = [claim for _, lines in outcome.made for claim in lines]
    good = [claim for number, claim in enumerate(claims) if number not in bad]
    assert sorted(made, key=claims.index) == good
    assert {claims.index(claim) for claim, _ in outcome.refused} == bad
    assert all(len(lines) <= largest for _, lines in outcome.made)
    assert chain.claimed_total == sum(claim.total for claim in good)


def test_a_line_that_fits_into_no_block_is_set_aside() -> None:
    chain = FakeSettlement(largest_batch=0)

    outcome = make_claims(chain, claims_on(chain, 3))

    assert outcome.made == []
    assert len(outcome.refused) == 3


def test_a_line_that_was_claimed_elsewhere_is_no_bad_one() -> None:
    chain = FakeSettlement()
    claims = claims_on(chain, 3)
    chain.refuses.add(claims[1].voucher.channel)
    chain.change(claims[1].voucher.channel, claimed=claims[1].total)

    assert find_refused(chain, claims) == []


def test_an_outage_ends_the_batch() -> None:
    chain = FakeSettlement(fails=[UnavailableError("no answer")])

    outcome = make_claims(chain, claims_on(chain, 3))

    assert str(outcome.fault) == "no answer"
    assert (outcome.made, outcome.refused, chain.claimed_total) == ([], [], 0)


def test_what_was_claimed_before_an_outage_is_told() -> None:
    chain = FakeSettlement(largest_batch=2)
    claims = claims_on(chain, 4)
    make_first = chain.claim

    def claim(lines: Sequence[Claim]) -> Mined:
        if chain.batches:
            raise UnavailableError("no answer")
        return make_first(lines)

    chain.claim = claim  # type: ignore[method-assign]

    outcome = make_claims(chain, claims)

    assert [lines for _, lines in outcome.made] == [claims[:2]]
    assert outcome.fault is not None
