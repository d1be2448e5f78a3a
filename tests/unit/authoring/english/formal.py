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
)
