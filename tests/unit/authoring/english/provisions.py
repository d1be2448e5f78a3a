"""Provisions of whole agreements, each with what it says in the notation."""

PROVISIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The Buyer shall deposit 500 USDC in escrow with the contract.",
        ("buyer must deposit 500 USDC -> contract",),
    ),
    (
        "The Buyer places 500 USDC in escrow with the Agent.",
        ("buyer must deposit 500 USDC -> agent",),
    ),
    (
        "20% shall be released to the Supplier 60 days after delivery, provided that the Purchaser has not notified the Supplier of a defect during that period.",
        (
            "contract must release 20 % -> supplier; by P60D; if event deliver; if breach purchaser notify delivery <= P60D defect -> supplier",
        ),
    ),
    (
        "The Supplier shall deliver the goods by 30 September 2027; if delivery is delayed beyond that date, the Supplier shall pay 100 USDC to the Buyer for each day of delay.",
        (
            "supplier must deliver goods; by 2027-09-30",
            "supplier must pay 100 USDC -> buyer; every P1D; if breach deliver <= 2027-09-30",
        ),
    ),
    (
        "The amounts still held in escrow shall be refunded to the Purchaser.",
        ("contract must refund balance -> purchaser",),
    ),
    (
        "Any funds remaining in escrow go back to the buyer on 1 May 2027.",
        ("contract must return balance -> buyer; by 2027-05-01",),
    ),
    (
        "Whatever is still in escrow on 1 May 2027 is refunded to the buyer.",
        ("contract must refund balance -> buyer; by 2027-05-01",),
    ),
    (
        "The Client shall pay the Consultant 24,000 USDC, of which 6,000 USDC is payable on signing, 8,000 USDC on delivery of the draft report, and 10,000 USDC upon acceptance of the final report.",
        (
            "client must pay 6000 USDC -> consultant; by P0D",
            "client must pay 8000 USDC -> consultant; if event deliver report",
            "client must pay 10000 USDC -> consultant; if event accept report",
        ),
    ),
    (
        "Any amount not paid when due bears interest at 1% per month.",
        ("_ must pay 1 % of amount; every P1M; if breach pay amount",),
    ),
    (
        "In the event of a sale of the Foundation's business, all unvested tokens vest at once.",
        ("contract must vest token; by P0D; if event sell business",),
    ),
    (
        "Upon a sale of the seller's shop, the buyer may cancel.",
        ("buyer may cancel; if event sell shop",),
    ),
    (
        "The Contributor may not sell or transfer vested tokens until 1 July 2028.",
        (
            "contributor must not sell token; if time < 2028-07-01",
            "contributor must not transfer token; if time < 2028-07-01",
        ),
    ),
    (
        "The team must not sell, lend or pledge locked tokens before 1 July 2028.",
        (
            "team must not sell token; if time < 2028-07-01",
            "team must not pay token; if time < 2028-07-01",
            "team must not deposit token; if time < 2028-07-01",
        ),
    ),
    (
        "The Contributor is responsible for all taxes arising from the tokens.",
        ("contributor must pay tax",),
    ),
    ("The buyer is responsible for shipping costs.", ("buyer must pay shipping cost",)),
    ("The landlord is responsible for repairing the roof.", ("landlord must repair roof",)),
    (
        "Any change of this agreement requires the approval of three of the five members of the council.",
        ("_ must not perform agreement; if not approval member 3 of 5",),
    ),
    (
        "Amendments to the rules require the consent of both parties.",
        ("_ must not perform rule; if not approval parties",),
    ),
    (
        "Any payment above 5,000 USDC requires the approval of three of the five members of the council.",
        ("_ must not pay; if comparison payment > 5000 USDC; if not approval member 3 of 5",),
    ),
    (
        "The tenant may end the lease early by giving two months' notice.",
        ("tenant may terminate lease; if event tenant notify P2M",),
    ),
    (
        "The sale opens on 1 May 2027 at 12:00 UTC and closes on 31 May 2027 at 12:00 UTC.",
        (
            "contract must terminate sale; by 2027-05-31T12:00:00+00:00",
            "anyone must not buy; if time < 2027-05-01T12:00:00+00:00",
        ),
    ),
    (
        "The sale closes on 31 May 2027 or as soon as all tokens are sold, whichever is earlier.",
        ("contract must terminate sale; by 2027-05-31; if event sell token",),
    ),
    (
        "The client reimburses expenses, provided that the consultant submits receipts within 30 days.",
        ("client must pay expense; if event consultant deliver <= P30D receipts",),
    ),
    (
        "The buyer may cancel, provided that he pays the seller a fee of 50 USDC.",
        ("buyer may cancel; if event buyer pay 50 USDC -> seller",),
    ),
    (
        "The seller delivers the goods, provided that the buyer shall pay the freight.",
        ("seller must deliver goods", "buyer must pay freight"),
    ),
    ("The price is fixed for the term of this agreement and includes packaging and insurance.", ()),
    (
        "The client pays the designer 50% on signing, 30% on delivery and 20% when the site goes live.",
        (
            "client must pay 50 % -> designer; by P0D",
            "client must pay 30 % -> designer; if event deliver",
            "client must pay 20 % -> designer; if state site goes live",
        ),
    ),
    (
        "The client pays the designer 500 USDC on signing, 300 USDC on delivery and 200 USDC on acceptance.",
        (
            "client must pay 500 USDC -> designer; by P0D",
            "client must pay 300 USDC -> designer; if event deliver",
            "client must pay 200 USDC -> designer; if event accept",
        ),
    ),
    (
        "The client pays the designer 500 USDC: 300 USDC on delivery and 200 USDC on acceptance.",
        (
            "client must pay 300 USDC -> designer; if event deliver",
            "client must pay 200 USDC -> designer; if event accept",
        ),
    ),
    (
        "The contract sends 10 ETH to Bob, 6 ETH to Carol and 4 ETH to Dan.",
        (
            "contract must pay 10 ETH -> bob",
            "contract must pay 6 ETH -> carol",
            "contract must pay 4 ETH -> dan",
        ),
    ),
    (
        "The fund pays Bob 10 ETH, Carol 6 ETH and Dan 4 ETH.",
        (
            "fund must pay 10 ETH -> bob",
            "fund must pay 6 ETH -> carol",
            "fund must pay 4 ETH -> dan",
        ),
    ),
    (
        "The buyer pays 10 ETH to Bob, 6 ETH to Carol and 4 ETH to Dan, when the deed is signed.",
        (
            "buyer must pay 10 ETH -> bob; if state deed signed",
            "buyer must pay 6 ETH -> carol; if state deed signed",
            "buyer must pay 4 ETH -> dan; if state deed signed",
        ),
    ),
    (
        "The DAO pays Alice 500 USDC and Bob 300 USDC every month.",
        ("dao must pay 500 USDC -> alice; every P1M", "dao must pay 300 USDC -> bob; every P1M"),
    ),
    (
        "The renter pays 500 USDC to the owner and 50 USDC to the cleaner each month.",
        (
            "renter must pay 500 USDC -> owner; every P1M",
            "renter must pay 50 USDC -> cleaner; every P1M",
        ),
    ),
    (
        "The fund pays the school 100 USDC and the clinic 200 USDC by 1 May 2027.",
        (
            "fund must pay 100 USDC -> school; by 2027-05-01",
            "fund must pay 200 USDC -> clinic; by 2027-05-01",
        ),
    ),
    (
        "The label pays the singer 20 USDC now and the drummer 30 USDC on 1 May 2027.",
        ("label must pay 20 USDC -> singer", "label must pay 30 USDC -> drummer; by 2027-05-01"),
    ),
    ("The highest bid goes to the seller.", ("contract must pay bid -> seller",)),
    ("The contract pays the winning bid to the gallery.", ("contract must pay bid -> gallery",)),
    (
        "The programme ends on 31 December 2027, when whatever is left in the contract goes back to the sponsor.",
        (
            "contract must terminate programme; by 2027-12-31",
            "contract must return balance -> sponsor; by 2027-12-31",
        ),
    ),
    (
        "The lock ends on 1 May 2028, when the tokens are released to the team.",
        (
            "contract must terminate lock; by 2028-05-01",
            "contract must release token -> team; by 2028-05-01",
        ),
    ),
    (
        "The cover runs from 1 May 2027 to 30 September 2027.",
        ("contract must terminate cover; by 2027-09-30",),
    ),
    (
        "The seller delivers 20 tons of rice CIF Hamburg by 31 August 2027.",
        ("seller must deliver 20 ton of rice; by 2027-08-31",),
    ),
    (
        "The buyer pays the seller 20 USDC within five days of signing this contract.",
        ("buyer must pay 20 USDC -> seller; by P5D",),
    ),
    (
        "The bounty is paid to the reporter within 14 days after two of our three reviewers have confirmed the bug.",
        ("_ must pay bounty -> reporter; by P14D; if approval reviewer 2 of 3",),
    ),
    (
        "Two of our three directors must approve payments above 100 USDC.",
        ("_ must not pay; if comparison payment > 100 USDC; if not approval director 2 of 3",),
    ),
    (
        "The landlord rents the flat at 12 River Street to the tenant from 1 April 2027 to 31 March 2028.",
        ("landlord must provide flat -> tenant; if time >= 2027-04-01; if time <= 2028-03-31",),
    ),
    (
        "The seller sells the house at 4 Mill Lane to the buyer for 90,000 USDC.",
        ("seller must sell house -> buyer", "buyer must pay 90000 USDC -> seller"),
    ),
    (
        "The reporter may notify the arbitrator, who must decide within 14 days.",
        ("reporter may notify -> arbitrator", "arbitrator must perform; by P14D"),
    ),
    (
        "The sponsor appoints an auditor, who checks the books every year.",
        ("sponsor must perform auditor", "auditor must inspect book; every P1Y"),
    ),
    (
        "Payments under clauses 4 and 5 may not exceed 12,000 USDC in total.",
        ("_ may pay <=12000 USDC",),
    ),
    (
        "The payments to the supplier may not exceed 5,000 USDC per month.",
        ("_ may pay <=5000 USDC -> supplier; every P1M",),
    ),
    (
        "Total payments to a farmer may not exceed 12,000 USDC.",
        ("_ may pay <=12000 USDC -> farmer",),
    ),
    (
        "The school pays the tutor 40 USDC for each hour of lessons.",
        ("school must pay 40 USDC of hour -> tutor",),
    ),
    (
        "The client pays the freelancer 60 USDC for every hour worked.",
        ("client must pay 60 USDC of hour -> freelancer",),
    ),
    (
        "Either Maya or Noah must approve before 100 USDC is paid to Bob.",
        ("_ must not pay 100 USDC -> bob; if not approval maya or noah 1 of 2",),
    ),
    (
        "If either Maya or Noah approves, the treasury pays 100 USDC to Bob.",
        ("treasury must pay 100 USDC -> bob; if approval maya or noah 1 of 2",),
    ),
    (
        'Acme Labs Inc. (the "Company") pays Sara Novak (the "Employee") 4,000 USDC by 1 March 2027.',
        ("company must pay 4000 USDC -> employee; by 2027-03-01",),
    ),
    (
        "Either Maya or Noah must approve before 100 USDC is paid to Bob.",
        ("_ must not pay 100 USDC -> bob; if not approval maya or noah 1 of 2",),
    ),
    (
        "If the sensor reports a temperature above 8 degrees, the carrier shall inform the insurer, who shall within 24 hours pay 500 USDC to the shipper.",
        (
            "carrier must notify -> insurer; if oracle sensor temperature > 8 degree",
            "insurer must pay 500 USDC -> shipper; by PT24H; if oracle sensor temperature > 8 degree",
        ),
    ),
    (
        "The Seller shall refund one third of the price of 900 USDC to the Buyer if the goods are late.",
        ("seller must refund 300 USDC -> buyer; if state goods late",),
    ),
    (
        "The Buyer shall pay the Seller the price of 9,000 USDC as follows: one third on signing and two thirds on delivery.",
        (
            "buyer must pay 3000 USDC -> seller; by P0D",
            "buyer must pay 6000 USDC -> seller; if event deliver",
        ),
    ),
    (
        "The Licensee shall pay the Licensor a minimum royalty of 1,000 USDC in the first year and 2,000 USDC in each year after.",
        (
            "licensee must pay >=1000 USDC -> licensor; by P1Y",
            "licensee must pay >=2000 USDC -> licensor; every P1Y; if time > P1Y",
        ),
    ),
    (
        "The Licensee shall pay a minimum annual fee of 1,000 USDC to the Licensor.",
        ("licensee must pay >=1000 USDC -> licensor; every P1Y",),
    ),
    (
        "If the match ends with more than 3 goals, the pool pays Ann 50 USDC.",
        ("pool must pay 50 USDC -> ann; if state match has more than 3 goals",),
    ),
    (
        "Starting on 1 January 2027, 48,000 tokens vest to Ann over 4 years with a one-year cliff.",
        (
            "contract must vest 48000 token -> ann; by P4Y from 2027-01-01; spread; if time cliff >= P1Y",
        ),
    ),
    (
        "If the team loses it pays 100 USDC to the club.",
        ("team must pay 100 USDC -> club; if state team loses",),
    ),
    (
        "The Investor finances the project with 50,000 USDC, which it shall deposit in escrow on signing.",
        ("investor must deposit 50000 USDC -> contract; by P0D",),
    ),
    (
        "Any transfer of more than 5 ETH needs the approval of two of three signers.",
        ("_ must not transfer; if comparison transfer > 5 ETH; if not approval signer 2 of 3",),
    ),
    (
        "So long as any part of the Loan is outstanding, the Borrower shall not pay any dividend or sell its patents without the consent of the Lender.",
        (
            "borrower must not pay dividend; if state loan outstanding; if not approval lender",
            "borrower must not sell patent; if state loan outstanding; if not approval lender",
        ),
    ),
    (
        "What is left at the end of each quarter is split: 60% goes to Mara, 40% to Jonas.",
        (
            "contract must distribute 60 % of balance -> mara; by P3M from quarter; every P3M",
            "contract must distribute 40 % of balance -> jonas; by P3M from quarter; every P3M",
        ),
    ),
    (
        "The Borrower pledges 500,000 FJR by transferring them to the contract within 10 days of signing.",
        ("borrower must deposit 500000 FJR -> contract; by P10D",),
    ),
    (
        "Any purchase above 2,000 USDC needs both of us to agree.",
        ("_ must not buy; if comparison purchase > 2000 USDC; if not approval parties",),
    ),
    (
        "The buyer may place an order for 50 chairs by 1 May 2027.",
        ("buyer may buy 50 chair; by 2027-05-01",),
    ),
    (
        "“Term” means the period of 24 months beginning on 1 June 2027. During the Term the Tenant shall pay the Landlord 50 USDC each month.",
        (
            "tenant must pay 50 USDC -> landlord; every P1M; if time >= 2027-06-01; if time <= 2029-05-31",
        ),
    ),
    (
        "“Rent” means 1,000 USDC per month. The Tenant shall pay the Rent to the Landlord.",
        ("tenant must pay 1000 USDC -> landlord; every P1M",),
    ),
    (
        "The Effective Date is 1 September 2027. The Client shall pay Ann 50 USDC on the Effective Date.",
        ("client must pay 50 USDC -> ann; by 2027-09-01",),
    ),
    (
        "The Licensee shall pay the Licensor: (a) a fee of 8,000 USDC on signing; and (b) 4% of Net Revenue each quarter.",
        (
            "licensee must pay 8000 USDC -> licensor; by P0D",
            "licensee must pay 4 % of net revenue -> licensor; every P3M",
        ),
    ),
    (
        "The Lender lends the Borrower 900 USDC (the “Loan”). The Borrower may prepay the Loan in whole or in part at any time.",
        ("lender must pay 900 USDC -> borrower", "borrower may pay <=900 USDC"),
    ),
    (
        "The Insurer insures Ann from 1 April 2028 to 31 May 2028 (the “Cover Period”). If, on any day of the Cover Period, the Station reports a temperature below -2 degrees, the Insurer pays Ann 50 USDC.",
        (
            "insurer must maintain ann; if time >= 2028-04-01; if time <= 2028-05-31",
            "insurer must pay 50 USDC -> ann; if oracle station temperature < -2 degree; if time >= 2028-04-01; if time <= 2028-05-31",
        ),
    ),
    (
        "If the Station reports a temperature below -2 degrees on any day in May 2028, the Insurer shall pay the Policyholder 5,000 USDC.",
        (
            "insurer must pay 5000 USDC -> policyholder; if oracle station temperature < -2 degree; if time >= 2028-05-01; if time <= 2028-05-31",
        ),
    ),
    (
        "The Insurer shall lock 20,000 USDC in the contract until 10 June 2028. Whatever has not been paid out by then goes back to the Insurer.",
        (
            "insurer must lock 20000 USDC; by 2028-06-10",
            "contract must return balance -> insurer; by 2028-06-10",
        ),
    ),
    (
        "The total of all payouts under this policy shall not exceed 20,000 USDC.",
        ("_ may pay <=20000 USDC",),
    ),
    (
        "The rent is 950 USDC per month and is payable in advance on the first day of each month.",
        ("_ must pay 950 USDC; by P1D from month; every P1M",),
    ),
    (
        "The Customer may terminate after the first 12 months on 30 days' notice.",
        ("customer may terminate; if time > P1Y; if event customer notify P30D",),
    ),
    (
        "A proposal passes if at least 15% of all tokens take part and more than 60% of the votes are in favour.",
        ("contract must approve proposal; if comparison turnout >= 15 %; if approval vote > 60%",),
    ),
    (
        "If two thirds vote in favour, the fund pays Ann 50 USDC.",
        ("fund must pay 50 USDC -> ann; if approval voter 2 of 3",),
    ),
    (
        "Any payment exceeding 20,000 USDC requires a vote of the token holders.",
        ("_ must not pay; if comparison payment > 20000 USDC; if not approval token holder",),
    ),
    (
        "The Company grants the Employee 480,000 LOOM tokens (the “Grant”). The Grant vests in 48 equal monthly instalments starting on 1 March 2028.",
        (
            "company must pay 480000 LOOM -> employee",
            "contract must vest 480000 LOOM; every P1M x48; spread; if time >= 2028-03-01",
        ),
    ),
)
