"""`assay content mint|verify|search|list|show`: content as tokens."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, quoted, show

if TYPE_CHECKING:
    from rich.console import Console

    from assay.content.credentials.weighing import Weighed
    from assay.content.model import Authentication
    from assay.content.use_cases.mint import Minted
    from assay.content.use_cases.search import SearchResult
    from assay.content.use_cases.show import ShownContent

_PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".avif")
ContentFile = Annotated[
    Path, typer.Argument(help="A text in UTF-8 or a picture; - reads standard input.")
]


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.command(epilog="Example: assay content mint picture.png --title 'A seven'")(mint)
    commands.command(epilog="Example: assay content verify picture.jpg --overlay seen.png")(verify)
    commands.command(epilog="Example: assay content search picture.jpg --limit 5")(search)
    commands.command("list", epilog="Example: assay content list --limit 10")(list_command)
    commands.command("show", epilog="Example: assay content show 0x2cf24dba... --json")(
        show_command
    )


def mint(
    path: ContentFile,
    title: Annotated[str, typer.Option(help="What people call it.")] = "",
    call: Annotated[
        str | None, typer.Option(help="CID of the record of the paid call that returned it.")
    ] = None,
    recipe: Annotated[str | None, typer.Option(help="CID of the recipe that generated it.")] = None,
    model: Annotated[
        str | None, typer.Option(help="Asset id of the model; default: the call's.")
    ] = None,
    prompt_digest: Annotated[
        str | None,
        typer.Option(help="SHA-256 of the request's canonical JSON; default: the call's."),
    ] = None,
    royalty_percent: Annotated[str, typer.Option(help="Share of each resale.")] = "0",
    author: Annotated[
        list[str] | None,
        typer.Option(help="Who earns: address or account, or WHO:WEIGHT. Default: the minter."),
    ] = None,
    allow_copy: Annotated[
        bool,
        typer.Option("--allow-copy", help="Mint even what reads or looks like another's."),
    ] = False,
    account: Annotated[str | None, typer.Option(help="Who mints.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a text or a picture a token: once, by whoever comes first."""
    data = _read(path)
    _refuse_misnamed(path, data)
    with open_client() as client:
        minted = client.content.mint(
            data,
            call=call,
            recipe=recipe,
            title=title,
            model=model,
            prompt_digest=prompt_digest,
            royalty_percent=royalty_percent,
            authors=author or (),
            allow_copy=allow_copy,
            account=account,
        )
    show(minted.as_json(), as_json, lambda out: _minted(out, minted))


