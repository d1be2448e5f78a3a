"""What routes ask for by type."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from assay.client import Client
from assay.store.port import BlobStore


def _client(request: Request) -> Client:
    client: Client = request.app.state.client
    return client


def _store(request: Request) -> BlobStore:
    return _client(request).store


ClientDependency = Annotated[Client, Depends(_client)]
StoreDependency = Annotated[BlobStore, Depends(_store)]
