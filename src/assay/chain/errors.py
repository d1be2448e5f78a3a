"""What can go wrong between Assay and a chain; each error carries the values that explain it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assay.core.address import Address
from assay.errors import InputError, IntegrityError, RefusedError, UnavailableError


class ChainUnreachable(UnavailableError):
    """The node does not answer, or not in JSON-RPC.

    `url` carries no credentials; `sent` is false if the request certainly never left.
    """

    def __init__(self, url: str, reason: str, *, hint: str = "", sent: bool = True) -> None:
        super().__init__(
            f"The node at {url} cannot be used: {reason}.",
            hint=hint or "Check that it runs and that ASSAY_RPC_URL names it.",
        )
        self.url = url
        self.reason = reason
        self.sent = sent


class WrongChain(UnavailableError):
    """The node serves another chain than the one expected."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"The node serves chain {found}, not chain {expected}.",
            hint="Point ASSAY_RPC_URL at a node of the right chain.",
        )
        self.expected = expected
        self.found = found


class RpcFault(UnavailableError):
    """The node answered a call with a JSON-RPC error."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(f"The node refused a call: {message} (code {code}).")
        self.code = code
        self.message = message
        self.data = data


class BlockMissing(UnavailableError):
    """The node has no such block: not mined yet, pruned, or reorganised away."""

    def __init__(self, block: int | str) -> None:
        super().__init__(f"The node has no block {block}.")
        self.block = block


class ContractsNotBuilt(UnavailableError):
    """The build of a contract is missing or unreadable."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(
            f"The build of the contract {name} is missing or damaged: {path}.",
            hint="Run `make contracts`.",
        )
        self.name = name
        self.path = path


class ContractRevert(RefusedError):
    """A contract refused, with the custom error's `name` and `values` by parameter name.

    `contract` is the contract whose build declares the error, None if no build does.
    """

    def __init__(self, name: str, values: Mapping[str, Any], contract: str | None = None) -> None:
        shown = ", ".join(f"{key}={_shown(value)}" for key, value in values.items())
        super().__init__(f"{contract or 'The contract'} refused: {name}({shown}).")
        self.name = name
        self.values = dict(values)
        self.contract = contract


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, int) and value.bit_length() > 128:
        return f"0x{value:064x}"
    return str(value)


class InsufficientFunds(UnavailableError):
    """The account cannot pay value plus the highest fee; `have` and `need` in wei."""

    def __init__(self, have: int, need: int, account: Address) -> None:
        super().__init__(
            f"{account} has {have} wei and needs up to {need} wei for this transaction.",
            hint="Send it ether; on the local chain: assay account fund NAME.",
        )
        self.have = have
        self.need = need
        self.account = account


class TransactionRefused(RefusedError):
    """The node does not take a transaction, for a reason of its own; nothing was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The node does not take the transaction: {reason}.")
        self.reason = reason


class AccountBusy(UnavailableError):
    """Another process has held the account's lock for too long."""

    def __init__(self, account: Address, path: Path) -> None:
        super().__init__(
            f"Another process keeps sending from {account} (lock {path}).",
            hint="Wait for it to end, or stop it.",
        )
        self.account = account
        self.path = path


class TransactionUncertain(ChainUnreachable):
    """The connection broke while a signed transaction was being sent; it is kept and resent."""

    def __init__(self, url: str, reason: str, tx_hash: str) -> None:
        super().__init__(
            url,
            f"{reason}, while sending {tx_hash}",
            hint="Do not repeat the request: the signed transaction is kept and sent again "
            "before the account's next one.",
        )
        self.tx_hash = tx_hash


class TransactionPending(UnavailableError):
    """A transaction was sent, and is not in a block yet."""

    def __init__(self, tx_hash: str, timeout_s: float) -> None:
        super().__init__(
            f"The transaction {tx_hash} is not in a block after {timeout_s:g} s.",
            hint="It is kept: wait for it again, do not repeat the request.",
        )
        self.tx_hash = tx_hash
        self.timeout_s = timeout_s


class TransactionSuperseded(RefusedError):
    """Another transaction of the same account, from elsewhere, took the nonce."""

    def __init__(self, tx_hash: str, nonce: int) -> None:
        super().__init__(
            f"The transaction {tx_hash} can no longer be mined: another one took nonce {nonce}.",
            hint="Repeat the request; do not use the account's key in another wallet meanwhile.",
        )
        self.tx_hash = tx_hash
        self.nonce = nonce


class CommitmentNotReady(UnavailableError):
    """The chain made too few blocks for a commitment to come of age."""

    def __init__(self, commitment: bytes, timeout_s: float) -> None:
        super().__init__(
            f"The commitment 0x{commitment.hex()} is not old enough after {timeout_s:g} s.",
            hint="Repeat the request later: it goes on from the same commitment.",
        )
        self.commitment = commitment
        self.timeout_s = timeout_s


class AccountUnknown(InputError):
    """No account of this name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"There is no account {name!r}.",
            hint=f"Known: {', '.join(known) or 'none'}. Make one: assay account new NAME.",
        )
        self.name = name
        self.known = known


class AccountExists(InputError):
    """An account of this name is there already; nothing was changed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The account {name!r} exists already.", hint="Choose another name.")
        self.name = name


