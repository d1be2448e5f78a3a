"""Shares of one whole, what is due for each of many, and votes, each in the notation."""

COUNTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The borrower pays the lender interest on the loan at a rate of no more than 8% per year.",
        ("borrower must pay <=8 % of loan -> lender; every P1Y",),
    ),
    (
        "The company pays the agent a commission at a rate of not less than 3 % of the sales.",
        ("company must pay >=3 % of sales -> agent",),
    ),
    (
        "The loan bears interest at a rate not exceeding 5 %, payable to the bank by the borrower.",
        ("borrower must pay <=5 % of loan -> bank",),
    ),
    (
        "The author is entitled to 60% of the royalties, Bo to 20% and the agent to the rest.",
        (
            "author may claim 60 % of royalty",
            "bo may claim 20 % of royalty",
            "agent may claim rest",
        ),
    ),
    (
        "Anna shall be entitled to 500 USDC and Ben to 300 USDC.",
        ("anna may claim 500 USDC", "ben may claim 300 USDC"),
    ),
    (
        "If the members vote against the sale, the seller returns 100 USDC to the buyer.",
        ("seller must return 100 USDC -> buyer; if state members vote against sale",),
    ),
    (
        "If the board votes against the merger by 1 May 2027, Al pays Bo 50 USDC.",
        ("al must pay 50 USDC -> bo; if state board votes against merger; if time <= 2027-05-01",),
    ),
    (
        "The treasury pays Anna 500 USDC if no director has voted against the payment.",
        ("treasury must pay 500 USDC -> anna; if not state director voted against payment",),
    ),
    (
        "The label gets 60% of streaming revenue, the singer 30% and the producer 10%.",
        (
            "contract must pay 60 % of streaming revenue -> label",
            "contract must pay 30 % of streaming revenue -> singer",
            "contract must pay 10 % of streaming revenue -> producer",
        ),
    ),
    (
        "60% of the proceeds go to the artist and 40% to the gallery.",
        (
            "contract must pay 60 % of proceeds -> artist",
            "contract must pay 40 % of proceeds -> gallery",
        ),
    ),
    (
        "Alice gets half of the income, Bob a quarter and Carol a quarter.",
        (
            "contract must pay 50 % of income -> alice",
            "contract must pay 25 % of income -> bob",
            "contract must pay 25 % of income -> carol",
        ),
    ),
    (
        "The editor receives 20% of all sales, the author half and the platform the rest.",
        (
            "contract must pay 20 % of sales -> editor",
            "contract must pay 50 % of sales -> author",
            "contract must pay rest -> platform",
        ),
    ),
    (
        "For each referral, pay the referrer 10 USDC.",
        ("contract must pay 10 USDC of referral -> referrer",),
    ),
    (
        "For each lesson, the school pays the tutor 30 USDC.",
        ("school must pay 30 USDC of lesson -> tutor",),
    ),
    (
        "For every new customer, Ann gets 20 USDC.",
        ("contract must pay 20 USDC of customer -> ann",),
    ),
    (
        "For each lost book the pupil pays the library 12 USDC.",
        ("pupil must pay 12 USDC of lost book -> library",),
    ),
    (
        "For every lesson given, the school pays the tutor 30 USDC.",
        ("school must pay 30 USDC -> tutor; if event provide lesson",),
    ),
    (
        "For each month of the lease, the tenant pays 900 USDC to the landlord.",
        ("tenant must pay 900 USDC -> landlord; every P1M",),
    ),
    (
        "It passes if most votes are in favour and at least 20% of the supply voted.",
        ("contract must approve proposal; if approval vote > 50%; if comparison quorum >= 20 %",),
    ),
    (
        "A motion passes if at least 20% of all tokens vote and half of the votes are in favour.",
        ("contract must approve motion; if comparison turnout >= 20 %; if approval vote 50%",),
    ),
    (
        "If at least 20 members vote and a majority is in favour, the club pays 500 USDC to Ann.",
        ("club must pay 500 USDC -> ann; if comparison quorum >= 20; if approval vote > 50%",),
    ),
    (
        "Voting lasts seven days, and the proposal is accepted if yes votes exceed no votes.",
        (
            "contract must terminate voting; by P7D",
            "contract must approve proposal; if approval vote > 50%",
        ),
    ),
    (
        "The proposal fails if fewer than 50 members vote.",
        ("contract must reject proposal; if comparison quorum < 50",),
    ),
    (
        "The motion is carried if two thirds of the members present vote in favour.",
        ("contract must approve motion; if approval member 2 of 3",),
    ),
    ("One token is one vote.", ("token holder may vote <=1 vote of token",)),
    (
        "After three missed instalments, the lender may keep the collateral.",
        ("lender may keep collateral; if breach pay 3 instalment",),
    ),
    (
        "The buyer may cancel at any time before shipment and receive a full refund.",
        ("buyer may cancel; if not event deliver", "buyer may claim refund; if event buyer cancel"),
    ),
    (
        "A penalty of 0.1% of the price accrues for every day of delay, up to a maximum of 5%.",
        ("_ must pay 0.1 % of price; every P1D; if state delay", "_ may pay <=5 % of price"),
    ),
    (
        "If the supplier delivers late, it pays 1% of the price per week, limited to 10%.",
        (
            "supplier must pay 1 % of price; every P1W; if breach supplier deliver",
            "supplier may pay <=10 % of price",
        ),
    ),
    (
        "If neither party objects within 15 days, the agreement renews for another year.",
        ("contract must renew agreement; by P1Y; if not state parties objects; if time <= P15D",),
    ),
    (
        "The buyer pays the greater of 1,000 USDC and 600 USDC to the seller.",
        ("buyer must pay 1000 USDC -> seller",),
    ),
    (
        "The buyer pays the lower of 1,000 USDC and 600 USDC to the seller.",
        ("buyer must pay 600 USDC -> seller",),
    ),
    (
        "For each print sold the shop pays the artist 0.50 USDC.",
        ("shop must pay 0.5 USDC -> artist; if event sell print",),
    ),
)
