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
            "contract must release 20 % -> supplier; by P60D; if event deliver; if breach purchaser notify <= P60D defect -> supplier",
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
        ("_ must pay 1 %; every P1M; if breach pay amount",),
    ),
    (
        "In the event of a sale of the Foundation's business, all unvested tokens vest at once.",
        ("contract must vest token; if event sell business",),
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
)