class PasswordWrong(InputError):
    """The password does not open the account's keystore file, or none was given."""

    def __init__(self, name: str, *, missing: bool = False) -> None:
        super().__init__(
            f"The account {name!r} needs its password."
            if missing
            else f"This is not the password of the account {name!r}.",
            hint="Set ASSAY_ACCOUNT_PASSWORD to the one it was made with.",
        )
        self.name = name


class KeystoreDamaged(IntegrityError):
    """A keystore file is not one, or was changed."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The keystore file {path} is damaged: {reason}.", hint="Restore it from a backup."
        )
        self.path = path
        self.reason = reason


class LocalAccountRefused(RefusedError):
    """A publicly known development key was asked for outside the local chain."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has a publicly known key: Assay uses it on the local chain alone.",
            hint="Make an account of your own: assay account new NAME.",
        )
        self.name = name


class NodeProgramMissing(UnavailableError):
    """Anvil is not installed where Assay looks."""

    def __init__(self, searched: list[str]) -> None:
        super().__init__(
            f"Anvil, the local node, was not found (looked at {', '.join(searched)}).",
            hint="Run `make setup` or `npm install` in contracts/, or name it in ASSAY_ANVIL, "
            "or use another node: ASSAY_RPC_URL.",
        )
        self.searched = searched


class NodeFailed(UnavailableError):
    """The local node did not start, or stopped answering; `log` tells more."""

    def __init__(self, log: Path, reason: str) -> None:
        super().__init__(f"The local node failed: {reason}.", hint=f"See {log}.")
        self.log = log
        self.reason = reason


class ChainStateDamaged(IntegrityError):
    """The local chain's state file cannot be read, and no good copy is left."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The local chain's state file {path} is damaged: {reason}.",
            hint=f"Restore {path.name} from a backup, or move it away to begin an empty chain.",
        )
        self.path = path
        self.reason = reason


class ManifestMissing(UnavailableError):
    """The contracts were never deployed to this chain from this state folder."""

    def __init__(self, path: Path, chain_id: int) -> None:
        super().__init__(
            f"There is no deployment for chain {chain_id} ({path}).",
            hint="Run `assay deploy --rpc URL --account NAME`.",
        )
        self.path = path
        self.chain_id = chain_id


class ManifestDamaged(IntegrityError):
    """A deployment manifest is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The deployment manifest {path} is damaged: {reason}.",
            hint="Restore it, or remove it and run `assay deploy` again: it deploys nothing twice.",
        )
        self.path = path
        self.reason = reason


class BuildChanged(IntegrityError):
    """The manifest's address does not follow from this build of the contract."""

    def __init__(self, contract: str, expected: Address, found: Address) -> None:
        super().__init__(
            f"This build of {contract} belongs at {expected}, the manifest says {found}.",
            hint="Check out the version that deployed it, or run `assay deploy` for this one.",
        )
        self.contract = contract
        self.expected = expected
        self.found = found


class CodeMissing(IntegrityError):
    """No contract lives at an address where one is promised."""

    def __init__(self, address: Address, contract: str) -> None:
        super().__init__(
            f"There is no code at {address}, where {contract} should be.",
            hint="Run `assay deploy`; it puts back what is missing.",
        )
        self.address = address
        self.contract = contract


class ContractAbsent(UnavailableError):
    """This chain has nothing at a fixed address where others have put a contract elsewhere."""

    def __init__(self, contract: str, address: Address, chain_id: int) -> None:
        super().__init__(
            f"Chain {chain_id} has no {contract} at {address}; payment channels need it.",
            hint="Use another chain, or pay each call by itself (the scheme `exact`).",
        )
        self.contract = contract
        self.address = address
        self.chain_id = chain_id


class ForeignCode(IntegrityError):
    """The code at an address is not the contract that Assay built."""

    def __init__(self, address: Address, contract: str) -> None:
        super().__init__(
            f"The code at {address} is not {contract} as built here.",
            hint="Do not use this chain: check the RPC URL, or deploy to another one.",
        )
        self.address = address
        self.contract = contract


class FactoryMissing(UnavailableError):
    """The chain lacks the deterministic-deployment proxy, and it cannot be put there."""

    def __init__(self, address: Address, chain_id: int, reason: str) -> None:
        super().__init__(
            f"Chain {chain_id} has no deterministic-deployment proxy at {address}: {reason}.",
            hint="Ask the chain's operator to install it "
            "(github.com/Arachnid/deterministic-deployment-proxy).",
        )
        self.address = address
        self.chain_id = chain_id


class SignatureInvalid(IntegrityError):
    """Not an ECDSA signature in the one form that contracts accept."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This is not a valid signature: {reason}.")
        self.reason = reason


class FileNotWritten(UnavailableError):
    """The disk refused a write; what was there before is still there."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.", hint="Free space, or check its permissions."
        )
        self.path = path
        self.reason = reason
