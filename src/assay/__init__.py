"""Assay makes AI accountable on a blockchain.

    import assay

    with assay.connect() as client:
        published = client.market.publish("model/", kind="model")
        print(client.trace(published.asset.asset_id.hex).verified)

Importing does nothing else; `connect` builds what is used, when it is used.
"""

from assay.client import Client, connect
from assay.errors import (
    AssayError,
    InputError,
    IntegrityError,
    RefusedError,
    UnavailableError,
)

__all__ = [
    "AssayError",
    "Client",
    "InputError",
    "IntegrityError",
    "RefusedError",
    "UnavailableError",
    "connect",
]
