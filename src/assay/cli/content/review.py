"""`assay content review`: stake, flag or confirm content, vote, appeal, claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import both_times, period_text, tokens
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.content.review.model import Case, Release, Stake, Terms
    from assay.content.review.use_cases.voting import Cast

review_commands = typer.Typer(
    no_args_is_help=True, help="Community review: staked reviewers flag or confirm content."
)

CaseArgument = Annotated[int, typer.Argument(min=1, max=2**64 - 1, help="The number of a case.")]
ActorOption = Annotated[
    str | None, typer.Option("--account", help="Who does it; default: the configured buyer.")
]
EvidenceOption = Annotated[
    str,
    typer.Option(
        "--evidence", help="A file, which is put into the store; or the CID or SHA-256 of one."
    ),
]
VoteArgument = Annotated[str, typer.Argument(help="uphold or reject.")]


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    add = review_commands.command
    add(epilog="Example: assay content review stake 100 --account local-4")(stake)
    add(epilog="Example: assay content review unstake 50 --account local-4")(unstake)
    add("open", epilog="Example: assay content review open 0x2cf2... copy --evidence original.png")(
        open_command
    )
    add(epilog="Example: assay content review commit 1 uphold --account local-4")(commit)
    add(epilog="Example: assay content review reveal 1 --account local-4")(reveal)
    add(epilog="Example: assay content review vote 1 uphold --account local-4")(vote)
    add(epilog="Example: assay content review close 1")(close)
    add(epilog="Example: assay content review appeal 1 --evidence contract.pdf")(appeal)
    add(epilog="Example: assay content review claim 1 --all")(claim)
    add(epilog="Example: assay content review attest 1")(attest)
    add("show", epilog="Example: assay content review show 1 --json")(show_command)
    add("list", epilog="Example: assay content review list --content 0x2cf2...")(list_command)
    add(epilog="Example: assay content review rules")(rules)
    commands.add_typer(review_commands, name="review")


def stake(
    amount: Annotated[
        str | None, typer.Argument(help="Decimal amount to stake; without one, show the stake.")
    ] = None,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Stake an amount to open cases and to vote, or show what is staked."""
    with open_client() as client:
        held = (
            client.review.stake_of(account)
            if amount is None
            else client.review.stake(amount, account=account)
        )
    show(held.as_json(), as_json, _stake_lines(held))


