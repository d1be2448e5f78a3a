"""Settings, read from the environment (`ASSAY_...`) and frozen. Nothing is read on import.

>>> Settings(home="/var/lib/assay").database
'sqlite:////var/lib/assay/ledger.db'
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that a user may set; each field is the variable ASSAY_<FIELD>."""

    model_config = SettingsConfigDict(
        env_prefix="ASSAY_", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    home: Path = Field(Path(".assay"), description="folder of all local state")
    rpc_url: str | None = Field(None, description="EVM node; empty: a local one is started")
    rpc_timeout_s: float = Field(10.0, gt=0, description="limit of one call to the node")
    database_url: str | None = Field(None, description="SQL database; empty: SQLite in home")
    redis_url: str | None = Field(
        None, description="Redis for limits, locks and cache of many workers; empty: this machine"
    )
    kubo_url: str | None = Field(None, description="Kubo RPC API; empty: the store in home")
    gateway_url: str | None = Field(
        None, description="trustless IPFS gateway that missing blocks are fetched from"
    )
    model_url: str | None = Field(
        None, description="OpenAI-compatible server; empty: models run embedded"
    )
    model_key: SecretStr | None = Field(None, description="key for model_url")
    image_url: str | None = Field(
        None, description="OpenAI-compatible image server; empty: our own generator draws"
    )
    image_key: SecretStr | None = Field(None, description="key for image_url")
    image_model: str = Field("", description="what the model is called at image_url")
    image_timeout_s: float = Field(300.0, gt=0, description="longest wait for one picture")
    paraphrases: bool = Field(
        True, description="whether texts are compared by their meaning as well"
    )
    embedding_url: str | None = Field(
        None,
        description="OpenAI-compatible server whose embeddings tell paraphrases; empty: the model "
        "of the extra `paraphrase`, where that is installed",
    )
    embedding_key: SecretStr | None = Field(None, description="key for embedding_url")
    embedding_model: str = Field(
        "", max_length=80, description="what the model is called at embedding_url"
    )
    embedding_timeout_s: float = Field(
        20.0, gt=0, description="longest wait for the embeddings of one text"
    )
    generators: Path | None = Field(
        None, description="folder of trained image generators; empty: in home"
    )
    account: str = Field("local-1", description="account that publishes, serves and mints")
    buyer: str = Field("local-2", description="account that pays for calls")
    facilitator: str = Field("local-3", description="account that pays gas for settlements")
    account_password: SecretStr | None = Field(None, description="opens encrypted accounts")
    credential_chain: Path | None = Field(
        None, description="PEM chain that content credentials are signed with; empty: one of ours"
    )
    credential_key: Path | None = Field(None, description="PEM key of credential_chain")
    credential_key_password: SecretStr | None = Field(None, description="opens credential_key")
    credential_anchors: Path | None = Field(
        None, description="PEM certificates of authorities whose content credentials are trusted"
    )
    host: str = Field("127.0.0.1", description="address that the service listens on")
    port: int = Field(8000, ge=0, le=65535, description="port that the service listens on")
    public_url: str | None = Field(
        None, description="URL that callers reach the service at; empty: its host and port"
    )
    max_request_bytes: int = Field(1_000_000, gt=0, description="largest request body")
    max_content_bytes: int = Field(
        20_000_000, gt=0, description="largest picture or text that is verified over HTTP"
    )
    rate_limit_per_minute: int = Field(600, gt=0, description="requests a client may make")
    gateway_rate_limit_per_minute: int = Field(
        60_000, gt=0, description="requests a client may make to /ipfs/, one for each block"
    )
    anchor_after_calls: int = Field(100, gt=0, description="`assay up` anchors after so many calls")
    channel_withdraw_delay_s: int | None = Field(
        None,
        ge=900,
        le=2_592_000,
        description="seconds that a payer waits for what it withdraws from a channel; "
        "empty: 900 on the local chain, else a day",
    )
    attestation_service: str | None = Field(
        None,
        description="address of an EAS that reviews are attested by; empty: the chain's known one, "
        "else one of our own; counts when contracts are first deployed",
    )
    review_period_s: int | None = Field(
        None,
        gt=0,
        le=31_536_000,
        description="seconds of each phase of a review; empty: 60 on the local chain, else three "
        "days; counts when contracts are first deployed",
    )
    key_confirmations: int | None = Field(
        None,
        ge=0,
        description="blocks on top of a licence before a key is released for it; "
        "empty: none on the local chain, else 12",
    )
    channel_wait_s: float = Field(
        10.0, ge=0, description="seconds that a call waits for others of its channel"
    )
    channel_fresh_s: float = Field(
        60.0, gt=0, description="seconds until a channel is read from the chain again"
    )
    channel_least_deposit: int = Field(
        0, ge=0, description="units of the token; smaller deposits are refused, as they cost us gas"
    )
    claim_every_s: float = Field(
        30.0, gt=0, description="`assay up` looks so often for channels to claim"
    )
    claim_minimum: int = Field(
        100_000, ge=0, description="least sum that is claimed at once, in the token's units"
    )
    claim_after_s: int = Field(3600, ge=0, description="seconds that a smaller sum waits")
    claim_gas_percent: int = Field(
        5, gt=0, le=100, description="largest part of a claim that its gas may cost, in percent"
    )
    token_per_ether: int = Field(
        0, ge=0, description="worth of an ether in the token's units; 0: gas is not weighed"
    )

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.home / 'ledger.db'}"
