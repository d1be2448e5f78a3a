"""Parts with a moment of their own, things handed over together, and commas left out."""

BESIDE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        (
            "Upon delivery of the design, the client pays 20% of the fee, and a further "
            "30% upon delivery of the prototype."
        ),
        (
            "client must pay 20 % of fee; if event deliver design",
            "client must pay 30 %; if event deliver prototype",
        ),
    ),
    (
        (
            "On signing the client shall pay 1,000 USDC, and 3,000 USDC on acceptance of "
            "the website."
        ),
        (
            "client must pay 1000 USDC; by P0D",
            "client must pay 3000 USDC; if event accept website",
        ),
    ),
    (
        (
            "On acceptance of the design the client pays 4,000 USDC, on delivery of the "
            "code 6,000 USDC and on launch 2,000 USDC."
        ),
        (
            "client must pay 4000 USDC; if event accept design",
            "client must pay 6000 USDC; if event deliver code",
            "client must pay 2000 USDC; if state launch",
        ),
    ),
    (
        "The Buyer shall pay the Seller, upon delivery, 500 USDC.",
        ("buyer must pay 500 USDC -> seller; if event deliver",),
    ),
    (
        (
            "Upon completion of the roof, as certified by the Architect, the Owner shall "
            "pay 30,000 USDC to the Builder."
        ),
        (
            (
                "owner must pay 30000 USDC -> builder; if state roof completion; if event "
                "architect confirm"
            ),
        ),
    ),
    (
        "The Company shall bear all costs incurred with its prior written consent.",
        ("company must pay cost; if approval company",),
    ),
    (
        "The Seller shall hand over the car together with the service book.",
        (
            "seller must deliver car",
            "seller must deliver service book",
        ),
    ),
    (
        (
            "The Platform shall pay the Artist 80% of the revenue each month, together "
            "with a written statement."
        ),
        (
            "platform must pay 80 % of revenue -> artist; every P1M",
            "platform must deliver statement; every P1M",
        ),
    ),
    (
        "The Landlord may deduct from the Deposit 40 USDC for each broken item.",
        ("landlord may keep 40 USDC of broken item",),
    ),
    (
        (
            "The Tenant shall pay the rent monthly, save that if the heating fails the "
            "landlord shall refund half of the rent."
        ),
        (
            "tenant must pay rent; every P1M",
            "landlord must refund 50 % of rent; if state heating fails",
        ),
    ),
    (
        "If the machine breaks down the supplier shall repair it within two days.",
        ("supplier must repair machine; by P2D; if state machine breaks down",),
    ),
    ("If the dog barks the owner pays 5 USDC.", ("owner must pay 5 USDC; if state dog barks",)),
    (
        "Should the engine stall the seller shall refund the price.",
        ("seller must refund price; if state engine stall",),
    ),
    (
        "If the seller does not ship within 5 days, refund the buyer's payment.",
        ("contract must refund payment -> buyer; if breach seller deliver <= P5D",),
    ),
    (
        "A bidder who has been outbid may withdraw his bid.",
        ("bidder may withdraw bid; if state bidder outbid",),
    ),
    (
        ("The Insurer shall compensate the Insured for damage to the crop exceeding 2,000 USDC."),
        ("insurer must pay damage -> insured; if comparison damage > 2000 USDC",),
    ),
    (
        "The company reimburses travel costs of more than 50 USDC.",
        ("company must pay travel cost; if comparison travel cost > 50 USDC",),
    ),
    (
        "The carrier pays 50 USDC for each subsequent day of delay.",
        ("carrier must pay 50 USDC; every P1D; if state delay",),
    ),
    (
        "No change to the budget takes effect until the board has approved it.",
        ("_ must not perform change; if not approval board",),
    ),
    (
        (
            "If the budget has been approved by at least 60% of the token holders, "
            "release the money to the team."
        ),
        ("contract must release money -> team; if approval token holder >= 60%",),
    ),
)