def unstake(
    amount: Annotated[
        str | None,
        typer.Argument(help="Decimal amount of the free stake; without one, withdraw what is due."),
    ] = None,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take free stake back: it waits for the unbonding period, then this withdraws it."""
    with open_client() as client:
        held = (
            client.review.withdraw(account=account)
            if amount is None
            else client.review.unstake(amount, account=account)
        )
    show(held.as_json(), as_json, _stake_lines(held))


def open_command(
    content_id: Annotated[str, typer.Argument(help="0x and 64 hexadecimal characters.")],
    claim: Annotated[str, typer.Argument(help="genuine, copy, false-credentials or unlawful.")],
    evidence: EvidenceOption,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Flag content, or confirm it, with evidence and a bond: a case opens and votes are taken."""
    with open_client() as client:
        case = client.review.open(content_id, claim, evidence=evidence, account=account)
    show(case.as_json(), as_json, _case_lines(case))


def commit(
    case: CaseArgument,
    vote: VoteArgument,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Commit to a vote that nobody can read. Open it in its time, or lose a part of the stake.

    Nothing has to be kept: the account's key finds the vote again.
    """
    with open_client() as client:
        cast = client.review.commit(case, vote, account=account)
    show(cast.as_json(), as_json, _cast_lines(cast))


def reveal(case: CaseArgument, account: ActorOption = None, as_json: JsonOption = False) -> None:
    """Open the account's vote."""
    with open_client() as client:
        cast = client.review.reveal(case, account=account)
    show(cast.as_json(), as_json, _cast_lines(cast))


def vote(
    case: CaseArgument,
    vote: VoteArgument,
    wait_s: Annotated[
        float, typer.Option(min=0, help="How long to wait for the time to open votes.")
    ] = 3600,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Commit, wait until votes are opened, and open it. Repeat it if it was broken off."""
    with open_client() as client:
        cast = client.review.vote(case, vote, wait_s=wait_s, account=account)
    show(cast.as_json(), as_json, _cast_lines(cast))


def close(case: CaseArgument, account: ActorOption = None, as_json: JsonOption = False) -> None:
    """Count the votes when all are open or their time is over; what they decide is attested."""
    with open_client() as client:
        closed = client.review.close(case, account=account)
    show(closed.as_json(), as_json, _case_lines(closed))


def appeal(
    case: CaseArgument,
    evidence: EvidenceOption,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Appeal against the first decision, once: others vote, for longer, with a larger quorum."""
    with open_client() as client:
        appealed = client.review.appeal(case, evidence=evidence, account=account)
    show(appealed.as_json(), as_json, _case_lines(appealed))


def claim(
    case: CaseArgument,
    everybody: Annotated[bool, typer.Option("--all", help="For everybody in the case.")] = False,
    whose: Annotated[
        str | None, typer.Option("--for", help="For this account, by name or address.")
    ] = None,
    account: ActorOption = None,
    as_json: JsonOption = False,
) -> None:
    """End the locks of a case that is over: stakes come back, with losses and rewards."""
    if everybody and whose:
        raise InputError("--all and --for exclude each other.")
    with open_client() as client:
        if everybody:
            released = client.review.claim_all(case, account=account)
        else:
            released = [client.review.claim(case, whose=whose, account=account)]
    lines = "\n".join(_release_line(one) for one in released)
    show([one.as_json() for one in released], as_json, lines or "Everything is claimed.")


def attest(case: CaseArgument, account: ActorOption = None, as_json: JsonOption = False) -> None:
    """Have a decision attested where the attestation service failed when it was made."""
    with open_client() as client:
        attested = client.review.attest(case, account=account)
    show(attested.as_json(), as_json, _case_lines(attested))


def show_command(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Show a case: claim, votes, the step that is due and until when, what is locked in it."""
    with open_client() as client:
        found = client.review.show(case)
        held = client.review.holdings(case)
        outcomes = client.review.outcomes(found.content_id.hex)
    outcome = next((one for one in outcomes if one.case == case), None)
    result = {
        **found.as_json(),
        "outcome": outcome.as_json() if outcome else None,
        "holdings": [one.as_json() for one in held],
    }
    lines = [_case_lines(found)]
    if outcome and outcome.attestation:
        made = outcome.attestation
        state = "valid" if made.valid else f"NOT VALID: {made.reason}"
        lines.append(f"attested {made.uid} by {made.service} ({state})")
    lines += [_release_line(one) for one in held]
    show(result, as_json, "\n".join(lines))


def list_command(
    content: Annotated[str | None, typer.Option(help="Only about this content.")] = None,
    account: Annotated[
        str | None, typer.Option(help="Only with this account, by name or address.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The most to list.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """List cases, the newest first, each with the step that is due."""
    with open_client() as client:
        cases = client.review.cases(content_id=content, account=account, limit=limit)
    lines = [
        f"{case.id:>5}  {case.claim.value:<17}  {case.decision.value:<9}  {case.due()}"
        for case in cases
    ]
    show([case.as_json() for case in cases], as_json, "\n".join(lines) or "No case was opened.")


def rules(as_json: JsonOption = False) -> None:
    """Show the rules: what is locked, how long phases last, who loses and gets what."""
    from dataclasses import asdict  # noqa: PLC0415 - only here

    with open_client() as client:
        terms = client.review.terms()
    show(asdict(terms), as_json, _terms_lines(terms))


def _stake_lines(held: Stake) -> str:
    lines = [
        f"account  {held.address}",
        f"free     {tokens(held.free)}",
        f"locked   {tokens(held.locked)}",
    ]
    if held.unbonding:
        at = both_times(held.withdrawable_at_s)
        lines.append(f"unbonds  {tokens(held.unbonding)}, can be withdrawn at {at}")
    return "\n".join(lines)


def _case_lines(case: Case) -> str:
    lines = [
        f"case     {case.id}: {case.claim.value}",
        f"content  {case.content_id}",
        f"opener   {case.opener}",
        f"evidence {case.evidence}",
    ]
    if case.appellant:
        lines += [f"appeal   {case.appellant}", f"evidence {case.appeal_evidence}"]
    for number, one in enumerate(case.rounds):
        silent = one.commits - one.upheld - one.rejected
        lines.append(
            f"{'appeal' if number else 'votes':<8} {one.upheld} uphold, {one.rejected} reject, "
            f"{silent} hidden: {one.decision.value}"
        )
    lines += [f"stands   {case.decision.value}", f"due      {case.due()}"]
    return "\n".join(lines)


def _cast_lines(cast: Cast) -> str:
    vote = cast.vote.value if cast.vote else "hidden"
    return (
        f"voter    {cast.voter}\nvote     {vote} in case {cast.case.id}\n"
        f"tx       {cast.transaction}\ndue      {cast.case.due()}"
    )


def _release_line(one: Release) -> str:
    return (
        f"{one.address}  locked {tokens(one.locked)}, slashed {tokens(one.slashed)}, "
        f"rewarded {tokens(one.reward)}"
    )


def _terms_lines(terms: Terms) -> str:
    return "\n".join(
        [
            f"a vote locks    {tokens(terms.vote_stake)}",
            f"a case locks    {tokens(terms.flag_bond)}",
            f"an appeal locks {tokens(terms.appeal_bond)}",
            f"commit          {period_text(terms.commit_period_s)}; in an appeal twice as long",
            f"reveal          {period_text(terms.reveal_period_s)}; in an appeal twice as long",
            f"appeal within   {period_text(terms.appeal_period_s)}",
            f"unbonding       {period_text(terms.unbonding_period_s)}",
            f"rest            {period_text(terms.rest_period_s)}",
            f"quorum          {terms.quorum} votes; {terms.appeal_quorum} in an appeal",
            f"a minority loses {terms.minority_slash_bps / 100:g} % of its stake",
            f"silence loses   {terms.silence_slash_bps / 100:g} % of its stake",
            f"a vain bond loses {terms.bond_slash_bps / 100:g} %",
            f"a right flag or appeal gets {terms.finder_share_bps / 100:g} % of what others lose",
        ]
    )
