"""What a sponsor offers, and how it becomes a task: initial model, plan, terms, escrow.

number, plan, transaction = open_task(workspace, TaskOffer(widths=(30, 16, 2)), "local-0")
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assay.bootstrap.training import InitialModelUnfit, check_extra, perceptron_widths
from assay.bootstrap.workspace import Workspace
from assay.core.amount import parse_amount
from assay.core.digest import Digest
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.training.compression.encoding import Encodings
    from assay.training.model import Terms
    from assay.training.plan import LocalSchedule, Plan
    from assay.training.privacy.masking.terms import MaskingTerms
    from assay.training.privacy.terms import PrivacyTerms

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Durations:
    """How long each phase of a task lasts at most, in seconds; see `training.model.Terms`."""

    join_s: int = 24 * _HOUR_S
    commit_s: int = 600
    reveal_s: int = 120
    certify_s: int = 120
    challenge_s: int = 0
    unbonding_s: int = _HOUR_S


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """What a sponsor lays down.

    Attributes:
        model: id of a registered model to begin with; or
        widths: of a new perceptron's layers, from features to classes, made with `seed`.
        budget, stake: decimal amounts: of all rounds together, and of each member at least.
        faults: f; the committee has 3f+1 seats.
        rule: how updates become one; `assay.training.aggregation.rules` lists them. If None it is
            adaptive, and with secure aggregation the mean.
        data: what the nodes' records have to be, in words.
        leaves: how many may train behind one member at most; see `training.edges`.
        privacy: the differential privacy that the task promises; None for none.
        secure_aggregation: shows nobody a single update; None for none.
    """

    model: str | None = None
    widths: tuple[int, ...] | None = None
    seed: int = 1
    rounds: int = 10
    budget: str = "100"
    stake: str = "10"
    faults: int = 1
    minimum_nodes: int = 2
    rule: str | None = None
    data: str = ""
    schedule: LocalSchedule | None = None
    encodings: Encodings | None = None
    leaves: int = 0
    privacy: PrivacyTerms | None = None
    secure_aggregation: MaskingTerms | None = None
    durations: Durations = field(default_factory=Durations)


def open_task(workspace: Workspace, offer: TaskOffer, name: str) -> tuple[int, Plan, str]:
    """Publish plan and initial model, and pay the budget in: number, plan and transaction.

    Raises:
        InputError: neither or both of model and widths are given, or a term can't be.
        RefusedError: the contract refuses the terms, a limit of privacy is below the rounds, or
            secure aggregation excludes what else is asked for.
    """
    from assay.training.aggregation.rules import ADAPTIVE, Rule
    from assay.training.compression.encoding import EXACT, Encodings
    from assay.training.plan import LocalSchedule, Plan
    from assay.training.privacy.masking.terms import RULE as MASKED_RULE

    parts, masking = workspace.training, offer.secure_aggregation
    rule = Rule(offer.rule or (ADAPTIVE if masking is None else MASKED_RULE)).name
    encodings = offer.encodings or (Encodings() if masking is None else Encodings(up=EXACT))
    schedule = offer.schedule or LocalSchedule()
    if masking is not None:  # before anything is registered or paid
        masking.check(rule, encodings.up, offer.leaves)
    initial, widths = _initial(workspace, offer, name)
    plan = Plan(widths, rule, schedule, encodings, offer.leaves, offer.data, offer.privacy, masking)
    if offer.privacy is not None:
        _check_limit(offer.privacy, offer.rounds)
    parts.keep_plan(plan)
    number, transaction = parts.account(name).open(_terms(workspace, offer, initial, plan))
    return number, plan, transaction


def _check_limit(terms: PrivacyTerms, rounds: int) -> None:
    """At client level all nodes spend alike, so that what can't be kept is known beforehand."""
    from assay.training.privacy.terms import CLIENT

    if terms.level == CLIENT and terms.epsilon_limit_micro:
        check_extra("opacus")
        from assay.training.privacy.accounting import check_rounds

        check_rounds(terms, rounds)


def _terms(workspace: Workspace, offer: TaskOffer, initial: Digest, plan: Plan) -> Terms:
    from assay.training.model import Terms

    lasts, decimals = offer.durations, workspace.token_decimals
    return Terms(
        token=workspace.deployment.token.address,
        minimum_stake=parse_amount(offer.stake, decimals=decimals),
        initial_model=initial,
        policy=plan.digest,
        budget=parse_amount(offer.budget, decimals=decimals),
        modes=0,
        rounds=offer.rounds,
        minimum_nodes=max(offer.minimum_nodes, plan.masking.threshold if plan.masking else 0),
        join_s=lasts.join_s,
        commit_s=lasts.commit_s,
        reveal_s=lasts.reveal_s,
        certify_s=lasts.certify_s,
        challenge_s=lasts.challenge_s,
        unbonding_s=lasts.unbonding_s,
        faults=offer.faults,
    )


def _initial(workspace: Workspace, offer: TaskOffer, name: str) -> tuple[Digest, tuple[int, ...]]:
    if (offer.model is None) == (offer.widths is None):
        raise InputError(
            "A task begins with a registered model, or with a new perceptron.",
            hint="Give either the model's asset id, or the widths of the perceptron's layers.",
        )
    if offer.widths is not None:
        return _new_model(workspace, offer.widths, offer.seed, name), offer.widths
    assert offer.model is not None, "one of the two is given"
    asset = Digest.parse(offer.model)
    found = perceptron_widths(workspace.training.model(asset))
    if found is None:
        raise InitialModelUnfit(asset, "it is no perceptron")
    return asset, found


def _new_model(workspace: Workspace, widths: tuple[int, ...], seed: int, name: str) -> Digest:
    """Register an initial perceptron; the same widths and seed again are the same asset."""
    from assay.market.model import AssetKind
    from assay.market.use_cases.publish import Publication, publish_asset
    from assay.training.learning.perceptron import Perceptron

    data = Perceptron(widths).initial(seed).to_bytes()
    asset, registry = Digest.of(data), workspace.market.registry(name)
    if registry.assets([asset])[0] is not None:
        return asset
    folder = workspace.settings.home / "training" / "initial"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    layers = "-".join(map(str, widths))
    path = folder / f"perceptron-{layers}-seed-{seed}.safetensors"
    path.write_bytes(data)
    publication = Publication(
        path=path,
        kind=AssetKind.MODEL,
        description=f"Initial parameters of a perceptron with layers {layers}, seed {seed}.",
        licence="CC0-1.0",
    )
    workspace.sync()
    published = publish_asset(
        publication, blobs=workspace.store, registry=registry, index=workspace.market.index
    )
    return published.asset.asset_id
