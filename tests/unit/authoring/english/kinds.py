"""Agreements of each kind in a few sentences, each with what it says in the notation."""

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Whatever has not been released by 30 September 2027 goes back to Lumen.",
        ("contract must return balance -> lumen; if time > 2027-09-30",),
    ),
    (
        "Anything left over after 30 September 2027 is returned to Lumen.",
        ("contract must return balance -> lumen; if time > 2027-09-30",),
    ),
    (
        "Any money that has not been claimed by 1 May 2027 returns to the sponsor.",
        ("contract must return balance -> sponsor; if time > 2027-05-01",),
    ),
    (
        "All funds that are still held on 1 May 2027 go back to the sponsor.",
        ("contract must return fund -> sponsor; if time > 2027-05-01",),
    ),
    (
        "The goal is 30,000 USDC, and the deadline is 30 June 2027. If the goal is reached, the club may withdraw the money.",
        ("club may withdraw money; if comparison goal >= 30000 USDC; if time <= 2027-06-30",),
    ),
    (
        "The goal is 30,000 USDC. The deadline is 30 June 2027. If the goal is reached, the club may withdraw the money.",
        ("club may withdraw money; if comparison goal >= 30000 USDC; if time <= 2027-06-30",),
    ),
    (
        "The association wants to raise 30,000 USDC by 30 June 2027. If the goal is reached, it may withdraw the money.",
        (
            "anyone may contribute USDC; by 2027-06-30",
            "association may withdraw money; if comparison goal >= 30000 USDC",
        ),
    ),
    (
        "The association collects donations until 1 May 2027.",
        ("anyone may contribute; by 2027-05-01",),
    ),
    (
        "The treasurer collects contributions from the members every month.",
        ("treasurer must claim contribution -> member; every P1M",),
    ),
    (
        "The gallery auctions a painting. Whoever bids most wins.",
        ("gallery must sell painting", "contract must deliver painting -> highest bidder"),
    ),
    (
        "The gallery sells a painting by auction. The highest bidder wins and outbid bidders get their money back.",
        (
            "gallery must sell painting",
            "contract must deliver painting -> highest bidder",
            "contract must refund money -> outbid bidder",
        ),
    ),
    (
        "Members vote on whether 20,000 USDC should be paid to the builder. The vote is open for 7 days. At least 20 members must vote and more than half must be in favour.",
        (
            "member must vote 20000 USDC -> builder",
            "contract must terminate vote; by P7D",
            "contract must pay 20000 USDC -> builder; if approval vote > 50%; if comparison quorum >= 20",
        ),
    ),
    (
        "Token holders vote whether to pay 20,000 USDC to the builder.",
        ("token holder must vote 20000 USDC -> builder",),
    ),
    (
        "If at least 20 members have voted and more than half of the votes are in favour, the contract pays 20,000 USDC to the builder.",
        (
            "contract must pay 20000 USDC -> builder; if comparison quorum >= 20; if approval vote > 50%",
        ),
    ),
    (
        "Lumen Ltd pays Kite Studio 12,000 USDC. Lumen deposits 500 USDC at the start.",
        ("lumen ltd must pay 12000 USDC -> kite studio", "lumen ltd must deposit 500 USDC"),
    ),
    (
        "Acme Holdings Ltd lends Acme Trading Ltd 5,000 USDC. Acme repays it.",
        ("acme holdings ltd must pay 5000 USDC -> acme trading ltd", "acme must return 5000 USDC"),
    ),
    (
        "Lea may withdraw them after 12 August 2030, and nobody may touch them before.",
        (
            "lea may withdraw them; if time > 2030-08-12",
            "anyone must not withdraw them; if time < 2030-08-12",
        ),
    ),
    (
        "Lea may withdraw the money after 12 August 2030, but not before.",
        ("lea may withdraw money; if time > 2030-08-12",),
    ),
    (
        "No one may access the funds until 12 August 2030.",
        ("anyone must not withdraw fund; if time < 2030-08-12",),
    ),
    (
        "The mill supplies the bakery with 10 tonnes of flour for 6,000 USDC.",
        ("mill must supply 10 tonne of flour -> bakery", "bakery must pay 6000 USDC -> mill"),
    ),
    (
        "The mill supplies 10 tonnes of flour to the bakery for 6,000 USDC.",
        ("mill must supply 10 tonne of flour -> bakery", "bakery must pay 6000 USDC -> mill"),
    ),
)
