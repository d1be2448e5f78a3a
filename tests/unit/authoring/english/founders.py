"""Terms as founders put them into words, each with what it says in the notation."""

FOUNDERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "A payment of 20,000 USDC to the supplier requires the approval of 2 of 3 directors.",
        ("_ must not pay 20000 USDC -> supplier; if not approval director 2 of 3",),
    ),
    (
        "20,000 USDC is paid to the supplier once 2 of the 3 directors Alice, Bob and Carol approve.",
        ("_ must pay 20000 USDC -> supplier; if approval director 2 of 3",),
    ),
    (
        "The treasury pays 20,000 USDC to the supplier if at least 2 of Alice, Bob and Carol approve.",
        ("treasury must pay 20000 USDC -> supplier; if approval alice, bob and carol >= 2 of 3",),
    ),
    (
        "Two of Alice, Bob and Carol must approve before 20,000 USDC is paid to the supplier.",
        ("_ must not pay 20000 USDC -> supplier; if not approval alice, bob and carol 2 of 3",),
    ),
    (
        "Payments over 5,000 USDC have to be approved by Alice and Bob.",
        (
            "_ must not pay; if comparison payment > 5000 USDC; if not approval alice and bob 2 of 2",
        ),
    ),
    (
        "The payment is only made when both Alice and Bob approve it.",
        ("_ must pay; if approval alice and bob 2 of 2",),
    ),
    (
        "A payment of 5,000 USDC to the carrier may only be made if Ann and Ben agree.",
        ("_ may pay 5000 USDC -> carrier; if approval ann and ben 2 of 2",),
    ),
    (
        "The payment of 300 USDC to the landlord must be made by 1 May 2027.",
        ("contract must pay 300 USDC -> landlord; by 2027-05-01",),
    ),
    (
        "Backers may contribute USDC until 1 March 2027. If at least 50,000 USDC is raised by then, the creator may withdraw the funds.",
        (
            "backer may contribute USDC; by 2027-03-01",
            "creator may withdraw fund; if comparison raised >= 50000 USDC; if time <= 2027-03-01",
        ),
    ),
    (
        "The auction runs for 7 days and starts at 1 ETH.",
        (
            "contract must terminate auction; by P7D",
            "_ must bid >=1 ETH",
        ),
    ),
    (
        "The auction starts at 1 ETH and runs for 7 days.",
        (
            "_ must bid >=1 ETH",
            "contract must terminate auction; by P7D",
        ),
    ),
    (
        "The auction lasts until 1 June 2027. The starting price is 100 USDC.",
        (
            "contract must terminate auction; by 2027-06-01",
            "_ must bid >=100 USDC",
        ),
    ),
    (
        "Voting is open for 5 days.",
        ("contract must terminate voting; by P5D",),
    ),
    (
        "If rainfall reported by the weather oracle is below 20 mm in July 2027, the insurer pays 1,000 USDC to the farmer.",
        (
            "insurer must pay 1000 USDC -> farmer; if oracle weather oracle rainfall < 20 mm; if time = 2027-07-31",
        ),
    ),
    (
        "If the temperature falls below -5 °C in March 2027 according to the weather oracle, the insurer pays 800 USDC to the grower.",
        (
            "insurer must pay 800 USDC -> grower; if oracle weather oracle temperature < -5 °c; if time = 2027-03-31",
        ),
    ),
    (
        "If the oracle reports a wind speed above 120 km/h during August 2027, the insurer pays 2,000 USDC to the farmer.",
        (
            "insurer must pay 2000 USDC -> farmer; if oracle oracle wind speed > 120 km/h; if time = 2027-08-31",
        ),
    ),
    (
        "One token costs 2 USDC.",
        ("_ must pay 2 USDC of token",),
    ),
    (
        "The price per token is 0.25 USDC.",
        ("_ must pay 0.25 USDC of token",),
    ),
    (
        "Investors may buy tokens. The price is 0.5 USDC per token.",
        (
            "investor may buy token",
            "investor must pay 0.5 USDC of token",
        ),
    ),
    (
        "Each token carries one vote.",
        ("token holder may vote <=1 vote of token",),
    ),
    (
        "Members have one vote for each NFT they hold.",
        ("member may vote <=1 vote of nft",),
    ),
    (
        "All revenue in USDC is split: 70% to the author and 30% to the publisher.",
        (
            "contract must distribute 70 % of USDC revenue -> author",
            "contract must distribute 30 % of USDC revenue -> publisher",
        ),
    ),
    (
        "The proceeds are shared between Ann (50%), Ben (30%) and Cleo (20%).",
        (
            "contract must distribute 50 % of proceeds -> ann",
            "contract must distribute 30 % of proceeds -> ben",
            "contract must distribute 20 % of proceeds -> cleo",
        ),
    ),
    (
        "If the milestone is approved by 30 June 2027, the client pays 500 USDC to Bob.",
        ("client must pay 500 USDC -> bob; if event approve <= 2027-06-30 milestone",),
    ),
    (
        "If the client does not approve the design by 30 June 2027, the contract refunds the deposit to the client.",
        ("contract must refund deposit -> client; if breach client approve <= 2027-06-30 design",),
    ),
    (
        "The remaining money goes back to the client if a milestone is not approved by 30 June 2027.",
        ("contract must return money -> client; if breach approve <= 2027-06-30 milestone",),
    ),
    (
        "The user sends 0.1 ETH to the contract and receives 1,000 GAME tokens in return.",
        ("contract must pay 1000 GAME -> user; if event user pay 0.1 ETH -> contract",),
    ),
    (
        "Alice puts 2 ETH in escrow for Bob.",
        ("alice must deposit 2 ETH -> contract",),
    ),
    (
        "If Bob does not deliver on time, Alice gets her 2 ETH back.",
        ("contract must return 2 ETH -> alice; if breach bob deliver",),
    ),
    (
        "An employee receives 10,000 ACME tokens that vest in equal monthly parts over 4 years.",
        (
            "contract must pay 10000 ACME -> employee",
            "contract must vest token; every P1M x48; spread",
        ),
    ),
    (
        "We want to raise 20,000 DAI by 30 April 2027. If we reach the goal, the organiser takes the money.",
        (
            "anyone may contribute DAI; by 2027-04-30",
            "contract must pay money -> organiser; if comparison we >= 20000 DAI",
        ),
    ),
    (
        "Grandma locks 5 ETH for Tom until his birthday on 3 March 2030.",
        ("grandma must lock 5 ETH; by 2030-03-03",),
    ),
    (
        "Money leaves the vault only if 3 of the 5 trustees agree.",
        ("vault may pay money; if approval trustee 3 of 5",),
    ),
    (
        "When Bob confirms, the contract pays 20 USDC to Bob and 180 USDC back to Ann.",
        (
            "contract must pay 20 USDC -> bob; if event bob confirm",
            "contract must pay 180 USDC -> ann; if event bob confirm",
        ),
    ),
    (
        "Ivy pays Ken 100 USDC on the 5th of every month from March 2027 to August 2027.",
        (
            "ivy must pay 100 USDC -> ken; by P5D from month; every P1M; if time >= 2027-03-01; if time <= 2027-08-31",
        ),
    ),
)
