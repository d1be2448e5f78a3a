"""What can go wrong with identities and feedback; see `assay.errors`."""

from __future__ import annotations

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError


class UnknownAgent(InputError):
    """No agent has this number, service or name."""

    http_status = 404

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"No service {subject[:80]!r} is registered as an agent on this chain.",
            hint="`assay service register SERVICE` registers one of your own.",
        )
        self.subject = subject


class NotAService(InputError):
    """Only services have an identity of their own."""

    def __init__(self, asset_id: Digest, kind: str) -> None:
        super().__init__(
            f"Asset {asset_id} is a {kind}, not a service.",
            hint="Publish a service that sells it: assay asset publish ... --kind service.",
        )
        self.asset_id = asset_id
        self.kind = kind


class NotTheAgentsOwner(RefusedError):
    """Only who owns the service can speak for it."""

    def __init__(self, subject: str, caller: Address, owner: Address) -> None:
        super().__init__(
            f"{subject} belongs to {owner}, not to {caller}.",
            hint="Name the owner's account with --account.",
        )
        self.subject = subject
        self.caller = caller
        self.owner = owner


class CardMalformed(IntegrityError):
    """What an agent's URI leads to is no registration file, or another agent's."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The agent card is malformed: {detail}.")
        self.detail = detail


class NoProofOfPayment(RefusedError):
    """Feedback comes only from who has paid, and nothing here shows that the account has."""

    def __init__(self, agent: int, client: Address, detail: str) -> None:
        super().__init__(
            f"{client} cannot rate agent {agent}: {detail}.",
            hint="Pay the service first. Then give --record CID of a call paid by authorization, "
            "or --channel ID of a channel that the provider has claimed from.",
        )
        self.agent = agent
        self.client = client
        self.detail = detail


class OwnFeedback(RefusedError):
    """Nobody rates a service of their own."""

    def __init__(self, agent: int, client: Address) -> None:
        super().__init__(f"Agent {agent} is run by {client}, who cannot rate it.")
        self.agent = agent
        self.client = client


class ScoreMalformed(InputError):
    """A score that is no decimal number from 0 to 100."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:40]!r} is no score.", hint="Give a number from 0 to 100, such as 87.5."
        )
        self.text = text
