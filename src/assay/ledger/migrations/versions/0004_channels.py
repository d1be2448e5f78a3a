"""Payment channels, their vouchers, and the buyer's purse; payments name their scheme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_channels"
down_revision = "0003_content"
branch_labels = None
depends_on = None


_NAMED = sa.text("identifier IS NOT NULL")


def upgrade() -> None:
    """Create the tables."""
    _extend_payments()
    _create_channels()
    _create_vouchers()
    _create_purse()


def _extend_payments() -> None:
    with op.batch_alter_table("payments") as table:
        table.add_column(sa.Column("scheme", sa.String(32), nullable=False, server_default="exact"))
        table.add_column(sa.Column("identifier", sa.String(128)))
    op.create_index(
        "uq_payments_identifier",
        "payments",
        ["payer", "identifier"],
        unique=True,
        sqlite_where=_NAMED,
        postgresql_where=_NAMED,
    )


def _create_channels() -> None:
    op.create_table(
        "channels",
        sa.Column("channel_id", sa.String(66), primary_key=True),
        *_config(),
        sa.Column("balance", sa.String(39), nullable=False),
        sa.Column("claimed", sa.String(39), nullable=False),
        sa.Column("withdrawal", sa.String(39), nullable=False),
        sa.Column("withdrawal_at", sa.BigInteger, nullable=False),
        sa.Column("refund_nonce", sa.BigInteger, nullable=False),
        sa.Column("block", sa.BigInteger, nullable=False),
        sa.Column("charged", sa.String(39), nullable=False),
        sa.Column("reserved", sa.String(39), nullable=False),
        sa.Column("open", sa.String(39), nullable=False),
        sa.Column("refunding", sa.String(39), nullable=False),
        sa.Column("signed", sa.String(39), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_channels_receiver", "channels", ["receiver"])
    op.create_index("ix_channels_payer", "channels", ["payer"])


def _create_vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column(
            "channel_id", sa.String(66), sa.ForeignKey("channels.channel_id"), primary_key=True
        ),
        sa.Column("max_claimable", sa.String(39), primary_key=True),
        sa.Column("digest", sa.String(66), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("request_digest", sa.String(66), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("amount", sa.String(39), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("charged_at", sa.BigInteger),
        sa.Column("charged_total", sa.String(39)),
        sa.Column("identifier", sa.String(128)),
        sa.Column("response", sa.LargeBinary),
    )
    live = sa.text("state <> 'charged'")
    op.create_index(
        "ix_vouchers_live",
        "vouchers",
        ["channel_id"],
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_index(
        "uq_vouchers_identifier",
        "vouchers",
        ["channel_id", "identifier"],
        unique=True,
        sqlite_where=_NAMED,
        postgresql_where=_NAMED,
    )
    op.create_table(
        "unclaimed",
        sa.Column(
            "channel_id", sa.String(66), sa.ForeignKey("channels.channel_id"), primary_key=True
        ),
        sa.Column("since", sa.BigInteger, nullable=False),
    )


def _create_purse() -> None:
    op.create_table(
        "purse",
        sa.Column("channel_id", sa.String(66), primary_key=True),
        sa.Column("chain_id", sa.BigInteger, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        *_config(),
        sa.Column("deposited", sa.String(39), nullable=False),
        sa.Column("charged", sa.String(39), nullable=False),
        sa.Column("signed", sa.String(39), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("deposit", sa.Text),
    )
    op.create_index("ix_purse_payer_url", "purse", ["payer", "url"])
    op.create_table(
        "purse_calls",
        sa.Column("nonce", sa.String(66), primary_key=True),
        sa.Column("channel_id", sa.String(66), sa.ForeignKey("purse.channel_id"), nullable=False),
        sa.Column("price", sa.String(39), nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_purse_calls_channel_id", "purse_calls", ["channel_id"])


def downgrade() -> None:
    """Drop the tables; what they promised is lost unless it was claimed."""
    op.drop_table("purse_calls")
    op.drop_table("purse")
    op.drop_table("unclaimed")
    op.drop_table("vouchers")
    op.drop_table("channels")
    op.drop_index("uq_payments_identifier", "payments")
    with op.batch_alter_table("payments") as table:
        table.drop_column("identifier")
        table.drop_column("scheme")


def _config() -> list[sa.Column[object]]:
    return [
        sa.Column("payer", sa.String(42), nullable=False),
        sa.Column("payer_authorizer", sa.String(42), nullable=False),
        sa.Column("receiver", sa.String(42), nullable=False),
        sa.Column("receiver_authorizer", sa.String(42), nullable=False),
        sa.Column("token", sa.String(42), nullable=False),
        sa.Column("withdraw_delay_s", sa.BigInteger, nullable=False),
        sa.Column("salt", sa.String(66), nullable=False),
    ]
