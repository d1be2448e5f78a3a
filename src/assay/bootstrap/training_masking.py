"""Secure aggregation, put together: what nodes, validators and the server do more than usual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from starlette.routing import Route

from assay.bootstrap.workspace import Workspace
from assay.core.address import Address
from assay.errors import InputError
from assay.training.committee.signing import Domain
from assay.training.committee.unmasking_exchange import (
    Refusal,
    bring_unmasking,
    unmasking_route,
)
from assay.training.engine.secure_aggregation import SecureRounds
from assay.training.engine.strategy import CertifiedRounds
from assay.training.masking_memory import MaskingFolder
from assay.training.rounds import RoundPlace
from assay.training.use_cases.masked_node import MaskedRounds
from assay.training.use_cases.masked_serving import ShareDesk
from assay.training.use_cases.masked_validating import MaskedApplication
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.patience import Patience
from assay.training.use_cases.serving import TaskAuthority
from assay.training.use_cases.validating import RoundApplication


class ValidatorsUnknown(InputError):
    """The server of a task with masked updates does not know where the validators listen."""

    def __init__(self, task: int) -> None:
        super().__init__(
            f"The updates of task {task} are masked, and nobody says where its validators listen.",
            hint="Give --peers peers.yaml, as the validators have it: the server brings them what "
            "takes the masks off the sum.",
        )
        self.task = task


def masked_rounds(workspace: Workspace, number: int, name: str, rounds: NodeRounds) -> MaskedRounds:
    """A node's rounds in a task whose updates are masked."""
    parts = workspace.training
    chain, masking = parts.account(name), rounds.plan.masking
    assert masking is not None, "the plan asks for it"
    folder = parts.home(number) / f"node-{rounds.node}"
    return MaskedRounds(
        rounds=rounds,
        terms=masking,
        samples=max(1, rounds.source().profile.records),
        domain=Domain(parts.reader.chain_id, parts.reader.address, number),
        key=workspace.account(name),
        chain=chain,
        memory=MaskingFolder(folder),
    )


def masking_routes(number: int, application: RoundApplication) -> tuple[Route, ...]:
    """What a validator serves beyond its reports."""
    if not isinstance(application, MaskedApplication):
        return ()
    return (unmasking_route(number, application.take),)


def round_strategy(
    authority: TaskAuthority,
    number: int,
    peers: Mapping[Address, str] | None,
    patience: Patience,
) -> Callable[..., CertifiedRounds]:
    """What makes the strategy of a task's rounds.

    Raises:
        ValidatorsUnknown: updates are masked, and `peers` is missing.
    """
    terms = authority.plan.masking
    if terms is None:
        return CertifiedRounds
    if not peers:
        raise ValidatorsUnknown(number)
    known = dict(peers)

    def deliver(place: RoundPlace, data: bytes) -> Mapping[Address, Refusal]:
        return bring_unmasking(known, place.task, place.round, data)

    domain = Domain(authority.chain.chain_id, authority.chain.address, number)
    desk = ShareDesk(terms, domain, authority, deliver, patience)
    return partial(SecureRounds, terms=terms, desk=desk)
