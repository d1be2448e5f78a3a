"""Put calls of a model up for sale: model and service registered, the price as it is wanted.

    sale = sell_model(SaleOffer(Weights(Path("model.gguf")), price=100), ...)
    print(sale.service.metadata.name, sale.service.registered.price)

Doing it again with the same model changes nothing but the price, where it differs. Bytes that
somebody else registered are sold as that asset.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.cards import CARD_LIMIT_BYTES, read_card, spdx_name
from assay.market.errors import LicenceMissing, NoWeightsFound
from assay.market.gguf import WeightFacts, read_facts
from assay.market.model import Asset, AssetKind
from assay.market.ports import AssetIndex, Blobs, Progress, Registry
from assay.market.use_cases.browse import list_assets, show_asset
from assay.market.use_cases.change_price import change_price
from assay.market.use_cases.publish import CARD_NAME, Publication, publish_asset

WEIGHTS_SUFFIX = ".gguf"
SERVICE_LICENCE = "CC0-1.0"  # of the service's description, not of the model


@dataclass(frozen=True, slots=True)
class Weights:
    """A GGUF file, or a folder with one."""

    path: Path


@dataclass(frozen=True, slots=True)
class Upstream:
    """A model behind an OpenAI-compatible server; its URL is private and not part of this."""

    model: str


@dataclass(frozen=True, slots=True)
class SaleOffer:
    """What is to be sold.

    Attributes:
        source: weights, a server's model, or an asset that is registered already.
        price: whole units of the payment token, for one call.
        name: that buyers ask for; made of the model's own if None.
        licence: SPDX identifier of the model, where neither card nor weights say it.
    """

    source: Weights | Upstream | Digest
    price: int
    name: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """What is sold now; the flags say what this time has changed."""

    model: Asset
    service: Asset
    model_registered: bool
    service_registered: bool
    price_before: int | None


@dataclass(frozen=True)
class SellingParts:
    """What selling needs.

    Attributes:
        work_folder: for the model's folder while it is stored; on the disk of the weights where
            that is possible, so that nothing is copied.
    """

    blobs: Blobs
    registry: Registry
    index: AssetIndex
    work_folder: Path


def sell_model(offer: SaleOffer, parts: SellingParts, *, progress: Progress | None = None) -> Sale:
    """Register what is not registered yet, and set the price.

    Raises:
        InputError: no such file; a price or name out of range.
        NoWeightsFound: the folder holds no weights, or several.
        WeightsMalformed: the file is not GGUF.
        LicenceMissing: nothing says under which licence the model is.
        ServiceNameTaken: the account sells another model under this name.
    """
    if offer.price <= 0:
        raise InputError("A call needs a price above 0.", hint="Give one like --price 0.0001.")
    model, registered = _model(offer, parts, progress)
    name = offer.name or _service_name(offer, model)
    service = _find_service(name, model, parts)
    if service is None:
        return Sale(model, _register_service(name, model, offer, parts), registered, True, None)
    before = service.registered.price
    changed = change_price(service.asset_id, offer.price, registry=parts.registry) is not None
    if changed:
        service = show_asset(service.asset_id, registry=parts.registry, blobs=parts.blobs)
    return Sale(model, service, registered, False, before if changed else None)


def _model(offer: SaleOffer, parts: SellingParts, progress: Progress | None) -> tuple[Asset, bool]:
    if isinstance(offer.source, Digest):
        asset = show_asset(offer.source, registry=parts.registry, blobs=parts.blobs)
        if asset.metadata.kind is not AssetKind.MODEL:
            raise InputError(f"The asset {offer.source} is a {asset.metadata.kind}, not a model.")
        return asset, False
    if isinstance(offer.source, Upstream):
        with _folder(parts.work_folder) as folder:
            card = _upstream_card(offer, offer.source, str(parts.registry.account))
            (folder / CARD_NAME).write_text(card, encoding="utf-8")
            return _register_model(folder, offer, parts, progress)
    weights = _find_weights(offer.source.path)
    with weights.open("rb") as stream:
        facts = read_facts(stream)
    with _folder(parts.work_folder) as folder:
        _lay_out(offer.source.path, weights, folder)
        if not (folder / CARD_NAME).exists():
            card = _weights_card(offer, weights, facts)
            (folder / CARD_NAME).write_text(card, encoding="utf-8")
        return _register_model(folder, offer, parts, progress)


def _register_model(
    folder: Path, offer: SaleOffer, parts: SellingParts, progress: Progress | None
) -> tuple[Asset, bool]:
    content = parts.blobs.add(folder, progress=progress)
    asset_id = parts.blobs.digest_of(content)
    if parts.registry.assets([asset_id])[0] is not None:
        return show_asset(asset_id, registry=parts.registry, blobs=parts.blobs), False
    card = read_card((folder / CARD_NAME).read_bytes()[:CARD_LIMIT_BYTES])
    publication = Publication(
        path=folder,
        kind=AssetKind.MODEL,
        name=card.title or offer.name,
        licence=card.licence or offer.licence,
    )
    published = publish_asset(
        publication, blobs=parts.blobs, registry=parts.registry, index=parts.index
    )
    return published.asset, True


def _find_service(name: str, model: Asset, parts: SellingParts) -> Asset | None:
    mine = list_assets(
        AssetKind.SERVICE,
        index=parts.index,
        registry=parts.registry,
        blobs=parts.blobs,
        owner=parts.registry.account,
    )
    for asset in reversed(mine):
        if asset.metadata.name == name and asset.registered.parent == model.asset_id:
            return asset
    return None


def _register_service(name: str, model: Asset, offer: SaleOffer, parts: SellingParts) -> Asset:
    description = {
        "assay": "service/1",
        "model": model.asset_id.hex,
        "name": name,
        "payment": "x402",
        "protocol": "openai-chat-completions",
        "provider": parts.registry.account,
    }
    with _folder(parts.work_folder) as folder:
        path = folder / "service.json"
        path.write_bytes(canonical_json(description))
        publication = Publication(
            path=path,
            kind=AssetKind.SERVICE,
            name=name,
            description=f"Calls of {model.metadata.name}",
            licence=SERVICE_LICENCE,
            parent=model.asset_id,
            price=offer.price,
        )
        published = publish_asset(
            publication, blobs=parts.blobs, registry=parts.registry, index=parts.index
        )
    return published.asset


def _find_weights(path: Path) -> Path:
    if path.is_file():
        return path
    if not path.is_dir():
        raise InputError(
            f"There is no file or folder {path}.",
            hint="Give a GGUF file, a folder with one, an asset id, or a server's URL.",
        )
    found = sorted(path.glob(f"*{WEIGHTS_SUFFIX}"))
    if len(found) != 1:
        raise NoWeightsFound(path, len(found))
    return found[0]


def _lay_out(source: Path, weights: Path, folder: Path) -> None:
    files = [weights] if source.is_file() else [each for each in source.iterdir() if each.is_file()]
    for each in files:
        name = (
            each.name
            if each != weights or each.suffix == WEIGHTS_SUFFIX
            else (each.name + WEIGHTS_SUFFIX)
        )
        try:
            os.link(each.resolve(), folder / name)  # model caches are full of symbolic links
        except OSError:  # another disk, or one that has no links
            shutil.copyfile(each, folder / name)


@contextmanager
def _folder(inside: Path) -> Iterator[Path]:
    inside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=inside) as name:
        yield Path(name)


def _service_name(offer: SaleOffer, model: Asset) -> str:
    if isinstance(offer.source, Weights):
        return _slug(_find_weights(offer.source.path).stem)
    return _slug(offer.source.model if isinstance(offer.source, Upstream) else model.metadata.name)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9._/-]+", "-", text.lower()).strip("-._/") or "model"


def _weights_card(offer: SaleOffer, weights: Path, facts: WeightFacts) -> str:
    licence = offer.licence or facts.licence
    if not licence:
        raise LicenceMissing
    rows = {
        "File": weights.name,
        "Architecture": facts.architecture,
        "Size": facts.size_label,
        "Organization": facts.organization,
    }
    lines = [f"- **{label}**: {value}" for label, value in rows.items() if value]
    front = [f"license: {spdx_name(licence).lower()}", "library_name: llama.cpp"]
    if facts.base_model:
        front.append(f"base_model: {facts.base_model}")
    return _card(front, facts.name or weights.stem, "Weights in GGUF, sold by the call.", lines)


def _upstream_card(offer: SaleOffer, upstream: Upstream, provider: str) -> str:
    if not offer.licence:
        raise LicenceMissing
    lines = [f"- **Model**: {upstream.model}", f"- **Provider**: {provider}"]
    front = [f"license: {spdx_name(offer.licence).lower()}"]
    return _card(front, upstream.model, "A model on the provider's own server.", lines)


def _card(front: list[str], title: str, summary: str, lines: list[str]) -> str:
    return "\n".join(["---", *front, "---", "", f"# {title}", "", summary, "", *lines, ""])
