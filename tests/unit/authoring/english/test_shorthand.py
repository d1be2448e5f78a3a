"""Chats and term sheets: what their short forms say."""

import pytest

from assay.authoring.understanding import understand
from tests.unit.authoring.english.notation import written

SHORT = (
    ("Royalties are shared 70:30 between the author and the publisher.",
     ("contract must distribute 70 % of royalty -> author",
      "contract must distribute 30 % of royalty -> publisher")),
    ("The rest is split equally between Lou and Max.",
     ("contract must distribute 50 % of rest -> lou",
      "contract must distribute 50 % of rest -> max")),
    (("The net proceeds shall be allocated as follows: 55 % to the Producer, 25 % to the Director "
      "and 20 % to the Investors."),
     ("contract must distribute 55 % of net proceeds -> producer",
      "contract must distribute 25 % of net proceeds -> director",
      "contract must distribute 20 % of net proceeds -> investor")),
    ("rev share: me 60, you 40",
     ("contract must distribute 60 % of rev -> i", "contract must distribute 40 % of rev -> you")),
    ("the band gets 70% of the door, the club 30%",
     ("contract must pay 70 % of door -> band", "contract must pay 30 % of door -> club")),
    ("sam pays 1.5k usdc to rita: 500 now, 500 at draft, 500 at final",
     ("sam must pay 500 USDC -> rita", "sam must pay 500 USDC -> rita; if state draft",
      "sam must pay 500 USDC -> rita; if state final")),
    ("half now, half when the logo is done, 800 DAI total",
     ("_ must pay 50 % of 800 DAI", "_ must pay 50 % of 800 DAI; if state logo done")),
    ("client to dev: 30% now, 70% once live",
     ("client must pay 30 % -> dev", "client must pay 70 % -> dev; if state live")),
    ("Mia buys the boat from Theo for 18,000 EUR: 6,000 on signing, the rest on delivery.",
     ("mia must buy boat", "mia must pay 6000 EUR -> theo; by P0D",
      "mia must pay rest -> theo; if event deliver")),
    ("m1: 2k usdc, wireframes", ("_ must pay 2000 USDC; if state m1 wireframes",)),
    ("tokens unlock 10% at TGE, rest linear over 12 months after a 3 month cliff",
     ("contract must release 10 % of token; if state tge",
      "contract must release rest; by P1Y; spread; if time cliff >= P3M")),
    ("team tokens: 12 mo cliff, then linear over 24 mo",
     ("contract must vest team token; by P2Y; spread; if time cliff >= P1Y",)),
    ("free for 14 days, then 9 usdc a month", ("_ must pay 9 USDC; every P1M; if time > P14D",)),
    ("each new bid has to beat the last one by 5% or more",
     ("_ must bid; if comparison increment >= 5 %",)),
    ("Bidding starts at 0.5 ETH.", ("_ must bid >=0.5 ETH",)),
    ("min 0.5 ETH, max 20 ETH per contributor",
     ("contributor must contribute >=0.5 ETH", "contributor may contribute <=20 ETH")),
    ("Omar lends Pia 5,000 USDC at 4 % a year.",
     ("omar must pay 5000 USDC -> pia", "pia must pay 4 %; every P1Y")),
    ("i lend marco 3 eth, he gives back 3.2 eth",
     ("i must pay 3 ETH -> marco", "marco must return 3.2 ETH -> i")),
    ("If the borrower is 5 days late with the rent, he pays 25 USDC.",
     ("borrower must pay 25 USDC; if breach borrower pay P5D rent",)),
    ("If you cancel, you get no refund.",
     ("contract must not refund -> you; if event you cancel",)),
    ("50 DAI for whoever fixes the bug",
     ("contract must pay 50 DAI -> anyone; if event anyone repair bug",)),
    ("ticket sales: venue 20%, promoter 30%, band rest",
     ("contract must distribute 20 % of ticket sales -> venue",
      "contract must distribute 30 % of ticket sales -> promoter",
      "contract must distribute rest -> band")),
    ("Bids placed in the last 5 minutes extend the auction by 10 minutes.",
     ("contract must extend auction; by PT10M; if event bid end <= PT5M",)),
    ("10 % of the price goes to the artist and 2 % to the gallery.",
     ("contract must pay 10 % of price -> artist", "contract must pay 2 % of price -> gallery")),
    ("Late delivery costs 5 USDC per day.",
     ("_ must pay 5 USDC; every P1D; if breach deliver",)),
    ("0.5 eth per design", ("_ must pay 0.5 ETH of design",)),
)  # fmt: skip

OPEN = (
    ("The purchase price is shared 2:1 between the three partners.", "shares"),
    ("pay zoe 900 usdc: 300 now, 500 on completion", "total"),
    ("he keeps the deposit if i cancel", "pronoun"),
    ("The rest is split equally between Ann, Ben and Carl.", "amount_fraction"),
    ("The loan bears interest of 5 % per annum, payable quarterly.", "recurrence"),
)


@pytest.mark.parametrize(("text", "expected"), SHORT, ids=[text[:40] for text, _ in SHORT])
def test_a_short_form_says_what_a_whole_sentence_would(
    text: str, expected: tuple[str, ...]
) -> None:
    told = understand(text, "en")

    assert tuple(written(one) for one in told.obligations) == expected
    assert not told.not_understood


@pytest.mark.parametrize(("text", "kind"), OPEN, ids=[text[:40] for text, _ in OPEN])
def test_what_a_short_form_leaves_open_is_asked(text: str, kind: str) -> None:
    told = understand(text, "en")

    assert kind in {question.kind for question in told.questions}
