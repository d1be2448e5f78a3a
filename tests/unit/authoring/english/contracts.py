"""Clauses of contracts as lawyers draft them, each in the notation."""

CONTRACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The Bank shall pay 5,000 USDC to the Beneficiary upon presentation of a bill of lading issued by the carrier.",
        (
            "bank must pay 5000 USDC -> beneficiary; if event deliver bill; if state bill of lading issued by carrier",
        ),
    ),
    (
        "Upon delivery of an invoice approved by the Architect, the Employer shall pay the Contractor 5,000 USDC.",
        (
            "employer must pay 5000 USDC -> contractor; if event deliver invoice; if approval architect",
        ),
    ),
    (
        "Within ten days after receipt of a notice signed by both parties, the Escrow Agent shall pay 5,000 USDC to the Buyer.",
        ("escrow agent must pay 5000 USDC -> buyer; by P10D; if event parties notify",),
    ),
    (
        "Should the tenant miss a payment, the landlord may keep the deposit.",
        ("landlord may keep deposit; if breach tenant pay payment",),
    ),
    (
        "The Distributor shall buy not less than 200 tonnes of ore in every contract year.",
        ("distributor must buy >=200 tonne of ore; every P1Y",),
    ),
    (
        "The Franchisee shall pay to the Franchisor an initial fee of 20,000 USDC and a continuing fee of 6% of gross sales monthly.",
        (
            "franchisee must pay 20000 USDC -> franchisor",
            "franchisee must pay 6 % of gross sales -> franchisor; every P1M",
        ),
    ),
    (
        "The tenant pays a deposit of 2,000 USDC and rent of 1,000 USDC every month.",
        (
            "tenant must pay 2000 USDC",
            "tenant must pay 1000 USDC; every P1M",
        ),
    ),
    (
        "The Borrower shall repay the principal sum of 20,000 USDC, with interest on the unpaid balance at 6% per annum, on 1 June 2028.",
        (
            "borrower must return 20000 USDC; by 2028-06-01",
            "borrower must pay 6 % of unpaid balance; by 2028-06-01; every P1Y",
        ),
    ),
    (
        "The Borrower shall repay the Loan in full on 1 May 2028 together with all interest accrued thereon.",
        (
            "borrower must return loan; by 2028-05-01",
            "borrower must pay interest; by 2028-05-01",
        ),
    ),
    (
        "Interest at the rate of 7 per cent per annum shall be payable on the unpaid balance of the Purchase Price until it is paid in full.",
        ("_ must pay 7 % of unpaid balance; every P1Y; if not event pay",),
    ),
    (
        "The Tenant shall pay the Landlord rent of 900 USDC per month for the first year, rising to 950 USDC per month in the second year.",
        (
            "tenant must pay 900 USDC -> landlord; every P1M x12",
            "tenant must pay 950 USDC -> landlord; every P1M; if time second year =",
        ),
    ),
    (
        "The rent shall be 900 USDC per month for the first twelve months and 950 USDC per month thereafter.",
        (
            "_ must pay 900 USDC; every P1M x12",
            "_ must pay 950 USDC; every P1M; if time > P1Y",
        ),
    ),
    (
        "For the first three months no rent is payable; thereafter the Tenant shall pay 800 USDC per month.",
        (
            "_ must not pay rent; if time < P3M",
            "tenant must pay 800 USDC; every P1M; if time > P3M",
        ),
    ),
    (
        "The Buyer may by written notice to the Seller exercise the option to purchase the Property at a price of 310,000 USDC.",
        (
            "buyer may buy property; if event buyer notify -> seller",
            "buyer must pay 310000 USDC; if event buyer notify -> seller",
        ),
    ),
    (
        "The Company shall transfer 20,000 shares to the Investor, provided always that the Investor has first been approved by the Board.",
        ("company must transfer 20000 share -> investor; if approval board",),
    ),
    (
        "Title shall not pass until the Seller has received payment in full.",
        ("contract must not transfer title; if not event pay payment -> seller",),
    ),
    (
        "Risk in the Goods shall pass to the Buyer on delivery.",
        ("contract must transfer risk -> buyer; if event deliver",),
    ),
    (
        "Should the Contractor abandon the Works, the Employer may engage another contractor to complete them.",
        ("employer may perform contractor; if state contractor abandons works",),
    ),
    (
        "If the Borrower fails to pay any instalment and such failure continues for ten days after written notice, the outstanding principal shall become immediately due and payable.",
        (
            "_ must pay principal; by P0D; if breach borrower pay instalment; if state failure continues for ten days after written notice",
        ),
    ),
    (
        "The Purchaser shall pay 5,000 USDC to the Seller and the balance (45,000 USDC) on Completion.",
        (
            "purchaser must pay 5000 USDC -> seller",
            "purchaser must pay 45000 USDC -> seller; if state completion",
        ),
    ),
    (
        '"Fee" means 50 USDC, "Closing Date" means 3 March 2027 and "Agent" means Acme Ltd. The Buyer shall pay the Fee to the Agent on the Closing Date.',
        ("buyer must pay 50 USDC -> agent; by 2027-03-03",),
    ),
    (
        "The Vendor shall sell and the Purchaser shall purchase the Shares for a total consideration of 75,000 USDC payable in cash on Completion.",
        (
            "vendor must sell share",
            "purchaser must buy share",
            "purchaser must pay 75000 USDC; if state completion",
        ),
    ),
    (
        "The Company shall issue 500 notes to the Subscriber at an issue price of 25,000 USDC payable within three days of closing.",
        (
            "company must issue 500 note -> subscriber",
            "subscriber must pay 25000 USDC -> company; by P3D; if state closing",
        ),
    ),
    (
        "The Tenant shall not sublet the flat and shall not, without the Landlord's consent, alter it.",
        (
            "tenant must not assign flat",
            "tenant must not perform flat; if not approval landlord",
        ),
    ),
    (
        "The Supplier shall procure the delivery of the goods to the Buyer by 1 May 2027.",
        ("supplier must deliver goods -> buyer; by 2027-05-01",),
    ),
    (
        "For a period of twelve months after the Termination Date the Executive shall not, directly or indirectly, solicit any customer of the Company.",
        ("executive must not perform customer; if time termination date < P1Y",),
    ),
    (
        "The balance of the Purchase Price, being 270,000 USDC, shall be paid by the Buyer to the Seller on 15 October 2027.",
        ("buyer must pay 270000 USDC -> seller; by 2027-10-15",),
    ),
    (
        "The Deposit, being the sum of 10,000 USDC, shall be held by the Stakeholder until Completion.",
        ("stakeholder must keep 10000 USDC; if not state completion",),
    ),
    (
        "The Contractor shall provide a performance bond of 25,000 USDC to the Employer, which shall be released upon issue of the Final Certificate.",
        (
            "contractor must provide 25000 USDC -> employer",
            "contract must release 25000 USDC; if event issue final certificate",
        ),
    ),
    (
        "Either party may terminate this Licence if the other commits a material breach and fails to remedy it within thirty days of notice.",
        (
            "parties may terminate licence; if state party commits material breach; if breach other party repair notice <= P30D material breach",
        ),
    ),
    (
        "The Seller shall allow the Buyer to inspect the goods before delivery.",
        ("buyer may inspect goods; if not event deliver",),
    ),
    (
        "Payment for the Goods shall be made by the Buyer to the Seller on delivery.",
        ("buyer must pay -> seller; if event deliver",),
    ),
    (
        "The Landlord may, after giving ten days' notice, and without prejudice to its other rights, terminate the lease.",
        ("landlord may terminate lease; if event landlord notify P10D",),
    ),
    (
        "Interest shall be payable by the Purchaser at 5% per annum on the balance of the price from the Completion Date until the date of actual payment.",
        (
            "purchaser must pay 5 % of balance; every P1Y; if time completion date >=; if time date of actual payment <",
        ),
    ),
    (
        "The Insurer shall pay the repair cost, subject to a limit of 20,000 USDC.",
        (
            "insurer must pay repair cost",
            "insurer may pay <=20000 USDC",
        ),
    ),
    (
        "The Buyer shall buy the car from the Seller for 9,000 USDC, 40% on signing and 60% on delivery.",
        (
            "buyer must buy car",
            "buyer must pay 3600 USDC -> seller; by P0D",
            "buyer must pay 5400 USDC -> seller; if event deliver",
        ),
    ),
    (
        "The Borrower may repay the whole or any part of the Loan at any time.",
        ("borrower may return loan",),
    ),
    (
        "The Company shall pay to the Manager, in addition to the salary, a bonus of 10,000 USDC on 31 December 2027.",
        ("company must pay 10000 USDC -> manager; by 2027-12-31",),
    ),
    (
        "The Contractor shall make good any defect within ten days of notice.",
        ("contractor must repair defect; by P10D; if event notify",),
    ),
    (
        "The Purchaser shall pay 500 USDC per month from the Completion Date until the Expiry Date.",
        (
            "purchaser must pay 500 USDC; every P1M; if time completion date >=; if time expiry date <",
        ),
    ),
    (
        "The Debtor owes 2% per month of the overdue sum.",
        ("debtor must pay 2 % of overdue sum; every P1M",),
    ),
)
