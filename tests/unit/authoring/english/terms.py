"""Bounds, facts, votes and times as agreements give them, each in the notation."""

TERMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The lease begins on 1 May 2027 and ends on 30 April 2028.",
        ("contract must terminate lease; by 2028-04-30",),
    ),
    (
        "If a temperature below -4 degrees is reported by the Weather Service, the Insurer shall pay the Member 100 USDC.",
        ("insurer must pay 100 USDC -> member; if oracle weather service temperature < -4 degree",),
    ),
    (
        "If the Weather Service records less than 25 mm of rain in June 2027, the Insurer shall pay the Member 100 USDC.",
        (
            "insurer must pay 100 USDC -> member; if oracle weather service rain < 25 mm; if time = 2027-06-30",
        ),
    ),
    (
        "No single payment out of the treasury may exceed 40,000 USDC.",
        ("treasury may pay <=40000 USDC",),
    ),
    (
        "The Fund's total liability shall not exceed 9,000 USDC.",
        ("fund may pay <=9000 USDC",),
    ),
    (
        "A proposal needs more than 50% of the votes and a quorum of 15%.",
        ("contract must approve proposal; if approval vote > 50%; if comparison quorum >= 15 %",),
    ),
    (
        "Payments are locked for 48 hours after the vote. During that time 4 of the 5 reviewers can cancel a payment.",
        (
            "contract must lock payment; by PT48H from vote",
            "reviewer may cancel payment; by PT48H from vote; if approval reviewer 4 of 5",
        ),
    ),
    (
        "The Member may cancel the cover within 14 days, and the Insurer shall then refund the premium.",
        (
            "member may cancel cover; by P14D",
            "insurer must refund premium; if event member cancel cover",
        ),
    ),
    (
        "If the Company does not object within ten days, the Report is deemed accepted.",
        ("contract must accept report; if not state company object; if time <= P10D",),
    ),
    (
        "The Company shall accept or reject the Report within ten days. If the Company does neither within that period, the Report is deemed accepted.",
        (
            "company must accept report; by P10D",
            "company must reject report; by P10D",
            "contract must accept report; if breach company accept report; if breach company reject report",
        ),
    ),
    (
        "From each sale, the contract pays 70% to the Provider and 30% to the Fund.",
        (
            "contract must pay 70 % of sale -> provider",
            "contract must pay 30 % of sale -> fund",
        ),
    ),
    (
        "The Hirer shall pay the Owner 1,800 USDC per month, in advance on the first day of each month, for six months.",
        ("hirer must pay 1800 USDC -> owner; by P1D from month; every P1M x6",),
    ),
    (
        "The Hirer shall insure the excavator against theft and fire at its own cost.",
        ("hirer must maintain excavator",),
    ),
    (
        "Either party may terminate this Agreement for material breach.",
        ("parties may terminate agreement; if state material breach",),
    ),
    (
        "The subscription renews every month unless the Subscriber cancels it.",
        (
            "contract must renew subscription; every P1M; if not event subscriber cancel subscription",
        ),
    ),
    (
        "If the Report has still not been delivered by 30 June 2027, whatever remains in the contract is refunded to the Company.",
        ("contract must refund balance -> company; if breach deliver <= 2027-06-30 report",),
    ),
    (
        "If the feed is unavailable, as reported by Pulse Monitor, the Provider shall refund 10 USDC to the Subscriber.",
        ("provider must refund 10 USDC -> subscriber; if oracle pulse monitor feed unavailable",),
    ),
    (
        "The Provider gives the Subscriber access to the feed.",
        ("provider must provide access -> subscriber",),
    ),
    (
        "If the flight is cancelled, the Insurer shall pay the Passenger 250 USDC.",
        ("insurer must pay 250 USDC -> passenger; if oracle flight cancelled",),
    ),
    (
        "Unless the race is postponed, the Sponsor pays the Team 900 USDC on 1 May 2027.",
        ("sponsor must pay 900 USDC -> team; by 2027-05-01; if not oracle race postponed",),
    ),
    (
        "If Flight LH123 is cancelled as reported by FlightStats, the Insurer pays the Passenger 250 USDC.",
        ("insurer must pay 250 USDC -> passenger; if oracle flightstats flight lh123 cancelled",),
    ),
)
