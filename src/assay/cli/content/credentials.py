"""`assay content credential|inspect|strip`: C2PA credentials of minted content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, quoted, show, write_file
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.content.credentials.weighing import Weighed
    from assay.content.use_cases.credentials import WrittenCredentials

_LIMIT_BYTES = 128 * 1024 * 1024 + 1
_SAYS_GENERATED = (
    "signed as made by a model, and nothing says which: --generator names it; --origin human is "
    "for what a person made"
)
_COLOURS = {"valid": "green", "absent": "yellow", "invalid": "red"}
AnyFile = Annotated[
    Path, typer.Argument(help="Any file; PNG, JPEG, WebP and PDF hold credentials.")
]
SidecarOption = Annotated[
    Path | None, typer.Option(help="The .c2pa file of a file that holds no credentials itself.")
]


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.command(
        epilog="Example: assay content credential picture.png --out picture.signed.png"
    )(credential)
    commands.command(epilog="Example: assay content inspect picture.signed.png --json")(inspect)
    commands.command(epilog="Example: assay content strip picture.signed.png --out picture.png")(
        strip
    )


def credential(
    path: AnyFile,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write the file; default: NAME.credentials.SUFFIX beside it."),
    ] = None,
    token: Annotated[
        str | None, typer.Option(help="Content id of the token; default: the file's own digest.")
    ] = None,
    origin: Annotated[
        str, typer.Option(help="How it came to be: generated, composite or human.")
    ] = "generated",
    generator: Annotated[
        str, typer.Option(help="Name of the model or program; default: the token's model.")
    ] = "",
    account: Annotated[str | None, typer.Option(help="Who minted it.")] = None,
    certificate: Annotated[
        Path | None, typer.Option(help="PEM chain to sign with; default: a certificate of ours.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="PEM key of the chain.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Write content credentials (C2PA) for a token into its file, or beside it as FILE.c2pa."""
    data = _read(path)
    with open_client(credential_chain=certificate, credential_key=key) as client:
        written = client.credentials.write(
            data,
            token=token,
            origin=origin,
            generator=generator,
            media_type=_media_type(path),
            account=account,
        )
    rendition = written.rendition
    if rendition.sidecar:
        target = out or path.with_name(f"{path.name}.c2pa")
        write_file(target, rendition.manifest)
    else:
        target = out or path.with_name(f"{path.stem}.credentials{path.suffix}")
        write_file(target, rendition.data)
    result = {**written.as_json(), "out": str(target)}
    show(result, as_json, lambda console: _written(console, written, target))


def inspect(path: AnyFile, sidecar: SidecarOption = None, as_json: JsonOption = False) -> None:
    """Check a file's content credentials, and hold them against the chain.

    Exits with 0 for credentials that are valid and trusted, with 1 for others and for none.
    """
    data, beside = _read(path), _read(sidecar) if sidecar else None
    with open_client() as client:
        weighed = client.credentials.read(data, sidecar=beside)
    show(weighed.as_json(), as_json, lambda console: _weighed(console, weighed))
    if not weighed.credentials.trusted:
        raise typer.Exit(1)


def strip(
    path: AnyFile,
    out: Annotated[Path, typer.Option(help="Where to write the file without its manifest.")],
    as_json: JsonOption = False,
) -> None:
    """Take content credentials out of a file, leaving every other byte as it was.

    A PDF stays as it is. Exits with 0 also where there was nothing to take out.
    """
    from assay.content.credentials.containers.formats import strip_credentials  # noqa: PLC0415
    from assay.core.digest import Digest  # noqa: PLC0415

    data = _read(path)
    content = strip_credentials(data)
    write_file(out, content)
    taken = len(data) - len(content)
    result = {"content_id": Digest.of(content).hex, "taken_out_bytes": taken, "out": str(out)}
    show(
        result, as_json, f"{taken} bytes taken out\ncontent  {result['content_id']}\nout      {out}"
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_LIMIT_BYTES)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None


def _media_type(path: Path) -> str:
    import mimetypes  # noqa: PLC0415 - keeps `assay --help` fast

    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _written(console: Console, written: WrittenCredentials, target: Path) -> None:
    from assay.content.use_cases.credentials import UNNAMED_GENERATOR  # noqa: PLC0415 - slow

    claim = written.claim
    console.print(f"token    {claim.token_id}\ncreator  {claim.creator}")
    console.print(f"origin   {claim.origin}, by {quoted(claim.generator)}", soft_wrap=True)
    console.print(f"out      {quoted(target)} ({written.rendition.digest})", soft_wrap=True)
    unnamed = claim.generator == UNNAMED_GENERATOR
    for note in (written.rendition.note, _SAYS_GENERATED if unnamed else ""):
        if note:
            console.print(f"[yellow]note[/]     {quoted(note)}", soft_wrap=True)


def _weighed(console: Console, weighed: Weighed) -> None:
    credentials = weighed.credentials
    colour = _COLOURS[credentials.state]
    trust = "trusted" if credentials.trusted else "not trusted"
    console.print(f"[{colour}]{credentials.state}[/], {trust}")
    console.print(quoted(credentials.reason), soft_wrap=True)
    claim: dict[str, Any] = credentials.claim.as_assertion() if credentials.claim else {}
    for name, value in claim.items():
        if value is not None and name != "assay":
            console.print(f"  {quoted(name):<15} {quoted(value)}", soft_wrap=True)
    if credentials.certificate:
        console.print(f"  {'certificate':<15} {quoted(credentials.signer)}", soft_wrap=True)
    for one in weighed.disagreements:
        console.print(f"  - {quoted(one.text)}", soft_wrap=True)
