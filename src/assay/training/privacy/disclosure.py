"""What a node tells of its records where they are private: as much as is public anyway.

>>> from assay.training.privacy.terms import RECORD
>>> disclosed(PrivacyTerms(RECORD), records=5, features=30, classes=2)
DataProfile(records=5, cells=150, missing=0, labels=(3, 2))
>>> disclosed(PrivacyTerms(CLIENT), records=5, features=30, classes=2).records
2

How many records have which label, and the digest of them all, would tell more of one record than
any noise could hide. So at record level a node tells how many there are, as if they had all labels
alike; at client level every node says the same, and counts as much as any other. The digest is
blinded by a secret of the node, with which it can show later what its records were.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assay.core.digest import Digest
from assay.training.privacy.terms import CLIENT, PrivacyTerms
from assay.training.rewards.quality import DataProfile

_SALT_PURPOSE = b"assay/records-salt-1"
_SALT_BYTES = 32


def disclosed(terms: PrivacyTerms, records: int, features: int, classes: int) -> DataProfile:
    """The profile that a node with so many records gives."""
    counted = classes if terms.level == CLIENT else records
    each, more = divmod(counted, classes)
    labels = tuple(each + (label < more) for label in range(classes))
    return DataProfile(counted, counted * features, 0, labels)


def blinded(records: Digest, salt: Digest) -> Digest:
    """SHA-256 of a secret salt and the digest of a node's records."""
    return Digest.of(salt.raw + records.raw)


def records_salt(secret: bytes, task: int) -> Digest:
    """HKDF-SHA256 of bytes that only the node's account can make, as in `sealing_key`."""
    context = _SALT_PURPOSE + task.to_bytes(32, "big")
    derivation = HKDF(algorithm=SHA256(), length=_SALT_BYTES, salt=None, info=context)
    return Digest(derivation.derive(secret))


def overstated(
    terms: PrivacyTerms, profile: DataProfile, features: int, epsilon_micro: int | None
) -> str | None:
    """Why an update can't be used where privacy is promised, or None if it can.

    Whether its noise was added nobody can see: a node that leaves it out gives away its own
    records. But no node gains by telling more of them than others may.
    """
    if epsilon_micro is None:
        return "it names no epsilon, and the task promises privacy"
    told = disclosed(terms, profile.records, features, len(profile.labels))
    if profile != told:
        return "it tells more of its records than the task's privacy allows"
    return None
