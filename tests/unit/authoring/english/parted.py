"""Parts of a sum and of what is sold, schedules, and ends of what recurs."""

PARTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The Purchaser shall pay the Vendor 12,000 USDC in three equal instalments: on signing, on delivery and 30 days after acceptance.",
        (
            "purchaser must pay 4000 USDC -> vendor; by P0D",
            "purchaser must pay 4000 USDC -> vendor; if event deliver",
            "purchaser must pay 4000 USDC -> vendor; by P30D; if event accept",
        ),
    ),
    (
        "The client pays the agency 9,000 USDC in three parts: at signing, on 1 May 2027 and on completion.",
        (
            "client must pay 3000 USDC -> agency; by P0D",
            "client must pay 3000 USDC -> agency; by 2027-05-01",
            "client must pay 3000 USDC -> agency; if state completion",
        ),
    ),
    (
        "The buyer pays the seller 1,000 USDC in two equal payments, on 1 May 2027 and on 1 June 2027.",
        (
            "buyer must pay 500 USDC -> seller; by 2027-05-01",
            "buyer must pay 500 USDC -> seller; by 2027-06-01",
        ),
    ),
    (
        "The price of 6,000 USDC is payable to the seller in two instalments: upon signing and upon delivery.",
        (
            "_ must pay 3000 USDC -> seller; by P0D",
            "_ must pay 3000 USDC -> seller; if event deliver",
        ),
    ),
    (
        "The buyer shall pay 8,000 EURC to the seller in two equal instalments, the first on signing and the second on delivery.",
        (
            "buyer must pay 4000 EURC -> seller; by P0D",
            "buyer must pay 4000 EURC -> seller; if event deliver",
        ),
    ),
    (
        "The sponsor pays the team 4,000 USDC in four instalments: on 1 March, 1 June, 1 September and 1 December 2027.",
        (
            "sponsor must pay 1000 USDC -> team; by 2027-03-01",
            "sponsor must pay 1000 USDC -> team; by 2027-06-01",
            "sponsor must pay 1000 USDC -> team; by 2027-09-01",
            "sponsor must pay 1000 USDC -> team; by 2027-12-01",
        ),
    ),
    (
        "20 USDC of every ticket sold goes to the charity.",
        ("contract must pay 20 USDC of ticket -> charity",),
    ),
    (
        "Of every ticket sold, 5 USDC goes to the venue.",
        ("contract must pay 5 USDC of ticket -> venue",),
    ),
    (
        "10 USDC of each booking made is kept by the platform.",
        ("platform must keep 10 USDC of booking",),
    ),
    (
        "Tokens granted to an Advisor vest in 24 equal monthly tranches starting on 1 January 2027, with no tranche vesting before 1 July 2027.",
        (
            "contract must vest token -> advisor; every P1M x24; spread; if time >= 2027-01-01",
            "contract must not vest; if time < 2027-07-01",
        ),
    ),
    (
        "Shares issued to the founders vest monthly over 48 months.",
        ("contract must vest share -> founder; every P1M x48; spread",),
    ),
    (
        "The grant vests over 4 years in equal monthly parts, with no part vesting during the first year.",
        (
            "contract must vest grant; every P1M x48; spread",
            "contract must not vest; if time < P1Y",
        ),
    ),
    (
        "A late fee of 1% per week accrues on any overdue amount.",
        ("_ must pay 1 % of overdue amount; every P1W",),
    ),
    (
        "The publisher pays the author 7.5% of net receipts each quarter, not later than 45 days after quarter end.",
        (
            "publisher must pay 7.5 % of net receipts -> author; by P45D from quarter end; every P3M",
        ),
    ),
    (
        "Each month the manager shall pay the investors 10% of the profit within 10 days of the month end.",
        ("manager must pay 10 % of profit -> investor; by P10D from month end; every P1M",),
    ),
    (
        "A proposal passes if more votes are cast for than against it.",
        ("contract must approve proposal; if approval vote > 50%",),
    ),
    (
        "The deposit is returned to the tenant at once.",
        ("contract must return deposit -> tenant; by P0D",),
    ),
    (
        "The seller delivers goods 10 days after payment at the earliest.",
        ("seller must deliver goods; if time payment >= P10D",),
    ),
    (
        "At the earliest on 1 May 2027 the seller delivers the goods.",
        ("seller must deliver goods; if time >= 2027-05-01",),
    ),
    (
        "If the price ever exceeds 2 USDC before 1 May 2027, Ben pays Ann 50 USDC.",
        ("ben must pay 50 USDC -> ann; if oracle price > 2 USDC; if time < 2027-05-01",),
    ),
    ("The tokens vest all at once on 1 May 2027.", ("contract must vest token; by 2027-05-01",)),
    (
        "The rent of 900 EURC a month increases to 950 EURC on 1 January 2028.",
        (
            "_ must pay 900 EURC; by 2028-01-01; every P1M",
            "_ must pay 950 EURC; every P1M; if time >= 2028-01-01",
        ),
    ),
    (
        "The seller refunds the price of 900 USDC with interest.",
        ("seller must refund 900 USDC", "seller must pay interest"),
    ),
    (
        "Anna pays Ben and Carl 500 USDC each.",
        ("anna must pay 500 USDC -> ben", "anna must pay 500 USDC -> carl"),
    ),
    (
        "Anna pays Ben, Carl and Dora 500 USDC each on 1 May 2027.",
        (
            "anna must pay 500 USDC -> ben; by 2027-05-01",
            "anna must pay 500 USDC -> carl; by 2027-05-01",
            "anna must pay 500 USDC -> dora; by 2027-05-01",
        ),
    ),
    (
        "The seller ceases to deliver goods if the buyer does not pay.",
        ("seller must not deliver goods; if breach buyer pay",),
    ),
    (
        "The treasury may spend up to 10,000 USDC per month with the signature of two of the three trustees.",
        ("treasury may pay <=10000 USDC; every P1M; if approval trustee 2 of 3",),
    ),
)
