"""Begins a payment and dies on the way: `python dying_payer.py HOME URL TEXT before|after`.

`before` dies when the order is kept and nothing was sent, `after` when it is mined and nothing more
was kept.
"""

import os
import sys
from pathlib import Path

from assay.authoring.payments.model import Order
from assay.authoring.payments.onchain import OnChainTreasury
from assay.client import connect

home, url, text, when = sys.argv[1:]
pay = OnChainTreasury.pay


def die(treasury: OnChainTreasury, order: Order) -> str:
    if when == "after":
        pay(treasury, order)
    os._exit(9)


OnChainTreasury.pay = die  # type: ignore[method-assign]
with connect(home=Path(home), rpc_url=url, account="local-1") as client:
    client.payments.pay(text=text)
