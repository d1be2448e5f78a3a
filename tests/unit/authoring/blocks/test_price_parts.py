"""A price that is paid in parts, or put into the contract in part, is owed once."""

from assay.authoring.blocks.payment import payments
from assay.authoring.understanding import understand

SALE = (
    "The Seller sells a car to the Buyer for 9,500 USDC. The Buyer shall pay 500 USDC to the "
    "Seller by 20 December 2026. The Buyer shall deposit {} USDC into escrow by 10 January 2027. "
    "Once the Inspector confirms delivery of the car, the contract shall release {} USDC to the "
    "Seller."
)


def _paid(text: str) -> list[str | None]:
    return [duty.amount for _, duty in payments(understand(text))]


def test_what_is_paid_and_the_remaining_deposit_make_up_the_price() -> None:
    assert _paid(SALE.format("the remaining 9,000", "9,000")) == ["500"]


def test_another_sum_leaves_the_price_as_it_is() -> None:
    assert _paid(SALE.format("the remaining 8,000", "8,000")) == ["9500", "500"]
