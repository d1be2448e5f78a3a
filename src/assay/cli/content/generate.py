"""`assay content generate|regenerate|train`: pictures with recipes, and our own generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, count_bar, open_client, show, write_file
from assay.errors import RefusedError

if TYPE_CHECKING:
    from assay.client import Client
    from assay.client.images import MadeImage
    from assay.content.use_cases.mint import Minted
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
    allow_copy: Annotated[
        bool, typer.Option("--allow-copy", help="With --mint: even what looks like another's.")
    ] = False,
    publish: Annotated[
        bool, typer.Option(help="Register our own generator and its dataset where they are not.")
    ] = True,
    account: Annotated[str | None, typer.Option(help="Who registers and mints.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Draw pictures, each kept with the recipe that makes the very same bytes again.

    Without a server or another model, Assay's own generator draws digits; it is trained at first
    use, in half a minute, and registered with the dataset that it was trained on.

    Whatever stops it, the pictures and tokens made until then are listed; with the same seed it
    goes on where it was.
    """
    made: list[_Made] = []
    with open_client() as client:
        try:
            _draw(
                client,
                made,
                out,
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
            )
            if mint:
                _mint(client, made, royalty_percent, allow_copy, account)
        finally:
            _show_made(made, count, mint, as_json)


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
        write_file(out, found.png)
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
    with open_client() as client, count_bar("Training the generator", steps) as advance:
        own = client.images.train(
            seed=seed, steps=steps, account=account, publish=publish, advance=advance
        )
    show(
        own.as_json(),
        as_json,
        f"{float(own.accuracy):.1%} of its digits are read as what was asked for\n"
        f"model    {own.model}\ndataset  {own.dataset}\nfolder   {own.folder}",
    )


@dataclass
class _Made:
    """A picture that is written, and what became of it.

    Attributes:
        refused: why it could not be minted.
    """

    image: MadeImage
    path: Path
    minted: Minted | None = None
    refused: str | None = None

    def as_json(self) -> dict[str, Any]:
        token = self.minted.as_json() if self.minted else None
        path = str(self.path)
        return {**self.image.as_json(), "path": path, "token": token, "refused": self.refused}


def _draw(client: Client, made: list[_Made], out: Path | None, prompt: str, **wanted: Any) -> None:
    """Draw, and put each picture on `made` once its file is written."""
    with _drawing_bar(client, wanted["model"], wanted["count"]) as (advance, drawn):

        def keep(image: MadeImage) -> None:
            made.append(_Made(image, _write(image, out, wanted["count"], client)))
            drawn(1)

        client.images.generate(prompt, **wanted, advance=advance, drawn=keep)


def _mint(
    client: Client,
    made: Sequence[_Made],
    royalty_percent: str,
    allow_copy: bool,
    account: str | None,
) -> None:
    """Mint each picture; one of several that is refused does not stop the others."""
    with count_bar("Minting", len(made)) as advance:
        for one in made:
            try:
                one.minted = client.images.mint_once(
                    one.image,
                    royalty_percent=royalty_percent,
                    allow_copy=allow_copy,
                    account=account,
                )
            except RefusedError as error:
                if len(made) == 1:
                    raise
                one.refused = f"{error} {error.hint}"
            advance(1)
    if any(one.refused for one in made):
        raise typer.Exit(1)


def _show_made(made: Sequence[_Made], count: int, mint: bool, as_json: bool) -> None:
    """Print what was done; where something stopped it, how it goes on."""
    if not made:
        return
    value = {"images": [one.as_json() for one in made]}
    show(value, as_json, "\n\n".join(_lines(one) for one in made))
    done = [one for one in made if one.minted or one.refused or not mint]
    if 1 < count != len(done) and not as_json:
        what = "minted" if mint else "drawn"
        seed = made[0].image.recipe.request.seed
        typer.echo(
            f"Stopped with {len(done)} of {count} {what}: with --seed {seed} the same command "
            "goes on.",
            err=True,
        )


@contextmanager
def _drawing_bar(
    client: Client, model: str | None, count: int
) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """What counts steps of training, and what counts pictures; the slower of them has a bar."""

    def ignore(_count: int) -> None:
        return

    if model in (None, "digits") and client.images.needs_training:
        with count_bar("Training the generator, once", _TRAINING_STEPS) as advance:
            yield advance, ignore
    else:
        with count_bar("Drawing", count) as drawn:
            yield ignore, drawn


def _write(one: MadeImage, out: Path | None, count: int, client: Client) -> Path:
    if out is None:
        folder = client.settings.home / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{one.content_id.hex[2:18]}.png"
    elif count == 1:
        path = out
    else:
        path = out.with_stem(f"{out.stem}-{one.recipe.request.seed}")
    write_file(path, one.png)
    return path


def _lines(one: _Made) -> str:
    result = one.image.as_json()
    size = f"{result['width']} x {result['height']}"
    lines = [
        f"picture  {one.path}  ({size}, seed {result['seed']})",
        f"content  {result['content_id']}",
        f"recipe   {result['recipe']}",
        f"model    {result['model'] or result['generator']}",
    ]
    if one.minted:
        lines.append(f"minted   {one.minted.token.transaction}")
        lines += [f"note     {note}" for note in one.minted.notes]
    if one.refused:
        lines.append(f"refused  {one.refused}")
    return "\n".join(lines)


def _verdict(found: Regeneration) -> str:
    lines = [
        "identical: the same bytes again" if found.identical else "differs: other bytes",
        f"  recorded     {found.recipe.output}",
        f"  regenerated  {found.digest}",
        *(f"  - {line}" for line in (*found.changes, *found.differences)),
    ]
    return "\n".join(lines)
