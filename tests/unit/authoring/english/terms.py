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
)
