"""Contracts with records, as the use cases see them."""

from __future__ import annotations

from collections.abc import Callable

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from assay.authoring.deployment_errors import NotDeployable
from assay.authoring.records import Estimate, Origin
from assay.chain.contract import Contract
from assay.chain.errors import ContractRevert, RpcFault
from assay.chain.fees import estimate
from assay.chain.node import Node
from assay.chain.records import to_bytes
from assay.chain.transaction import Sender
from assay.core.address import Address

_DECIMALS = keccak(text="decimals()")[:4]
_LARGEST_DECIMALS = 255
_ALREADY_DEPLOYED = "ContractRecordsAlreadyDeployed"


class OnChainContracts:
    """The `ContractChain` port on the contract of records."""

    def __init__(
        self, node: Node, contract: Contract, account: Address, open_sender: Callable[[], Sender]
    ) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender
        self.account = account

    @property
    def address(self) -> Address:
        """See `ContractChain.address`."""
        return self._contract.address

    @property
    def chain_id(self) -> int:
        """See `ContractChain.chain_id`."""
        return self._node.chain_id

    def origin(self, deployed: Address) -> Origin | None:
        """See `ContractChain.origin`."""
        record, deployer, code_hash = self._contract.read("recordOf", deployed)
        return Origin(record, deployer, code_hash) if any(record) else None

    def has_code(self, address: Address) -> bool:
        """See `ContractChain.has_code`."""
        return bool(self._node.code(address))

    def decimals(self, token: Address) -> int | None:
        """See `ContractChain.decimals`."""
        call = {"to": token, "data": "0x" + _DECIMALS.hex()}
        try:
            answer = to_bytes(self._node.request("eth_call", [call, "latest"]))
            found = int(decode(["uint256"], answer)[0])
        except (RpcFault, DecodingError):
            return None
        return found if found <= _LARGEST_DECIMALS else None

    def estimate(self, creation_code: bytes, record: bytes) -> Estimate:
        """See `ContractChain.estimate`."""
        data = self._contract.encode("deploy", creation_code, record)
        try:
            cost = estimate(self._node, self.account, self._contract.address, data, 0)
        except ContractRevert as revert:
            raise _translated(revert) from None
        return Estimate(cost.gas, cost.gas * cost.fees.maximum)

    def deploy(self, creation_code: bytes, record: bytes) -> str:
        """See `ContractChain.deploy`."""
        sender = self._open_sender()
        data = self._contract.encode("deploy", creation_code, record)
        earlier = sender.resume(self._contract.address, data)
        if earlier is not None:
            return earlier.transaction_hash
        try:
            receipt = sender.wait(sender.send(self._contract.address, data))
        except ContractRevert as revert:
            raise _translated(revert) from None
        return receipt.transaction_hash


def _translated(revert: ContractRevert) -> NotDeployable:
    if revert.name == _ALREADY_DEPLOYED:
        reason = f"it was deployed meanwhile, to {revert.values['deployed']}"
        return NotDeployable(reason, "Repeat the command: it shows the contract that is there.")
    return NotDeployable(
        f"its constructor refuses ({revert.name})", "Look again at parties, groups and tokens."
    )
