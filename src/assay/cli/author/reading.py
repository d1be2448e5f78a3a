"""How anybody sees what an agreement was understood to say, and what it leaves open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.author.shown import show_specification
from assay.cli.console import JsonOption, open_client, quoted, show, write_file

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.model import Specification

FileArgument = Annotated[
    Path | None,
    typer.Argument(help="The agreement: text, Markdown, DOCX, PDF, or a specification in JSON."),
]
TextOption = Annotated[str | None, typer.Option(help="The agreement itself, instead of a file.")]
LanguageOption = Annotated[
    str | None, typer.Option(help="en or zh; told from the words where it is not given.")
]
AnswersOption = Annotated[
    Path | None, typer.Option(help="Answers to its questions, as YAML or JSON: id and answer.")
]


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(
        epilog='Example: assay author read --text "The buyer pays the seller 5 USDC by 1 May 2027"'
    )(read)
    add(epilog="Example: assay author ask agreement.docx --out answers.yaml")(ask)
    add(epilog="Example: assay author schema")(schema)


def read(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answers: AnswersOption = None,
    propose: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ask a model about what was not understood: an OpenAI-compatible server, or "
            "default for that of ASSAY_MODEL_URL.",
        ),
    ] = None,
    model: Annotated[str, typer.Option(help="The model to ask, as its server names it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Show how each clause is understood, what is asked, and which words were not understood.

    What a model proposes is a question until you answer it with yes: keep the result of --json in a
    file, and give that to the other commands with your --answers.
    """
    found = specification(file, text, language=language, answers=answers)
    if propose is not None:
        with open_client() as client:
            found = client.authoring.propose(found, model=model, url=propose)
    result = found.model_dump(mode="json", by_alias=True)
    show(result, as_json, lambda out: show_specification(out, found))


def ask(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answers: AnswersOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Write a file of answers to fill in, instead of showing it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List what the agreement leaves open, as a file of answers to fill in.

    Fill in the file and give it to the other commands with --answers.
    """
    from assay.authoring.checking.answers import as_template  # noqa: PLC0415 - built when used

    found = specification(file, text, language=language, answers=answers)
    template = as_template(found)
    if out is not None:
        write_file(out, template.encode())
    asked = [question.model_dump(mode="json") for question in found.questions]

    def human(console: Console) -> None:
        count = len(asked) + len(found.not_understood)
        if not count:
            console.print("Nothing is open.")
        elif out is not None:
            told = "1 question stands" if count == 1 else f"{count} questions stand"
            console.print(f"{told} in {quoted(out)}: fill in the answers.")
        else:
            for line in template.splitlines():
                console.print(quoted(line), soft_wrap=True)

    show({"questions": asked, "file": str(out) if out else None}, as_json, human)


def schema(as_json: JsonOption = False) -> None:
    """Print the JSON schema of specifications."""
    from assay.authoring.model import Specification  # noqa: PLC0415 - built when used

    found: dict[str, Any] = Specification.model_json_schema(by_alias=True)
    show(found, as_json, json.dumps(found, indent=2))


def specification(
    file: Path | None, text: str | None, *, language: str | None, answers: Path | None
) -> Specification:
    """The agreement as it was understood, with answers put in."""
    from assay.authoring.checking.answers import read_answers  # noqa: PLC0415 - built when used

    given = read_answers(_content(answers)) if answers else None
    with open_client() as client:
        return client.authoring.read(file, text=text, language=_language(language), answers=given)


def _language(text: str | None) -> Any:
    if text not in (None, "en", "zh"):
        raise typer.BadParameter("the language is en or zh", param_hint="--language")
    return text


def _content(path: Path) -> bytes:
    from assay.errors import InputError  # noqa: PLC0415 - beside its only use

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
