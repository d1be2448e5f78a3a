"""Sentences with which people try the product, each with what it says in the notation."""

TRIALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Bob pays Alice 2 ETH when she delivers the logo.",
        ("bob must pay 2 ETH -> alice; if event alice deliver logo",),
    ),
    (
        "Carl pays Emma 10 USDC as soon as she sends him the file.",
        ("carl must pay 10 USDC -> emma; if event emma deliver file -> carl",),
    ),
    (
        "Anna lends Tom 500 USDC. He pays her back within 3 months.",
        ("anna must pay 500 USDC -> tom", "tom must return -> anna; by P3M"),
    ),
    (
        "Bob pays the seller 5 ETH when she ships the phone.",
        ("bob must pay 5 ETH -> seller; if event seller deliver phone",),
    ),
    (
        "Mike buys the guitar from Susan for 900 USDC. She ships it within 3 days after he pays.",
        (
            "mike must buy guitar",
            "mike must pay 900 USDC -> susan",
            "susan must deliver guitar; by P3D; if event mike pay",
        ),
    ),
    (
        (
            "Jim deposits 1 ETH. If he finishes the marathon by 1 October 2027, he gets it "
            "back, otherwise Sue gets it."
        ),
        (
            "jim must deposit 1 ETH",
            (
                "contract must return 1 ETH -> jim; if state jim finishes marathon; if time <= "
                "2027-10-01; else contract must pay 1 ETH -> sue"
            ),
        ),
    ),
    ("Bob pays Alice half an ether.", ("bob must pay 0.5 ETH -> alice",)),
    (
        "Pay a quarter of an ETH to Mia when she delivers the song.",
        ("contract must pay 0.25 ETH -> mia; if event mia deliver song",),
    ),
    ("Pay 99 cents per song.", ("contract must pay 0.99 USD of song",)),
    (
        "For every dollar paid, the buyer gets 10 tokens.",
        ("contract must transfer 10 token -> buyer; if event pay 1 USD",),
    ),
    (
        "For every 10 USDC paid by a buyer, mint 1 token to the buyer.",
        ("contract must issue 1 token -> buyer; if event buyer pay 10 USDC",),
    ),
    (
        "For each ETH that an investor sends, issue 1,000 tokens to the investor.",
        ("contract must issue 1000 token -> investor; if event investor pay 1 ETH",),
    ),
    (
        "When somebody pays 5 USDC, mint an NFT for him.",
        ("contract must issue nft -> anyone; if event anyone pay 5 USDC",),
    ),
    (
        "Only whitelisted wallets can buy, and each may buy at most 500 tokens.",
        ("whitelisted wallet may buy", "whitelisted wallet may buy <=500 token"),
    ),
    (
        "The bakery lets the shop use its name for 50 USDC a month.",
        ("shop may use name", "shop must pay 50 USDC -> bakery; every P1M"),
    ),
    (
        "If it rains more than 50 mm in one day, the organizer refunds all tickets.",
        ("organizer must refund ticket; if oracle rainfall > 50 mm; if time <= P1D",),
    ),
    (
        "If less than 20 mm of rain falls in July 2027, pay the farmer 3,000 USDC.",
        (
            (
                "contract must pay 3000 USDC -> farmer; if oracle rainfall < 20 mm; if time = "
                "2027-07-31"
            ),
        ),
    ),
    (
        "If there is less than 10 mm of rain in May 2027, the insurer pays 500 USDC to the farmer.",
        ("insurer must pay 500 USDC -> farmer; if oracle rainfall < 10 mm; if time = 2027-05-31",),
    ),
    (
        "If the work is late, the client takes 10% off the price.",
        ("client must keep 10 % of price; if state work late",),
    ),
    (
        "50 USDC is taken off the fee if the work is late.",
        ("_ must keep 50 USDC; if state work late",),
    ),
    (
        "The company may not issue new shares without a vote of the shareholders.",
        ("company must not issue share; if not event shareholder vote",),
    ),
    (
        "The renter leaves a 200 USDC deposit and gets it back when he returns the camera.",
        (
            "renter must deposit 200 USDC",
            "contract must return 200 USDC -> renter; if event renter return camera",
        ),
    ),
    (
        "The courier is paid 5 USDC each time he delivers a package.",
        ("_ must pay 5 USDC -> courier; if event courier deliver package",),
    ),
    (
        "The gardener comes every Monday and gets 40 USDC each time.",
        (
            "gardener must perform; by P1D from week; every P1W",
            "contract must pay 40 USDC -> gardener; by P1D from week; every P1W",
        ),
    ),
    (
        "The customer pays 50 USDC into escrow, and the shop ships within 5 days.",
        ("customer must deposit 50 USDC -> contract", "shop must deliver; by P5D"),
    ),
    (
        "25% of the tokens vest after one year.",
        ("contract must vest 25 % of token; if time > P1Y",),
    ),
    (
        "The first month is free, after that the customer pays 20 USDC per month.",
        ("customer must pay 20 USDC; every P1M; if time > P1M",),
    ),
    (
        "After a free trial of 14 days the user pays 9 USDC each month.",
        ("user must pay 9 USDC; every P1M; if time > P14D",),
    ),
    (
        "The auction runs from 1 March 2027 until 10 March 2027.",
        (
            "contract must terminate auction; by 2027-03-10",
            "anyone must not bid; if time < 2027-03-01",
        ),
    ),
    (
        "Voting takes place from 3 to 10 June 2027.",
        (
            "contract must terminate voting; by 2027-06-10",
            "anyone must not vote; if time < 2027-06-03",
        ),
    ),
    (
        "The funds are only released if both the architect and the owner sign off.",
        ("contract must release fund; if approval architect; if approval owner",),
    ),
    (
        "Release the funds if Anna or Ben approves.",
        ("contract must release fund; if approval anna or ben 1 of 2",),
    ),
    (
        "If Spain wins the final, Carl gets 2 ETH; otherwise Dora gets it.",
        (
            (
                "contract must pay 2 ETH -> carl; if oracle spain wins final; else contract "
                "must pay 2 ETH -> dora"
            ),
        ),
    ),
    (
        "The first person to solve the puzzle wins 1,000 USDC.",
        ("contract must pay 1000 USDC -> first person; if state first person solved puzzle",),
    ),
    (
        "An employee who quits has to give back the laptop within a week.",
        ("employee must return laptop; by P1W; if event employee cancel",),
    ),
    (
        "The consultant can work at most 40 hours a month.",
        ("consultant may perform <=40 hour; every P1M",),
    ),
    (
        "The admin can pause the contract for at most 7 days.",
        ("admin may perform contract; by P7D",),
    ),
    ("The book has to be back within 2 weeks.", ("_ must return book; by P2W",)),
    ("Late payments are charged 2% per month.", ("_ must pay 2 %; every P1M; if breach pay",)),
    ("Only people on the list can buy.", ("person may buy; if state person list",)),
    (
        "Half of the 3,000 USDC is paid now and the other half on completion.",
        ("_ must pay 1500 USDC", "_ must pay 1500 USDC; if state completion"),
    ),
    (
        "The price is 2,000 USDC: half now, half when the work is done.",
        ("_ must pay 50 % of 2000 USDC", "_ must pay 50 % of 2000 USDC; if state work done"),
    ),
    ("You can stop your subscription whenever you want.", ("you may cancel subscription",)),
    (
        "The tenant can stop the lease with 2 months notice.",
        ("tenant may terminate lease; if event tenant notify P2M",),
    ),
    (
        "Nobody can move the funds before New Year 2028.",
        ("anyone must not transfer fund; if time < 2028-01-01",),
    ),
    ("The tokens unlock on New Year's Day 2028.", ("contract must release token; by 2028-01-01",)),
    (
        "If wheat falls below 200 USD per ton, the buyer pays the farmer 500 USDC.",
        ("buyer must pay 500 USDC -> farmer; if comparison wheat < 200 USD",),
    ),
    (
        "If at least 10 holders vote for it, pay the artist 1 ETH.",
        ("contract must pay 1 ETH -> artist; if approval holder >= 10",),
    ),
    (
        "If 100 members approve, the money is sent to the school.",
        ("contract must pay money -> school; if approval member 100",),
    ),
    (
        "The wholesaler ships 500 masks every two weeks and is paid 0.4 USDC apiece.",
        (
            "wholesaler must deliver 500 mask; every P2W",
            "_ must pay 0.4 USDC of mask -> wholesaler",
        ),
    ),
    (
        "The guest must leave a security deposit of 150 USDC when checking in.",
        ("guest must deposit 150 USDC; if event guest occupy",),
    ),
    (
        "The buyer pays 100 USDC when ordering and 200 USDC upon delivery.",
        (
            "buyer must pay 100 USDC; if event buyer buy",
            "buyer must pay 200 USDC; if event deliver",
        ),
    ),
    (
        "Subject to the Employee's continued employment, 100 tokens vest each month.",
        ("contract must vest 100 token; every P1M; if state employee continued employment",),
    ),
    (
        (
            "Any disbursement from the Treasury in excess of 25,000 USDC shall require the "
            "affirmative vote of a majority of the Token Holders."
        ),
        (
            (
                "treasury must not pay; if comparison disbursement > 25000 USDC; if not "
                "approval token holder > 50%"
            ),
        ),
    ),
    (
        (
            "Any transfer by the Manager exceeding 10 ETH shall require the prior written "
            "consent of the Owner."
        ),
        ("manager must not transfer; if comparison transfer > 10 ETH; if not approval owner",),
    ),
    (
        (
            "Royalties not paid when due shall accrue interest at the rate of 1% per month "
            "until paid in full."
        ),
        ("_ must pay 1 % of royalty; every P1M; if breach pay royalty; if not event pay 1 %",),
    ),
    (
        "Fees not paid on time bear interest of 2% per month.",
        ("_ must pay 2 % of fee; every P1M; if breach pay fee",),
    ),
    (
        (
            "The Supplier shall replace any Goods found to be defective within 14 days of "
            "being notified thereof by the Purchaser."
        ),
        (
            (
                "supplier must repair goods; by P14D; if state goods defective; if event "
                "purchaser notify -> supplier"
            ),
        ),
    ),
    (
        "The lender may declare the loan immediately due and payable.",
        ("lender may claim loan; by P0D",),
    ),
    ("Every member is entitled to one vote.", ("member may vote",)),
    (
        "Dina gets 2,400 tokens over two years, 100 each month.",
        ("contract must transfer 2400 token -> dina; every P1M x24; spread",),
    ),
    (
        (
            "The Insurer shall pay the Insured 8,000 USDC within fourteen days after receipt "
            "of a report from the Weather Agency showing wind speeds exceeding 110 km/h."
        ),
        (
            (
                "insurer must pay 8000 USDC -> insured; by P14D; if event weather agency "
                "deliver report; if oracle weather agency wind speed > 110 km/h"
            ),
        ),
    ),
    (
        (
            "The Grantee shall submit a final report by 31 March 2028, and the Foundation "
            "shall pay the last instalment of 5,000 USDC only after approving that report."
        ),
        (
            "grantee must deliver report; by 2028-03-31",
            "foundation must pay 5000 USDC; if event foundation approve report",
        ),
    ),
    ("The loan bears interest of 5% per year.", ("_ must pay 5 % of loan; every P1Y",)),
    (
        "Premium users pay 25 USDC each month and basic users pay 10.",
        ("premium user must pay 25 USDC; every P1M", "basic user must pay 10 USDC; every P1M"),
    ),
    (
        "If the goods are delivered more than 48 hours late, the buyer may cancel.",
        ("buyer may cancel; if breach deliver > PT48H goods",),
    ),
    (
        "If the tenant pays the rent more than 5 days late, he owes 20 USDC.",
        ("tenant must pay 20 USDC; if breach tenant pay > P5D rent",),
    ),
    (
        "Every holder can propose a change, and it passes with 51% of the votes.",
        ("holder may propose change", "contract must approve change; if approval vote 51%"),
    ),
    (
        "Anyone who pays in 1 ETH before June 1, 2027 receives 500 tokens.",
        ("contract must transfer 500 token -> anyone; if event anyone pay 1 < 2027-06-01 ETH",),
    ),
    (
        "The gallery delivers 30 loaves and 5 knives.",
        ("gallery must deliver 30 loaf", "gallery must deliver 5 knife"),
    ),
    ("Tom pays €1.000,50 to Eva.", ("tom must pay 1000.5 EUR -> eva",)),
    ("Tom pays Eva 10,5 ETH.", ("tom must pay 10.5 ETH -> eva",)),
    ("Tom pays Eva 1'000 CHF.", ("tom must pay 1000 CHF -> eva",)),
    ("Tom pays Eva 1,00,000 INR.", ("tom must pay 100000 INR -> eva",)),
    ("Tom pays Eva 5.000.000 USDC.", ("tom must pay 5000000 USDC -> eva",)),
    ("Tom pays Eva 7,5 % of the price.", ("tom must pay 7.5 % of price -> eva",)),
    ("Withdrawals are only possible after 1 May 2027.", ("_ may withdraw; if time > 2027-05-01",)),
    (
        "The money cannot be touched until 1 May 2027.",
        ("_ must not withdraw money; if time < 2027-05-01",),
    ),
    (
        "Refunds are only possible within 14 days of purchase.",
        ("_ may refund; by P14D; if event buy",),
    ),
)
