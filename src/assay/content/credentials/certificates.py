"""Certificates that sign manifests: made by a local authority, given by the user, described.

    authority = Authority.of(secret, creator, now_s=time.time())
    chain, key = authority.issue(now_s=time.time())

The default authority is the creator's own. Its key, and the keys of the certificates that it
issues, are derived from a secret that only the creator's account can make, so that no private key
lies on a disk and whoever has the account has the authority too. Nobody has to believe such an
authority: the account vouches for each certificate by its signature (see `binding`).

The profile follows the C2PA specification 2.2, 14.5: P-256, digitalSignature, the extended key
usages of claim signing and of e-mail protection, which older validators ask for, no more than one
authority above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from assay.content.credentials.errors import CertificateUnusable
from assay.content.credentials.model import Certificate
from assay.core.address import Address
from assay.core.digest import Digest

CLAIM_SIGNING = ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
AUTHORITY_LIFE = timedelta(days=20 * 365)
CERTIFICATE_LIFE = timedelta(days=2 * 365)
RENEW_BEFORE = timedelta(days=60)
_CLOCK_SKEW = timedelta(minutes=5)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_EC_ALGORITHMS = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_RSA_LEAST_BITS = 2048


@dataclass(frozen=True)
class Authority:
    """A creator's own certificate authority."""

    certificate: x509.Certificate
    creator: Address
    _secret: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes, creator: Address, *, now_s: float) -> Authority:
        """The authority behind a secret: always the same key, a certificate from now on."""
        key = _derived_key(secret, "authority")
        now = _time(now_s)
        name = _name(f"Assay authority of {creator}")
        certificate = (
            _builder(name, name, key.public_key(), now - _CLOCK_SKEW, now + AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(authority=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(certificate, creator, secret)

    @property
    def pem(self) -> str:
        """The authority's certificate."""
        return _pem(self.certificate)

    def issue(self, *, now_s: float) -> tuple[str, bytes]:
        """A certificate of the creator: the chain as PEM, its own first, and its key as PEM."""
        now = _time(now_s)
        authority_key = _derived_key(self._secret, "authority")
        key = _derived_key(self._secret, _purpose(now - _CLOCK_SKEW))
        certificate = (
            _builder(
                _name(f"Assay creator {self.creator}"),
                self.certificate.subject,
                key.public_key(),
                now - _CLOCK_SKEW,
                now + CERTIFICATE_LIFE,
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(authority=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([CLAIM_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]),
                critical=False,
            )
            .add_extension(
                x509.SubjectAlternativeName(
                    [x509.UniformResourceIdentifier(f"ethereum:{self.creator}")]
                ),
                critical=False,
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
                critical=False,
            )
            .sign(authority_key, hashes.SHA256())
        )
        return _pem(certificate) + self.pem, _key_pem(key)


def key_of_issued(chain: str, secret: bytes, *, now_s: float) -> bytes | None:
    """The key of a chain that `Authority.issue` made; None if it is another's or due for renewal.

    It is due in its last 60 days, and where the clock was set back before its first.
    """
    try:
        certificate = certificates_in(chain.encode())[0]
    except CertificateUnusable:
        return None
    now = _time(now_s)
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEW_BEFORE:
        return None
    key = _derived_key(secret, _purpose(certificate.not_valid_before_utc))
    if key.public_key() != certificate.public_key():
        return None
    return _key_pem(key)


def load_given(
    chain: bytes, key: bytes, password: bytes | None, *, now_s: float
) -> tuple[str, bytes, str]:
    """Chain and key from a user's own PEM files: chain, key without a password, algorithm.

    Raises:
        CertificateUnusable: not PEM, a wrong password, a key that is not the certificate's, an
            algorithm that C2PA lacks, a certificate that is not in force.
    """
    certificates = certificates_in(chain)
    try:
        private = serialization.load_pem_private_key(key, password)
    except (ValueError, TypeError) as error:
        reason = "its password is missing or wrong" if _is_sealed(key) else "it is no PEM key"
        raise CertificateUnusable(f"the key cannot be opened: {reason}") from error
    if private.public_key() != certificates[0].public_key():
        raise CertificateUnusable("the key is not that of the chain's first certificate")
    now = _time(now_s)
    first = certificates[0]
    if not first.not_valid_before_utc <= now <= first.not_valid_after_utc:
        raise CertificateUnusable(
            f"it is in force from {first.not_valid_before_utc:%Y-%m-%d} to "
            f"{first.not_valid_after_utc:%Y-%m-%d}"
        )
    return "".join(map(_pem, certificates)), _key_pem(private), _algorithm(private)


def certificates_in(pem: bytes) -> list[x509.Certificate]:
    """All certificates of a PEM file, in its order.

    Raises:
        CertificateUnusable: there is none, or one is damaged.
    """
    try:
        found = [x509.load_pem_x509_certificate(one) for one in _PEM.findall(pem)]
    except (ValueError, x509.InvalidVersion):
        raise CertificateUnusable("a certificate in the file is damaged") from None
    if not found:
        raise CertificateUnusable("there is no certificate in the file")
    return found


def describe(der: bytes) -> Certificate:
    """A certificate as a value.

    Raises:
        CertificateUnusable: it is damaged.
    """
    try:
        certificate = x509.load_der_x509_certificate(der)
        return Certificate(
            fingerprint=Digest.of(der),
            subject=_readable(certificate.subject),
            issuer=_readable(certificate.issuer),
            not_before=int(certificate.not_valid_before_utc.timestamp()),
            not_after=int(certificate.not_valid_after_utc.timestamp()),
        )
    except (ValueError, x509.InvalidVersion):
        raise CertificateUnusable("it is damaged") from None


def fingerprint(chain: str) -> Digest:
    """SHA-256 of the DER form of a chain's first certificate."""
    certificate = certificates_in(chain.encode())[0]
    return Digest.of(certificate.public_bytes(serialization.Encoding.DER))


def issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether an authority's key signed a certificate."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _algorithm(key: Any) -> str:
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _EC_ALGORITHMS:
        return _EC_ALGORITHMS[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _RSA_LEAST_BITS:
        return "ps256"
    raise CertificateUnusable("C2PA signs with P-256, P-384, P-521, Ed25519 or RSA from 2048 bits")


def _derived_key(secret: bytes, purpose: str) -> ec.EllipticCurvePrivateKey:
    """HKDF (RFC 5869) of 384 bits, reduced: the bias is below 2^-127 (FIPS 186-5, A.2.1)."""
    info = f"assay/credential-key-1/{purpose}".encode()
    raw = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=info).derive(secret)
    return ec.derive_private_key(int.from_bytes(raw, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _purpose(not_before: datetime) -> str:
    """Each certificate has a key of its own, named by its first second."""
    return f"certificate/{int(not_before.timestamp())}"


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    not_before: datetime,
    not_after: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Assay"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _readable(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _is_sealed(key: bytes) -> bool:
    return b"ENCRYPTED" in key


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: Any) -> bytes:
    pem: bytes = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), tz=UTC)
