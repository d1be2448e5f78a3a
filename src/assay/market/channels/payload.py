"""The payments of x402 `batch-settlement`, read strictly before anything acts on them.

    reader = PayloadReader(terms)
    paid = reader.read(payload)          # of type deposit, voucher or refund
    paid.channel, paid.voucher.max_claimable

Each member must be there, in its one spelling, and nothing beside it. A channel must be ours: paid
to us, claimed by our authorizer, in our token and with our delay; its name must be the hash of its
configuration on our chain and contract, so that no voucher of another chain or contract passes.
Signatures are checked elsewhere, but here is refused what no chain accepts: a high s, an odd v.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eth_abi.abi import encode

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.core.keccak import keccak
from assay.errors import AssayError
from assay.market.channels.model import (
    LARGEST_AMOUNT,
    NOBODY,
    ChannelConfig,
    SettlementDomain,
    Voucher,
)
from assay.market.channels.ports import Deposit
from assay.market.channels.reasons import Refusal
from assay.market.channels.signatures import is_canonical
from assay.market.errors import PaymentMalformed, PaymentRefused

LARGEST_SIGNATURE_BYTES = 4096
MOST_CONFIGS_KEPT = 4096
_NUMBER = re.compile(r"0|[1-9][0-9]{0,77}")
_WORD = re.compile(r"0x[0-9a-fA-F]{64}")
_BYTES = re.compile(r"0x(?:[0-9a-fA-F]{2})+")
_CONFIG_FIELDS = (
    "payer",
    "payerAuthorizer",
    "receiver",
    "receiverAuthorizer",
    "token",
    "withdrawDelay",
    "salt",
)
_VOUCHER_FIELDS = frozenset({"channelId", "maxClaimableAmount", "signature"})


class PaymentKind(StrEnum):
    """What a payload asks for."""

    DEPOSIT = "deposit"  # bring tokens into the channel, then pay by the voucher
    VOUCHER = "voucher"  # pay by the voucher
    REFUND = "refund"  # give back what is left


_MEMBERS = {
    PaymentKind.DEPOSIT: (frozenset({"type", "channelConfig", "voucher", "deposit"}), frozenset()),
    PaymentKind.VOUCHER: (frozenset({"type", "channelConfig", "voucher"}), frozenset()),
    PaymentKind.REFUND: (frozenset({"type", "channelConfig", "voucher"}), frozenset({"amount"})),
}


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """What a channel has to say to be ours.

    Attributes:
        erc3009_collector, permit2_collector: the contracts that bring deposits.
    """

    domain: SettlementDomain
    receiver: Address
    receiver_authorizer: Address
    token: Address
    withdraw_delay_s: int
    erc3009_collector: Address
    permit2_collector: Address

    @property
    def network(self) -> str:
        """The chain as x402 names it."""
        return f"eip155:{self.domain.chain_id}"


@dataclass(frozen=True, slots=True)
class ChannelPayment:
    """A payload that was read.

    Attributes:
        channel: the name of the channel, computed from its configuration.
        deposit: the signed deposit, in a payload of that type.
        refund_amount: what a refund asks back; None for all that is left.
    """

    kind: PaymentKind
    config: ChannelConfig
    voucher: Voucher
    deposit: Deposit | None = None
    refund_amount: int | None = None

    @property
    def channel(self) -> Digest:
        """The name of the channel."""
        return self.voucher.channel


class PayloadReader:
    """Reads payloads for one provider; channels that were seen are remembered."""

    def __init__(self, terms: ChannelTerms) -> None:
        self._terms = terms
        self._known: dict[tuple[Any, ...], tuple[ChannelConfig, Digest]] = {}

    def read(self, payload: Mapping[str, Any]) -> ChannelPayment:
        """Read the member `payload` of a payment.

        Raises:
            PaymentMalformed: a member is missing, unknown, or not in its one spelling.
            PaymentRefused: well-formed, but not for a channel to us.
        """
        kind = _kind(payload)
        config, channel = self._config(payload["channelConfig"])
        voucher = _voucher(payload["voucher"], config, channel)
        if kind is PaymentKind.DEPOSIT:
            deposit = self._deposit(payload["deposit"], config, channel)
            return ChannelPayment(kind, config, voucher, deposit)
        if kind is PaymentKind.REFUND:
            amount = payload.get("amount")
            return ChannelPayment(kind, config, voucher, None, _refund_amount(amount))
        return ChannelPayment(kind, config, voucher)

    def _config(self, value: Any) -> tuple[ChannelConfig, Digest]:
        if not isinstance(value, dict) or len(value) != len(_CONFIG_FIELDS):
            raise PaymentMalformed("the channel's configuration has not its seven members")
        try:
            key = tuple([value[name] for name in _CONFIG_FIELDS])
            known = self._known.get(key)
        except KeyError as error:
            raise PaymentMalformed(f"the channel's configuration has no {error}") from None
        except TypeError:
            raise PaymentMalformed("a member of the channel's configuration is no text") from None
        if known is None or type(key[5]) is not int:  # True would find 1
            known = self._read_config(key)
            if len(self._known) >= MOST_CONFIGS_KEPT:
                self._known.clear()
            self._known[key] = known
        return known

    def _read_config(self, values: tuple[Any, ...]) -> tuple[ChannelConfig, Digest]:
        delay = values[5]
        if type(delay) is not int or not 0 <= delay < 2**40:
            raise PaymentMalformed("withdrawDelay is not a whole number of 40 bits")
        payer, payer_authorizer, receiver, receiver_authorizer, token = (
            _address(values[place], _CONFIG_FIELDS[place]) for place in range(5)
        )
        salt = _word(values[6], "salt")
        terms = self._terms
        for given, ours, refusal in (
            (receiver, terms.receiver, Refusal.RECEIVER),
            (receiver_authorizer, terms.receiver_authorizer, Refusal.RECEIVER_AUTHORIZER),
            (token, terms.token, Refusal.TOKEN),
            (delay, terms.withdraw_delay_s, Refusal.WITHDRAW_DELAY),
        ):
            if given != ours:
                raise PaymentRefused(refusal, f"{given} instead of {ours}")
        config = ChannelConfig(
            payer, payer_authorizer, receiver, receiver_authorizer, token, delay, salt
        )
        return config, config.channel_id(terms.domain)

    def _deposit(self, value: Any, config: ChannelConfig, channel: Digest) -> Deposit:
        value = _members(value, {"amount", "authorization"}, "the deposit")
        amount = _number(value["amount"], "the deposit's amount")
        if not 0 < amount <= LARGEST_AMOUNT:
            raise PaymentMalformed("the deposit's amount is not a number of 128 bits above 0")
        given = value["authorization"]
        if isinstance(given, dict) and set(given) == {"erc3009Authorization"}:
            return self._erc3009(given["erc3009Authorization"], config, channel, amount)
        if isinstance(given, dict) and set(given) == {"permit2Authorization"}:
            return self._permit2(given["permit2Authorization"], config, channel, amount)
        raise PaymentMalformed("the deposit has not one authorization, by ERC-3009 or Permit2")

    def _erc3009(self, value: Any, config: ChannelConfig, channel: Digest, amount: int) -> Deposit:
        names = {"validAfter", "validBefore", "salt", "signature"}
        value = _members(value, names, "the ERC-3009 authorization")
        salt = _word(value["salt"], "the authorization's salt").token_id
        data = encode(
            ["uint256", "uint256", "uint256", "bytes"],
            [
                _number(value["validAfter"], "validAfter"),
                _number(value["validBefore"], "validBefore"),
                salt,
                _signature(value["signature"]),
            ],
        )
        nonce = Digest(keccak(channel.raw + salt.to_bytes(32, "big")))
        return Deposit(config, amount, self._terms.erc3009_collector, data, nonce)

    def _permit2(self, value: Any, config: ChannelConfig, channel: Digest, amount: int) -> Deposit:
        names = {"from", "permitted", "spender", "nonce", "deadline", "witness", "signature"}
        value = _members(value, names, "the Permit2 authorization")
        permitted = _members(value["permitted"], {"token", "amount"}, "what is permitted")
        witness = _members(value["witness"], {"channelId"}, "the witness")
        collector = self._terms.permit2_collector
        if _address(value["spender"], "spender") != collector:
            raise PaymentRefused(Refusal.PERMIT2_SPENDER)
        if _number(permitted["amount"], "the permitted amount") != amount:
            raise PaymentRefused(Refusal.PERMIT2_AMOUNT)
        if _address(permitted["token"], "the permitted token") != config.token:
            raise PaymentRefused(Refusal.TOKEN)
        if _word(witness["channelId"], "the witness") != channel:
            raise PaymentRefused(Refusal.CHANNEL_ID)
        if _address(value["from"], "from") != config.payer:
            raise PaymentRefused(Refusal.DEPOSIT_PAYLOAD, "the permit is not the payer's")
        nonce = _number(value["nonce"], "the permit's nonce")
        deadline = _number(value["deadline"], "the permit's deadline")
        signature = _signature(value["signature"])
        data = encode(["uint256", "uint256", "bytes", "bytes"], [nonce, deadline, signature, b""])
        return Deposit(config, amount, collector, data, Digest.from_token_id(nonce))


def _kind(payload: Mapping[str, Any]) -> PaymentKind:
    try:
        kind = PaymentKind(payload.get("type", ""))
    except (ValueError, TypeError):
        raise PaymentRefused(Refusal.TYPE, "it is none of deposit, voucher and refund") from None
    needed, allowed = _MEMBERS[kind]
    given = payload.keys()
    if not needed <= given or not given <= needed | allowed:
        raise PaymentMalformed(f"its payload has not the members of a {kind.value}")
    return kind


def _voucher(value: Any, config: ChannelConfig, channel: Digest) -> Voucher:
    if not isinstance(value, dict) or value.keys() != _VOUCHER_FIELDS:
        raise PaymentMalformed("the voucher has not its three members")
    if _word(value["channelId"], "channelId") != channel:
        raise PaymentRefused(
            Refusal.CHANNEL_ID, "it is not the name of this configuration on this contract"
        )
    sum_signed = _number(value["maxClaimableAmount"], "maxClaimableAmount")
    if sum_signed > LARGEST_AMOUNT:
        raise PaymentMalformed("maxClaimableAmount is not a number of 128 bits")
    signature = _signature(value["signature"])
    if config.payer_authorizer != NOBODY and not is_canonical(signature):
        raise PaymentRefused(Refusal.SIGNATURE, "not 65 bytes with a low s and v 27 or 28")
    return Voucher(channel, sum_signed, signature)


def _refund_amount(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _NUMBER.fullmatch(value) or value == "0":
        raise PaymentRefused(Refusal.REFUND_AMOUNT)
    return int(value)


def _members(value: Any, names: set[str], what: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != names:
        raise PaymentMalformed(f"{what} has not the members {', '.join(sorted(names))}")
    return value


def _number(value: Any, what: str) -> int:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value) or (n := int(value)) >= 2**256:
        raise PaymentMalformed(f"{what} is not a whole number of 256 bits, in text")
    return n


def _word(value: Any, what: str) -> Digest:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise PaymentMalformed(f"{what} is not 0x and 64 hexadecimal characters")
    return Digest(bytes.fromhex(value[2:]))


def _address(value: Any, what: str) -> Address:
    if not isinstance(value, str):
        raise PaymentMalformed(f"{what} is not text")
    try:
        return parse_address(value)
    except AssayError as error:
        raise PaymentMalformed(f"{what}: {str(error).rstrip('.')}") from None


def _signature(value: Any) -> bytes:
    if (
        not isinstance(value, str)
        or len(value) > 2 + 2 * LARGEST_SIGNATURE_BYTES
        or not _BYTES.fullmatch(value)
    ):
        raise PaymentMalformed("a signature is not hexadecimal")
    return bytes.fromhex(value[2:])
