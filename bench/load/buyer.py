"""Buyers that pay through channels and never give up; run as a process of its own by the benchmark.

It reads an order as one JSON object from standard input and writes one JSON line for each call that
was served. A call that breaks off, for whatever reason, is repeated with the same voucher until it
is answered; one in twenty is sent to two services at once. Anything that a buyer may not be told -
another sum than its own, a refusal of a good voucher, another answer - ends the process.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from assay.chain.account import Account, Accounts
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChannelConfig, SettlementDomain, Voucher

sys.path.insert(0, str(Path(__file__).parent.parent))
from load.upstream import said

SEED = 11
TWICE = 0.05
PATIENT = 50  # tries before it is noted that a call does not get through
AUTHORIZATION = {
    "ReceiveWithAuthorization": [
        {"name": "from", "type": "address"},
        {"name": "to", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "validAfter", "type": "uint256"},
        {"name": "validBefore", "type": "uint256"},
        {"name": "nonce", "type": "bytes32"},
    ]
}


@dataclass
class Order:
    """What the benchmark asks for."""

    urls: list[str]
    model: str
    chain_id: int
    contract: Address
    collector: Address
    accounts: list[str]
    channels: int  # for each account
    deposit: int
    stop: str
    seed: int


class Broken(Exception):
    """A promise to the buyer was not kept."""


class Buyer:
    """One channel and its calls, one after the other."""

    def __init__(self, order: Order, account: Account, number: int, http: httpx.AsyncClient):
        self._order = order
        self._account = account
        self._name = f"{account.name}/{number}"
        self._salt = Digest.of(self._name.encode())
        self._http = http
        self._dice = random.Random(f"{order.seed}/{self._name}")
        self._domain = SettlementDomain(order.chain_id, order.contract)
        self._charged = 0
        self.served = 0

    async def run(self) -> None:
        """Buy until the stop file appears or the deposit is spent."""
        self._offer = await self._ask()
        self._price = int(self._offer["amount"])
        self._config = self._config_of(self._offer)
        self._channel = self._config.channel_id(self._domain)
        while not Path(self._order.stop).exists():
            if self._charged + self._price > self._order.deposit:
                return
            await self._buy()

    async def _buy(self) -> None:
        prompt = f"{self._name} asks number {self.served}"
        total = self._charged + self._price
        headers = {"PAYMENT-SIGNATURE": self._header(total)}
        both = self._dice.random() < TWICE
        answers = await asyncio.gather(
            *(self._repeat(prompt, headers, url) for url in self._urls(both=both))
        )
        if len({answer["assay"]["record"] for answer in answers}) != 1:
            raise Broken(f"{self._name}: one voucher bought two answers")
        self._charged, self.served = total, self.served + 1
        line = {
            "channel": self._channel.hex,
            "payment": Voucher(self._channel, total, b"").digest(self._domain).hex,
            "amount": self._price,
            "record": answers[0]["assay"]["record"],
        }
        sys.stdout.write(json.dumps(line) + "\n")

    def _urls(self, *, both: bool) -> list[str | None]:
        return [*self._order.urls] if both else [None]

    async def _repeat(self, prompt: str, headers: dict[str, str], url: str | None) -> Any:
        for attempt in count(1):
            target = url or self._dice.choice(self._order.urls)
            try:
                response = await self._http.post(
                    f"{target}/v1/chat/completions", json=self._body(prompt), headers=headers
                )
            except httpx.TransportError as error:
                problem = type(error).__name__
            else:
                if response.status_code < 500 and response.status_code != 429:
                    return self._check(response, prompt)
                problem = f"{response.status_code} {response.text[:300]}"
            if attempt % PATIENT == 0:
                sys.stderr.write(f"{target}, {prompt}, {attempt} times: {problem}\n")
                sys.stderr.flush()
            await asyncio.sleep(0.1)
        raise AssertionError("unreachable")

    def _check(self, response: httpx.Response, prompt: str) -> Any:
        if response.status_code != 200:
            required = response.headers.get("PAYMENT-REQUIRED", "")
            raise Broken(f"{self._name}: {response.status_code} {_decoded(required)}")
        receipt = _decoded(response.headers["PAYMENT-RESPONSE"])
        state = receipt["extra"]["channelState"]
        told = int(state["chargedCumulativeAmount"]), int(receipt["extra"]["chargedAmount"])
        if told != (self._charged + self._price, self._price):
            raise Broken(f"{self._name}: told {told} after {self._charged}")
        answer = response.json()
        if answer["choices"][0]["message"]["content"] != said(prompt, SEED):
            raise Broken(f"{self._name}: another answer")
        return answer

    async def _ask(self) -> Any:
        while True:
            try:
                response = await self._http.post(
                    f"{self._dice.choice(self._order.urls)}/v1/chat/completions",
                    json=self._body("what does it cost?"),
                )
                if response.status_code == 402:
                    required = _decoded(response.headers["PAYMENT-REQUIRED"])
                    offers = required["accepts"]
                    return next(o for o in offers if o["scheme"] == "batch-settlement")
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)

    def _body(self, prompt: str) -> dict[str, Any]:
        messages = [{"role": "user", "content": prompt}]
        return {
            "model": self._order.model,
            "messages": messages,
            "max_tokens": 32,
            "temperature": 0,
            "seed": SEED,
        }

    def _config_of(self, offer: Any) -> ChannelConfig:
        return ChannelConfig(
            payer=self._account.address,
            payer_authorizer=self._account.address,
            receiver=offer["payTo"],
            receiver_authorizer=offer["extra"]["receiverAuthorizer"],
            token=offer["asset"],
            withdraw_delay_s=offer["extra"]["withdrawDelay"],
            salt=self._salt,
        )

    def _header(self, total: int) -> str:
        digest = Voucher(self._channel, total, b"").digest(self._domain)
        payload: dict[str, Any] = {
            "type": "voucher",
            "channelConfig": self._config_as_json(),
            "voucher": {
                "channelId": self._channel.hex,
                "maxClaimableAmount": str(total),
                "signature": "0x" + self._account.sign_digest(digest.raw).hex(),
            },
        }
        if self._charged == 0:
            payload |= {"type": "deposit", "deposit": self._deposit()}
        whole = {"x402Version": 2, "accepted": self._offer, "payload": payload}
        return base64.b64encode(json.dumps(whole).encode()).decode()

    def _config_as_json(self) -> dict[str, Any]:
        return {
            "payer": self._config.payer,
            "payerAuthorizer": self._config.payer_authorizer,
            "receiver": self._config.receiver,
            "receiverAuthorizer": self._config.receiver_authorizer,
            "token": self._config.token,
            "withdrawDelay": self._config.withdraw_delay_s,
            "salt": self._config.salt.hex,
        }

    def _deposit(self) -> dict[str, Any]:
        salt = int.from_bytes(self._salt.raw, "big")
        nonce = keccak(encode(["bytes32", "uint256"], [self._channel.raw, salt]))
        valid_before = int(time.time()) + 3600
        extra = self._offer["extra"]
        signature = self._account.sign_typed_data(
            {
                "name": extra["name"],
                "version": extra["version"],
                "chainId": self._order.chain_id,
                "verifyingContract": self._config.token,
            },
            AUTHORIZATION,
            "ReceiveWithAuthorization",
            {
                "from": self._account.address,
                "to": self._order.collector,
                "value": self._order.deposit,
                "validAfter": 0,
                "validBefore": valid_before,
                "nonce": nonce,
            },
        )
        authorization = {
            "validAfter": "0",
            "validBefore": str(valid_before),
            "salt": self._salt.hex,
            "signature": "0x" + signature.hex(),
        }
        return {
            "amount": str(self._order.deposit),
            "authorization": {"erc3009Authorization": authorization},
        }


def _decoded(header: str) -> Any:
    return json.loads(base64.b64decode(header)) if header else {}


async def main() -> None:
    order = Order(**json.load(sys.stdin))
    accounts = Accounts(Path("none"), local_chain=True)
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(timeout=60, limits=limits) as http, asyncio.TaskGroup() as tasks:
        for name in order.accounts:
            for number in range(order.channels):
                account = accounts.open(name, None)
                tasks.create_task(Buyer(order, account, number, http).run())


if __name__ == "__main__":
    asyncio.run(main())
