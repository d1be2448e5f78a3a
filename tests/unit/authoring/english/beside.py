"""Parts with a moment of their own, things handed over together, and commas left out."""

BESIDE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        (
            "Upon delivery of the design, the client pays 20% of the fee, and a further "
            "30% upon delivery of the prototype."
        ),
        (
            "client must pay 20 % of fee; if event deliver design",
            "client must pay 30 % of fee; if event deliver prototype",
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
    (
        "If the shop does not deliver, the shop gives the customer a full refund.",
        ("shop must refund -> customer; if breach shop deliver",),
    ),
    (
        "Rent is 700 USDC a month, due on the first.",
        ("_ must pay 700 USDC; by P1D from month; every P1M",),
    ),
    (
        "No funds may leave the vault before 1 May 2028.",
        ("contract must not transfer fund; if time < 2028-05-01",),
    ),
    (
        "If all three siblings agree to open it, the fund is released.",
        ("contract must release fund; if approval sibling 3 of 3",),
    ),
    (
        "If the treasurer and the chairman both sign, the club pays 100 USDC to Bob.",
        ("club must pay 100 USDC -> bob; if approval treasurer; if approval chairman",),
    ),
    (
        "If Ann agrees to sell the house, Bob pays her 500 USDC.",
        ("bob must pay 500 USDC -> ann; if approval ann",),
    ),
    (
        "If the user has been added to the allow list, he may buy tokens.",
        ("user may buy token; if state user added allow list",),
    ),
    (
        ("The Buyer shall pay the price and the Seller shall, within two days, deliver the goods."),
        (
            "buyer must pay price",
            "seller must deliver goods; by P2D",
        ),
    ),
    (
        ("The tenant pays the landlord 20 USDC within 7 days of the landlord repairing the roof."),
        ("tenant must pay 20 USDC -> landlord; by P7D; if event landlord repair roof",),
    ),
    (
        "The escrow shall release the money within 5 days of the Buyer confirming receipt.",
        ("contract must release money; by P5D; if event buyer confirm receipt",),
    ),
    (
        "Upon the Company receiving the notice, it shall pay Bob 50 USDC.",
        ("company must pay 50 USDC -> bob; if event notify notice -> company",),
    ),
    (
        (
            "Should the Chainlink ETH/USD feed report a price below 1,500 at any time "
            "before 31 December 2027, the vault sells 10 ETH."
        ),
        (
            (
                "vault must sell 10 ETH; if oracle chainlink eth/usd feed price < 1500; if "
                "time < 2027-12-31"
            ),
        ),
    ),
    (
        (
            "If the rent is more than fourteen days in arrears, the landlord may "
            "terminate the lease."
        ),
        ("landlord may terminate lease; if breach pay > P14D rent",),
    ),
    (
        "Nobody may participate in the auction before 1 May 2027.",
        ("anyone must not perform auction; if time < 2027-05-01",),
    ),
    (
        "You lose your 50 USDC deposit if you don't show up.",
        ("contract must keep 50 USDC; if not state you show up",),
    ),
    ("Each member can buy two tickets at most.", ("member may buy <=2 ticket",)),
    (
        "If the seller's car breaks during the test drive, Bob pays nothing.",
        ("bob must not pay; if state seller's car breaks; if time test drive =",),
    ),
    (
        "The Tenant shall be responsible for the payment of all utilities.",
        ("tenant must pay utility",),
    ),
    (
        "Title to and risk in the Goods shall pass to the Buyer upon delivery.",
        (
            "contract must transfer title -> buyer; if event deliver",
            "contract must transfer risk -> buyer; if event deliver",
        ),
    ),
    (
        "The agent gets 3% of sales above 50,000 USDC.",
        ("contract must pay 3 % of sales -> agent; if comparison sales > 50000 USDC",),
    ),
    (
        "The Borrower shall repay the then outstanding principal on 1 May 2028.",
        ("borrower must return principal; by 2028-05-01",),
    ),
    (
        "If the fee is unpaid, the Provider is entitled to suspend access.",
        ("provider may perform access; if breach pay fee",),
    ),
)
