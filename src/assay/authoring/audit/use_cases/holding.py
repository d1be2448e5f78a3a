"""Code held to prose: each clause tried on the code, and what breaks it call by call."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assay.authoring.audit.errors import NotOnStage
from assay.authoring.audit.model import Gap
from assay.authoring.audit.properties.binding import by_the_contract, names_in
from assay.authoring.audit.properties.exploring import HISTORIES, Explorer
from assay.authoring.audit.properties.judging import Judge
from assay.authoring.audit.properties.making import make_rules
from assay.authoring.audit.properties.rules import RuleSet
from assay.authoring.audit.properties.setting import Setting, set_up
from assay.authoring.audit.properties.stage import entries_of
from assay.authoring.audit.properties.telling import told
from assay.authoring.audit.properties.verdicts import Verdicts
from assay.authoring.audit.properties.words import does, likeness
from assay.authoring.audit.sources.binaries import Binary
from assay.authoring.audit.use_cases.auditing import Auditors, files_under, read_source
from assay.authoring.audit.use_cases.holding_composed import (
    TRIALS,
    Held,
    Progress,
    hold_composed,
)
from assay.authoring.audit.use_cases.reading_prose import prose_audit
from assay.authoring.compiling.model import Compiled
from assay.authoring.compiling.solc import OPTIMIZER_RUNS
from assay.authoring.model import Specification
from assay.authoring.trials import token
from assay.authoring.use_cases.building import Workshop
from assay.errors import InputError


@dataclass(frozen=True)
class Options:
    """How code is tried.

    Attributes:
        parties: names in the code by names in the prose.
        arguments: of the constructor, by name.
        histories: of calls, at most.
    """

    parties: Mapping[str, str]
    arguments: Mapping[str, str]
    seed: int = 1
    timeout_s: float = 6.0
    histories: int = HISTORIES


def hold_file(
    specification: Specification,
    path: Path,
    auditors: Auditors,
    workshop: Workshop,
    *,
    options: Options,
    progress: Progress = lambda _what, _done, _total: None,
) -> Held:
    """Hold the one file that a path names to prose.

    Raises:
        InputError: it is not one file, or has errors.
        NotOnStage, PartyUnknown, TrialImpossible: see `hold`.
    """
    files = files_under(path)
    if len(files) > 1:
        raise InputError(
            f"{path} has {len(files)} sources, and prose is about one contract.",
            hint="Name the file of the contract that the prose is about.",
        )
    source = read_source(files[0])
    is_vyper = files[0].suffix == ".vy"
    parser = auditors.vyper if is_vyper else auditors.solidity
    binaries = parser.build(files[0], source, optimizer_runs=OPTIMIZER_RUNS)
    coin = workshop.solidity.compile(token.SOURCE, token.NAME)
    composed = hold_composed(
        specification, binaries, coin, workshop, seed=options.seed, progress=progress
    )
    if composed is not None and composed.is_enough:
        prose = replace(prose_audit(specification), contract=composed.contract, seed=options.seed)
        return Held(told(specification, composed.properties), prose)
    held = hold(specification, binaries, source, coin, options=options, progress=progress)
    found = held.properties
    if composed is not None:
        found = (*composed.properties, *map(composed.doubts, found))
    return replace(held, properties=told(specification, found))


def hold(
    specification: Specification,
    binaries: tuple[Binary, ...],
    source: str,
    coin: Compiled,
    *,
    options: Options,
    progress: Progress = lambda _what, _done, _total: None,
) -> Held:
    """Try each clause on the contract of a file that fits the prose best.

    Raises:
        NotOnStage: it cannot be deployed.
        PartyUnknown, InputError: what the user said has no place.
        TrialImpossible: the EVM is not installed.
    """
    until = time.monotonic() + options.timeout_s
    if not binaries:
        raise InputError("The source has no contract that can be deployed.")
    specification = by_the_contract(specification, source)
    setting, rules = _fitting(specification, binaries, source, coin, options)
    judge = Judge(rules, dict(setting.decimals))
    explorer = Explorer(
        setting,
        rules,
        judge,
        seed=options.seed,
        deadline_s=until,
        histories=options.histories,
    )
    explorer.explore(lambda done, total: progress(TRIALS, done, total))
    properties = tuple(Verdicts(specification, setting, rules, explorer).all())
    prose = replace(
        prose_audit(specification),
        contract=setting.name,
        parties=tuple((name, who.where) for name, who in setting.bound.who.items()),
        arguments=setting.given,
        seed=options.seed,
        histories=explorer.tally.histories,
        is_cut=not explorer.tally.finished,
    )
    return Held(properties, prose)


def cut_short(held: Held, file: str, timeout_s: float) -> tuple[Gap, ...]:
    """What was not tried of a file for want of time, as an audit lists it."""
    if not held.prose.is_cut:
        return ()
    reason = (
        f"the time was over after {timeout_s:g} s and {held.prose.histories} histories of calls; "
        f"what holds was tried less than it should be; give more with --trials SECONDS"
    )
    return (Gap(file, TRIALS, reason),)


def _fitting(
    specification: Specification,
    binaries: tuple[Binary, ...],
    source: str,
    coin: Compiled,
    options: Options,
) -> tuple[Setting, RuleSet]:
    ranked = sorted(binaries, key=lambda one: -_fit(specification, one))
    refused: NotOnStage | None = None
    for binary in ranked:
        try:
            setting = set_up(
                binary,
                source,
                specification,
                coin,
                parties=options.parties,
                arguments=options.arguments,
            )
        except NotOnStage as error:
            refused = refused or error
            continue
        return setting, make_rules(specification, setting)
    assert refused is not None, "there is at least one"
    raise refused


def _fit(specification: Specification, binary: Binary) -> int:
    """How many of the acts and parties of the prose a contract has names for."""
    entries = entries_of(binary.compiled)
    acts = {one.action for one in specification.obligations if one.action}
    names = [one.name for one in entries]
    found = sum(any(does(name, act) for name in names) for act in acts)
    found += sum(
        any(likeness(party, name) >= 3 for name in names) for party in names_in(specification)
    )
    return found * 10 + len(entries)
