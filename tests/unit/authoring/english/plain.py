"""Plain sentences as most people write them, each with what it says in the notation."""

PLAIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "If the shipment arrives late, the supplier must refund 10% of the price to the buyer.",
        ("supplier must refund 10 % of price -> buyer; if breach deliver shipment",),
    ),
    (
        "A payment from the treasury needs the approval of two of three directors.",
        ("treasury must not pay; if not approval director 2 of 3",),
    ),
    (
        "Three of five directors must approve any payment above 10,000 USDC.",
        ("_ must not pay; if comparison payment > 10000 USDC; if not approval director 3 of 5",),
    ),
    (
        "need 2 of 3 sigs to move more than 10 ETH",
        ("anyone may transfer <=10 ETH; if not approval signer 2 of 3",),
    ),
    (
        "The treasurer must get the approval of the board before paying more than 5,000 USDC.",
        ("treasurer may pay <=5000 USDC; if not approval board",),
    ),
    (
        "The board must approve any transfer of tokens.",
        ("_ must not transfer token; if not approval board",),
    ),
    (
        "Withdrawals over 10 ETH must be approved by a majority of the members.",
        ("_ must not withdraw; if comparison withdrawal > 10 ETH; if not approval member > 50%",),
    ),
    (
        "2 of 3 signatures are required to release the funds.",
        ("anyone must not release fund; if not approval signer 2 of 3",),
    ),
    (
        "The approval of the board is required for any expense above 500 USDC.",
        ("_ must not pay expense; if comparison expense > 500 USDC; if not approval board",),
    ),
    (
        "The seller shall ship the goods within 7 days of receiving payment; otherwise the buyer may cancel the order and get a full refund.",
        (
            "seller must deliver goods; by P7D; if event pay -> seller; else buyer may cancel order",
            "buyer may claim refund; if breach seller deliver goods",
        ),
    ),
    (
        "Only whitelisted addresses may buy tokens, at 0.1 USDC per token, up to 1,000 tokens each.",
        (
            "whitelisted address may buy <=1000 token",
            "whitelisted address must pay 0.1 USDC of token",
        ),
    ),
    (
        "The employee's 10,000 tokens vest monthly over four years with a one-year cliff.",
        (
            "contract must vest 10000 token -> employee; every P1M x48; spread; if time cliff >= P1Y",
        ),
    ),
    (
        "The Purchaser shall pay to the Vendor the sum of USD 250,000 in two instalments: 40% on signing and 60% within 60 days of acceptance.",
        (
            "purchaser must pay 40 % of 250000 USD -> vendor; by P0D",
            "purchaser must pay 60 % of 250000 USD -> vendor; by P60D; if event accept",
        ),
    ),
    (
        "Neither party shall disclose Confidential Information to any third party without the prior written consent of the other party.",
        (
            "parties must not disclose confidential information -> third party; if not approval other party",
        ),
    ),
    (
        "The Client shall be deemed to have accepted the Deliverable if it does not object within 7 days.",
        ("client must accept deliverable; if not state client object; if time <= P7D",),
    ),
    (
        "if BTC > 150k by year end, Tom owes Jerry 1000 USDC, otherwise Jerry pays Tom",
        (
            "tom must pay 1000 USDC -> jerry; if oracle BTC > 150000; if time year end <=; else jerry must pay -> tom",
        ),
    ),
    (
        "The company grants the licensee a licence for two years in exchange for 500 USDC per month.",
        (
            "licensee may use licence; by P2Y",
            "licensee must pay 500 USDC -> company; every P1M x24",
        ),
    ),
    (
        "The seller delivers the car to the buyer in exchange for 5 ETH.",
        (
            "seller must deliver car -> buyer",
            "buyer must pay 5 ETH -> seller",
        ),
    ),
    (
        "The Author grants the Publisher an exclusive, worldwide licence to use the Book.",
        ("publisher may use book",),
    ),
    (
        "Send 0.5 ETH to Alice every Friday until the end of 2027.",
        ("contract must pay 0.5 ETH -> alice; by P5D from week; every P1W; if time <= 2027-12-31",),
    ),
    (
        "A late fee of 50 USDC per day applies if rent is not paid by the 5th of the month.",
        ("_ must pay 50 USDC; every P1D; if breach pay month <= P5D rent",),
    ),
    (
        "If nobody bids, the NFT returns to the seller.",
        ("contract must return nft -> seller; if not event anyone bid",),
    ),
    (
        "The auction runs for seven days from 1 June 2027.",
        ("contract must terminate auction; by P7D from 2027-06-01",),
    ),
    (
        "Net revenue is shared 60% to the Publisher, 30% to the Author and 10% to the Illustrator.",
        (
            "contract must distribute 60 % of net revenue -> publisher",
            "contract must distribute 30 % of net revenue -> author",
            "contract must distribute 10 % of net revenue -> illustrator",
        ),
    ),
    (
        "A proposal passes if at least 20% of the tokens are voted and more than half of the votes are in favour.",
        ("contract must approve proposal; if comparison quorum >= 20 %; if approval vote > 50%",),
    ),
    (
        "Upon the death of the Owner, as certified by two of the three Trustees, the wallet's assets are transferred to the Beneficiary.",
        (
            "contract must transfer asset -> beneficiary; if state owner death; if approval trustee 2 of 3",
        ),
    ),
    (
        "The Seller represents that it owns the Domain free of encumbrances and transfers it to the Buyer against payment of 3 ETH.",
        ("seller must transfer domain -> buyer; if event pay 3 ETH",),
    ),
    (
        "selling 500 USDT for 3650 cny, payment first",
        (
            "i must sell 500 USDT; if event pay",
            "_ must pay 3650 CNY -> i",
        ),
    ),
    (
        "will pay 200 usdc/week for moderation, paid every monday",
        ("i must pay 200 USDC; by P1D from week; every P1W",),
    ),
    (
        "winner takes 70% of the pot, runner-up 30%",
        (
            "contract must pay 70 % of pot -> winner",
            "contract must pay 30 % of pot -> runner-up",
        ),
    ),
    (
        "Revenue in USDC received by the contract is split: 60% to Anna, 30% to Ben and 10% to Carl.",
        (
            "contract must distribute 60 % of USDC revenue -> anna",
            "contract must distribute 30 % of USDC revenue -> ben",
            "contract must distribute 10 % of USDC revenue -> carl",
        ),
    ),
    (
        "The employee's 48,000 TKN vest in equal monthly parts over four years from 1 January 2027, with a cliff of one year.",
        ("contract must vest 48000 TKN -> employee; every P1M x48; spread; if time cliff >= P1Y",),
    ),
    (
        "The lender gives the borrower 1,000 DAI and gets back 1,100 DAI after one year.",
        (
            "lender must pay 1000 DAI -> borrower",
            "borrower must return 1100 DAI -> lender; if time > P1Y",
        ),
    ),
    (
        "The customer pays nothing for the first month and then 20 USDC a month.",
        (
            "customer must not pay; if time < P1M",
            "customer must pay 20 USDC; every P1M",
        ),
    ),
    (
        "If no agreement is reached within 30 days, the money goes back to the buyer.",
        ("contract must return money -> buyer; if not state agreement reached; if time <= P30D",),
    ),
    (
        "Late payments incur a fee of 20 USDC per day.",
        ("_ must pay 20 USDC; every P1D; if breach pay",),
    ),
    (
        "anyone holding 500+ GOV can vote",
        ("anyone may vote; if comparison anyone >= 500 GOV",),
    ),
    (
        "The Publisher shall pay the Author an advance of 5,000 USDC, half on signing and half on delivery of the manuscript.",
        (
            "publisher must pay 50 % of 5000 USDC -> author; by P0D",
            "publisher must pay 50 % of 5000 USDC -> author; if event deliver manuscript",
        ),
    ),
    (
        "The Franchisee shall pay the Franchisor a royalty of 6% of monthly gross sales.",
        ("franchisee must pay 6 % of monthly gross sales -> franchisor",),
    ),
    (
        "If fewer than 20 people sign up by 1 May 2027, the host pays Ann 5 USDC.",
        ("host must pay 5 USDC -> ann; if comparison people < 20; if time <= 2027-05-01",),
    ),
    (
        "The buyer has 14 days after delivery to inspect the goods.",
        ("buyer may inspect goods; by P14D; if event deliver",),
    ),
    (
        "The club pays Ben 250 USDC for every goal he scores.",
        ("club must pay 250 USDC of goal -> ben",),
    ),
    (
        "The client pays half of the fee now and the other half on delivery.",
        (
            "client must pay 50 % of fee",
            "client must pay 50 % of fee; if event deliver",
        ),
    ),
    (
        "No Shareholder may transfer shares before 1 January 2028 unless the Board unanimously consents.",
        ("shareholder must not transfer share; if not approval board 100%; if time < 2028-01-01",),
    ),
    (
        "The Agreement renews for successive one-year terms unless either Party gives 60 days' notice.",
        ("contract must renew agreement; by P1Y; if not event parties notify P60D",),
    ),
    (
        "The prize of 10 ETH is divided equally between the three winners.",
        ("contract must distribute 10 ETH -> winner",),
    ),
    (
        "Interest accrues at 8% per annum on the outstanding principal.",
        ("_ must pay 8 % of outstanding principal; every P1Y",),
    ),
    (
        "Bids are in ETH and each bid must be at least 5% higher than the one before.",
        (
            "_ must bid ETH",
            "_ must bid; if comparison increment >= 5 %",
        ),
    ),
    (
        "tips get split 50/50 between the two hosts every sunday",
        ("contract must distribute tip -> host; by P7D from week; every P1W",),
    ),
    (
        "If the train is more than 60 minutes late, each traveller gets back half of the ticket price.",
        ("contract must return 50 % of ticket price -> traveller; if oracle train delay > PT60M",),
    ),
    (
        "The contract sends 1% of every trade to the treasury and 0.5% to the referrer.",
        (
            "contract must pay 1 % of trade -> treasury",
            "contract must pay 0.5 % of trade -> referrer",
        ),
    ),
    (
        "The Vendor shall refund the Deposit within 10 days if the Permit is not granted by 1 June 2027.",
        (
            "vendor must refund deposit; by P10D; if not state permit granted; if time <= 2027-06-01",
        ),
    ),
    (
        "The Company shall not sell the Property without the consent of holders of 75% of the shares.",
        ("company must not sell property; if not approval holder 75%",),
    ),
    (
        "Two of the three brothers must sign before the house can be sold.",
        ("_ must not sell house; if not approval brother 2 of 3",),
    ),
    (
        "Nobody except the treasurer may withdraw money.",
        ("treasurer may withdraw money",),
    ),
    (
        "Either Party may assign this Agreement with the other Party's consent, not to be unreasonably withheld.",
        ("parties may assign agreement; if approval other party",),
    ),
    (
        "For each day of delay the borrower pays the lender 20 USDC.",
        ("borrower must pay 20 USDC -> lender; every P1D; if state delay",),
    ),
    (
        "The buyer has seven days to inspect the goods, and if he does not object in that time, they are deemed accepted.",
        (
            "buyer may inspect goods; by P7D",
            "contract must accept goods; if not state buyer object; if time <= P7D",
        ),
    ),
    (
        "Tom shall repair the roof by 1 May 2027, and if he does not he owes Ann 100 USDC.",
        ("tom must repair roof; by 2027-05-01; else tom must pay 100 USDC -> ann",),
    ),
    (
        "The courier shall pay the sender twice the declared value, but not more than 2,000 USDC.",
        (
            "courier must pay 200 % of declared value -> sender",
            "courier may pay <=2000 USDC -> sender",
        ),
    ),
    (
        "The tenant pays the landlord three times the monthly rent as a deposit.",
        ("tenant must pay 300 % of rent -> landlord",),
    ),
    (
        "Every week of delay costs the supplier 200 USDC.",
        ("supplier must pay 200 USDC; every P1W; if state delay",),
    ),
    (
        "A late delivery incurs a penalty of 100 USDC per day, capped at 10% of the amount due.",
        (
            "_ must pay 100 USDC; every P1D; if breach deliver",
            "_ may pay <=10 % of amount",
        ),
    ),
    (
        "Addresses on the list may buy tokens, and each of them may buy at most 500.",
        (
            "address may buy token; if state address list",
            "address may buy <=500 token",
        ),
    ),
    (
        "Users get 10 points for every 5 USDC spent.",
        ("contract must transfer 10 point -> user; if event user pay 5 USDC",),
    ),
    (
        "The shop gives the customer 1 point for each 10 USDC paid by the customer.",
        ("shop must transfer 1 point -> customer; if event customer pay 10 USDC",),
    ),
    (
        "The customer may not sell the tokens until the lock-up period of 12 months has ended.",
        ("customer must not sell token; if time lock-up period < P1Y",),
    ),
    (
        "An employee who leaves before the cliff forfeits all unvested tokens.",
        ("contract must keep token; if state employee leaves; if time cliff <",),
    ),
    (
        "The buyer may reject the goods within 5 days. In such case the contract refunds 500 USDC to the buyer.",
        (
            "buyer may reject goods; by P5D",
            "contract must refund 500 USDC -> buyer; if event buyer reject goods",
        ),
    ),
    (
        "If the buyer rejects the goods, the seller collects them. In this case the buyer gets 500 USDC back.",
        (
            "seller must claim goods; if event buyer reject goods",
            "contract must return 500 USDC -> buyer; if event buyer reject goods",
        ),
    ),
    (
        "The tenant may end the lease at any time. If so, the landlord keeps the deposit.",
        (
            "tenant may terminate lease",
            "landlord must keep deposit; if event tenant terminate lease",
        ),
    ),
    (
        "If the buyer rejects the goods, the seller collects them, and in that case the buyer gets 500 USDC back.",
        (
            "seller must claim goods; if event buyer reject goods",
            "contract must return 500 USDC -> buyer; if event buyer reject goods",
        ),
    ),
    (
        "The company sells NWD tokens to investors at 0.25 USDC each.",
        (
            "company must sell nwd token -> investor",
            "investor must pay 0.25 USDC of nwd token -> company",
        ),
    ),
    (
        "Save as expressly provided herein, the seller shall refund the deposit to the buyer.",
        ("seller must refund deposit -> buyer",),
    ),
    (
        "If the rainfall reported by the Station is below 10 mm, the contract pays the Farmer 10 USDC; otherwise it pays the Insurer 10 USDC.",
        (
            "contract must pay 10 USDC -> farmer; if oracle station rainfall < 10 mm; else contract must pay 10 USDC -> insurer",
        ),
    ),
)
