"""A payer who deposits and signs vouchers by hand, on the chain of the paid service's tests."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from assay.core.digest import Digest
from assay.market.channels.model import Channel, ChannelConfig, SettlementDomain, Voucher
from assay.market.channels.payload import ChannelPayment, PaymentKind
from tests.fakes.payers import as_json
from tests.integration.market.channels.scene import Scene
from tests.integration.market.conftest import Chain
from tests.integration.market.paid_service import PRICE, Served


@dataclass
class Wallet:
    """One channel from local-2 to local-1."""

    chain: Chain
    salt: int
    config: ChannelConfig = field(init=False)

    def __post_init__(self) -> None:
        self.scene = Scene(self.chain.folder, self.chain.node, self.chain.deployment)
        self.config = self.scene.config(self.salt)

    @property
    def domain(self) -> SettlementDomain:
        return self.scene.domain

    @property
    def channel(self) -> Digest:
        return self.config.channel_id(self.domain)

    def fund(self, units: int) -> Wallet:
        """Bring money into the channel, as any payer may."""
        self.scene.chain("local-4").deposit(self.scene.deposit(self.config, units, self.salt))
        return self

    def voucher(self, max_claimable: int) -> Voucher:
        return self.scene.voucher(self.config, max_claimable)

    def header(
        self,
        max_claimable: int,
        *,
        amount: int = PRICE,
        kind: str = "voucher",
        identifier: str | None = None,
        **more: Any,
    ) -> str:
        """A PAYMENT-SIGNATURE."""
        payment = ChannelPayment(PaymentKind.VOUCHER, self.config, self.voucher(max_claimable))
        return header_of(payment, self, as_json(payment, kind, **more), amount, identifier)

    def found(self, service: Served) -> Channel:
        vouchers = service.calls._vouchers
        assert vouchers is not None
        found = vouchers.engine._book.find(self.channel)
        assert found is not None
        return found

    def charged(self, service: Served) -> int:
        vouchers = service.calls._vouchers
        assert vouchers is not None
        found = vouchers.engine._book.find(self.channel)
        return found.charged if found else 0

    def open(self, service: Served) -> int:
        return self.found(service).open


def header_of(
    payment: ChannelPayment,
    wallet: Wallet,
    payload: dict[str, Any],
    amount: int = PRICE,
    identifier: str | None = None,
) -> str:
    """A payload in the header that carries it."""
    accepted = {
        "scheme": "batch-settlement",
        "network": f"eip155:{wallet.domain.chain_id}",
        "asset": payment.config.token,
        "amount": str(amount),
        "payTo": payment.config.receiver,
        "maxTimeoutSeconds": 600,
        "extra": {},
    }
    document: dict[str, Any] = {"x402Version": 2, "accepted": accepted, "payload": payload}
    if identifier:
        info = {"required": False, "id": identifier}
        document["extensions"] = {"payment-identifier": {"info": info, "schema": {}}}
    return base64.b64encode(json.dumps(document).encode()).decode()
