"""A specification and a built contract as people see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.cli.console import quoted

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.model import Specification
    from assay.authoring.trials.report import TestReport
    from assay.authoring.use_cases.building import Built

_LONGEST = 160


def show_specification(out: Console, found: Specification) -> None:
    """Parties, then every obligation beside its words, then what is open."""
    from assay.authoring.describing.readings import lines_of  # noqa: PLC0415 - keeps help fast

    parties = ", ".join(quoted(party.name) for party in found.parties)
    out.print(f"[bold]Parties[/bold]  {parties or 'none'}")
    for number, one in enumerate(found.obligations, 1):
        words = " ".join(found.text[slice(*one.span)].split())
        shown = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
        out.print(f"\n[bold]{number}[/bold]  [dim]“{quoted(shown)}”[/dim]", soft_wrap=True)
        for line in lines_of(one, found.language):
            out.print(f"   {quoted(line)}", soft_wrap=True)
        if one.proposed:
            out.print("   proposed by a model: it needs your yes", soft_wrap=True)
    _show_unread(out, found)
    if found.questions:
        out.print("\n[bold yellow]Questions[/bold yellow]")
        for question in found.questions:
            out.print(f"   {quoted(question.id)}  {quoted(question.text)}", soft_wrap=True)
            if question.suggestions:
                out.print(f"      e.g. {quoted(' | '.join(question.suggestions))}", soft_wrap=True)
    if not found.questions and not found.not_understood:
        out.print("\n[green]Everything was understood, and nothing is open.[/green]")


def _show_unread(out: Console, found: Specification) -> None:
    """The words that were not understood, each in its sentence."""
    from assay.authoring.checking.unread import sentence_of  # noqa: PLC0415 - keeps help fast

    if found.not_understood:
        out.print("\n[bold red]Not understood[/bold red]")
    for unread in found.not_understood:
        out.print(f"   “{quoted(unread.text)}”: {quoted(unread.reason)}", soft_wrap=True)
        if sentence := sentence_of(found, unread):
            out.print(f"      [dim]in “{quoted(sentence)}”[/dim]", soft_wrap=True)


def show_built(out: Console, built: Built, folder: str) -> None:
    """What was built, tried and measured."""
    from assay.authoring.blocks.clauses.own_word import own_words  # noqa: PLC0415 - only after building
    from assay.authoring.checking.by_hand import hangs_much_on  # noqa: PLC0415 - only after building

    show_report(out, built.report)
    for index, reason in built.composition.outside.items():
        duty = built.specification.obligations[index]
        words = " ".join(built.specification.text[slice(*duty.span)].split())[:_LONGEST]
        left = duty.by_hand and hangs_much_on(built.specification, index)
        mark = "[red]left to people[/red]" if left else "[yellow]not in code[/yellow]"
        out.print(f"{mark}  “{quoted(words)}”: {quoted(reason)}")
    for one in own_words(built.specification):
        how = "as long as they do not say" if one.by_silence else "if they say themselves"
        told = f"{quoted(one.party)} is paid {how}: “{quoted(one.fact[:_LONGEST])}”"
        if one.over:
            told = (
                f"{quoted(one.over)} is not paid for this once {quoted(one.party)} says that their "
                f"own work was done: “{quoted(one.fact[:_LONGEST])}”"
            )
        out.print(f"[yellow]own word[/yellow]  {told}")
    out.print(f"Everything stands in {quoted(folder)}.", soft_wrap=True)


def show_report(out: Console, report: TestReport) -> None:
    """Every trial, how the targets agree, gas, and the calls that show a difference."""
    for trial in report.trials:
        mark = "[green]✓[/green]" if trial.passed else "[red]✗[/red]"
        clause = f"clause {trial.clause}" if trial.clause else ""
        where = ", ".join(part for part in (clause, trial.function) if part)
        told = f"{where}: {trial.name}" if where else trial.name
        line = f"{mark} {quoted(told)}  [dim]{quoted(trial.detail)}[/dim]"
        out.print(line, soft_wrap=True)
    for agreement in report.agreements:
        agrees = "[green]✓[/green]" if not agreement.disagreements else "[red]✗[/red]"
        out.print(f"{agrees} {agreement.language} agrees with the rules in {agreement.calls} calls")
        for one in agreement.disagreements:
            out.print(f"  agreed: {quoted(one.expected)}", soft_wrap=True)
            out.print(f"  the code: {quoted(one.found)}, after", soft_wrap=True)
            for call in one.history:
                out.print(f"    {quoted(call)}", soft_wrap=True)
    for function, gas in report.as_json()["gas"].items():
        out.print(f"  gas of {function}: " + ", ".join(f"{k} {v:,}" for k, v in gas.items()))
    out.print(
        "\nThe trials " + ("[green]passed[/green]." if report.passed else "[red]failed[/red]:")
    )
    for failure in report.failures:
        about = f"“{failure.words}”" if failure.words else "the whole contract"
        place = f"clause {failure.clause}: " if failure.clause else ""
        out.print(f"[red]✗[/red] {quoted(place + about)}", soft_wrap=True)
        out.print(f"   tried: {quoted(failure.tried)}", soft_wrap=True)
        out.print(f"   instead: {quoted(failure.instead)}", soft_wrap=True)
        out.print(f"   where: {quoted(failure.target)}", soft_wrap=True)
        out.print(f"   [green]{quoted(failure.advice)}[/green]", soft_wrap=True)


def show_markdown(out: Console, text: str) -> None:
    """Markdown, drawn for a terminal."""
    from rich.markdown import Markdown  # noqa: PLC0415 - keeps `assay --help` fast

    out.print(Markdown(text))
