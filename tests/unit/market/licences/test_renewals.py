"""Which subscriptions are collected, and which are reported instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.licences.model import Licence, LicenceState, Offer, Subscription, Terms
from assay.market.licences.use_cases.renewals import renew_due
from tests.fakes.licences import FakeCollector, FakeLicences

SELLER = Address("0x" + "99" * 20)
ASSET = Digest.of(b"asset")
NOW_S = 1_000


@dataclass
class Index:
    """The part of the `LicenceIndex` port that collecting needs."""

    sold: dict[int, list[int]]

    def offers_by(self, seller: Address) -> list[int]:
        return list(self.sold)

    def licences_by(self, offers: list[int]) -> list[int]:
        return [licence for offer in offers for licence in self.sold[offer]]


class Clock:
    def now_s(self) -> int:
        return NOW_S


def subscriber(number: int) -> Address:
    return Address(f"0x{number:040x}")


def state(number: int, *, offer: int = 1, due: bool = True, maximum: int = 10) -> LicenceState:
    window = (NOW_S - 1, NOW_S + 1) if due else (NOW_S + 1, NOW_S + 2)
    return LicenceState(
        Licence(number, subscriber(number), ASSET, offer, NOW_S + 1, True),
        Subscription(subscriber(number), maximum, *window),
        None,
        0,
        NOW_S,
    )


def offer(number: int, *, seller: Address = SELLER, is_open: bool = True) -> Offer:
    return Offer(number, ASSET, seller, is_open, Terms(10, 60, subscription=True))


def collected(states: list[LicenceState], offers: list[Offer], **money: Any) -> tuple[Any, Any]:
    rich = {subscriber(item.licence.id): 10 for item in states}
    chain = FakeLicences(
        offered={item.id: item for item in offers},
        blocks=[{item.licence.id: item for item in states}],
        allowances=money.get("allowances", rich),
        balances=money.get("balances", rich),
    )
    index: Any = Index({item.id: [] for item in offers})
    for item in states:
        index.sold[item.licence.offer].append(item.licence.id)
    account: Any = FakeCollector(SELLER)
    renewals = renew_due(account=account, reader=chain, index=index, clock=Clock())
    return renewals, account.batches


def test_what_is_due_is_collected_in_batches_and_the_rest_left() -> None:
    states = [state(number) for number in range(1, 121)] + [state(500, due=False)]

    renewals, batches = collected(states, [offer(1)])

    assert [len(batch) for batch in batches] == [50, 50, 20]
    assert len(renewals) == 120
    assert not [renewal for renewal in renewals if renewal.reason]


def test_what_cannot_be_paid_costs_no_gas_and_is_reported() -> None:
    states = [state(1, maximum=9), state(2), state(3), state(4)]
    rich = {subscriber(number): 10 for number in range(1, 5)}

    renewals, batches = collected(
        states,
        [offer(1)],
        allowances={**rich, subscriber(2): 9},
        balances={**rich, subscriber(3): 9},
    )

    assert batches == [[4]]
    reasons = {renewal.licence: renewal.reason for renewal in renewals}
    assert "above" in reasons[1]
    assert "allowance" in reasons[2]
    assert "balance" in reasons[3]
    assert reasons[4] == ""


def test_closed_offers_and_those_of_others_are_left_alone() -> None:
    others = offer(3, seller=subscriber(77))
    states = [state(1, offer=2), state(2, offer=3)]

    renewals, batches = collected(states, [offer(2, is_open=False), others])

    assert (renewals, batches) == ([], [])
