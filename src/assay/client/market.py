"""`client.market`: publish, list, show and pull assets; pay for calls, anchor and prove them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assay.bootstrap import Workspace
from assay.bootstrap.upstreams import UpstreamServer
from assay.client.keys import obtain_key
from assay.coordination.errors import WorkerBusy
from assay.core.amount import parse_amount
from assay.core.chat import Message, TextRequest, pick_seed
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.batches import BatchEntry, CallProof
from assay.market.metering import CallRequest, PaymentChoice
from assay.market.model import Asset, AssetKind
from assay.market.ports import Progress
from assay.market.reply import OnText, PaidAnswer
from assay.market.use_cases.anchor import anchor_calls
from assay.market.use_cases.browse import list_assets, show_asset
from assay.market.use_cases.change_price import change_price
from assay.market.use_cases.prove import Check, check_call_proof, make_call_proof
from assay.market.use_cases.publish import Publication, Published, publish_asset
from assay.market.use_cases.pull import pull_asset
from assay.market.use_cases.sell import Sale, SaleOffer, Upstream, Weights, sell_model


class MarketClient:
    """The market's use cases on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def publish(
        self,
        path: Path | str,
        *,
        kind: AssetKind | str,
        name: str | None = None,
        description: str = "",
        licence: str | None = None,
        base_model: str | None = None,
        datasets: Sequence[str] = (),
        parent: str | None = None,
        price: str = "0",
        royalty_percent: str = "0",
        properties: Mapping[str, Any] | None = None,
        sealed: bool = False,
        url: str | None = None,
        account: str | None = None,
        progress: Progress | None = None,
    ) -> Published:
        """Register a file or folder as an asset; see `Publication` for the fields.

        Args:
            price: decimal amount of the payment token.
            royalty_percent: 0 to 100, with up to two decimals.
            sealed: store ciphertext; the key is released to holders of a licence alone.
            url: the service that will release it; the configured public URL if None.
            account: who registers; the configured account if None.

        Raises:
            InputError: a value is malformed.
            AlreadyRegistered: somebody registered these bytes first.
        """
        publication = Publication(
            path=Path(path),
            kind=asset_kind(kind),
            name=name,
            description=description,
            licence=licence,
            base_model=base_model,
            datasets=tuple(Digest.parse(dataset) for dataset in datasets),
            parent=Digest.parse(parent) if parent else None,
            price=parse_amount(price, decimals=self._workspace.token_decimals),
            royalty_bps=parse_amount(royalty_percent, decimals=2),
            properties=properties or {},
            sealed=sealed,
            url=url or self._workspace.settings.public_url,
        )
        self._workspace.sync()
        return publish_asset(
            publication,
            index=self._workspace.market.index,
            blobs=self._workspace.store,
            registry=self._workspace.market.registry(account),
            sealer=self._workspace.licences.sealer(account) if sealed else None,
            progress=progress,
        )

    def sell(
        self,
        model: Path | str,
        *,
        price: str,
        name: str | None = None,
        licence: str | None = None,
        upstream_model: str | None = None,
        account: str | None = None,
        progress: Progress | None = None,
    ) -> Sale:
        """Register a model and the service that sells its calls, and set the price.

        Again with the same model, it changes nothing but the price, where it differs. `assay sell`
        then serves it.

        Args:
            model: a GGUF file, a folder with one, the id of a registered model, or the URL of an
                OpenAI-compatible server, which is kept in the home folder and told to nobody.
            price: of one call, as a decimal amount of the payment token.
            name: that buyers ask for; made of the model's own if None.
            licence: SPDX identifier, where neither card nor weights name one.
            upstream_model: what the model is called at the server.

        Raises:
            InputError: no such model, no licence, a price of nothing.
            ServiceNameTaken: the account sells another model under this name.
        """
        self._workspace.sync()
        source, server = sale_source(str(model), upstream_model)
        offer = SaleOffer(
            source=source,
            price=parse_amount(price, decimals=self._workspace.token_decimals),
            name=name,
            licence=licence,
        )
        sale = sell_model(offer, self._workspace.market.selling(account), progress=progress)
        if server is not None:
            self._workspace.market.upstreams.keep(sale.service.asset_id, server)
        return sale

    def change_price(self, asset_id: str, price: str, *, account: str | None = None) -> str | None:
        """Change what an asset costs; returns the transaction, or None if it cost that before.

        Args:
            price: decimal amount of the payment token.

        Raises:
            NotTheOwner: it belongs to somebody else.
        """
        return change_price(
            Digest.parse(asset_id),
            parse_amount(price, decimals=self._workspace.token_decimals),
            registry=self._workspace.market.registry(account),
        )

    def assets(self, kind: AssetKind | str | None = None) -> list[Asset]:
        """All assets of a kind, oldest first."""
        self._workspace.sync()
        return list_assets(
            asset_kind(kind) if kind else None,
            index=self._workspace.market.index,
            registry=self._workspace.market.registry(),
            blobs=self._workspace.store,
        )

    def show(self, asset_id: str) -> Asset:
        """One asset, as chain and store have it."""
        return show_asset(
            Digest.parse(asset_id),
            registry=self._workspace.market.registry(),
            blobs=self._workspace.store,
        )

    def pull(
        self,
        asset_id: str,
        destination: Path | str,
        *,
        gateway: str | None = None,
        url: str | None = None,
        account: str | None = None,
        progress: Progress | None = None,
    ) -> Asset:
        """Write an asset's content to a path, every byte verified.

        The key of a sealed asset is asked of the service that its metadata names, by the licence
        that the account has; nothing is bought.

        Args:
            gateway: URL of a trustless IPFS gateway to fetch missing blocks from.
            url: the service that releases the key, and the gateway if none is named; those of the
                metadata and of the settings if None.
            account: who holds the licence; the configured buyer if None.

        Raises:
            LicenceNeeded: the asset is sealed, and no licence of the account opens it.
        """
        gateway = gateway or self._workspace.settings.gateway_url or url
        return pull_asset(
            Digest.parse(asset_id),
            Path(destination),
            registry=self._workspace.market.registry(),
            blobs=self._workspace.blobs_from(gateway),
            sealer=self._workspace.licences.sealer(gateway=gateway),
            obtain_key=lambda asset: obtain_key(asset, self._workspace, account, url),
            progress=progress,
        )

    def call(
        self,
        model: str,
        prompt: str,
        *,
        url: str | None = None,
        account: str | None = None,
        max_price: str = "0.1",
        scheme: PaymentChoice | str = PaymentChoice.AUTO,
        max_tokens: int = 256,
        temperature: float = 1.0,
        seed: int | None = None,
        on_text: OnText | None = None,
    ) -> PaidAnswer:
        """Pay a service for one answer and check its signed record.

        Args:
            url: the service; the one of the settings if None.
            account: who pays; the configured buyer if None.
            max_price: the most to pay, as a decimal amount of the payment token.
            scheme: how: "auto" (from an open channel where one fits), "channel" or "exact".
            on_text: called with each piece of the text while it arrives.

        Raises:
            PriceTooHigh: nothing was signed.
            PaymentRefused, ServiceFailed: see `resume_calls` if it was paid for.
            IntegrityError: the provider's record contradicts what was asked, answered or paid.
        """
        text = TextRequest(
            messages=(Message("user", prompt),),
            max_tokens=max_tokens,
            temperature=temperature,
            seed=pick_seed() if seed is None else seed,
        )
        settings = self._workspace.settings
        return asyncio.run(
            self._workspace.market.remote_calls(account).call(
                url or f"http://{settings.host}:{settings.port}",
                CallRequest(model, text, seed_given=seed is not None),
                max_price=parse_amount(max_price, decimals=self._workspace.token_decimals),
                scheme=payment_scheme(scheme),
                on_text=on_text,
            )
        )

    def resume_calls(
        self, *, account: str | None = None, on_text: OnText | None = None
    ) -> Sequence[PaidAnswer]:
        """Get the answers of calls that were paid for and broke off, with the same payments.

        Raises:
            NothingToResume: no call is unfinished.
        """
        return asyncio.run(self._workspace.market.remote_calls(account).resume_all(on_text))

    def anchor(
        self, *, at_least: int = 1, account: str | None = None, wait_s: float = 60.0
    ) -> BatchEntry | None:
        """Anchor the account's served calls as one root; None if there are too few new ones.

        Args:
            wait_s: how long another worker of the account, such as `assay up`, is waited for.

        Raises:
            WorkerBusy: another worker is at it all the time.
            UnavailableError: chain or database cannot be asked.
        """
        with self._workspace.turn("anchor", account=account, wait_s=wait_s) as lease:
            if lease is None:
                raise WorkerBusy("anchoring", wait_s)
            return self._anchor(at_least, account)

    def _anchor(self, at_least: int, account: str | None) -> BatchEntry | None:
        self._workspace.sync()
        return anchor_calls(
            book=self._workspace.market.book,
            anchors=self._workspace.market.anchors(account),
            index=self._workspace.market.index,
            digest=self._workspace.market.record_digest,
            at_least=at_least,
        )

    def make_call_proof(self, record: str) -> CallProof:
        """The proof that one call, named by its record's CID, was recorded.

        Raises:
            UnknownCall: no settled call has this record.
            NotAnchored: its batch is not on chain yet.
        """
        return make_call_proof(
            Cid.parse(record),
            book=self._workspace.market.book,
            domain=self._workspace.market.record_domain,
            digest=self._workspace.market.record_digest,
        )

    def check_call_proof(self, proof: CallProof) -> list[Check]:
        """Check a proof against the chain; it holds if every check is ok."""
        return check_call_proof(
            proof,
            anchors=self._workspace.market.anchors(),
            domain=self._workspace.market.record_domain,
            digest=self._workspace.market.record_digest,
            recover=self._workspace.market.recover_typed_data,
        )


