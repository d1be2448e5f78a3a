"""Which contracts make up a deployment: those that we create, and those that have fixed addresses.

    for created in CREATED:
        address = create2_address(build.bytecode + created.arguments(...))
    FIXED[0].address                     # the same on every chain

A created contract is one line here and one property of `Deployment`. A fixed one was put on the
public chains by others, at an address that payment libraries have built in; on the local chain our
own build of it is put there (`fixed_contracts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assay.chain.node import LOCAL_CHAIN_ID
from assay.chain.review_terms import default_period_s, review_terms
from assay.core.address import Address

TOKEN_SUPPLY = 10**9 * 10**6
LICENCE_FEE_BPS = 250  # to begin with; the owner of the licences can set it to at most 1000
REWARD_WEIGHTS_BPS = (4000, 3000, 3000)  # data, training, use; the owner of the weights sets them
SETTLEMENT = Address("0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003")

_ATTESTATION_NAMES = frozenset({"SchemaRegistry", "EAS"})

Arguments = tuple[str | int | tuple[int, ...], ...]
"""What a constructor is given; a struct of numbers is a tuple of its own."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What constructors' arguments depend on.

    Attributes:
        holder: who gets the token's supply.
        addresses: of the contracts that stand earlier in the plan, by name.
        service: an attestation service that is on the chain already; None to create one.
        review: the rules of reviews; empty for the usual ones.
    """

    chain_id: int
    holder: Address
    addresses: Mapping[str, Address]
    service: Address | None = None
    review: tuple[int, ...] = ()

    @property
    def age_blocks(self) -> int:
        """How old a commitment has to be before it is revealed."""
        return 1 if self.chain_id == LOCAL_CHAIN_ID else 5


@dataclass(frozen=True, slots=True)
class Created:
    """A contract that `deploy` creates; `arguments` is what its constructor is given.

    Attributes:
        indexed: its events concern us, so that the ledger follows it.
    """

    name: str
    arguments: Callable[[Circumstances], Arguments]
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Fixed:
    """A contract at an address that libraries have built in.

    Attributes:
        indexed: its events concern us, so that the ledger follows it.
    """

    name: str
    address: Address
    indexed: bool = False


def _content_and_currency(given: Circumstances) -> Arguments:
    return (given.addresses["ContentToken"], given.addresses["AssayToken"])


def _review(given: Circumstances) -> Arguments:
    return (
        given.addresses["AssayToken"],
        given.addresses["ContentToken"],
        given.service or given.addresses["EAS"],
        given.review or review_terms(default_period_s(given.chain_id)),
    )


CREATED = (
    Created("AssayToken", lambda given: (given.holder, TOKEN_SUPPLY)),
    Created("AssetRegistry", lambda given: (given.addresses["AssayToken"], given.age_blocks)),
    Created("CallAnchor", lambda _: ()),
    Created(
        "Licences",
        lambda given: (
            given.addresses["AssetRegistry"],
            given.holder,  # sets the fee, and receives it
            given.holder,
            LICENCE_FEE_BPS,
        ),
    ),
    Created(
        "ContentToken",
        lambda given: (
            given.addresses["AssetRegistry"],
            given.addresses["Licences"],
            given.age_blocks,
        ),
    ),
    Created("IdentityRegistry", lambda _: ()),
    Created(
        "ReputationRegistry",
        lambda given: (
            given.addresses["IdentityRegistry"],
            SETTLEMENT,
            given.addresses["CallAnchor"],
            given.addresses["AssayToken"],
        ),
    ),
    Created("Reposts", _content_and_currency),
    Created("Tips", _content_and_currency),
    Created("CreatorSubscriptions", lambda _: ()),
    Created("SchemaRegistry", lambda _: (), indexed=False),
    Created("EAS", lambda given: (given.addresses["SchemaRegistry"],), indexed=False),
    Created("ContentReview", _review),
    Created("RewardWeights", lambda given: (given.holder, REWARD_WEIGHTS_BPS)),
    Created("TrainingTasks", lambda given: (given.addresses["RewardWeights"],)),
    Created("ContractRecords", lambda _: ()),
    Created("AuditRuleBook", lambda given: (given.holder,)),  # who publishes versions
)

CREATED_NAMES = tuple(created.name for created in CREATED)


def is_created(name: str, service: Address | None) -> bool:
    """Whether `deploy` creates it: not an attestation service where there is one."""
    return service is None or name not in _ATTESTATION_NAMES


def foreign_service(arguments: Mapping[str, Arguments]) -> Address | None:
    """The attestation service that a deployment uses and did not create, by its contracts."""
    review = arguments.get("ContentReview")
    if review is None or "EAS" in arguments:
        return None
    return Address(str(review[2]))


FIXED = (
    Fixed("BatchSettlement", SETTLEMENT, indexed=True),
    Fixed("Erc3009DepositCollector", Address("0x4020806089470a89826cB9fB1f4059150b550004")),
    Fixed("Permit2DepositCollector", Address("0x4020425FAf3B746C082C2f942b4E5159887B0005")),
    Fixed("Permit2", Address("0x000000000022D473030F116dDEE9F6B43aC78BA3")),
    Fixed("Multicall3", Address("0xcA11bde05977b3631167028862bE2a173976CA11")),
)
