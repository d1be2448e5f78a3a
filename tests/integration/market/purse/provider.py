"""A provider of one's own: takes vouchers honestly, or says whatever a test has it say."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assay.chain.account import Account
from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.chat import Message, TextRequest
from assay.core.digest import Digest
from assay.market.calls import CallRecord, RecordDomain, sign_record
from assay.market.channels.model import ChannelConfig, SettlementDomain, Voucher
from assay.market.channels.onchain import SettlementChain
from assay.market.channels.ports import Claim, Deposit
from assay.market.purse.deposits import SignedDeposit

MODEL = "scripted"
PRICE = 100
DELAY_S = 900
MISMATCH = "invalid_batch_settlement_evm_cumulative_amount_mismatch"

Lie = Callable[[dict[str, Any], dict[str, Any]], None]
"""Changes channelState and voucherState before they are shown."""


@dataclass
class Account402:
    """One channel, as the provider has it."""

    config: ChannelConfig
    charged: int = 0
    signed: int = 0
    signature: bytes = b""


@dataclass
class Provider:
    """What it holds, what it was told, and how it behaves.

    Attributes:
        lie: applied to what a corrective 402 shows.
        refuse: refuse so many vouchers that would do.
        price: asked in the 402 of a request without payment; `next_price` with one.
        slow_s: how long each answer takes.
        hold: prompts that are not taken before others were.
    """

    account: Account
    token: Address
    domain: SettlementDomain
    records: RecordDomain
    chain: SettlementChain | None = None
    collector: Address | None = None
    price: int = PRICE
    next_price: int | None = None
    lie: Lie | None = None
    refuse: int = 0
    refuse_refunds: bool = False
    slow_s: float = 0.0
    channels: dict[str, Account402] = field(default_factory=dict)
    answers: dict[tuple[str, int], tuple[Digest, bytes]] = field(default_factory=dict)
    vouchers: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    before: Callable[[dict[str, Any]], None] = lambda _body: None
    url: str = ""

    def offer(self, price: int, extra: dict[str, Any]) -> dict[str, Any]:
        return {
            "scheme": "batch-settlement",
            "network": f"eip155:{self.domain.chain_id}",
            "asset": self.token,
            "amount": str(price),
            "payTo": self.account.address,
            "maxTimeoutSeconds": 600,
            "extra": {
                "name": "Assay",
                "version": "1",
                "receiverAuthorizer": self.account.address,
                "withdrawDelay": DELAY_S,
                **extra,
            },
        }

    def required(self, error: str, price: int, extra: dict[str, Any] | None = None) -> str:
        value = {
            "x402Version": 2,
            "error": error,
            "resource": {"url": f"{self.url}/v1/chat/completions"},
            "accepts": [self.offer(price, extra or {})],
        }
        return base64.b64encode(json.dumps(value).encode()).decode()

    def take(
        self, payload: dict[str, Any], body: dict[str, Any]
    ) -> tuple[int, dict[str, str], Any]:
        """Judge a voucher for one call, and answer."""
        self.before(body)
        channel = self._channel(payload)
        voucher = payload["voucher"]
        total, signature = int(voucher["maxClaimableAmount"]), _bytes(voucher["signature"])
        name = Digest.parse(voucher["channelId"])
        request = Digest.of(json.dumps(body).encode())
        if "deposit" in payload:
            self._deposit(channel.config, name, payload["deposit"])
        with self.lock:
            self.vouchers.append(total)
            known = self.answers.get((name.hex, total))
            if known and known[0] == request:
                return 200, self._receipt(name), json.loads(known[1])
            price = self.next_price or self.price
            short = known is not None or channel.charged + price > total
            if short or self.refuse > 0:
                self.refuse -= 1
                return 402, {"PAYMENT-REQUIRED": self._corrective(name, channel, price)}, {}
            if total > channel.signed:
                channel.signed, channel.signature = total, signature
            channel.charged += price
            answer = self._answer(channel.config, name, total, body, price)
            self.answers[name.hex, total] = (request, canonical_json(answer))
        time.sleep(self.slow_s)
        return 200, self._receipt(name), answer

    def give_back(self, payload: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Claim what is due and give back the rest."""
        channel = self._channel(payload)
        name = Digest.parse(payload["voucher"]["channelId"])
        if self.refuse_refunds or self.chain is None:
            return 403, {}, {"error": {"message": "not now"}}
        if int(payload["voucher"]["maxClaimableAmount"]) != channel.charged:
            required = self._corrective(name, channel, self.price)
            return 402, {"PAYMENT-REQUIRED": required}, {}
        state = self.chain.states([name])[0]
        voucher = Voucher(name, channel.signed, channel.signature)
        claims = [Claim(channel.config, voucher, channel.charged)] if channel.charged else []
        left = state.balance - channel.charged
        self.chain.refund(channel.config, left, state.refund_nonce, claims)
        return 200, {}, {}

    def _channel(self, payload: dict[str, Any]) -> Account402:
        given = payload["channelConfig"]
        config = ChannelConfig(
            payer=given["payer"],
            payer_authorizer=given["payerAuthorizer"],
            receiver=given["receiver"],
            receiver_authorizer=given["receiverAuthorizer"],
            token=given["token"],
            withdraw_delay_s=given["withdrawDelay"],
            salt=Digest.parse(given["salt"]),
        )
        name = config.channel_id(self.domain).hex
        assert name == payload["voucher"]["channelId"]
        return self.channels.setdefault(name, Account402(config))

    def _deposit(self, config: ChannelConfig, name: Digest, given: dict[str, Any]) -> None:
        assert self.chain is not None
        assert self.collector is not None
        signed = SignedDeposit.from_x402(given)
        self.chain.deposit(
            Deposit(
                config, signed.amount, self.collector, signed.collector_data, signed.nonce(name)
            )
        )

    def _corrective(self, name: Digest, channel: Account402, price: int) -> str:
        state = {
            "channelId": name.hex,
            "balance": "0",
            "totalClaimed": "0",
            "chargedCumulativeAmount": str(channel.charged),
        }
        voucher = {
            "signedMaxClaimable": str(channel.signed),
            "signature": "0x" + channel.signature.hex(),
        }
        if self.lie:
            self.lie(state, voucher)
        return self.required(MISMATCH, price, {"channelState": state, "voucherState": voucher})

    def _receipt(self, name: Digest) -> dict[str, str]:
        extra = {
            "chargedAmount": str(self.price),
            "channelState": {"channelId": name.hex},
        }
        value = {
            "success": True,
            "transaction": "",
            "network": f"eip155:{self.domain.chain_id}",
            "extra": extra,
        }
        return {"PAYMENT-RESPONSE": base64.b64encode(json.dumps(value).encode()).decode()}

    def _answer(
        self, config: ChannelConfig, name: Digest, total: int, body: dict[str, Any], price: int
    ) -> dict[str, Any]:
        messages = tuple(Message(each["role"], each["content"]) for each in body["messages"])
        seed = body.get("seed", 7)
        asked = TextRequest(
            messages,
            max_tokens=body["max_tokens"],
            temperature=body["temperature"],
            top_p=body["top_p"],
            seed=seed,
        )
        text = f"Answer to {messages[-1].content}"
        now = int(time.time())
        record = CallRecord(
            provider=self.account.address,
            payer=config.payer,
            service=Digest.of(b"service"),
            model=Digest.of(b"model"),
            prompt_digest=asked.prompt_digest,
            output_digest=Digest.of(text.encode()),
            token=self.token,
            amount=price,
            payment_nonce=Voucher(name, total, b"").digest(self.domain),
            started_at=now,
            finished_at=now,
        )
        signed = sign_record(record, self.records, self.account)
        return {
            "choices": [{"message": {"content": text}, "finish_reason": "stop"}],
            "assay": {
                "record": str(signed.cid),
                "artefact": signed.as_json(),
                "parameters": {"seed": seed},
            },
        }


class _Handler(BaseHTTPRequestHandler):
    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self._reply(200, {}, {"data": [{"id": MODEL}]})
            return
        payment = self._payment()
        assert payment is not None
        self._reply(*self.provider.give_back(payment))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        payment = self._payment()
        if payment is None:
            required = self.provider.required("payment_required", self.provider.price)
            self._reply(402, {"PAYMENT-REQUIRED": required}, {})
            return
        self._reply(*self.provider.take(payment, body))

    def _payment(self) -> dict[str, Any] | None:
        header = self.headers.get("PAYMENT-SIGNATURE")
        if not header:
            return None
        payload: dict[str, Any] = json.loads(base64.b64decode(header))["payload"]
        return payload

    def _reply(self, status: int, headers: dict[str, str], body: Any) -> None:
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            return  # the buyer has gone

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider on a port of its own."""
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