def verify(
    path: ContentFile,
    overlay: Annotated[
        Path | None,
        typer.Option(help="Where to draw what was recognised; default: in Assay's folder."),
    ] = None,
    sidecar: Annotated[
        Path | None, typer.Option(help="Content credentials that lie beside it, a .c2pa file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell identical bytes, an altered copy and unknown content apart.

    Exits with 0 for identical, with 1 for altered and unknown.
    """
    data = _read(path)
    with open_client() as client:
        beside = _read(sidecar) if sidecar else None
        authentication = client.content.verify(data, sidecar=beside)
        drawn = client.content.save_overlay(authentication, overlay)
    value = {**authentication.as_json(), "overlay": str(drawn) if drawn else None}
    show(value, as_json, lambda out: _verdict(out, authentication, drawn))
    if authentication.verdict != "identical":
        raise typer.Exit(1)


def search(
    path: ContentFile,
    limit: Annotated[int, typer.Option(min=1, max=100, help="The most to list.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """List the minted contents that come nearest, copies or not; exits with 1 if there are none."""
    data = _read(path)
    with open_client() as client:
        result = client.content.search(data, limit)
    show([one.as_json() for one in result.found], as_json, lambda out: _found(out, result))
    if not result.found:
        raise typer.Exit(1)


def list_command(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The most to list.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """List content tokens, the newest first."""
    with open_client() as client:
        tokens = [token.as_json() for token in client.content.tokens(limit)]
    lines = [f"{_time(one['minted_at'])}  {one['content_id']}  {one['owner']}" for one in tokens]
    show(tokens, as_json, "\n".join(lines) or "Nothing is minted yet: `assay content mint FILE`.")


def show_command(
    content_id: Annotated[str, typer.Argument(help="0x and 64 hexadecimal characters.")],
    as_json: JsonOption = False,
) -> None:
    """Show one token, as chain and store have it."""
    with open_client() as client:
        shown = client.content.show(content_id)
    show(shown.as_json(), as_json, lambda out: _details(out, shown))


def _read(path: Path) -> bytes:
    from assay.content.limits import read_content  # noqa: PLC0415 - keeps `assay --help` fast

    if str(path) == "-":
        return read_content(sys.stdin.buffer)
    try:
        with path.open("rb") as stream:
            return read_content(stream)
    except OSError as error:
        from assay.errors import InputError  # noqa: PLC0415

        raise InputError(f"{path} cannot be read: {error.strerror}.") from None


def _refuse_misnamed(path: Path, data: bytes) -> None:
    """A mint is for good: a text that is called a picture is more likely the wrong file."""
    from assay.content.images.containers import foreign_hint, media_type_of  # noqa: PLC0415
    from assay.content.images.errors import NotAPicture  # noqa: PLC0415

    if path.suffix.lower() in _PICTURE_NAMES and media_type_of(data) is None:
        seen, hint = foreign_hint(data)
        raise NotAPicture(seen, hint=hint if seen else "To mint it as a text, call it .txt.")


def _minted(out: Console, minted: Minted) -> None:
    token = minted.token
    out.print(f"minted   {token.content_id}\nowner    {token.state.owner}")
    out.print(f"time     {_time(token.state.minted_at)}\ntx       {token.transaction}")
    for note in minted.notes:
        out.print(f"note     {quoted(note)}", soft_wrap=True)
    for like in minted.like:
        out.print(f"[yellow]like[/]     {like.token.content_id} (similarity {like.similarity:.2f})")


def _found(out: Console, result: SearchResult) -> None:
    for one in result.found:
        kind = "copy   " if one.is_copy else "nearest"
        out.print(
            f"{kind}  distance {one.distance:.3f}  confidence {one.confidence:.3f}  "
            f"{one.token.content_id}  {quoted(', '.join(one.transforms))}".rstrip(),
            soft_wrap=True,
        )
    if not result.found:
        out.print("Nothing that is minted comes near.")
    for note in result.notes:
        out.print(f"  - {quoted(note)}", soft_wrap=True)


def _verdict(out: Console, authentication: Authentication, overlay: Path | None) -> None:
    colour = {"identical": "green", "altered": "yellow"}.get(authentication.verdict, "red")
    out.print(f"[{colour}]{authentication.verdict}[/]  similarity {authentication.similarity:.2f}")
    if authentication.transforms:
        recognised = quoted(", ".join(authentication.transforms))
        out.print(f"  recognised  {recognised} (confidence {authentication.confidence:.3f})")
    if overlay is not None:
        out.print(f"  overlay     {quoted(overlay)}", soft_wrap=True)
    if authentication.token is not None:
        for name, value in authentication.token.as_json().items():
            if value is None or value is False:  # not burnt, not revoked, no model
                continue
            out.print(f"  {name:<11} {_time(value) if name == 'minted_at' else quoted(value)}")
    for line in authentication.evidence:
        out.print(f"  - {quoted(line)}", soft_wrap=True)
    if authentication.credentials is not None:
        _credentials(out, authentication.credentials)
    for review in authentication.reviews:
        out.print(f"review       {quoted(review.sentence())}", soft_wrap=True)


def _credentials(out: Console, weighed: Weighed) -> None:
    credentials = weighed.credentials
    colour = "green" if credentials.trusted else "yellow"
    trusted = "trusted" if credentials.trusted else "not trusted"
    out.print(
        f"credentials  [{colour}]{credentials.state}, {trusted}[/]: {quoted(credentials.reason)}"
    )
    for one in weighed.disagreements:
        out.print(f"  - {quoted(one.text)}", soft_wrap=True)


def _details(out: Console, shown: ShownContent) -> None:
    for name, value in shown.as_json().items():
        if name == "metadata" or value is None:
            continue
        said = _time(value) if name == "minted_at" else quoted(value)
        out.print(f"{name:<14} {said}", soft_wrap=True)
    if shown.metadata is not None:
        out.print(f"content        {shown.metadata.content} ({shown.metadata.content_bytes} bytes)")
        out.print(f"call           {shown.metadata.call or 'none'}")


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
