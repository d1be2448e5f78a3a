"""A chain with the settlement contract, and payers who sign deposits and vouchers by themselves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from assay.chain.account import Account, Accounts
from assay.chain.deployment import Deployment, deploy, load_deployment
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChannelConfig, SettlementDomain, Voucher
from assay.market.channels.onchain import Collectors, Deposits, SettlementChain
from assay.market.channels.ports import Claim, Deposit

DELAY_S = 900
PERMIT2 = Address("0x000000000022D473030F116dDEE9F6B43aC78BA3")

RECEIVE = {
    "ReceiveWithAuthorization": [
        {"name": "from", "type": "address"},
        {"name": "to", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "validAfter", "type": "uint256"},
        {"name": "validBefore", "type": "uint256"},
        {"name": "nonce", "type": "bytes32"},
    ]
}
PERMIT = {
    "PermitWitnessTransferFrom": [
        {"name": "permitted", "type": "TokenPermissions"},
        {"name": "spender", "type": "address"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
        {"name": "witness", "type": "DepositWitness"},
    ],
    "TokenPermissions": [
        {"name": "token", "type": "address"},
        {"name": "amount", "type": "uint256"},
    ],
    "DepositWitness": [{"name": "channelId", "type": "bytes32"}],
}


@dataclass
class Scene:
    """The accounts are Anvil's: local-1 is paid, local-2 pays, local-3 sends."""

    folder: Path
    node: Node
    deployment: Deployment
    senders: dict[str, Sender] = field(default_factory=dict)

    @property
    def domain(self) -> SettlementDomain:
        return SettlementDomain(self.node.chain_id, self.deployment.settlement.address)

    def account(self, name: str) -> Account:
        return Accounts(self.folder / "accounts", local_chain=True).open(name, None)

    def sender(self, name: str, node: Node | None = None) -> Sender:
        return Sender(node or self.node, self.account(name), self.folder / "outbox")

    def chain(
        self,
        sender: str = "local-3",
        node: Node | None = None,
        stuck_after_s: float = 30.0,
        **options: Any,
    ) -> SettlementChain:
        """The contract as the provider local-1 sees it, or another sender."""
        node = node or self.node
        deployment = self.deployment
        opened = self.sender(sender, node)
        opened.stuck_after_s = stuck_after_s
        deposits = Deposits(
            node,
            deployment.settlement if node is self.node else _rebound(deployment, node),
            lambda: opened,
            Collectors(deployment.erc3009_collector.address, deployment.permit2_collector.address),
            **options,
        )
        contract = deployment.settlement if node is self.node else _rebound(deployment, node)
        authorizer = self.account("local-1")
        return SettlementChain(
            node, contract, lambda: opened, lambda: authorizer, deposits, **options
        )

    def config(self, salt: int = 0, payer: str = "local-2", **changes: Any) -> ChannelConfig:
        payer_address = self.account(payer).address
        given: dict[str, Any] = {
            "payer": payer_address,
            "payer_authorizer": payer_address,
            "receiver": self.account("local-1").address,
            "receiver_authorizer": self.account("local-1").address,
            "token": self.deployment.token.address,
            "withdraw_delay_s": DELAY_S,
            "salt": Digest(salt.to_bytes(32, "big")),
        }
        return ChannelConfig(**given | changes)

    def deposit(
        self,
        config: ChannelConfig,
        amount: int,
        salt: int = 1,
        *,
        payer: str = "local-2",
        valid_after: int = 0,
        valid_before: int | None = None,
    ) -> Deposit:
        """By EIP-3009."""
        channel = config.channel_id(self.domain)
        nonce = keccak(encode(["bytes32", "uint256"], [channel.raw, salt]))
        collector = self.deployment.erc3009_collector.address
        before = valid_before or int(time.time()) + 10_000
        message = {
            "from": config.payer,
            "to": collector,
            "value": amount,
            "validAfter": valid_after,
            "validBefore": before,
            "nonce": nonce,
        }
        signature = self.account(payer).sign_typed_data(
            self._token_domain(), RECEIVE, "ReceiveWithAuthorization", message
        )
        data = encode(
            ["uint256", "uint256", "uint256", "bytes"], [valid_after, before, salt, signature]
        )
        return Deposit(config, amount, collector, data, Digest(nonce))

    def permit2_deposit(
        self, config: ChannelConfig, amount: int, nonce: int, deadline: int | None = None
    ) -> Deposit:
        """By Permit2, which local-2 has to have approved."""
        collector = self.deployment.permit2_collector.address
        before = deadline or int(time.time()) + 10_000
        message = {
            "permitted": {"token": config.token, "amount": amount},
            "spender": collector,
            "nonce": nonce,
            "deadline": before,
            "witness": {"channelId": config.channel_id(self.domain).raw},
        }
        domain = {
            "name": "Permit2",
            "chainId": self.node.chain_id,
            "verifyingContract": PERMIT2,
        }
        signature = self.account("local-2").sign_typed_data(
            domain, PERMIT, "PermitWitnessTransferFrom", message
        )
        data = encode(["uint256", "uint256", "bytes", "bytes"], [nonce, before, signature, b""])
        return Deposit(config, amount, collector, data, Digest(nonce.to_bytes(32, "big")))

    def voucher(self, config: ChannelConfig, total: int, signer: str = "local-2") -> Voucher:
        channel = config.channel_id(self.domain)
        unsigned = Voucher(channel, total, b"")
        digest = unsigned.digest(self.domain)
        return Voucher(channel, total, self.account(signer).sign_digest(digest.raw))

    def claim(self, config: ChannelConfig, total: int) -> Claim:
        return Claim(config, self.voucher(config, total), total)

    def open(self, salt: int, amount: int = 1_000_000, **changes: Any) -> ChannelConfig:
        """A channel with money in it."""
        config = self.config(salt, **changes)
        self.chain().deposit(self.deposit(config, amount))
        return config

    def tokens(self, name: str) -> int:
        return int(self.deployment.token.read("balanceOf", self.account(name).address))

    def fund(self, name: str, units: int) -> None:
        self.sender("local-0").transact(
            self.deployment.token, "transfer", self.account(name).address, units
        )

    def pass_time(self, seconds: int) -> None:
        self.node.request("evm_increaseTime", [seconds])
        self.node.request("evm_mine")

    def _token_domain(self) -> dict[str, Any]:
        return {
            "name": "Assay",
            "version": "1",
            "chainId": self.node.chain_id,
            "verifyingContract": self.deployment.token.address,
        }


def _rebound(deployment: Deployment, node: Node) -> Any:
    from assay.chain.contract import Contract  # noqa: PLC0415

    return Contract(node, "BatchSettlement", deployment.settlement.address)


@contextmanager
def running_scene(folder: Path) -> Iterator[Scene]:
    """A chain of its own, with tokens for the payer."""
    with LocalNode.start(folder / "chain") as local, Node(local.url, timeout_s=5.0) as node:
        accounts = Accounts(folder / "accounts", local_chain=True)
        deployer = Sender(node, accounts.open("local-0", None), folder / "outbox")
        scene = Scene(folder, node, deploy(node, deployer, folder / "deployments"))
        scene.fund("local-2", 1_000_000_000)
        yield scene


def load_scene(folder: Path, node: Node) -> Scene:
    """A scene that another process made."""
    return Scene(folder, node, load_deployment(node, folder / "deployments"))
