"""Turns of formal prose, each sentence with its obligations in the notation."""

FORMAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Upon the Client having accepted Milestone 2 in writing, the Client shall, not later than the fifth Business Day following such acceptance, pay to the Developer an amount equal to 30 per cent. of the Contract Price.",
        (
            "client must pay 30 % of contract price -> developer; by P5D; if event client accept milestone 2",
        ),
    ),
    (
        "If any sum payable hereunder is not paid on its due date, the Borrower shall pay interest on the overdue sum at the rate of 1.5 per cent per month until actual payment.",
        (
            "borrower must pay 1.5 % of overdue sum; every P1M; if breach pay due date = sum; if not event pay",
        ),
    ),
    (
        "The Tenant shall not, without the prior written consent of the Landlord, assign, underlet or part with possession of the Premises.",
        (
            "tenant must not assign premises; if not approval landlord",
            "tenant must not transfer premises; if not approval landlord",
        ),
    ),
    (
        "In the event that the aggregate rainfall recorded by the Meteorological Office during the Cover Period is less than 120 mm, the Insurer shall pay to the Policyholder the sum of 15,000 USDC.",
        (
            "insurer must pay 15000 USDC -> policyholder; if oracle meteorological office aggregate rainfall < 120 mm; if time cover period =",
        ),
    ),
    (
        "If the Employee's employment terminates for any reason prior to the first anniversary of the Commencement Date, all unvested Tokens shall be forfeited to the Company.",
        ("company must keep token; if event employment terminate commencement date < P1Y",),
    ),
    (
        "Either party may terminate the employment by giving to the other not less than three months' prior written notice.",
        ("parties may terminate employment; if event parties notify P3M -> other party",),
    ),
    (
        "The Purchaser is Orion Holdings Ltd. The Purchaser shall pay 40,000 USDC to the Vendor on 1 June 2027.",
        ("purchaser must pay 40000 USDC -> vendor; by 2027-06-01",),
    ),
    (
        "The Borrower may, upon not less than ten days' prior written notice to the Lender, prepay the Loan in whole or in part without premium or penalty.",
        ("borrower may pay loan; if event borrower notify P10D -> lender",),
    ),
    (
        "The Supplier shall replace, free of charge, any Goods found to be defective within twelve months of delivery.",
        ("supplier must repair goods; if state goods defective; if time delivery <= P1Y",),
    ),
    (
        "Should any Milestone not be achieved by its Target Date, the Client shall be entitled to withhold 5 % of the corresponding instalment for every week of delay.",
        (
            "client may keep 5 % of corresponding instalment; every P1W; if not state milestone achieved target date",
        ),
    ),
    (
        "The Lender agrees to advance to the Borrower, on the date hereof, a loan in the principal amount of 250,000 USDC.",
        ("lender must pay 250000 USDC -> borrower; by P0D",),
    ),
    (
        "The principal amount shall be repaid by the Borrower in twenty-four equal consecutive monthly instalments of 10,000 USDC each, the first of which shall fall due on 1 February 2027.",
        ("borrower must return 10000 USDC; every P1M x24; if time >= 2027-02-01",),
    ),
    (
        "The Lessee shall pay to the Lessor, monthly in advance on or before the fifth day of each calendar month, a rent of 1,850 USDC.",
        ("lessee must pay 1850 USDC -> lessor; by P5D from month; every P1M",),
    ),
    (
        "The Licensee shall keep complete and accurate books of account and shall permit the Licensor to inspect the same once in each calendar year.",
        (
            "licensee must maintain book",
            "licensor may inspect book; every P1Y",
        ),
    ),
    (
        "Any royalty not paid when due shall bear interest at the rate of 1 per cent. per month.",
        ("_ must pay 1 % of royalty; every P1M; if breach pay royalty",),
    ),
    (
        "The Supplier shall supply to the Buyer, and the Buyer shall purchase from the Supplier, not less than 500 units of the Product in each calendar quarter.",
        (
            "supplier must supply >=500 product -> buyer; every P3M",
            "buyer must buy >=500 product; every P3M",
        ),
    ),
    (
        "In the event of a Change of Control, all Options which have not yet vested shall vest immediately.",
        ("contract must vest option; by P0D; if state control change",),
    ),
    (
        "The Escrow Agent shall hold the Escrow Fund and shall not release any part thereof otherwise than in accordance with the joint written instructions of the Parties.",
        (
            "escrow agent must keep escrow fund",
            "escrow agent must not release part; if not event parties notify",
        ),
    ),
    (
        "If total contributions received on or before 30 September 2027 do not equal or exceed 60,000 USDC, each Contributor shall be entitled to a refund of its contribution in full.",
        (
            "contributor may claim refund; if comparison total contribution < 60000 USDC; if time <= 2027-09-30",
        ),
    ),
    (
        "Unless the Price Feed reports a price of ETH of at least 1,800 USD on the Observation Date, no Coupon shall be payable to the Noteholder.",
        (
            "_ must not pay coupon -> noteholder; if not oracle price feed price of ETH >= 1800 USD; if time observation date =",
        ),
    ),
    (
        "Upon payment of a claim in full, all rights of the Insured against third parties shall pass to the Insurer.",
        ("contract must transfer right -> insurer; if event pay claim",),
    ),
    (
        "Should the Supplier be unable to deliver the Goods by reason of force majeure, the Buyer may cancel the order without liability after the expiry of thirty days.",
        (
            "buyer may cancel order; if breach supplier deliver goods; if state force majeure; if time > P30D",
        ),
    ),
    (
        "In the event that the Contractor fails to complete the Works by the Completion Date, the Employer shall be entitled to deduct 500 USDC per day from any sum due to the Contractor, but not exceeding 15,000 USDC in aggregate.",
        (
            "employer may keep 500 USDC; every P1D; if breach contractor perform completion date <= works",
            "employer may keep <=15000 USDC",
        ),
    ),
    (
        "Subject to the Participant remaining in continuous service, 25 % of the Award shall vest on each of the first four anniversaries of the Grant Date.",
        (
            "contract must vest 25 % of award; every P1Y x4; if state participant continuous service",
        ),
    ),
    (
        "The Employer may summarily dismiss the Employee without notice or payment in lieu of notice in the event of gross misconduct.",
        ("employer may perform employee; if state gross misconduct occurrence",),
    ),
    (
        "The Tenant shall yield up the Premises at the expiration of the Term in the same condition as at the commencement thereof, fair wear and tear excepted.",
        ("tenant must return premises; if time expiration of term =",),
    ),
    (
        "The Escrow Agent may at any time resign by giving not less than thirty days' written notice to the Parties, whereupon the Parties shall jointly appoint a successor.",
        (
            "escrow agent may perform; if event escrow agent notify P30D -> parties",
            "parties must perform successor; if event escrow agent perform",
        ),
    ),
    (
        "A party which is in breach shall have ten days from receipt of notice in which to remedy the breach.",
        ("parties may repair breach; by P10D; if state parties breach; if event notify",),
    ),
)
