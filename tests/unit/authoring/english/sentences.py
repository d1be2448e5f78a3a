"""Sentences of lawyers and traders, each with what it says in the notation of `notation.py`."""

SENTENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The Tenant shall pay to the Landlord a monthly rent of USD 2,500, payable in advance on the first day of each calendar month.",
        ("tenant must pay 2500 USD -> landlord; by P1D from month; every P1M",),
    ),
    (
        "In accordance with clause 4.2, the Supplier must deliver 500 units of the Product to the Customer no later than 15 March 2027.",
        ("supplier must deliver 500 product -> customer; by 2027-03-15",),
    ),
    (
        "Upon confirmation by the Buyer of receipt of the goods, the escrow agent shall release the purchase price to the Seller.",
        ("escrow agent must release purchase price -> seller; if event buyer confirm receipt",),
    ),
    (
        "The Licensor hereby grants to the Licensee a non-exclusive licence to use the Software for a period of two years.",
        ("licensee may use software; by P2Y",),
    ),
    (
        "The Contractor shall not disclose any Confidential Information to any third party without the prior written consent of the Company.",
        (
            "contractor must not disclose confidential information -> third party; if not approval company",
        ),
    ),
    (
        "Neither party may assign this Agreement without the consent of the other party.",
        ("parties must not assign agreement; if not approval other party",),
    ),
    (
        "In the event that the Seller fails to deliver the Goods by the Delivery Date, the Buyer shall be entitled to terminate this Agreement and to receive a full refund of the Deposit.",
        (
            "buyer may terminate agreement; if breach seller deliver delivery date <= goods",
            "buyer may claim refund; if breach seller deliver delivery date <= goods",
        ),
    ),
    (
        "The auction ends on 5 May 2027 at 18:00 UTC.",
        ("contract must terminate auction; by 2027-05-05T18:00:00+00:00",),
    ),
    (
        "Tokens vest over 48 months with a 12-month cliff.",
        ("contract must vest token; by P4Y; spread; if time cliff >= P1Y",),
    ),
    (
        "10% of the tokens shall be released to the team immediately and the remaining 90% shall vest linearly over 36 months.",
        (
            "contract must release 10 % of token -> team; by P0D",
            "contract must vest 90 %; by P3Y; spread",
        ),
    ),
    (
        "The insurer pays 5,000 USDC to the farmer if rainfall in July is less than 30 mm according to the national weather service.",
        (
            "insurer must pay 5000 USDC -> farmer; if oracle national weather service rainfall < 30 mm",
        ),
    ),
    (
        "when carol confirms she got the painting, release the money to dave",
        ("contract must release money -> dave; if event carol confirm",),
    ),
    (
        "The Deposit shall be refunded to the Tenant within 14 days after the end of the lease.",
        ("contract must refund deposit -> tenant; by P14D; if state lease end",),
    ),
    (
        "The Buyer may inspect the goods within 7 days of receipt and reject them if they are defective.",
        (
            "buyer may inspect goods; by P7D; if event deliver goods",
            "buyer may reject goods; if state goods defective",
        ),
    ),
    (
        "If at least 60% of the token holders vote in favour, the treasury shall transfer 20,000 USDC to the grantee.",
        ("treasury must transfer 20000 USDC -> grantee; if approval token holder >= 60%",),
    ),
    (
        "The funds shall remain locked until 1 January 2028.",
        ("contract must lock fund; by 2028-01-01",),
    ),
    (
        "The guarantor shall pay the lender all amounts due if the borrower defaults.",
        ("guarantor must pay amount -> lender; if state borrower defaults",),
    ),
    (
        "Party A shall deliver the equipment to Party B within thirty (30) days from the date of signing, failing which Party A shall pay liquidated damages of 0.5% of the contract price for each day of delay.",
        (
            "party a must deliver equipment -> party b; by P30D; else party a must pay 0.5 % of contract price; every P1D",
        ),
    ),
    (
        "dave to send 2 ETH to carol by 5 June 2027",
        ("dave must pay 2 ETH -> carol; by 2027-06-05",),
    ),
    (
        "The Lessee shall maintain the premises in good condition and shall not make any alterations without the prior written consent of the Lessor.",
        (
            "lessee must maintain premises",
            "lessee must not perform alteration; if not approval lessor",
        ),
    ),
    (
        "On or before the last business day of each quarter, the Company shall distribute 20% of its net profits to the shareholders.",
        (
            "company must distribute 20 % of net profit -> shareholder; by P3M from quarter; every P3M",
        ),
    ),
    (
        "The Purchaser shall pay the balance of the purchase price, being 40,000 USDC, upon delivery.",
        ("purchaser must pay 40000 USDC; if event deliver",),
    ),
    (
        "The Manufacturer shall replace any defective unit free of charge within 12 months of delivery.",
        ("manufacturer must repair unit; by P1Y; if event deliver",),
    ),
    (
        "If the temperature measured by the sensor exceeds 8 °C, the carrier shall pay the shipper 500 USDC.",
        ("carrier must pay 500 USDC -> shipper; if oracle sensor temperature > 8 °c",),
    ),
    (
        "Once three of the five trustees have approved the withdrawal, the vault shall transfer 100 ETH to the beneficiary.",
        ("vault must transfer 100 ETH -> beneficiary; if approval trustee 3 of 5",),
    ),
    (
        "The Client may terminate this Agreement at any time by giving 30 days' written notice to the Consultant.",
        ("client may terminate agreement; if event client notify P30D -> consultant",),
    ),
    (
        "The Issuer shall burn 1,000 tokens every quarter.",
        ("issuer must burn 1000 token; every P3M",),
    ),
    (
        "Each bidder must deposit 50 USDC before placing a bid.",
        ("bidder must deposit 50 USDC; if not event bidder bid",),
    ),
    (
        "All unsold tokens shall be burned after the sale ends.",
        ("contract must burn token; if state sale ends",),
    ),
    (
        "Until the loan is repaid, the borrower may not withdraw the collateral.",
        ("borrower must not withdraw collateral; if not event return loan",),
    ),
    (
        "The Company shall issue 500 shares to the Investor against payment of 25,000 USDC.",
        ("company must issue 500 share -> investor; if event pay 25000 USDC",),
    ),
    (
        "The subscriber may cancel the subscription at any time before the renewal date.",
        ("subscriber may cancel subscription; if time renewal date <",),
    ),
    (
        "Royalties of 8% of the resale price shall be paid to the artist by the seller upon each resale.",
        ("seller must pay 8 % of resale price -> artist; if event sell",),
    ),
    (
        "The Supplier shall invoice the Customer monthly.",
        ("supplier must notify -> customer; every P1M",),
    ),
    (
        "The Customer shall pay each invoice within 30 days of receipt.",
        ("customer must pay invoice; by P30D; if event deliver invoice",),
    ),
    ("Payment shall be made by the Buyer to the Seller in USDC.", ("buyer must pay -> seller",)),
    (
        "The Seller agrees to sell and the Buyer agrees to buy 100 tonnes of wheat at a price of 200 USDC per tonne.",
        (
            "seller must sell 100 tonne of wheat",
            "buyer must buy 100 tonne of wheat",
            "buyer must pay 200 USDC of tonne",
        ),
    ),
    (
        "The contractor gets 30% upfront, 40% at the prototype and 30% on final delivery.",
        (
            "contract must pay 30 % -> contractor",
            "contract must pay 40 % -> contractor; if state prototype",
            "contract must pay 30 % -> contractor; if event deliver",
        ),
    ),
    (
        "if the courier loses the parcel he owes me 300 USDC",
        ("courier must pay 300 USDC -> i; if state courier loses parcel",),
    ),
    (
        "Lock 1000 USDC for 90 days and then return it to me.",
        (
            "contract must lock 1000 USDC; by P90D",
            "contract must return 1000 USDC -> i; if time > P90D",
        ),
    ),
    ("Either party may cancel within 48 hours.", ("parties may cancel; by PT48H",)),
    (
        "The landlord can keep the deposit if the tenant damages the flat.",
        ("landlord may keep deposit; if state tenant damages flat",),
    ),
    ("Only the arbitrator may release the escrow.", ("arbitrator may release escrow",)),
    (
        "The agent shall transfer the domain name to the buyer within 5 days after receipt of full payment.",
        ("agent must transfer domain name -> buyer; by P5D; if event pay",),
    ),
    (
        "A member who has not paid the annual fee by 31 January 2027 shall not vote.",
        ("member must not vote; if breach member pay <= 2027-01-31 fee",),
    ),
    ("The Buyer shall bear the cost of shipping.", ("buyer must pay cost",)),
    (
        "The Company shall pay the Consultant a success fee of 3% of the transaction value within ten business days following closing.",
        ("company must pay 3 % of transaction value -> consultant; by P10D; if state closing",),
    ),
    (
        "The Vendor shall, upon written request of the Customer, provide copies of all invoices within five days.",
        ("vendor must provide copy; by P5D; if event customer claim",),
    ),
    (
        "In consideration of the services, the Client shall pay the Provider 2,000 USDC per month, starting on 1 February 2027.",
        ("client must pay 2000 USDC -> provider; every P1M; if time >= 2027-02-01",),
    ),
    (
        "The Franchisee shall pay to the Franchisor a royalty of 5% of gross sales on a monthly basis.",
        ("franchisee must pay 5 % of gross sales -> franchisor; every P1M",),
    ),
    (
        "If the Borrower repays the loan before 1 March 2027, the Lender shall waive the interest.",
        ("lender must perform interest; if event borrower return < 2027-03-01 loan",),
    ),
    (
        "The smart contract shall automatically refund each contributor if the funding goal of 50,000 USDC has not been reached by 1 September 2027.",
        (
            "contract must refund -> contributor; if comparison funding goal < 50000 USDC; if time <= 2027-09-01",
        ),
    ),
    (
        "The Seller shall transfer title to the vehicle to the Buyer upon full payment of the purchase price.",
        ("seller must transfer title -> buyer; if event pay purchase price",),
    ),
    ("The oracle shall publish the price every hour.", ("oracle must report price; every PT1H",)),
    (
        "If the BTC price falls below 50,000 USD according to Chainlink, the vault sells 2 BTC.",
        ("vault must sell 2 BTC; if oracle chainlink BTC price < 50000 USD",),
    ),
    (
        "5 ETH from Max to Lea when the site goes live",
        ("max must pay 5 ETH -> lea; if state site goes live",),
    ),
    (
        "Buyer sends 1,000 USDT to escrow; seller ships within 5 days; buyer confirms; escrow pays seller.",
        (
            "buyer must pay 1000 USDT -> contract",
            "seller must deliver; by P5D",
            "buyer must confirm",
            "contract must pay -> seller",
        ),
    ),
    (
        "Kim locks 500 DAI as collateral until she repays Lee.",
        ("kim must lock 500 DAI; if not event kim return -> lee",),
    ),
    (
        "Each co-founder's shares vest in equal monthly instalments over four years with a one-year cliff.",
        ("contract must vest share -> co-founder; every P1M x48; spread; if time cliff >= P1Y",),
    ),
    (
        "The Parties shall keep the terms of this Agreement confidential.",
        ("parties must not disclose term",),
    ),
    (
        "The Licensee must not copy, modify or distribute the Software.",
        (
            "licensee must not use software",
            "licensee must not perform software",
            "licensee must not distribute software",
        ),
    ),
    (
        "The Bank shall release the retained sum of 5% of the contract price to the Contractor twelve months after completion.",
        ("bank must release 5 % of contract price -> contractor; by P1Y; if state completion",),
    ),
    (
        "The buyer may reject the goods within 5 days after delivery, in which case the seller shall refund the purchase price.",
        (
            "buyer may reject goods; by P5D; if event deliver",
            "seller must refund purchase price; if event buyer reject goods",
        ),
    ),
    (
        "Upon termination of this Agreement for any reason, the Employee shall return all company property.",
        ("employee must return company property; if event terminate agreement",),
    ),
    ("The deposit is non-refundable.", ("contract must not refund deposit",)),
    (
        "The prize of 1,000 USDC goes to the winner of the contest.",
        ("contract must pay 1000 USDC -> winner",),
    ),
    (
        "The user can withdraw their stake after a lock-up period of 30 days.",
        ("user may withdraw stake; if time lock-up period > P30D",),
    ),
    (
        "The Sponsor shall pay the Club 50,000 USDC in two instalments: 20,000 USDC on 1 March 2027 and 30,000 USDC on 1 September 2027.",
        (
            "sponsor must pay 20000 USDC -> club; by 2027-03-01",
            "sponsor must pay 30000 USDC -> club; by 2027-09-01",
        ),
    ),
    (
        "Every holder of a golden ticket receives 3 NFTs on launch day.",
        ("contract must transfer 3 nft -> holder; if time launch day =",),
    ),
    (
        "Tokens may not be transferred before the end of the lock-up period.",
        ("contract must not transfer token; if time end of lock-up period <",),
    ),
    (
        "The supplier must replace defective goods within 14 days of notice.",
        ("supplier must repair goods; by P14D; if event notify",),
    ),
    (
        "Each partner shall contribute 25,000 USDC within 30 days of the date of this Agreement.",
        ("partner must contribute 25000 USDC; by P30D",),
    ),
    (
        "Profits shall be shared equally between the partners.",
        ("contract must distribute profit -> partner",),
    ),
    (
        "70% of the proceeds goes to the band and 30% goes to the venue.",
        (
            "contract must pay 70 % of proceeds -> band",
            "contract must pay 30 % of proceeds -> venue",
        ),
    ),
    (
        "The DAO may only spend the funds if at least 51% of votes approve.",
        ("dao may pay fund; if approval vote >= 51%",),
    ),
    (
        "Customer shall pay a cancellation fee of 10% of the contract price if it cancels the order after 1 April 2027.",
        ("customer must pay 10 % of contract price; if event customer cancel > 2027-04-01 order",),
    ),
    (
        "If the shipment is delayed by more than 5 days, the carrier shall refund 20% of the freight.",
        ("carrier must refund 20 % of freight; if oracle shipment delay > P5D",),
    ),
    (
        "The lender may sell the collateral if the borrower fails to repay on time.",
        ("lender may sell collateral; if breach borrower return",),
    ),
    (
        '"Closing Date" means 30 June 2027. The Seller shall transfer the Shares to the Buyer on the Closing Date.',
        ("seller must transfer share -> buyer; by 2027-06-30",),
    ),
    (
        "The Agent shall hold the funds in escrow until both parties confirm completion.",
        ("agent must keep fund; if not event parties confirm completion",),
    ),
    (
        "Unless the Buyer notifies the Seller of any defect within 10 days of delivery, the Escrow Agent shall release the funds to the Seller.",
        (
            "escrow agent must release fund -> seller; if not event buyer notify delivery <= P10D defect -> seller",
        ),
    ),
    (
        "The Organizer shall refund all ticket holders in full if the event is cancelled.",
        ("organizer must refund -> ticket holder; if event cancel event",),
    ),
    (
        "Landlord must not increase the rent during the term.",
        ("landlord must not perform rent; if time term =",),
    ),
    ("Nobody can withdraw before 1 Jan 2028.", ("anyone must not withdraw; if time < 2028-01-01",)),
    (
        "The Company shall, at the request of the Investor, repurchase the Shares at a price of 12 USD per share.",
        (
            "company must buy share; if event investor claim",
            "company must pay 12 USD of share; if event investor claim",
        ),
    ),
    (
        "On delivery of the keys, the buyer pays the remaining 80% of the price.",
        ("buyer must pay 80 % of price; if event deliver key",),
    ),
    (
        "The Trustee shall pay the income to the Beneficiary quarterly.",
        ("trustee must pay income -> beneficiary; every P3M",),
    ),
    ("The buyer pays the seller 200 USDC.", ("buyer must pay 200 USDC -> seller",)),
    (
        "The seller shall ship the goods to the buyer within 5 days.",
        ("seller must deliver goods -> buyer; by P5D",),
    ),
    (
        "Alice must return the camera to Bob by 2027-03-01.",
        ("alice must return camera -> bob; by 2027-03-01",),
    ),
    (
        "The tenant may terminate the lease by giving 60 days' notice.",
        ("tenant may terminate lease; if event tenant notify P60D",),
    ),
    (
        "The company shall not sell its shares before 1 January 2028.",
        ("company must not sell share; if time < 2028-01-01",),
    ),
    (
        "The lender shall transfer 30,000 USDC to the borrower on 1 March 2027.",
        ("lender must transfer 30000 USDC -> borrower; by 2027-03-01",),
    ),
    ("The borrower shall repay the loan within two years.", ("borrower must return loan; by P2Y",)),
    (
        "If the seller cancels the order, the seller shall refund the buyer.",
        ("seller must refund -> buyer; if event seller cancel order",),
    ),
    (
        "When the milestone is approved, release 5,000 DAI to the developer.",
        ("contract must release 5000 DAI -> developer; if state milestone approved",),
    ),
    ("The landlord shall repair the roof within 30 days.", ("landlord must repair roof; by P30D",)),
    (
        "The agency shall provide monthly reports to the client.",
        ("agency must provide report -> client; every P1M",),
    ),
    (
        "The guarantor undertakes to pay the debt if the debtor defaults.",
        ("guarantor must pay debt; if state debtor defaults",),
    ),
    ("Burn 1% of each transfer.", ("contract must burn 1 % of transfer",)),
    (
        "The contractor must not disclose the plans to anyone.",
        ("contractor must not disclose plan -> anyone",),
    ),
    (
        "The supplier shall deliver 20 barrels of oil to the refinery every month.",
        ("supplier must deliver 20 barrel of oil -> refinery; every P1M",),
    ),
    (
        "The investor is entitled to receive a dividend of 4% per year.",
        ("investor may claim 4 %; every P1Y",),
    ),
    (
        "No party may transfer its rights under this Agreement.",
        ("parties must not transfer right",),
    ),
    (
        "The customer agrees to pay 15 USDC per month for the service.",
        ("customer must pay 15 USDC; every P1M",),
    ),
    (
        "The insurer shall reimburse the insured within 30 days after approval of the claim by the assessor.",
        ("insurer must pay -> insured; by P30D; if approval assessor",),
    ),
    ("The manager may approve expenses up to 500 USDC.", ("manager may approve <=500 USDC",)),
    ("Each voter may cast one vote.", ("voter may vote",)),
    ("The players deposit 10 USDC each.", ("player must deposit 10 USDC",)),
    (
        "The winner of the tournament receives 80% of the pot.",
        ("contract must pay 80 % of pot -> winner",),
    ),
    (
        "If the goods are damaged, the buyer may reject them.",
        ("buyer may reject goods; if state goods damaged",),
    ),
    (
        "The club shall pay the player a bonus of 10,000 EUR if the team wins the league.",
        ("club must pay 10000 EUR -> player; if oracle team wins league",),
    ),
    (
        "The host shall refund 50% of the price if the guest cancels at least 7 days before arrival.",
        ("host must refund 50 % of price; if event guest cancel arrival P7D",),
    ),
    (
        "Release the funds on 1 June 2027 at 12:00 UTC.",
        ("contract must release fund; by 2027-06-01T12:00:00+00:00",),
    ),
    (
        "The publisher shall pay the author 2,000 GBP upon acceptance of the manuscript.",
        ("publisher must pay 2000 GBP -> author; if event accept manuscript",),
    ),
    (
        "ETH under $1,500 -> sell 3 ETH",
        ("contract must sell 3 ETH; if oracle ETH < 1500 USD",),
    ),
    (
        "The fee is 200 USDC per month, payable by Customer.",
        ("customer must pay 200 USDC; every P1M",),
    ),
    (
        "Should the flight be cancelled, the Insurer shall pay each Passenger 300 USDC within 5 days.",
        ("insurer must pay 300 USDC -> passenger; by P5D; if oracle flight cancelled",),
    ),
    (
        "The company may terminate the agreement if the consultant breaches clause 5.",
        ("company may terminate agreement; if state consultant breaches clause 5",),
    ),
    (
        "No Member may withdraw more than 50 DAI per day.",
        ("member may withdraw <=50 DAI; every P1D",),
    ),
    (
        "The insurer pays 50 USDC for every hour by which the train is late.",
        ("insurer must pay 50 USDC; every PT1H; if state train late",),
    ),
    (
        "The DAO may, by simple majority, renew the licence.",
        ("dao may renew licence; if approval dao > 50%",),
    ),
    (
        "Keep the coins locked until 3 of 5 guardians sign.",
        ("contract must lock coin; if not approval guardian 3 of 5",),
    ),
    (
        "Except as required by law, the Recipient shall not, for a period of three years after termination, reveal the Discloser's trade secrets to anybody.",
        (
            "recipient must not disclose trade secret -> anyone; if not state law required; if time termination < P3Y",
        ),
    ),
    (
        "The Purchaser may reject any consignment that fails inspection.",
        ("purchaser may reject consignment; if event reject consignment",),
    ),
    (
        "Votes may be cast until 20 June 2027, 12:00 UTC.",
        ("_ may vote; by 2027-06-20T12:00:00+00:00",),
    ),
    (
        "If the borrower's loan-to-value ratio, as reported by the Chainlink feed, exceeds 80 %, the lender may sell the collateral.",
        ("lender may sell collateral; if oracle chainlink feed loan-to-value ratio > 80 %",),
    ),
    (
        "The project creator can take out the funds only after the deadline of 1 October 2027 has passed and the goal of 60 ETH has been reached.",
        ("project creator may withdraw fund; if time > 2027-10-01; if comparison goal >= 60 ETH",),
    ),
    (
        "The Council may suspend withdrawals for up to 72 hours by a vote of three quarters of its members.",
        ("council may perform withdrawal; by PT72H; if approval member 3 of 4",),
    ),
    (
        "Delivery shall be made in three lots: 40 tonnes by 1 March 2027, 40 tonnes by 1 June 2027 and the balance by 1 September 2027.",
        (
            "_ must deliver 40 tonne; by 2027-03-01",
            "_ must deliver 40 tonne; by 2027-06-01",
            "_ must deliver balance; by 2027-09-01",
        ),
    ),
    (
        "For every day that the vessel is held up beyond the agreed laytime, the charterer owes the owner 9,000 USDC.",
        (
            "charterer must pay 9000 USDC -> owner; every P1D; if state vessel held up beyond agreed laytime",
        ),
    ),
    (
        "If ETH/USD on Chainlink closes above 4,000 on 30 June 2027, Petra gets 2 ETH from Quentin.",
        (
            "quentin must pay 2 ETH -> petra; if oracle chainlink eth/usd > 4000; if time = 2027-06-30",
        ),
    ),
    (
        "The board shall not dispose of any asset worth more than 100,000 USDC unless a majority of the shareholders has agreed in advance.",
        (
            "board must not sell asset; if comparison asset > 100000 USDC; if not approval shareholder > 50%",
        ),
    ),
    (
        "If the parcel is lost, the courier owes the sender its declared value, but never more than 1,000 USDC.",
        (
            "courier must pay value -> sender; if state parcel lost",
            "courier may pay <=1000 USDC -> sender",
        ),
    ),
    (
        "The Licensee shall, on or before the tenth day after the end of each calendar quarter, deliver to the Licensor a statement of all sales.",
        ("licensee must deliver statement -> licensor; by P10D from quarter end; every P3M",),
    ),
    (
        "The Borrower may not, without the Lender's prior written consent (which shall not be unreasonably withheld), create any charge over the Property.",
        ("borrower must not perform charge; if not approval lender",),
    ),
    (
        "If either party commits a material breach and does not remedy it within 30 days of being asked to do so, the other party may terminate this Agreement.",
        (
            "other party may terminate agreement; if state party commits material breach; if breach parties repair being asked <= P30D material breach",
        ),
    ),
    (
        "Each of the five founders can veto any transfer of more than 50 ETH within 24 hours.",
        ("founder may reject transfer; by PT24H; if comparison transfer > 50 ETH",),
    ),
    (
        "If rent arrives more than seven days late, the tenant owes the landlord 40 EURC.",
        ("tenant must pay 40 EURC -> landlord; if breach pay > P7D rent",),
    ),
    (
        "Following installation, the Customer has ten days to test the equipment, after which it is deemed to have accepted it.",
        (
            "customer may inspect equipment; by P10D; if state installation",
            "customer must accept equipment; if time > P10D",
        ),
    ),
    (
        "Whoever breaks the rules twice loses the deposit.",
        ("contract must keep deposit; if state anyone breaks rules twice",),
    ),
    (
        "A grant is paid out only if a majority of the jury votes for it.",
        ("_ must pay grant; if approval jury > 50%",),
    ),
    (
        "If the grantee misses two milestones in a row, the foundation can stop all further payments.",
        ("foundation may perform payment; if state grantee misses two milestones row",),
    ),
    (
        "The charterer shall redeliver the vessel at Hamburg between 1 and 15 September 2027.",
        ("charterer must return vessel; if time >= 2027-09-01; if time <= 2027-09-15",),
    ),
    (
        "If more than 3 % of a batch is defective, the buyer can return the whole batch.",
        ("buyer may return batch; if comparison defective batch > 3 %",),
    ),
    (
        "The Recipient may only share the documents with employees who need them for the project and who have signed a similar undertaking.",
        (
            "recipient may disclose document -> employee; if state employee need them for project; if state employee signed similar undertaking",
        ),
    ),
    (
        "The host credits the customer with 10 % of the fee.",
        ("host must pay 10 % of fee -> customer",),
    ),
    (
        "Neither the Company nor the Investor may hire the Contractor's staff.",
        ("company must not perform staff", "investor must not perform staff"),
    ),
    (
        "The Developer shall remedy, at no charge, every defect that the Client reports within 90 days of acceptance.",
        ("developer must repair defect; if event client report acceptance <= P90D defect",),
    ),
    (
        "Unless the Client gives notice of a defect within 14 days, the work is considered accepted.",
        ("contract must accept work; if not event client notify <= P14D defect",),
    ),
    (
        "The Trustee shall hold the tokens until the Beneficiary turns 21 and shall then transfer them to her.",
        (
            "trustee must keep token; if not state beneficiary turns 21",
            "trustee must transfer token -> beneficiary; if state beneficiary turns 21",
        ),
    ),
    (
        "No member may cast more than one vote per proposal.",
        ("member may vote <=1 vote of proposal",),
    ),
    (
        "The insurer pays nothing if the insured event happens within the first 14 days of cover.",
        ("insurer must not pay; if state insured event happens; if time cover <= P14D",),
    ),
    ("The tenant shall pay the rent even if the flat is empty.", ("tenant must pay rent",)),
    (
        "The shipment must be insured by the seller up to the point of delivery.",
        ("seller must maintain shipment; if not event deliver",),
    ),
    (
        "The landlord must be paid within a week of the result being published.",
        ("_ must pay -> landlord; by P1W; if event report result",),
    ),
    (
        "The board needs the approval of 75 % of the members before it sells any land.",
        ("board must not sell land; if not approval member 75%",),
    ),
    (
        "The tenant must obtain the landlord's consent before subletting the flat.",
        ("tenant must not assign flat; if not approval landlord",),
    ),
    (
        "The Operator shall keep records of all payments for five years.",
        ("operator must maintain record; by P5Y",),
    ),
    (
        "The Seller shall deliver the documents listed in Schedule 3 to the Buyer within five days.",
        ("seller must deliver document -> buyer; by P5D",),
    ),
)