def sale_source(
    model: str, upstream_model: str | None
) -> tuple[Weights | Upstream | Digest, UpstreamServer | None]:
    """Read what is to be sold: an asset id, a server's URL, or a path.

    Raises:
        InputError: a URL without the model's name there, or such a name without a URL.
    """
    if model.startswith(("http://", "https://")):
        if not upstream_model:
            raise InputError(
                "A server answers for several models.",
                hint="Name the one to sell with --upstream-model.",
            )
        return Upstream(upstream_model), UpstreamServer(model.rstrip("/"), upstream_model)
    if upstream_model:
        raise InputError(
            "--upstream-model goes with the URL of a server.", hint="Give the URL as the model."
        )
    if re.fullmatch(r"0x[0-9a-fA-F]{64}", model):
        return Digest.parse(model), None
    return Weights(Path(model)), None


def payment_scheme(name: PaymentChoice | str) -> PaymentChoice:
    """Read how a call is to be paid.

    Raises:
        InputError: neither auto, channel nor exact.
    """
    try:
        return PaymentChoice(name)
    except ValueError:
        raise InputError(
            f"{name[:80]!r} is no way to pay.", hint="Choose auto, channel or exact."
        ) from None


def asset_kind(text: AssetKind | str) -> AssetKind:
    """Read the name of a kind.

    Raises:
        InputError: there is no such kind.
    """
    try:
        return AssetKind(text)
    except ValueError:
        kinds = ", ".join(kind.value for kind in AssetKind)
        raise InputError(f"{text!r} is no kind of asset.", hint=f"One of: {kinds}.") from None
