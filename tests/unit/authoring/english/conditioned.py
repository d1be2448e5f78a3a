"""Conditions of many kinds, each with what it says in the notation."""

CONDITIONED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "No applicant whose country appears on the sanctions list may mint.",
        ("applicant must not issue; if state country appears sanctions list",),
    ),
    (
        "An applicant who resides outside the zone may not buy tokens.",
        ("applicant must not buy token; if state applicant resides outside zone",),
    ),
    (
        "If the tenant moves abroad, the lease ends.",
        ("contract must terminate lease; if state tenant moves abroad",),
    ),
    (
        "If the price is above 2 USDC on 1 May 2027, the seller gets 100 USDC on that date.",
        (
            "contract must pay 100 USDC -> seller; by 2027-05-01; if oracle price > 2 USDC; if time = 2027-05-01",
        ),
    ),
    (
        "The Borrower may extend the loan by six months on giving the Lender 30 days' notice.",
        ("borrower may extend loan; by P6M; if event borrower notify P30D -> lender",),
    ),
    (
        "The Lessor may terminate the lease if the Lessee abandons the premises and commits a nuisance.",
        (
            "lessor may terminate lease; if state lessee abandons premises; if state lessee commits nuisance",
        ),
    ),
    (
        "Should the Franchisee abandon the premises and commit a criminal offence, the Franchisor may terminate this Agreement.",
        (
            "franchisor may terminate agreement; if state franchisee abandons premises; if state franchisee commits criminal offence",
        ),
    ),
    (
        "Should the drone crash before 1 May 2027, the insurer pays the pilot 900 USDC.",
        ("insurer must pay 900 USDC -> pilot; if state drone crash; if time < 2027-05-01",),
    ),
    (
        "An amendment of the statutes becomes effective only if three quarters of the members approve it.",
        ("contract must approve amendment; if approval member 3 of 4",),
    ),
    (
        "If an Event of Default has occurred and is continuing, the Lender may terminate the facility.",
        ("lender may terminate facility; if state event of default occurred",),
    ),
    (
        "The Lender may declare all amounts immediately repayable where an instalment is missed.",
        ("lender may claim amount; by P0D; if breach pay instalment",),
    ),
    (
        "If the borrower misses two payments, the lender can call in the whole loan.",
        ("lender may claim loan; if breach borrower pay 2 payment",),
    ),
    (
        "The obligation of the Insurer to pay 10,000 USDC arises only if the damage exceeds 2,000 USDC.",
        ("insurer must pay 10000 USDC; if comparison damage > 2000 USDC",),
    ),
    (
        "The Company's obligation to issue 5,000 shares to the Subscriber shall be conditional upon payment of 50,000 USDC by the Subscriber.",
        ("company must issue 5000 share -> subscriber; if event subscriber pay 50000 USDC",),
    ),
    (
        "Payment of the bonus of 500 USDC to the Manager is conditional on the sale being completed by 30 June 2027.",
        ("contract must pay 500 USDC -> manager; if state sale completed; if time <= 2027-06-30",),
    ),
    (
        "When the designer hands in the logo, send her 400 DAI.",
        ("contract must pay 400 DAI -> designer; if event designer deliver logo",),
    ),
    (
        "The Customer may use the Software, provided that the number of users does not at any time exceed 25.",
        ("customer may use software; if comparison number of user <= 25",),
    ),
    (
        "The Borrower may withdraw the excess if the ratio does not fall below 150%.",
        ("borrower may withdraw excess; if comparison ratio >= 150 %",),
    ),
    (
        "If the buyer neither confirms nor disputes delivery within 3 days, the contract releases the money to the seller.",
        (
            "contract must release money -> seller; if breach buyer confirm; if not state buyer disputes delivery; if time <= P3D",
        ),
    ),
    (
        "All Options shall vest if the Company is sold, except where the Holder has given notice before completion of the sale.",
        (
            "contract must vest option; if event sell company; if not event holder notify completion sale <",
        ),
    ),
    (
        "Once the surveyor certifies that the roof is watertight, the owner pays 4,000 USDC to the builder.",
        ("owner must pay 4000 USDC -> builder; if event surveyor confirm",),
    ),
    (
        "The DAO pays 500 USDC to Lea if the holders approve by a majority of 75%.",
        ("dao must pay 500 USDC -> lea; if approval holder 75%",),
    ),
    (
        "If the work stops for reasons attributable to the Client, the Client shall pay 300 USDC per day to the Contractor.",
        (
            "client must pay 300 USDC -> contractor; every P1D; if state work stops; if state reasons attributable client",
        ),
    ),
    (
        "The Buyer may reclaim the down payment of 8,000 USDC from the Seller.",
        ("buyer may claim 8000 USDC -> seller",),
    ),
    (
        "If the harvest turns out to be less than 40 tonnes, the insurer pays the farmer 9,000 USDC.",
        ("insurer must pay 9000 USDC -> farmer; if comparison harvest < 40 tonne",),
    ),
    (
        "Any amounts then outstanding shall be paid by the Borrower on 1 May 2027.",
        ("borrower must pay amount; by 2027-05-01",),
    ),
    (
        "funds go back to buyer if seller silent for 72h",
        ("contract must return fund -> buyer; if state seller silent; if time = PT72H",),
    ),
    (
        "If Ann has held the tokens for a year, she may vote.",
        ("ann may vote; if state ann held token; if time = P1Y",),
    ),
    (
        "If neither of us objects within two days, the contract pays Tom 40 USDC.",
        ("contract must pay 40 USDC -> tom; if not state parties objects; if time <= P2D",),
    ),
    (
        "As long as the Licensee pays the royalty and does not challenge the Trade Mark, the Licensor shall not use the mark.",
        (
            "licensor must not use mark; if event licensee pay royalty; if not state licensee challenge trade mark",
        ),
    ),
    (
        "If the Works are suspended for a period exceeding 60 days, the Contractor may terminate the contract.",
        ("contractor may terminate contract; if state works suspended; if time > P60D",),
    ),
    (
        "Should it emerge that the title is defective, the Vendor shall refund the price within ten days.",
        ("vendor must refund price; by P10D; if state title defective",),
    ),
    (
        "The member may cancel if she informs the club at least 14 days beforehand.",
        ("member may cancel; if event member notify P14D -> club",),
    ),
    (
        "full deposit back at the end of the lease",
        ("contract must return deposit; if time end of lease =",),
    ),
    (
        "If the client says nothing within a week, the draft is deemed accepted.",
        ("contract must accept draft; if state client says nothing; if time <= P1W",),
    ),
    (
        "Provided that all rent due up to the break date has been paid, the Tenant may terminate the lease.",
        ("tenant may terminate lease; if event pay rent",),
    ),
    (
        "If the Insured conceals a fact, the Insurer may, within one month after learning thereof, rescind the policy.",
        ("insurer may terminate policy; by P1M from learning; if state insured conceals fact",),
    ),
    (
        "The buyer pays the balance, 900 USDC, on delivery.",
        ("buyer must pay 900 USDC; if event deliver",),
    ),
)
