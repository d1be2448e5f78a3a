"""Conditions of several subjects or verbs, acts told by nouns, and what is moved between."""

JOINED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "If neither Ann nor Paul objects within 5 days, the deposit is sent to Ruth.",
        (
            (
                "contract must pay deposit -> ruth; if not state ann objects; if time <= P5D; if "
                "not state paul objects"
            ),
        ),
    ),
    (
        "If the buyer and the seller agree, the deposit goes to Ruth.",
        ("contract must pay deposit -> ruth; if approval buyer; if approval seller",),
    ),
    (
        "When the walls and the roof are finished, the owner pays the mason 500 USDC.",
        ("owner must pay 500 USDC -> mason; if state wall finished; if state roof finished",),
    ),
    (
        "Unless Ann or Paul objects, the fee is sent to Ruth.",
        ("contract must pay fee -> ruth; if not state ann objects; if not state paul objects",),
    ),
    (
        "Mia gets 200 USDC if she finishes the mural and Otto likes it.",
        ("contract must pay 200 USDC -> mia; if state mia finishes mural; if state otto likes it",),
    ),
    (
        "If the seller delivers the chairs and tables, the buyer pays 500 USDC.",
        ("buyer must pay 500 USDC; if event seller deliver chair; if event seller deliver table",),
    ),
    (
        "The prize goes to Zoe if she solves the riddle and Max confirms it.",
        (
            (
                "contract must deliver prize -> zoe; if state zoe solves riddle; if event max "
                "confirm riddle"
            ),
        ),
    ),
    (
        "If the Buyer has within ten days rejected the goods, the Seller refunds the price.",
        ("seller must refund price; if event buyer reject <= P10D goods",),
    ),
    (
        "Unless the court orders otherwise, the money is released to the seller.",
        ("contract must release money -> seller; if not state court decides",),
    ),
    (
        "If no appeal has been lodged within 21 days, the agent pays the award of 500 USDC to Ann.",
        ("agent must pay 500 USDC -> ann; if not state appeal lodged; if time <= P21D",),
    ),
    (
        "Once the key has been collected, the deposit is paid to the host.",
        ("_ must pay deposit -> host; if event deliver key",),
    ),
    (
        (
            "If, after having been given 14 days' notice by the Landlord, the Tenant has not "
            "paid the arrears, the Landlord may draw on the deposit."
        ),
        (
            (
                "landlord may withdraw deposit; if breach tenant pay arrear; if event landlord "
                "notify P14D"
            ),
        ),
    ),
    (
        (
            "Non-payment of two consecutive instalments shall entitle the Vendor to terminate "
            "this Agreement."
        ),
        ("vendor may terminate agreement; if breach pay 2 instalment",),
    ),
    (
        (
            "Failure by the Tenant to pay the rent on time shall entitle the Landlord to "
            "terminate the lease."
        ),
        ("landlord may terminate lease; if breach tenant pay rent",),
    ),
    (
        "Late delivery of the goods entitles the buyer to a discount of 5 %.",
        ("buyer may claim 5 %; if breach deliver goods",),
    ),
    (
        "Delivery of the goods shall oblige the buyer to pay 500 USDC within 10 days.",
        ("buyer must pay 500 USDC; by P10D; if event deliver goods",),
    ),
    (
        "The Board's approval allows the Manager to spend up to 500 USDC.",
        ("manager may pay <=500 USDC; if approval board",),
    ),
    (
        "A breach of clause 4 by the Supplier gives the Buyer the right to cancel the order.",
        ("buyer may cancel order; if state supplier breach",),
    ),
    (
        "The agent shall deliver the title against proof of payment.",
        ("agent must deliver title; if event pay",),
    ),
    (
        "Upon signature of the deed and delivery of the keys, the buyer shall pay 5,000 USDC.",
        ("buyer must pay 5000 USDC; if state deed signature; if event deliver key",),
    ),
    (
        "If two payments are missed, the lender can sell the car.",
        ("lender may sell car; if breach pay 2",),
    ),
    (
        "The Manager may in no case sell the house.",
        ("manager must not sell house",),
    ),
    (
        (
            "Upon the occurrence of a Trigger Event and for so long as it is continuing, the "
            "Issuer shall not pay any dividend."
        ),
        (
            (
                "issuer must not pay dividend; if state trigger event occurrence; if state "
                "trigger event continuing"
            ),
        ),
    ),
    (
        "Give the cleaner 40 USDC as soon as the guest says the flat is clean.",
        ("contract must pay 40 USDC -> cleaner; if event guest confirm",),
    ),
    (
        "Only if all four partners agree may the treasurer sell the van.",
        ("treasurer may sell van; if approval partner 4 of 4",),
    ),
    (
        "Only upon receipt of the fee shall the agent release the keys.",
        ("agent must release key; if event pay fee",),
    ),
    (
        (
            "If the buyer hasn't picked up the table by 12 April 2027, the seller can sell it to "
            "someone else."
        ),
        ("seller may sell table -> anyone; if breach deliver <= 2027-04-12 table -> buyer",),
    ),
    (
        "If Tom finishes first, he wins the prize; otherwise Ben wins the cup.",
        (
            (
                "contract must deliver prize -> tom; if state tom finishes first; else contract "
                "must deliver cup -> ben"
            ),
        ),
    ),
    (
        "The club pays the coach 900 USDC if the team wins and 300 USDC if it loses.",
        (
            "club must pay 900 USDC -> coach; if state team wins",
            "club must pay 300 USDC -> coach; if state team loses",
        ),
    ),
    (
        "The Lessor may charge the Lessee 90 USDC per day until the Vehicle is surrendered.",
        ("lessor may claim 90 USDC -> lessee; every P1D; if not event return vehicle",),
    ),
    (
        (
            "Acceptance of the goods shall be deemed to have occurred if the Client has not "
            "rejected them within ten days of delivery."
        ),
        ("contract must accept goods; if breach client reject delivery <= P10D goods",),
    ),
    (
        (
            "The Escrow Agent shall, on the joint written instruction of the Buyer and the "
            "Seller, pay 500 USDC to the Seller."
        ),
        ("escrow agent must pay 500 USDC -> seller; if event buyer and seller notify",),
    ),
    (
        (
            "The Franchisee may renew the licence provided that it is not then in default and "
            "that it has paid the fee."
        ),
        (
            (
                "franchisee may renew licence; if not state franchisee default; if event "
                "franchisee pay fee"
            ),
        ),
    ),
    (
        "The Lender may require the Borrower to provide additional security.",
        ("lender may claim security -> borrower",),
    ),
    (
        "The Mediator, after hearing both parties, shall award the stake to the winner.",
        ("mediator must pay stake -> winner; if state mediator hearing both parties",),
    ),
    (
        "The Manager shall, after consulting the Board, appoint an auditor.",
        ("manager must perform auditor; if state consulting board",),
    ),
    (
        (
            "The seller shall deliver the goods by 1 May 2027. If the goods are late, the buyer "
            "may cancel."
        ),
        (
            "seller must deliver goods; by 2027-05-01",
            "buyer may cancel; if breach deliver goods",
        ),
    ),
    (
        "The Vendor shall insure the Goods until they have been collected.",
        ("vendor must maintain goods; if not event deliver goods",),
    ),
    (
        "If the buyer doesn't like the ring, she can return it within 14 days.",
        ("buyer may return ring; by P14D; if not state buyer like ring",),
    ),
    (
        "A player who cheats loses his stake.",
        ("contract must keep stake; if state player cheats",),
    ),
    (
        "A Member whose contribution is outstanding for more than thirty days may not vote.",
        ("member must not vote; if breach member contribute > P30D",),
    ),
    (
        (
            "The Deposit shall be forfeited to the Seller in the event that the Buyer, having "
            "received the draft deed, refuses to sign it."
        ),
        ("seller must keep deposit; if breach buyer perform deed; if event deliver deed -> buyer",),
    ),
    (
        (
            "If the Tenant, having been given 14 days' notice, fails to pay the rent, the "
            "Landlord may end the lease."
        ),
        ("landlord may terminate lease; if breach tenant pay rent; if event notify P14D",),
    ),
    (
        (
            "Upon the Purchaser's default in payment of any instalment and failure to cure such "
            "default, the Vendor may rescind this Contract."
        ),
        (
            (
                "vendor may terminate contract; if breach purchaser pay instalment; if breach "
                "purchaser repair default"
            ),
        ),
    ),
    (
        (
            "The Bailee shall hold the Painting until it is reclaimed by the Bailor or until 31 "
            "March 2028."
        ),
        ("bailee must keep painting; by 2028-03-31; if not event bailor claim painting",),
    ),
    (
        "If the delay is not due to force majeure, the Employer may cancel.",
        ("employer may cancel; if not state delay due force majeure",),
    ),
    (
        (
            "In the absence of any objection by the Members within ten days of circulation of "
            "the budget, the budget shall be deemed approved."
        ),
        (
            (
                "contract must approve budget; if not state member objection; if time "
                "circulation <= P10D"
            ),
        ),
    ),
    (
        "If no claim is pending against the Gallery, title passes to the Collector on delivery.",
        (
            (
                "contract must transfer title -> collector; if not state claim pending against "
                "gallery; if event deliver"
            ),
        ),
    ),
    (
        "The Manager may sell the house with the consent of the Owner and the Bank.",
        ("manager may sell house; if approval owner; if approval bank",),
    ),
    (
        "The Manager shall not sell the house without the consent of the Owner or the Bank.",
        ("manager must not sell house; if not approval owner; if not approval bank",),
    ),
    (
        "Without a ticket nobody may enter.",
        ("anyone must not perform; if not state ticket",),
    ),
    (
        "The landlord may claim 500 USDC from the tenant.",
        ("landlord may claim 500 USDC -> tenant",),
    ),
    (
        "The board must agree before the manager sells the house.",
        ("manager must not sell house; if not approval board",),
    ),
    (
        "After the third late payment, the Landlord may terminate the lease.",
        ("landlord may terminate lease; if breach pay 3",),
    ),
)
