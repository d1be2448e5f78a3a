"""Short agreements in the words of those who try one, each with what it says in the notation."""

TRYING: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "I'm selling my car to Bob for 500 USDC.",
        ("i must sell car -> bob", "bob must pay 500 USDC -> i"),
    ),
    (
        "We're renting the hall to Kim for 300 USDC.",
        ("we must provide hall -> kim", "kim must pay 300 USDC -> we"),
    ),
    ('I\'m auctioning my NFT "Moonrise".', ("i must sell nft",)),
    ("Mia puts the 900 USDC into the contract first.", ("mia must deposit 900 USDC -> contract",)),
    ("You may withdraw your stake whenever you want.", ("you may withdraw stake",)),
    (
        "Zoe can take out the 10 ETH after 1 May 2030. Nobody can touch it before that.",
        (
            "zoe may withdraw 10 ETH; if time > 2030-05-01",
            "anyone must not withdraw 10 ETH; if time < 2030-05-01",
        ),
    ),
    (
        "No Contributor may contribute less than 100 USDC or more than 10,000 USDC.",
        ("contributor must contribute >=100 USDC", "contributor may contribute <=10000 USDC"),
    ),
    (
        "You can chip in until 31 August 2027, with at least 10 USDC.",
        ("you may contribute; by 2027-08-31", "you must contribute >=10 USDC"),
    ),
    (
        "If the temperature is 0 degrees or less, the contract pays 50 USDC to the grower.",
        ("contract must pay 50 USDC -> grower; if oracle temperature <= 0 degree",),
    ),
    (
        "Each subsequent bid shall exceed the preceding bid by not less than 5%.",
        ("_ must bid; if comparison increment >= 5 %",),
    ),
    (
        "Bids shall be accepted until 12:00 UTC on 1 October 2027.",
        ("contract must terminate auction; by 2027-10-01T12:00:00+00:00",),
    ),
    (
        "The amounts of all other bids shall be returned to the respective bidders.",
        ("contract must return bid -> outbid bidder",),
    ),
    ("One member, one vote.", ("member may vote",)),
    ("One token, one vote.", ("token holder may vote <=1 vote of token",)),
    ("One PASS token costs 25 USDC.", ("_ must pay 25 USDC of pass token",)),
    (
        "The Insurer shall deposit the sum insured of 600 USDC with the contract.",
        ("insurer must deposit 600 USDC -> contract",),
    ),
    (
        "Upon termination of the job, as notified by the Company, unvested tokens return to it.",
        ("contract must return token -> company; if event company confirm termination",),
    ),
    ("Sam can claim what has vested.", ("sam may claim token",)),
    ("Whatever hasn't vested goes back to Fern Inc.", ("contract must return token -> fern inc",)),
    (
        "For each day of delay the Builder shall forfeit 25 USDC of the deposit to the Employer.",
        ("employer must keep 25 USDC; every P1D; if state delay",),
    ),
)
