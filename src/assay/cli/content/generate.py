"""`assay content generate|regenerate|train`: pictures with recipes, and our own generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.client import Client
    from assay.client.images import MadeImage
    from assay.content.use_cases.regenerate import Regeneration

_TRAINING_STEPS = 3000


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.command(epilog='Example: assay content generate "a seven" --seed 3 --mint')(generate)
    commands.command(epilog="Example: assay content regenerate 0x2cf24dba... --out again.png")(
        regenerate
    )
    commands.command(epilog="Example: assay content train --steps 3000")(train)


def generate(
    prompt: Annotated[str, typer.Argument(help='What to draw, such as "a seven", 2026 or 数字七.')],
    seed: Annotated[
        int | None, typer.Option(min=0, help="Same seed, same picture; default: any.")
    ] = None,
    count: Annotated[
        int, typer.Option("--n", min=1, max=100, help="How many pictures, each with its own seed.")
    ] = 1,
    out: Annotated[
        Path | None, typer.Option(help="PNG to write; with --n the seed is added to its name.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="digits, a diffusers folder, or the id of a model asset; default: the server at "
            "ASSAY_IMAGE_URL, or digits."
        ),
    ] = None,
    negative_prompt: Annotated[str, typer.Option(help="What not to draw.")] = "",
    width: Annotated[int | None, typer.Option(min=1, help="In pixels.")] = None,
    height: Annotated[int | None, typer.Option(min=1, help="In pixels.")] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Of the sampler.")] = None,
    guidance: Annotated[
        float | None, typer.Option(min=0, help="How closely the prompt is followed.")
    ] = None,
    mint: Annotated[bool, typer.Option("--mint", help="Make each picture a token.")] = False,
    royalty_percent: Annotated[str, typer.Option(help="With --mint: share of each resale.")] = "0",
    publish: Annotated[
        bool, typer.Option(help="Register our own generator and its dataset where they are not.")
    ] = True,
    account: Annotated[str | None, typer.Option(help="Who registers and mints.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Draw pictures, each kept with the recipe that makes the very same bytes again.

    Without a server or another model, Assay's own generator draws digits; it is trained at first
    use, in half a minute, and registered with the dataset that it was trained on.
    """
    with open_client() as client, _training_bar(client, model) as advance:
        made = client.images.generate(
            prompt,
            seed=seed,
            count=count,
            model=model,
            negative_prompt=negative_prompt,
            width=width,
            height=height,
            steps=steps,
            guidance=guidance,
            publish=publish,
            account=account,
            advance=advance,
        )
        results = []
        for one in made:
            result = {**one.as_json(), "path": str(_write(one, out, count, client)), "token": None}
            if mint:
                minted = client.images.mint(one, royalty_percent=royalty_percent, account=account)
                result["token"] = minted.as_json()
            results.append(result)
    show({"images": results}, as_json, "\n\n".join(_lines(result) for result in results))


def regenerate(
    subject: Annotated[
        str, typer.Argument(metavar="ID", help="Content id of a token, or CID of a recipe.")
    ],
    out: Annotated[Path | None, typer.Option(help="PNG to write the new picture to.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a picture again from its recipe, and say whether the bytes are the same.

    Exits with 0 for identical bytes, with 1 where they differ, and says then what has changed.
    """
    with open_client() as client:
        found = client.images.regenerate(subject)
    if out is not None:
        _write_file(out, found.png)
    result = {**found.as_json(), "path": str(out) if out else None}
    show(result, as_json, _verdict(found))
    if not found.identical:
        raise typer.Exit(1)


def train(
    steps: Annotated[
        int, typer.Option(min=1, help="Of training; fewer are faster and worse.")
    ] = _TRAINING_STEPS,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same weights.")] = 1,
    publish: Annotated[bool, typer.Option(help="Register dataset and model.")] = True,
    account: Annotated[str | None, typer.Option(help="Who registers.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Train Assay's own generator on 1797 handwritten digits, and register both as assets."""
    with open_client() as client, _bar("Training the generator", steps) as advance:
        own = client.images.train(
            seed=seed, steps=steps, account=account, publish=publish, advance=advance
        )
    show(
        own.as_json(),
        as_json,
        f"{float(own.accuracy):.1%} of its digits are read as what was asked for\n"
        f"model    {own.model}\ndataset  {own.dataset}\nfolder   {own.folder}",
    )


@contextmanager
def _training_bar(client: Client, model: str | None) -> Iterator[Callable[[int], None]]:
    """A bar where the generator has to be trained first."""
    if model in (None, "digits") and client.images.needs_training:
        with _bar("Training the generator, once", _TRAINING_STEPS) as advance:
            yield advance
    else:
        yield lambda _steps: None


@contextmanager
def _bar(description: str, steps: int) -> Iterator[Callable[[int], None]]:
    """A bar of steps on standard error, while a person is looking."""
    import sys  # noqa: PLC0415 - used here alone

    from rich.console import Console  # noqa: PLC0415 - keeps `assay --help` fast
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as progress:
        task = progress.add_task(description, total=steps)
        yield lambda done: progress.advance(task, done)


def _write(one: MadeImage, out: Path | None, count: int, client: Client) -> Path:
    if out is None:
        folder = client.settings.home / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{one.content_id.hex[2:18]}.png"
    elif count == 1:
        path = out
    else:
        path = out.with_stem(f"{out.stem}-{one.recipe.request.seed}")
    return _write_file(path, one.png)


def _write_file(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def _lines(result: dict[str, Any]) -> str:
    size = f"{result['width']} x {result['height']}"
    lines = [
        f"picture  {result['path']}  ({size}, seed {result['seed']})",
        f"content  {result['content_id']}",
        f"recipe   {result['recipe']}",
        f"model    {result['model'] or result['generator']}",
    ]
    token = result["token"]
    if token:
        lines.append(f"minted   {token['transaction']}")
    return "\n".join(lines)


def _verdict(found: Regeneration) -> str:
    lines = [
        "identical: the same bytes again" if found.identical else "differs: other bytes",
        f"  recorded     {found.recipe.output}",
        f"  regenerated  {found.digest}",
        *(f"  - {line}" for line in (*found.changes, *found.differences)),
    ]
    return "\n".join(lines)
