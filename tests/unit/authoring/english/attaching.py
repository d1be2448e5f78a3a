"""Sentences in which it matters what a condition, a time or a verb belongs to."""

ATTACHING: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The venue keeps the fee if we cancel after 1 May 2027 and refunds it if the band cancels.",
        (
            "venue must keep fee; if event we cancel > 2027-05-01",
            "venue must refund fee; if event band cancel",
        ),
    ),
    (
        "The hotel keeps the deposit if guests break the lamp and returns it otherwise.",
        ("hotel must keep deposit; if state guest break lamp; else hotel must return deposit",),
    ),
    (
        "The shop refunds the price if you return the goods and pays the postage.",
        ("shop must refund price; if event you return goods", "shop must pay postage"),
    ),
    (
        "The seller refunds the buyers if they return the goods and keep the receipt.",
        ("seller must refund -> buyer; if event buyer return goods; if event buyer keep receipt",),
    ),
    (
        "Lisa gets 20% of the profit and Mark the rest, once costs have been covered.",
        (
            "contract must pay 20 % of profit -> lisa; if event pay cost",
            "contract must pay rest -> mark; if event pay cost",
        ),
    ),
    (
        "Ann gets 5 ETH when the site is live, Bob 3 ETH.",
        (
            "contract must pay 5 ETH -> ann; if state site live",
            "contract must pay 3 ETH -> bob; if state site live",
        ),
    ),
    (
        "The plumber must fix the leak within two days of being told about it.",
        ("plumber must repair leak; by P2D; if event notify -> plumber",),
    ),
    (
        "If delivery is late by more than 10 days, the client can cancel.",
        ("client may cancel; if breach deliver > P10D",),
    ),
    (
        "If the machine breaks within a year, the seller repairs it.",
        ("seller must repair machine; if state machine breaks; if time <= P1Y",),
    ),
    (
        "If the pump fails during the warranty period, the maker replaces it.",
        ("maker must repair pump; if state pump fails; if time warranty period =",),
    ),
    (
        "The owner may sell the boat only after the crew has left it and been paid.",
        ("owner may sell boat; if state crew left boat; if event pay -> crew",),
    ),
    (
        "If the supplier can't deliver the goods, the buyer may cancel the order.",
        ("buyer may cancel order; if breach supplier deliver goods",),
    ),
    (
        "If the jury cannot agree, the contract returns the prize to the sponsor.",
        ("contract must return prize -> sponsor; if not approval jury",),
    ),
    (
        "Nobody may vote who has not paid the membership fee.",
        ("anyone must not vote; if breach anyone pay membership fee",),
    ),
    (
        (
            "If the tenant fails to leave the flat and hand over the keys by 31 May 2027, he owes "
            "the landlord 50 USDC a day."
        ),
        (
            (
                "tenant must pay 50 USDC -> landlord; every P1D; if breach tenant perform <= "
                "2027-05-31 flat; if breach tenant deliver <= 2027-05-31 key"
            ),
        ),
    ),
    (
        "If the buyer does not pay the price or collect the goods, the seller may sell them.",
        ("seller may sell goods; if breach buyer pay price; if breach buyer claim goods",),
    ),
    (
        "The licensee pays 2% of sales while the patent is valid and 1% afterwards.",
        (
            "licensee must pay 2 % of sales; if state patent valid",
            "licensee must pay 1 % of sales; if not state patent valid",
        ),
    ),
    (
        "The agent earns nothing unless the house is sold within six months.",
        ("contract must not pay money -> agent; if not event sell <= P6M house",),
    ),
    (
        "The stock is returned to the maker by the shop if unsold by 30 November 2027.",
        ("shop must return stock -> maker; if breach sell <= 2027-11-30 stock",),
    ),
    (
        "The board may warn a user who has not paid dues and does not answer letters.",
        ("board may notify -> user; if breach user pay dues; if not state user answer letter",),
    ),
)
