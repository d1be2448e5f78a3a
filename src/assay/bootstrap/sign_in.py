"""The desk of sign-ins, on the configured account, chain and database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from eth_utils.crypto import keccak

from assay.chain.signing import is_valid_signature
from assay.core.clock import SystemClock
from assay.market.sign_in import SignInDesk
from assay.market.sign_in.stored import SqlSpentNonces

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace

_SECRET_OF = keccak(text="Assay: secret of the sign-in nonces of this account, version 1")


def build_sign_in_desk(workspace: Workspace) -> SignInDesk:
    """The desk of the configured account; all its workers, on any machine, know one secret.

    The secret is the account's signature (deterministic, by RFC 6979) of a digest that nothing
    else is ever signed for: it needs no file, and nobody without the key can make it.
    """
    return SignInDesk(
        chain_id=workspace.node.chain_id,
        secret=keccak(workspace.account().sign_digest(_SECRET_OF)),
        spent=SqlSpentNonces(workspace.engine),
        valid_signature=partial(is_valid_signature, workspace.node),
        clock=SystemClock(),
    )
