"""Certificates: derived from an account, renewed in time, or given as files."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from assay.content.credentials.certificates import (
    CERTIFICATE_LIFE,
    CLAIM_SIGNING,
    RENEW_BEFORE,
    Authority,
    certificates_in,
    issued_by,
    key_of_issued,
    load_given,
)
from assay.content.credentials.errors import (
    CertificateFileUnreadable,
    CertificateUnusable,
    SigningFailed,
)
from assay.content.credentials.model import CredentialSigner
from assay.content.credentials.stored import StoredCertificates, given_signer
from assay.content.credentials.writing import write_credentials
from tests.unit.content.credentials.conftest import Person

NOW_S = 1_800_000_000
DAY_S = 24 * 3600
USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
SECRET = b"only the account makes this"


def chain_and_key(person: Person, now_s: float = NOW_S) -> tuple[str, bytes]:
    return Authority.of(SECRET, person.account.address, now_s=now_s).issue(now_s=now_s)


def test_a_certificate_fits_the_profile_of_c2pa(alice: Person) -> None:
    chain, _key = chain_and_key(alice)
    certificate, authority = certificates_in(chain.encode())

    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert issued_by(certificate, authority)
    assert not issued_by(authority, certificate)
    assert usage.critical
    assert usage.value.digital_signature
    assert not usage.value.key_cert_sign
    assert set(purposes) == {CLAIM_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION}
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [
        f"ethereum:{alice.account.address}"
    ]


def test_the_key_is_found_again_from_chain_and_secret(alice: Person) -> None:
    chain, key = chain_and_key(alice)

    assert key_of_issued(chain, SECRET, now_s=NOW_S + 1) == key
    assert key_of_issued(chain, b"another secret", now_s=NOW_S + 1) is None


def test_a_certificate_is_renewed_before_it_expires_and_when_the_clock_went_back(
    alice: Person,
) -> None:
    chain, _key = chain_and_key(alice)
    due_s = NOW_S + (CERTIFICATE_LIFE - RENEW_BEFORE).total_seconds()

    assert key_of_issued(chain, SECRET, now_s=due_s - DAY_S) is not None
    assert key_of_issued(chain, SECRET, now_s=due_s + DAY_S) is None
    assert key_of_issued(chain, SECRET, now_s=NOW_S - DAY_S) is None
    assert key_of_issued("not a chain", SECRET, now_s=NOW_S) is None


def test_the_authority_is_the_same_whenever_it_is_made(alice: Person) -> None:
    early = Authority.of(SECRET, alice.account.address, now_s=NOW_S)
    late = Authority.of(SECRET, alice.account.address, now_s=NOW_S + 1000 * DAY_S)

    chain, _key = late.issue(now_s=NOW_S + 1000 * DAY_S)

    assert issued_by(certificates_in(chain.encode())[0], early.certificate)


def test_no_secret_is_shown(alice: Person) -> None:
    assert "BEGIN PRIVATE KEY" not in repr(alice.signer)
    assert "secret of" not in repr(Authority.of(b"secret of", alice.account.address, now_s=NOW_S))


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now_s = float(NOW_S)

    def __call__(self) -> float:
        return self.now_s


def test_a_home_keeps_a_certificate_until_it_is_due_and_no_key(
    tmp_path: Path, alice: Person
) -> None:
    clock = Clock()
    stored = StoredCertificates(tmp_path / "credentials", clock)

    first = stored.signer(alice.account, SECRET)
    clock.now_s += 30 * DAY_S
    same = stored.signer(alice.account, SECRET)
    clock.now_s += CERTIFICATE_LIFE.total_seconds()
    renewed = stored.signer(alice.account, SECRET)

    assert same.chain == first.chain
    assert same.key == first.key
    assert renewed.chain != first.chain
    assert renewed.key != first.key
    kept = "".join(path.read_text() for path in (tmp_path / "credentials").iterdir())
    assert "PRIVATE" not in kept
    anchor = certificates_in(stored.anchors().encode())[0]
    assert issued_by(certificates_in(renewed.chain.encode())[0], anchor)
    assert issued_by(certificates_in(first.chain.encode())[0], anchor)


def test_a_damaged_file_of_a_home_is_made_anew(tmp_path: Path, alice: Person) -> None:
    stored = StoredCertificates(tmp_path, Clock())
    stored.signer(alice.account, SECRET)
    (chain,) = tmp_path.glob("*.chain.pem")
    chain.write_bytes(b"-----BEGIN CERTIFICATE-----\n\xff\xff\n-----END CERTIFICATE-----\n")

    signer = stored.signer(alice.account, SECRET)

    assert certificates_in(signer.chain.encode())


def test_creators_of_one_home_have_certificates_of_their_own(
    tmp_path: Path, alice: Person, mallory: Person
) -> None:
    stored = StoredCertificates(tmp_path, Clock())

    one, two = stored.signer(alice.account, SECRET), stored.signer(mallory.account, b"other")

    assert one.chain != two.chain
    assert len(certificates_in(stored.anchors().encode())) == 2


def sealed(key: bytes, password: bytes) -> bytes:
    return serialization.load_pem_private_key(key, None).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password),
    )


def test_a_given_key_may_be_sealed_by_a_password(tmp_path: Path, alice: Person) -> None:
    chain, key = chain_and_key(alice)
    (tmp_path / "chain.pem").write_text(chain)
    (tmp_path / "key.pem").write_bytes(sealed(key, b"a password"))
    files = (tmp_path / "chain.pem", tmp_path / "key.pem")

    signer = given_signer(alice.account, *files, b"a password", NOW_S)

    assert (signer.chain, signer.key, signer.algorithm) == (chain, key, "es256")
    for password in (None, b"another"):
        with pytest.raises(CertificateUnusable, match="password is missing or wrong"):
            given_signer(alice.account, *files, password, NOW_S)


def test_given_files_that_do_not_do_are_refused_with_a_reason(alice: Person) -> None:
    chain, key = chain_and_key(alice)
    _other_chain, other_key = chain_and_key(alice, NOW_S + DAY_S)

    for given, reason in (
        ((chain.encode(), other_key, NOW_S), "not that of the chain's first certificate"),
        ((chain.encode(), key, NOW_S + 1000 * DAY_S), "it is in force from"),
        ((b"no pem", key, NOW_S), "no certificate in the file"),
        ((chain.encode(), b"no pem", NOW_S), "it is no PEM key"),
    ):
        pem, private, now_s = given
        with pytest.raises(CertificateUnusable, match=reason) as refused:
            load_given(pem, private, None, now_s=now_s)
        assert "PRIVATE" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, alice: Person) -> None:
    with pytest.raises(CertificateFileUnreadable, match=r"chain\.pem"):
        given_signer(alice.account, tmp_path / "chain.pem", tmp_path / "key", None, NOW_S)


def certified(key: Any, purpose: x509.ObjectIdentifier) -> tuple[bytes, bytes]:
    """A chain by some authority, for any key and purpose, and the key."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    start, end = datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(days=30)
    company = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Some authority")
    person = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Some person")
    made = []
    for public, name, is_authority in (
        (key.public_key(), person, False),
        (authority_key.public_key(), company, True),
    ):
        usage = [is_authority == (field in {"key_cert_sign", "crl_sign"}) for field in USAGES]
        usage = [
            wanted and field in {"digital_signature", "key_cert_sign", "crl_sign"}
            for wanted, field in zip(usage, USAGES, strict=True)
        ]
        builder = (
            x509.CertificateBuilder(x509.Name([company]), x509.Name([name]), public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(x509.KeyUsage(*usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
                critical=False,
            )
        )
        if not is_authority:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        signed = builder.sign(authority_key, hashes.SHA256())
        made.append(signed.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return b"".join(made), private


@pytest.mark.parametrize("kind", ["ed25519", "P-384"])
def test_other_algorithms_sign_too(kind: str, alice: Person, png: bytes) -> None:
    key: Any = ec.generate_private_key(ec.SECP384R1())
    if kind == "ed25519":
        key = ed25519.Ed25519PrivateKey.generate()
    pem = certified(key, ExtendedKeyUsageOID.EMAIL_PROTECTION)
    chain, private, algorithm = load_given(*pem, None, now_s=time.time())
    signer = CredentialSigner(chain, private, algorithm, alice.account)

    rendition = write_credentials(png, "", alice.claim(png), signer)

    read = alice.read(rendition.data)
    assert (read.anchored, read.bound, read.trusted) == (False, True, False)


def test_a_certificate_for_another_purpose_signs_nothing(alice: Person, png: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = certified(key, ExtendedKeyUsageOID.SERVER_AUTH)
    chain, private, algorithm = load_given(*pem, None, now_s=time.time())

    with pytest.raises(SigningFailed, match="certificate"):
        write_credentials(
            png, "", alice.claim(png), CredentialSigner(chain, private, algorithm, alice.account)
        )
