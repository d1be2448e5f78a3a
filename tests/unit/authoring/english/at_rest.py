"""What is owed, allowed or promised in a condition was not done yet."""

AT_REST: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The landlord returns the deposit of 500 USDC to the tenant if no rent is owed.",
        ("landlord must return 500 USDC -> tenant; if not state rent owed",),
    ),
    (
        "The bank releases the collateral of 5 ETH to the borrower once nothing is owed.",
        ("bank must release 5 ETH -> borrower; if not state thing owed",),
    ),
    (
        "If any rent is owed at the end of the lease, the landlord keeps the deposit.",
        ("landlord must keep deposit; if state rent owed; if time end of lease =",),
    ),
    (
        "If no rent is due, the landlord returns the deposit.",
        ("landlord must return deposit; if not state rent due",),
    ),
    (
        "If the tenant owes rent, the landlord keeps 300 USDC of the deposit.",
        ("landlord must keep 300 USDC; if state tenant owes rent",),
    ),
    (
        "If the deposit is refundable, the shop returns 50 USDC to the customer.",
        ("shop must return 50 USDC -> customer; if state deposit refundable",),
    ),
    (
        "Once the tokens are transferable, the holder may sell them.",
        ("holder may sell token; if state token transferable",),
    ),
    (
        "If the seller must deliver a replacement, the buyer pays the freight of 40 USDC.",
        ("buyer must pay 40 USDC; if state seller must deliver replacement",),
    ),
    (
        "If the buyer is entitled to a refund, the escrow agent pays 300 USDC to him.",
        ("escrow agent must pay 300 USDC -> buyer; if state buyer entitled refund",),
    ),
    (
        "If the buyer may terminate the contract, the seller returns 300 USDC.",
        ("seller must return 300 USDC; if state buyer may terminate contract",),
    ),
    (
        "If the buyer is not allowed to sell the goods, the seller takes them back.",
        ("seller must withdraw goods; if not state buyer allowed sell goods",),
    ),
    (
        "Where the Licensee is obliged to withhold tax, the Licensor shall refund 5% of the Fee.",
        ("licensor must refund 5 % of fee; if state licensee obliged withhold tax",),
    ),
    (
        "If the buyer offers to pay 900 USDC, the seller may accept.",
        ("seller may accept; if state buyer offers pay 900 usdc",),
    ),
    (
        "Unless the buyer is entitled to reject the goods, she pays 500 USDC to the seller.",
        ("buyer must pay 500 USDC -> seller; if not state buyer entitled reject goods",),
    ),
    ("If I have to cancel, I'll refund you in full.", ("i must refund -> you; if event i cancel",)),
    (
        "If the buyer elects to cancel, the seller refunds 80% of the price.",
        ("seller must refund 80 % of price; if event buyer cancel",),
    ),
    (
        "The landlord returns the deposit within 10 days of moving out provided the flat is clean.",
        ("landlord must return deposit; by P10D; if event return; if state flat clean",),
    ),
    (
        "The deposit of 900 EURC is to be returned to the tenant within two weeks of moving out provided no damage is found.",
        (
            "contract must return 900 EURC -> tenant; by P2W; if event return; if not state damage found",
        ),
    ),
    (
        "The bond is released to the carrier after unloading provided that nothing is missing.",
        ("contract must release bond -> carrier; if event perform; if not state thing missing",),
    ),
)
