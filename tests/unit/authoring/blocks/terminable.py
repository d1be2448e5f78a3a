"""An agreement that can be ended in several ways, specified by hand."""

from __future__ import annotations

from assay.authoring.model import Obligation, Specification
from tests.unit.authoring.blocks.wording import on, specify

DEPOSITED = {"actor": "buyer", "action": "deposit", "asset": "USDC", "recipient": "contract"}
FREED = {"actor": "contract", "action": "release", "recipient": "seller"}
BACK = {"actor": "contract", "action": "refund", "recipient": "buyer"}


def terminable() -> Specification:
    """Three ways to end it, each under its own conditions; then both sides go back."""
    shipped = on("event", "on delivery", actor="seller", action="deliver", asset="goods")
    late = on("breach", "late", actor="seller", action="deliver", asset="goods")
    too_late = late.model_copy(update={"comparator": ">", "value": "P30D"})
    refused = on("event", "rejected", actor="buyer", action="reject", asset="goods")
    told = on("event", "notice", actor="parties", action="notify", value="P60D")
    ended = on("event", "after termination", action="terminate", asset="agreement")
    end = {"modality": "may", "action": "terminate", "asset": "agreement"}
    share = {"asset": "%", "share_of": "price", **FREED}
    otherwise = Obligation(actor="buyer", span=(0, 0), **end)  # type: ignore[arg-type]
    rest = on("time", "after 2028", comparator=">", value="2028-12-31")
    return specify(
        "The Buyer deposits the price of 100 USDC. 40 % of the price is released on delivery. 60 % "
        "once they are accepted. The Seller delivers by 31 May 2027. Where the Buyer rejects them "
        "the Seller repairs them within 15 days, else the Buyer may terminate. More than 30 days "
        "late, the Buyer may terminate. Either party may terminate by 60 days' notice. Then the "
        "balance goes back, and the Seller refunds what it received. After 2028 the rest goes "
        "back.",
        {"says": "The Buyer deposits the price", "amount": "100", **DEPOSITED},
        {"says": "40 %", "amount": "40", "conditions": (shipped,), **share},
        {
            "says": "60 %",
            "amount": "60",
            "conditions": (on("event", "accepts", action="accept", asset="goods"),),
            **share,
        },
        {
            "says": "The Seller delivers by",
            "actor": "seller",
            "action": "deliver",
            "asset": "goods",
            "deadline": "2027-05-31",
        },
        {
            "says": "the Seller repairs them",
            "actor": "seller",
            "action": "repair",
            "asset": "goods",
            "deadline": "P15D",
            "conditions": (refused,),
            "otherwise": otherwise,
        },
        {"says": "late, the Buyer may", "actor": "buyer", "conditions": (too_late,), **end},
        {"says": "Either party may", "actor": "parties", "conditions": (told,), **end},
        {"says": "the balance goes back", "asset": "balance", "conditions": (ended,), **BACK},
        {
            "says": "the Seller refunds what it received",
            "actor": "seller",
            "action": "refund",
            "recipient": "buyer",
            "conditions": (ended,),
        },
        {"says": "the rest goes back", "asset": "balance", "conditions": (rest,), **BACK},
        parties=("buyer", "seller"),
        witnesses=({"action": "deliver", "asset": "goods", "party": "buyer"},),
    )
