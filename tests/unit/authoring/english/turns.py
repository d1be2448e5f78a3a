"""Dates beside what happens, arrears, earnings, and participles in the place of clauses."""

TURNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Holders can mint one NFT before the public sale starts on 4 June 2027.",
        ("holder may issue 1 nft; by 2027-06-04",),
    ),
    (
        "Nobody can touch the savings until my daughter turns 18 on 3 March 2031.",
        ("anyone must not perform savings; if time < 2031-03-03",),
    ),
    (
        "Members may withdraw their stake until the season ends on 30 September 2027.",
        ("member may withdraw stake; by 2027-09-30",),
    ),
    (
        "After the vesting period ends on 1 May 2028, Kim may sell her shares.",
        ("kim may sell share; if time >= 2028-05-01",),
    ),
    (
        (
            "If the tenant is in arrears for more than one month, the landlord may "
            "terminate the lease."
        ),
        ("landlord may terminate lease; if breach tenant pay > P1M payment",),
    ),
    (
        (
            "Where the Borrower is in arrears with two instalments, the Lender may demand"
            " the whole loan."
        ),
        ("lender may claim loan; if breach borrower pay 2 instalment",),
    ),
    (
        "If rent is in arrears for more than 14 days, the landlord may terminate the lease.",
        ("landlord may terminate lease; if breach pay > P14D rent",),
    ),
    (
        ("The Insurer pays 250 USDC to the traveller if the flight is delayed beyond three hours."),
        ("insurer must pay 250 USDC -> traveller; if oracle flight delay > PT3H",),
    ),
    (
        "The policyholder receives 80 USDC when the ferry is delayed three hours or more.",
        ("contract must pay 80 USDC -> policyholder; if oracle ferry delay >= PT3H",),
    ),
    (
        "Goods not rejected within five days are deemed accepted.",
        ("contract must accept goods; if breach reject <= P5D goods",),
    ),
    (
        (
            "The buyer may inspect the goods within three days; items not rejected in "
            "that time are deemed accepted."
        ),
        (
            "buyer may inspect goods; by P3D",
            "contract must accept item; if breach reject <= P3D item",
        ),
    ),
    (
        "Deposits not collected within 90 days are forfeited to the landlord.",
        ("landlord must keep deposit; if breach claim <= P90D deposit",),
    ),
    (
        "Anna's 12,000 tokens unlock in equal parts every month for two years.",
        ("contract must release 12000 token -> anna; every P1M x24; spread",),
    ),
    (
        (
            "On every subsequent sale of the Artwork the seller shall remit to the Artist"
            " 5% of the price."
        ),
        ("seller must pay 5 % of price -> artist; if event sell artwork",),
    ),
    (
        "If BTC closes above 150k on 31 Dec 2027 per Coinbase, Max pays Tim 1 ETH.",
        ("max must pay 1 ETH -> tim; if oracle coinbase BTC > 150000; if time = 2027-12-31",),
    ),
    (
        (
            "If the target of 20,000 USDC is attained by 1 May 2027, the contract pays "
            "the money to the organiser."
        ),
        (
            (
                "contract must pay money -> organiser; if comparison target >= 20000 USDC; if"
                " time <= 2027-05-01"
            ),
        ),
    ),
    (
        ("The Escrow Agent shall, without any further notice, release the deposit to the Seller."),
        ("escrow agent must release deposit -> seller",),
    ),
    (
        ("The buyer pays 2 ETH into the contract; once the audit is clean, it goes to the seller."),
        (
            "buyer must deposit 2 ETH -> contract",
            "contract must pay 2 ETH -> seller; if state audit clean",
        ),
    ),
    (
        ("The Investor subscribes for 2,000 shares at a subscription price of 5 USDC per share."),
        (
            "investor must subscribe 2000 share",
            "investor must pay 5 USDC of share",
        ),
    ),
    (
        "The member subscribes to the box for 12 months at 30 USDC a month.",
        (
            "member must subscribe box; by P1Y",
            "member must pay 30 USDC; every P1M x12",
        ),
    ),
    (
        "Ticket income: 60% to the band, 40% to the club, paid out every Monday.",
        (
            "contract must distribute 60 % of ticket income -> band; by P1D from week; every P1W",
            "contract must distribute 40 % of ticket income -> club; by P1D from week; every P1W",
        ),
    ),
    (
        "Whatever the song earns is split 50/30/20 between Ada, Ben and Cleo.",
        (
            "contract must distribute 50 % of earnings -> ada",
            "contract must distribute 30 % of earnings -> ben",
            "contract must distribute 20 % of earnings -> cleo",
        ),
    ),
    (
        (
            "Holders may vote until 5 May 2027, and if at least half vote for it, the "
            "contract releases 5 ETH to the team."
        ),
        (
            "holder may vote; by 2027-05-05",
            "contract must release 5 ETH -> team; if approval vote >= 50%",
        ),
    ),
    (
        "If the parcel is lost, the carrier pays the sender up to 100 USDC.",
        ("carrier must pay <=100 USDC -> sender; if state parcel lost",),
    ),
    (
        "The agent keeps 10% of the rent and transfers the remaining 90% to the owner.",
        (
            "agent must keep 10 % of rent",
            "agent must transfer 90 % of rent -> owner",
        ),
    ),
    (
        "If Peter misses a monthly payment by more than ten days, Eva can sell the car.",
        ("eva may sell car; if breach peter pay > P10D payment",),
    ),
    (
        "The tenant may end the lease early, but then loses half of the deposit.",
        (
            "tenant may terminate lease",
            "contract must keep 50 % of deposit",
        ),
    ),
    (
        "The seller must hand over the keys on the day the last instalment is paid.",
        ("seller must deliver key; if event pay instalment",),
    ),
    (
        "On the day that the ship docks, the buyer pays 900 USDC to the seller.",
        ("buyer must pay 900 USDC -> seller; if state ship docks",),
    ),
    (
        (
            "The Distributor shall collect the Net Revenue and shall pay to the Licensor "
            "50% thereof each quarter."
        ),
        (
            "distributor must claim net revenue",
            "distributor must pay 50 % of net revenue -> licensor; every P3M",
        ),
    ),
    (
        "The Distributor shall account to the Licensor for all royalties quarterly.",
        ("distributor must report royalty -> licensor; every P3M",),
    ),
    (
        (
            "Tokens shall be locked for twelve months and shall thereafter be released in"
            " six equal monthly instalments."
        ),
        (
            "contract must lock token; by P1Y",
            "contract must release token; every P1M x6; spread; if time > P1Y",
        ),
    ),
    (
        "The tokens are locked for one year and are then released monthly over two years.",
        (
            "contract must lock token; by P1Y",
            "contract must release token; every P1M x24; spread; if time > P1Y",
        ),
    ),
    (
        (
            "Upon completion of the Works to the satisfaction of the Architect, the "
            "Employer shall pay 9,000 USDC to the Builder."
        ),
        (
            (
                "employer must pay 9000 USDC -> builder; if state works completion; if "
                "approval architect"
            ),
        ),
    ),
    (
        (
            "The treasurer may not pay more than 100 USDC without the consent of at least"
            " two members."
        ),
        ("treasurer may pay <=100 USDC; if not approval member 2",),
    ),
    (
        "Demurrage of 2,000 USDC per day shall be payable by the Charterer.",
        ("charterer must pay 2000 USDC; every P1D",),
    ),
    (
        "If fewer than 20% of the tokens are voted, the proposal fails.",
        ("contract must reject proposal; if comparison quorum < 20 %",),
    ),
    (
        "If turnout is below 10%, the vote fails.",
        ("contract must reject vote; if comparison turnout < 10 %",),
    ),
    ("Rent paid late incurs a fee of 50 USDC.", ("_ must pay 50 USDC; if breach pay rent",)),
    (
        "Any rent paid after the fifth day of the month attracts a late charge of 50 USDC.",
        ("_ must pay 50 USDC; if breach pay month <= P5D rent",),
    ),
)
