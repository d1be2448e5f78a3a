"""Letters, chats, web terms and term sheets, each with what it says in the notation."""

REGISTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Anna takes 20% of profits but never more than 10,000 USDC a year; Ben takes what is left.",
        (
            "contract must pay 20 % of profit -> anna",
            "contract may pay <=10000 USDC -> anna; every P1Y",
            "contract must pay balance -> ben",
        ),
    ),
    (
        "A fee of 2% of the sale price, subject to a maximum of 400 USDC, is paid to the broker.",
        ("_ must pay 2 % of sale price -> broker", "_ may pay <=400 USDC -> broker"),
    ),
    (
        "The manager's commission is 12% of gross bookings, capped at 3,000 USDC per month.",
        (
            "contract must pay 12 % of gross booking -> manager",
            "contract may pay <=3000 USDC -> manager; every P1M",
        ),
    ),
    ("Client pays 40 USDC per hour.", ("client must pay 40 USDC of hour",)),
    (
        "We supply 500 kg of arabica a month at 6 USDC per kg, payable on delivery.",
        (
            "we must supply 500 kg of arabica; every P1M",
            "_ must pay 6 USDC of kg -> we; if event deliver",
        ),
    ),
    (
        "Buyer takes 2,000 units at 4.50 USDC per unit, delivery by 15 August 2027, payment net 30.",
        (
            "buyer must buy 2000 unit",
            "buyer must pay 4.5 USDC of unit",
            "_ must deliver; by 2027-08-15",
            "_ must pay; by P30D",
        ),
    ),
    (
        "Minimum contribution: 100 USDC. Term: 12 months from 1 March 2027.",
        (
            "contributor must contribute >=100 USDC",
            "contract must terminate agreement; by P1Y from 2027-03-01",
        ),
    ),
    ("Late fee: 20 USDC per day.", ("_ must pay 20 USDC; every P1D; if breach pay",)),
    ("Platform fee: 2.5% of each sale.", ("_ must pay 2.5 % of sale",)),
    (
        "Hi Tom, as agreed I'll send you 300 USDC today and the other 300 once the logo is done.",
        ("i must pay 300 USDC -> you; by P0D", "i must pay 300 USDC -> you; if state logo done"),
    ),
    (
        "Whoever bids highest by 3 April 2027 wins the painting and has 24 hours to pay.",
        (
            "contract must deliver painting -> highest bidder; by 2027-04-03",
            "highest bidder must pay; by PT24H",
        ),
    ),
    (
        "Revenue goes 70/30 to the studio and the publisher.",
        (
            "contract must distribute 70 % of revenue -> studio",
            "contract must distribute 30 % of revenue -> publisher",
        ),
    ),
    (
        "The tenant leaves a deposit of 900 USDC, which is paid back within 10 days of delivery.",
        (
            "tenant must deposit 900 USDC",
            "contract must return deposit; by P10D; if event deliver",
        ),
    ),
    (
        "The treasury will send 25,000 USDC to the grantee in two parts: 10,000 now and 15,000 after the audit.",
        (
            "treasury must pay 10000 USDC -> grantee",
            "treasury must pay 15000 USDC -> grantee; if state audit happened",
        ),
    ),
    (
        "If the customer returns the bike damaged, the shop keeps 100 USDC of the deposit.",
        ("shop must keep 100 USDC; if event customer return bike; if state bike damaged",),
    ),
    (
        "Contribute 100 USDC and you get a mug.",
        ("contract must deliver mug -> you; if event you contribute 100 USDC",),
    ),
    (
        "Investors who buy before 15 May 2027 get a 20% bonus on their tokens.",
        ("contract must pay 20 % of token -> investor; if event investor buy < 2027-05-15",),
    ),
    (
        "If the guest cancels less than 48 hours before the event, the host keeps the deposit.",
        ("host must keep deposit; if event guest cancel event < PT48H",),
    ),
    (
        "The photographer gets 300 USDC for the shoot plus 20 USDC for each edited photo.",
        (
            "contract must pay 300 USDC -> photographer",
            "contract must pay 20 USDC of photo -> photographer",
        ),
    ),
    (
        "Bidding is open from 3 to 10 June 2027.",
        (
            "contract must terminate bidding; by 2027-06-10",
            "anyone must not bid; if time < 2027-06-03",
        ),
    ),
    ("Extra hours are billed at 60 USDC each.", ("_ must pay 60 USDC of hour",)),
    ("Total due: 1,940 USDC by 31 July 2027.", ("_ must pay 1940 USDC; by 2027-07-31",)),
    (
        "Each print costs 30 USDC and you can buy at most three per wallet.",
        ("you must pay 30 USDC of print", "you may buy <=3 print of wallet"),
    ),
    (
        "I'll build the website for 4 ETH: 1 ETH to start, 3 ETH when you approve the design.",
        (
            "i must perform website",
            "_ must pay 1 ETH -> i",
            "_ must pay 3 ETH -> i; if approval you",
        ),
    ),
    (
        "The caution money is 600 USDC and will be returned once the keys are handed back.",
        ("contract must return 600 USDC; if event return key",),
    ),
    (
        "We want to raise 60,000 USDC for the new roof. If we get there, the money goes to the builder.",
        ("contract must pay money -> builder; if comparison goal >= 60000 USDC",),
    ),
    (
        "Our goal is 20 ETH by 1 May 2027. If it isn't met, contributors get their money back.",
        (
            "contract must refund money -> contributor; if comparison goal < 20 ETH; if time <= 2027-05-01",
        ),
    ),
    (
        "The painting stays with the owner if no bid reaches 2 ETH.",
        ("owner must keep painting; if comparison bid < 2 ETH",),
    ),
    (
        "If the proposal gets more than 60% of the votes, the treasurer pays 8,000 USDC to the team.",
        ("treasurer must pay 8000 USDC -> team; if approval vote > 60%",),
    ),
    (
        "We will repair the roof by 15 May 2027 for a fixed price of 6,800 USDC, payable within 10 days of completion.",
        (
            "we must repair roof; by 2027-05-15",
            "_ must pay 6800 USDC -> we; by P10D; if state completion",
        ),
    ),
    (
        "15% of subscription income goes into a reserve until it holds 50,000 USDC.",
        (
            "contract must pay 15 % of subscription income -> reserve; if not comparison balance >= 50000 USDC",
        ),
    ),
    (
        "Free trial for 30 days, then 49 USDC per quarter unless cancelled.",
        ("_ must pay 49 USDC; every P3M; if time > P30D; if not event cancel",),
    ),
    (
        "We charge 3 USDC for every reminder we have to send.",
        ("we must claim 3 USDC of reminder",),
    ),
    (
        "The nanny works 20 hours a week and is paid 18 USDC per hour every Friday.",
        (
            "nanny must perform 20 hour; every P1W",
            "_ must pay 18 USDC of hour -> nanny; by P5D from week; every P1W",
        ),
    ),
    (
        "The agency provides 10 hours of support a month for a fee of 400 USDC.",
        (
            "agency must provide 10 hour of support; every P1M",
            "_ must pay 400 USDC -> agency; every P1M",
        ),
    ),
    (
        "Bids below 500 USDC are ignored.",
        ("contract must not accept bid; if comparison bid < 500 USDC",),
    ),
    ("The owner must post an update every month.", ("owner must report update; every P1M",)),
    (
        "The agency writes eight posts a month for 1,600 USDC, due on the 5th.",
        (
            "agency must perform 8 post; every P1M",
            "_ must pay 1600 USDC -> agency; by P5D from month; every P1M",
        ),
    ),
    ("The gallery's share of each sale is 40%.", ("contract must pay 40 % of sale -> gallery",)),
    (
        "The investor receives 15% of whatever the company earns.",
        ("contract must pay 15 % of earnings -> investor",),
    ),
    (
        "For every NFT sold, 5% of the price goes to the charity.",
        ("contract must pay 5 % of price -> charity; if event sell nft",),
    ),
    (
        "The developer fixes bugs reported within 60 days of launch free of charge.",
        ("developer must repair bug; if event report launch <= P60D bug",),
    ),
    (
        "Penalty for late delivery: 1% of the price per week.",
        ("_ must pay 1 % of price; every P1W; if breach deliver",),
    ),
    (
        "Advance: 20%. Balance: on delivery.",
        ("_ must pay 20 %", "_ must pay balance; if event deliver"),
    ),
    ("Students pay half price.", ("student must pay 50 % of price",)),
    (
        "The coach may end the arrangement with two weeks' notice; the player may do so at any time.",
        (
            "coach may terminate arrangement; if event coach notify P2W",
            "player may terminate arrangement",
        ),
    ),
    (
        "Anna and Ben share the income from the pictures 70 to 30.",
        (
            "contract must distribute 70 % of income -> anna",
            "contract must distribute 30 % of income -> ben",
        ),
    ),
    ("Shipping is 6 USDC per parcel.", ("_ must pay 6 USDC of parcel",)),
    ("The final report is due on 1 May 2027.", ("_ must deliver report; by 2027-05-01",)),
    (
        "The prize is paid to the team in four equal parts, one every three months.",
        ("_ must pay prize -> team; every P3M x4; spread",),
    ),
    (
        "The tenant pays 900 USDC a month for the first year and 950 USDC thereafter.",
        (
            "tenant must pay 900 USDC; every P1M x12",
            "tenant must pay 950 USDC; every P1M; if time > P1Y",
        ),
    ),
    (
        "The fee is paid in two equal parts, the first on signing and the second on delivery.",
        ("_ must pay 50 % of fee; by P0D", "_ must pay 50 % of fee; if event deliver"),
    ),
    (
        "We pay you 1,000 USDC in two equal parts, the first on 1 March 2027 and the second on 1 June 2027.",
        (
            "we must pay 500 USDC -> you; by 2027-03-01",
            "we must pay 500 USDC -> you; by 2027-06-01",
        ),
    ),
    (
        "All USDC that the contract receives is split 50/50 between Ann and Ben.",
        (
            "contract must distribute 50 % of USDC -> ann",
            "contract must distribute 50 % of USDC -> ben",
        ),
    ),
    (
        "The maximum investment is 10,000 USDC and the minimum is 100 USDC.",
        ("investor may contribute <=10000 USDC", "investor must contribute >=100 USDC"),
    ),
    ("Tokens are sold at 0.1 USDC per token.", ("_ must pay 0.1 USDC of token",)),
    (
        "If the parts pass inspection, the buyer pays the supplier 2,000 USDC.",
        ("buyer must pay 2000 USDC -> supplier; if event accept part",),
    ),
    (
        "Ann gets half, Ben 30% and Cy the rest.",
        (
            "contract must pay 50 % -> ann",
            "contract must pay 30 % -> ben",
            "contract must pay rest -> cy",
        ),
    ),
    (
        "Jon lends Kate 3,000 USDC. She pays it back by 1 May 2027.",
        (
            "jon must pay 3000 USDC -> kate",
            "kate must return 3000 USDC -> jon; by 2027-05-01",
        ),
    ),
    (
        "Rosa rents Tim a camera for one week.",
        ("rosa must provide camera -> tim; by P1W",),
    ),
    (
        "The guest pays a deposit of 30% at booking and the remaining 70% on arrival.",
        ("guest must pay 30 %; if state booking", "guest must pay 70 %; if event deliver"),
    ),
    (
        "The roaster ships within three days of each order and we pay at the end of the month.",
        (
            "roaster must deliver; by P3D from order",
            "we must pay; if time end of month =",
        ),
    ),
    (
        "The tutor gives two lessons a week and gets 30 USDC for each of them.",
        ("tutor must provide 2 lesson; every P1W", "contract must pay 30 USDC of lesson -> tutor"),
    ),
    (
        "Please find attached my invoice for 640 USDC, payable within 14 days.",
        ("_ must pay 640 USDC; by P14D",),
    ),
    (
        "The renter must pay a deposit of 250 USDC before collecting the van, and gets it back if the van is returned.",
        (
            "renter must pay 250 USDC; if not event renter claim van",
            "contract must return 250 USDC -> renter; if event return van",
        ),
    ),
    (
        "Fees are shared 50/30/20 between the treasury, the stakers and the developers.",
        (
            "contract must distribute 50 % of fee -> treasury",
            "contract must distribute 30 % of fee -> staker",
            "contract must distribute 20 % of fee -> developer",
        ),
    ),
    (
        "The consultant bills 120 USDC per hour with a monthly cap of 6,000 USDC.",
        (
            "consultant must claim 120 USDC of hour",
            "consultant may claim <=6000 USDC; every P1M",
        ),
    ),
    (
        "The dairy must accept at least 200 litres a day and pays 0.45 USDC a litre.",
        ("dairy must accept >=200 litre; every P1D", "dairy must pay 0.45 USDC of litre"),
    ),
    (
        "50 DAI for whoever fixes the bug, paid within a week.",
        ("contract must pay 50 DAI -> anyone; by P1W; if event anyone repair bug",),
    ),
    (
        "Thanks for your order! We'll ship it within two days and you have 14 days to send it back.",
        ("we must deliver; by P2D", "you may return; by P14D"),
    ),
    (
        "Buyers who return the bottle get 0.25 USDC back.",
        ("contract must return 0.25 USDC -> buyer; if event buyer return bottle",),
    ),
    (
        "The supplier has to replace faulty parts at its own cost within ten days of being told.",
        ("supplier must repair part; by P10D; if event notify -> supplier",),
    ),
    (
        "The caterer serves 80 guests at 35 USDC a head.",
        ("caterer must perform 80 guest", "_ must pay 35 USDC of head -> caterer"),
    ),
)
