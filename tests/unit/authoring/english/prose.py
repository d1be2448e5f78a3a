"""Sentences as contracts are drafted, each with what it says in the notation."""

PROSE: tuple[tuple[str, tuple[str, ...]], ...] = (
    # a time before several verbs is that of each of them
    ("Before 1 May 2028, the Founders shall not sell, pledge or transfer any Shares.",
     ("founder must not sell share; if time < 2028-05-01",
      "founder must not deposit share; if time < 2028-05-01",
      "founder must not transfer share; if time < 2028-05-01")),
    ("Within ten days after delivery, the Buyer shall inspect and accept the Goods.",
     ("buyer must inspect goods; by P10D; if event deliver",
      "buyer must accept goods; by P10D; if event deliver")),
    ("For a year after the launch, no Founder may sell or transfer any Shares.",
     ("founder must not sell share; if time launch < P1Y",
      "founder must not transfer share; if time launch < P1Y")),
    ("Each month, the Agent shall prepare and deliver a report.",
     ("agent must perform report; every P1M", "agent must deliver report; every P1M")),
    ("For two years from the Effective Date, neither Party shall copy or sell the Designs.",
     ("parties must not use design; if time effective date < P2Y",
      "parties must not sell design; if time effective date < P2Y")),
    # a role within the name of a thing is nobody who receives it
    ("No Founder shall sell any Founder Shares before 1 May 2028.",
     ("founder must not sell founder share; if time < 2028-05-01",)),
    ("The Escrow Agent shall return the Buyer Deposit to the Buyer.",
     ("escrow agent must return buyer deposit -> buyer",)),
    ("The Company shall sell the Investor Shares to the Bank.",
     ("company must sell investor share -> bank",)),
    # verbs of one meaning are one duty
    ("The Founders shall not sell or otherwise dispose of any Shares before 1 May 2028.",
     ("founder must not sell share; if time < 2028-05-01",)),
    # what points back at a time or a payment
    (("The Buyer shall test the Goods within ten days of delivery and, within the same period, "
     "notify the Seller of any defect."),
     ("buyer must inspect goods; by P10D; if event deliver",
      "buyer must notify defect -> seller; by P10D from delivery")),
    (("The Buyer shall pay the Seller 5,000 USDC upon delivery, such payment to be made within ten "
     "days of the invoice."),
     ("buyer must pay 5000 USDC -> seller; by P10D from invoice; if event deliver",)),
    (("The Buyer shall pay the Seller 5,000 USDC on or before the Long Stop Date, being 30 June "
     "2027."),
     ("buyer must pay 5000 USDC -> seller; by 2027-06-30",)),
    (("The Client shall pay the Invoice within thirty days; any sum not so settled shall bear "
     "interest at 1% per month."),
     ("client must pay invoice; by P30D", "_ must pay 1 % of sum; every P1M; if breach pay sum")),
    ("The Subscriber shall pay 45 USDC on the first day of each billing month.",
     ("subscriber must pay 45 USDC; by P1D from month; every P1M",)),
    ("The Licensee shall pay 6% of Net Sales within forty-five days of the close of each quarter.",
     ("licensee must pay 6 % of net sales; by P45D from quarter end; every P3M",)),
    # things that are not as they should be
    ("Goods which fail to conform to the sample may be rejected by the Buyer.",
     ("buyer may reject goods; if not state goods conform sample",)),
    ("If the machines fail the test, the buyer may return them.",
     ("buyer may return machine; if event reject machine",)),
    ("The seller repairs the machines for a year unless they break down through misuse.",
     ("seller must repair machine; by P1Y; if not state machine break down through misuse",)),
    (("In the event of any delay in delivery attributable to the Supplier, the Supplier shall pay "
     "5 USDC for each week of delay."),
     ("supplier must pay 5 USDC; every P1W; if state delay delivery attributable supplier",)),
    # who bears what, told from its side
    ("The freight shall be for the account of the Seller.", ("seller must pay freight",)),
    ("All customs duties shall be for the Buyer's account.", ("buyer must pay customs duty",)),
    ("The Client is charged 12 USDC every month.", ("_ must claim 12 USDC -> client; every P1M",)),
    ("The Lender is repaid by 1 May 2028.", ("_ must return -> lender; by 2028-05-01",)),
    (("All expenses reasonably incurred by the Consultant in performing the Services shall be "
     "reimbursed by the Client."),
     ("client must pay expense",)),
    (("Interest on the Loan shall accrue at 9% per annum and shall be paid by the Borrower to the "
     "Lender on 1 May 2028."),
     ("borrower must pay 9 % of loan -> lender; by 2028-05-01; every P1Y",)),
    ("Interest on the loan to the lender at a rate of 5% is payable by the borrower.",
     ("borrower must pay 5 % of loan -> lender",)),
    (("Liquidated damages of 0.5% of the Price for each week of delay shall be payable by the "
     "Supplier."),
     ("supplier must pay 0.5 % of price; every P1W; if state delay",)),
    (("If the Supplier delays delivery, liquidated damages shall accrue at the rate of 5 USDC for "
     "each week of delay."),
     ("_ must pay 5 USDC; every P1W; if state supplier delays delivery",)),
    ("The Licensee shall account to the Licensor for a royalty of 6% of Net Sales.",
     ("licensee must pay 6 % of net sales -> licensor",)),
    ("The Borrower shall keep the Collateral fully insured at all times.",
     ("borrower must maintain insurance",)),
    # licences, notices, and what stands before a verb
    (("The Licensor grants to the Licensee, for a term of three years and in consideration of a "
     "fee of 12,000 USDC, a licence to use the Photographs."),
     ("licensee may use photograph; by P3Y", "licensee must pay 12000 USDC -> licensor")),
    ("The Buyer shall serve a written notice on the Seller within ten days of delivery.",
     ("buyer must notify -> seller; by P10D; if event deliver",)),
    ("The Seller shall, within ten days and at its own cost, deliver the Goods to the Buyer.",
     ("seller must deliver goods -> buyer; by P10D",)),
    # bounds, votes and consents
    ("No transfer of more than 500 USDC shall be made without the approval of the Board.",
     ("_ must not transfer; if comparison transfer > 500 USDC; if not approval board",)),
    ("No payment out of the Treasury shall be made without the approval of the Board.",
     ("treasury must not pay; if not approval board",)),
    ("No buyer may buy for less than 100 USDC.",
     ("buyer must not buy; if comparison price < 100 USDC",)),
    (("A Proposal shall be deemed adopted if votes representing at least 60% of the tokens are in "
     "favour and a quorum of 15% is met."),
     ("contract must approve proposal; if approval vote 60%; if comparison quorum >= 15 %",)),
    ("The funds may be released if holders of a majority of the shares agree.",
     ("contract may release fund; if approval holder > 50%",)),
    ("Participation in the Sale is restricted to verified wallets.",
     ("verified wallet may buy",)),
    ("The highest bidder at the end of the auction pays his bid to the seller.",
     ("highest bidder must pay bid -> seller; if state auction ended",)),
    ("The tokens are locked until 1 May 2028, then 10% a month are released.",
     ("contract must lock token; by 2028-05-01",
      "contract must release 10 %; every P1M; if time > 2028-05-01")),
    ("Contributions shall be returned if the Target of 200 DAI is not attained by 30 June 2027.",
     (("contract must return contribution; if comparison target < 200 DAI; "
      "if time <= 2027-06-30"),)),
    # set phrases
    ("Either party may bring this Agreement to an end on thirty days' notice.",
     ("parties may terminate agreement; if event parties notify P30D",)),
    ("The Lease shall come to an end on 1 May 2028.",
     ("contract must terminate lease; by 2028-05-01",)),
    (("The Landlord may determine this Lease if the rent is unpaid for ten days, whether formally "
     "demanded or not."),
     ("landlord may terminate lease; if breach pay P10D rent",)),
    ("Title to the Goods remains vested in the Seller until payment.",
     ("seller must keep title; if not event pay",)),
    ("The Goods shall remain the property of the Seller until the price has been paid in full.",
     ("seller must keep title; if not event pay price",)),
    (("The Tokens shall remain in escrow until 1 May 2028, on which date they shall be released to "
     "the Founder."),
     ("contract must lock token; by 2028-05-01",
      "contract must release token -> founder; by 2028-05-01")),
    ("The Seller shall not sell the Goods to any company established in the Territory.",
     ("seller must not sell goods -> company; if state company established territory",)),
    ("No Token may be sold to persons located in the United States.",
     ("_ must not sell token -> person; if state person located united states",)),
    ("The fee of 500 USDC shall be borne equally by the Buyer and the Seller.",
     ("buyer must pay 250 USDC", "seller must pay 250 USDC")),
    ("The costs of the arbitration shall be shared equally by the parties.",
     ("parties must pay 50 % of cost",)),
    (("The Supplier shall pay or allow to the Buyer 400 USDC for every day or part of a day during "
     "which the Goods are not delivered."),
     ("supplier must pay 400 USDC -> buyer; every P1D; if breach deliver goods",)),
    ("The Supplier shall pay 400 USDC for each day on which the Site is closed.",
     ("supplier must pay 400 USDC; every P1D; if state site closed",)),
    (("The Tenant shall lodge 2,400 USDC with the Landlord, to be held as security for the "
     "performance of its obligations."),
     ("tenant must deposit 2400 USDC -> landlord",)),
    (("The Price of 90,000 USDC shall be payable by the Buyer in three equal instalments, the "
     "first on signature, the second on delivery and the third on acceptance."),
     ("buyer must pay 30000 USDC; by P0D", "buyer must pay 30000 USDC; if event deliver",
      "buyer must pay 30000 USDC; if event accept")),
    ("A withdrawal shall be valid only if approved by two of the three Directors.",
     ("_ must not withdraw; if not approval director 2 of 3",)),
    # "they" are no single thing
    ("The Buyer may keep the sample and reject the Goods. They shall be collected by the Seller.",
     ("buyer may keep sample", "buyer may reject goods", "seller must claim goods")),
    ("The landlord returns the deposit to the tenants when they leave.",
     ("landlord must return deposit -> tenant; if state tenant leave",)),
    # a duty stays one beside words that boilerplate has as well
    ("Once all disputes have been resolved, the Agent shall distribute the Fund to the Sellers.",
     ("agent must distribute fund -> seller; if state dispute resolved",)),
    ("The Tenant shall vacate the flat if the lease is declared invalid.",
     ("tenant must return flat; if state lease declared invalid",)),
    ("The Escrow Agent shall hold the Fund until any dispute has been settled.",
     ("escrow agent must keep fund; if not state dispute settled",)),
    ("Where the claim is found to be unlawful, the Insurer may reject it.",
     ("insurer may reject claim; if state claim found unlawful",)),
    # rights, consents, purposes
    ("Nothing in this clause shall prevent the Recipient from disclosing the Data to its lawyers.",
     ("recipient may disclose data -> lawyer",)),
    (("The Lessee shall not alter the Premises without having first obtained the Lessor's consent "
     "in writing."),
     ("lessee must not perform premises; if not approval lessor",)),
    ("The Borrower shall apply the proceeds of the Loan solely towards the purchase of the Vessel.",
     ("borrower must use proceeds",)),
    ("The Tenant shall be entitled to the immediate return of the deposit.",
     ("tenant may claim deposit",)),
    ("The Licensee shall have a further sixty days in which to sell existing stock.",
     ("licensee may sell stock; by P60D",)),
    ("Upon expiry of the Term the Licensee shall cease all use of the Marks.",
     ("licensee must not use mark; if time expiry of term >",)),
    (("The Producer shall pay to the Composer, in respect of each copy sold, a royalty of 0.12 "
     "USDC."),
     ("producer must pay 0.12 USDC of copy -> composer",)),
    (("25% of the Award shall vest on 1 May 2028 and the remainder shall vest in equal quarterly "
     "instalments over the three years thereafter."),
     ("contract must vest 25 % of award; by 2028-05-01",
      "contract must vest remainder; every P3M x12; spread; if time > 2028-05-01")),
    ("No part of the Contributions shall be released to the Organiser before 1 May 2028.",
     ("contract must not release contribution -> organiser; if time < 2028-05-01",)),
    (("The contract pays 500 USDC to Ann if the wind speed measured at the Station exceeds 33 "
     "metres per second."),
     ("contract must pay 500 USDC -> ann; if oracle wind speed > 33 metre",)),
    # ", to be released" is said of what was handed over
    ("The Buyer shall deposit 5,000 USDC with the Agent, to be released to the Seller on delivery.",
     ("buyer must deposit 5000 USDC -> agent",
      "contract must release 5000 USDC -> seller; if event deliver")),
    ("The Seller shall deliver the documents to the Agent, to be handed to the Buyer upon payment.",
     ("seller must deliver document -> agent", "_ must deliver document -> buyer; if event pay")),
    ("No resolution shall be passed unless at least two-thirds of the votes cast are in favour.",
     ("contract must approve proposal; if approval vote 2 of 3",)),
    # one consent to two things is two duties
    (("The contractor receives 3,000 USDC when the client approves the design and 3,000 USDC when "
     "the client approves the prototype."),
     ("contract must pay 3000 USDC -> contractor; if approval client",
      "contract must pay 3000 USDC -> contractor; if approval client")),
    (("The Company shall reimburse the Employee for all expenses wholly and necessarily incurred "
      "by him in performing his duties."),
     ("company must pay expense -> employee",)),
    ("The Company shall reimburse the Employee upon production of receipts.",
     ("company must pay -> employee; if event deliver receipts",)),
    (("No resolution shall be passed unless not less than 60% of the votes cast are cast in its "
      "favour."),
     ("contract must approve resolution; if approval votes cast >= 60%",)),
    # notices: who gives them, and of what
    ("Upon notice from the Buyer, the Seller shall replace the goods.",
     ("seller must repair goods; if event buyer notify",)),
    ("On thirty days' notice by the Landlord, the Tenant shall vacate the Flat.",
     ("tenant must return flat; if event landlord notify P30D",)),
    ("The Carrier shall pay 500 USDC within ten days of notice of the loss.",
     ("carrier must pay 500 USDC; by P10D; if event notify loss",)),
    (("The Sponsor shall contribute 2,000 USDC towards the cost of the event, to be paid on or "
      "before 1 May 2027."),
     ("sponsor must contribute 2000 USDC; by 2027-05-01",)),
    ("The tokens are locked for one year and vest over two years thereafter.",
     ("contract must lock token; by P1Y",
      "contract must vest token; by P2Y; spread; if time > P1Y")),
)  # fmt: skip
