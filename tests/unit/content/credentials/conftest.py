"""A creator with an account and a certificate, and pictures of several kinds."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from assay.chain.account import Account
from assay.chain.signing import recover_typed_data
from assay.content.credentials.certificates import Authority
from assay.content.credentials.containers.formats import media_type_of
from assay.content.credentials.framing import Message
from assay.content.credentials.isolation import native_process
from assay.content.credentials.model import (
    CredentialClaim,
    Credentials,
    CredentialSigner,
    Origin,
    Rendition,
    TrustAnchors,
)
from assay.content.credentials.reading import read_credentials
from assay.content.credentials.writing import write_credentials
from assay.core.address import parse_address
from assay.core.digest import Digest

CONTRACT = parse_address("0x" + "c0" * 20)
CHAIN_ID = 31337


@dataclass(frozen=True)
class Person:
    """Somebody with an account, an authority of their own, and a certificate by it."""

    account: Account
    authority: str
    signer: CredentialSigner

    @classmethod
    def named(cls, name: str, *, now_s: float | None = None) -> Person:
        account = Account(Digest.of(name.encode()).raw)
        now_s = time.time() if now_s is None else now_s
        authority = Authority.of(b"secret of " + name.encode(), account.address, now_s=now_s)
        chain, key = authority.issue(now_s=now_s)
        return cls(account, authority.pem, CredentialSigner(chain, key, "es256", account))

    def claim(self, data: bytes, **fields: Any) -> CredentialClaim:
        content_id = Digest.of(data)
        claim = CredentialClaim(
            chain_id=CHAIN_ID,
            contract=CONTRACT,
            token_id=content_id,
            content_digest=content_id,
            creator=self.account.address,
            origin=Origin.GENERATED,
            generator="digits 1",
            signed_at=int(time.time()),
        )
        return replace(claim, **fields)

    def write(self, data: bytes, *, content: bytes | None = None, **fields: Any) -> Rendition:
        """`content` is `data` without the manifest that it came with."""
        claim = self.claim(data if content is None else content, **fields)
        return write_credentials(data, "text/plain", claim, self.signer)

    @property
    def trust(self) -> TrustAnchors:
        return TrustAnchors(self.authority, recover_typed_data)

    def read(self, data: bytes, sidecar: bytes | None = None) -> Credentials:
        return read_credentials(data, sidecar=sidecar, trust=self.trust)


@pytest.fixture(scope="session")
def alice() -> Person:
    return Person.named("alice")


@pytest.fixture(scope="session")
def mallory() -> Person:
    return Person.named("mallory")


def photograph(width: int = 120, height: int = 80, seed: int = 1) -> Image.Image:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3))
    return Image.fromarray(noise.astype(np.uint8))


def encoded(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    stream = io.BytesIO()
    (image or photograph()).save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture(scope="session")
def png() -> bytes:
    return encoded("PNG")


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    return encoded("JPEG")


@pytest.fixture(scope="session")
def unrelated() -> Callable[[Person, bytes], bytes]:
    """Signs a manifest that names no token, as another program would."""

    def sign(person: Person, content: bytes) -> bytes:
        source = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
        actions = [{"action": "c2pa.created", "digitalSourceType": source}]
        header = {
            "operation": "sign",
            "definition": {
                "claim_generator_info": [{"name": "another program", "version": "1"}],
                "assertions": [{"label": "c2pa.actions", "data": {"actions": actions}}],
            },
            "media_type": media_type_of(content),
            "earlier_type": media_type_of(content),
            "algorithm": person.signer.algorithm,
            "embed": True,
        }
        parts = [content, person.signer.key, person.signer.chain.encode()]
        answer = native_process("signer").ask(Message(header, parts), limit_s=30)
        return answer.parts[0]

    return sign
