"""Sentences as contracts are drafted, each with what it says in the notation."""

PROSE: tuple[tuple[str, tuple[str, ...]], ...] = (
    # a time before several verbs is that of each of them
    ("Before 1 May 2028, the Founders shall not sell, pledge or transfer any Shares.",
     ("founder must not sell share; if time < 2028-05-01",
      "founder must not deposit share; if time < 2028-05-01",
      "founder must not transfer share; if time < 2028-05-01")),
    ("Within ten days after delivery, the Buyer shall inspect and accept the Goods.",
     ("buyer must inspect goods; by P10D; if event deliver",
      "buyer must accept goods; by P10D; if event deliver")),
    ("For a year after the launch, no Founder may sell or transfer any Shares.",
     ("founder must not sell share; if time launch < P1Y",
      "founder must not transfer share; if time launch < P1Y")),
    ("Each month, the Agent shall prepare and deliver a report.",
     ("agent must perform report; every P1M", "agent must deliver report; every P1M")),
    ("For two years from the Effective Date, neither Party shall copy or sell the Designs.",
     ("parties must not use design; if time effective date < P2Y",
      "parties must not sell design; if time effective date < P2Y")),
    # a role within the name of a thing is nobody who receives it
    ("No Founder shall sell any Founder Shares before 1 May 2028.",
     ("founder must not sell founder share; if time < 2028-05-01",)),
    ("The Escrow Agent shall return the Buyer Deposit to the Buyer.",
     ("escrow agent must return buyer deposit -> buyer",)),
    ("The Company shall sell the Investor Shares to the Bank.",
     ("company must sell investor share -> bank",)),
    # verbs of one meaning are one duty
    ("The Founders shall not sell or otherwise dispose of any Shares before 1 May 2028.",
     ("founder must not sell share; if time < 2028-05-01",)),
)  # fmt: skip
