"""The way in: bytes become a message only if everything that a message says of itself is true.

Checks go from cheap to costly, so that what is foreign, oversized or malformed is turned away
before a curve operation. What passes is authentic; whether it is of use is the replica's question.
"""

from __future__ import annotations

from collections.abc import Iterable

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee.encoding import decode
from assay.training.committee.errors import MessageRejected
from assay.training.committee.messages import (
    Commit,
    Message,
    NewView,
    Prepared,
    PrePrepare,
    SignedMessage,
    ViewChange,
)
from assay.training.committee.model import Certificate, Committee
from assay.training.committee.signing import Domain, Verify, verify


class Gate:
    """Admits the messages of one committee in one task."""

    def __init__(self, committee: Committee, domain: Domain, verify_: Verify = verify) -> None:
        self._committee = committee
        self._domain = domain
        self._verify = verify_

    def admit(self, data: bytes) -> Message:
        """Read a message and check it.

        Raises:
            MessageRejected: see `read` and `check`.
        """
        return self.check(self.read(data))

    def read(self, data: bytes) -> Message:
        """Read a message without checking any signature.

        Raises:
            MessageRejected: too large, malformed, of another task, or by no member.
        """
        message = decode(self._domain.task, data)
        if not isinstance(message, Certificate) and message.sender not in self._committee:
            raise MessageRejected("its sender is no member")
        return message

    def check(self, message: Message) -> Message:
        """Check who says a message that was read; the message.

        Raises:
            MessageRejected: foreign, forged, or not what its sender may say.
        """
        if isinstance(message, Certificate):
            self._check_certificate(message)
            return message
        self._check_signature(message)
        if isinstance(message, PrePrepare):
            self._check_primary(message)
            self._check_value(message)
        elif isinstance(message, ViewChange):
            self._check_change(message, with_value=True)
        elif isinstance(message, NewView):
            self._check_new_view(message)
        return message

    def _check_signature(self, message: SignedMessage) -> None:
        if message.sender not in self._committee:
            raise MessageRejected("its sender is no member")
        if not self._verify(message.sender, self._domain.digest(message), message.signature):
            raise MessageRejected("its signature is not its sender's")

    def _check_primary(self, message: PrePrepare | NewView) -> None:
        if message.sender != self._committee.primary(message.round, message.view):
            raise MessageRejected("its sender is not the primary of its view")

    def _check_value(self, message: PrePrepare) -> None:
        if message.value is None or Digest.of(message.value) != message.digest:
            raise MessageRejected("its value is missing or another one")

    def _check_change(self, change: ViewChange, *, with_value: bool) -> None:
        if change.view == 0:
            raise MessageRejected("nobody asks for view 0")
        if change.prepared is None:
            return
        if change.prepared.view >= change.view:
            raise MessageRejected("it proves something of a later view")
        if with_value:
            self._check_value(change.prepared.pre_prepare)
        self._check_prepared(change.prepared)

    def _check_prepared(self, prepared: Prepared) -> None:
        self._check_primary(prepared.pre_prepare)
        primary = prepared.pre_prepare.sender
        self._check_quorum([primary, *(prepare.sender for prepare in prepared.prepares)])
        self._check_signature(prepared.pre_prepare)
        for prepare in prepared.prepares:
            self._check_signature(prepare)

    def _check_new_view(self, message: NewView) -> None:
        self._check_primary(message)
        self._check_quorum([change.sender for change in message.changes])
        for change in message.changes:
            self._check_signature(change)
            self._check_change(change, with_value=False)

    def _check_certificate(self, certificate: Certificate) -> None:
        senders = [vote.sender for vote in certificate.votes]
        if senders != sorted(senders, key=str.lower):
            raise MessageRejected("its votes are not in the order of addresses")
        self._check_quorum(senders)
        for vote in certificate.votes:
            self._check_signature(
                Commit(
                    result=certificate.result,
                    view=certificate.view,
                    sender=vote.sender,
                    signature=vote.signature,
                )
            )

    def _check_quorum(self, senders: Iterable[Address]) -> None:
        named = list(senders)
        if len(set(named)) != len(named):
            raise MessageRejected("a member is named twice in its proof")
        if not self._committee.is_quorum(named):
            raise MessageRejected("its proof has too few members")
