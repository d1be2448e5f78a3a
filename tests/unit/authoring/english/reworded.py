"""Sentences in other words than usual, each with what it says in the notation of `notation.py`."""

REWORDED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The Glassblower shall pay the Beekeeper 40 USDC, and the Beekeeper may cancel the order.",
        (
            "glassblower must pay 40 USDC -> beekeeper",
            "beekeeper may cancel order",
        ),
    ),
    (
        "Refund Nadia in full if Fjord & Sons cancels the order.",
        ("contract must refund -> nadia; if event fjord & sons cancel order",),
    ),
    (
        "Acme Ltd shall pay Blue River GmbH 5,000 USDC by 1 May 2027.",
        ("acme ltd must pay 5000 USDC -> blue river gmbh; by 2027-05-01",),
    ),
    (
        "the LENDER gives the BORROWER 10,000 USDC.",
        ("lender must pay 10000 USDC -> borrower",),
    ),
    (
        "If completion is delayed Party A shall pay Party B 750 USDC.",
        ("party a must pay 750 USDC -> party b; if state completion delayed",),
    ),
    (
        "The Issuer is obliged to refrain from minting further tokens.",
        ("issuer must not issue token",),
    ),
    (
        "The Recipient shall never, for a period of three years, reveal the trade secrets.",
        ("recipient must not disclose trade secret; if time < P3Y",),
    ),
    (
        "Before 1 May 2027 the seller is not allowed to sell the car.",
        ("seller must not sell car; if time < 2027-05-01",),
    ),
    (
        "Party A is obliged to never sell the car.",
        ("party a must not sell car",),
    ),
    (
        "The buyer shall give the seller notice of any defects.",
        ("buyer must notify defect -> seller",),
    ),
    (
        "The buyer may cancel if the goods are late, and the seller pays 5 USDC to the buyer.",
        (
            "buyer may cancel; if state goods late",
            "seller must pay 5 USDC -> buyer",
        ),
    ),
    (
        "The seller delivers the car, and the auction closes on 15 August 2027.",
        (
            "seller must deliver car",
            "contract must terminate auction; by 2027-08-15",
        ),
    ),
    (
        "The driver hands 15% of the fares to the company.",
        ("driver must pay 15 % of fare -> company",),
    ),
)
