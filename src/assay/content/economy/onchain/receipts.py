"""What a transaction paid, by its receipt: each contract's event, held against the token's own.

A payment is believed as far as the currency's transfers in the same receipt bear it out. Transfers
to the royalty account of content that no event explains are royalties, such as markets pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assay.chain.contract import Event
from assay.chain.records import Receipt
from assay.content.economy.model import ETHER, Part, Payment, PaymentKind
from assay.content.economy.onchain.contracts import EconomyContracts
from assay.core.address import Address, parse_address
from assay.core.digest import Digest

Moves = Counter[tuple[Address, Address, int]]
"""Currency, receiver and amount of the transfers in a receipt, and how often each is there."""


def content_ids(contracts: EconomyContracts, receipts: Sequence[Receipt | None]) -> set[int]:
    """The token ids of all contents whose authors earn something in these receipts."""
    found: set[int] = set()
    for receipt in receipts:
        for event in _events(contracts, receipt):
            for name in ("root", "tokenId"):
                if event.name in _READERS and name in event.args:
                    found.add(event.args[name])
    return found


def payments_in(
    contracts: EconomyContracts,
    receipt: Receipt | None,
    accounts: Mapping[int, Address],
) -> list[Payment]:
    """Every payment in a receipt.

    Args:
        accounts: the royalty account of each content, by token id.
    """
    if receipt is None or not receipt.succeeded:
        return []
    moves, payers = _moves(contracts, receipt)
    found: list[Payment] = []
    for event in _events(contracts, receipt):
        reader = _READERS.get(event.name)
        if reader is not None:
            found.append(_checked(reader(event, accounts, contracts), moves))
    of_account = {address: token_id for token_id, address in accounts.items()}
    for (currency, receiver, amount), count in moves.items():
        token_id = of_account.get(receiver)
        if token_id is None:
            continue
        content = Digest.from_token_id(token_id)
        payer = payers[currency, receiver, amount]
        parts = (Part(receiver, amount),)
        royalty = Payment(
            PaymentKind.ROYALTY,
            content,
            content,
            payer,
            parts,
            currency,
            receipt.transaction_hash,
            receipt.block_number,
        )
        found += [royalty] * count
    return found


def _events(contracts: EconomyContracts, receipt: Receipt | None) -> list[Event]:
    ours = (contracts.reposts, contracts.tips, contracts.subscriptions, contracts.content)
    logs = receipt.logs if receipt is not None and receipt.succeeded else ()
    decoded = (contract.decode_log(log) for log in logs for contract in ours)
    return [event for event in decoded if event is not None]


def _moves(
    contracts: EconomyContracts, receipt: Receipt
) -> tuple[Moves, dict[tuple[Address, Address, int], Address]]:
    moves: Moves = Counter()
    payers: dict[tuple[Address, Address, int], Address] = {}
    for log in receipt.logs:
        event = contracts.currency(log.address).decode_log(log)
        if event is not None and event.name == "Transfer":
            move = (log.address, parse_address(event.args["to"]), int(event.args["value"]))
            moves[move] += 1
            payers[move] = parse_address(event.args["from"])
    return moves, payers


def _checked(payment: Payment, moves: Moves) -> Payment:
    """The payment, with what the transfers say of it; they are used up. Ether has no transfers."""
    if payment.currency == ETHER:
        return payment
    wanted = [
        (payment.currency, part.receiver, part.amount) for part in payment.parts if part.amount
    ]
    moved = all(moves[move] >= count for move, count in Counter(wanted).items())
    if moved:
        moves.subtract(wanted)
        for move in set(wanted):
            if not moves[move]:
                del moves[move]
    return replace(payment, moved=moved)


_Reader = Callable[[Event, Mapping[int, Address], EconomyContracts], Payment]


def _payment(
    event: Event,
    kind: PaymentKind,
    payer: str,
    parts: tuple[Part, ...],
    currency: str,
) -> Payment:
    """A payment about what the event names: a repost, content, or neither."""
    args = event.args
    root = args.get("root", args.get("tokenId"))
    content = None if root is None else Digest.from_token_id(root)
    note = args.get("note")
    return Payment(
        kind,
        int(args["repostId"]) if "repostId" in args else content,
        content,
        parse_address(payer),
        parts,
        parse_address(currency),
        event.transaction_hash,
        event.block_number,
        Digest(note) if note and any(note) else None,
    )


def _split(
    event: Event, accounts: Mapping[int, Address], receiver: str, rest: int
) -> tuple[Part, ...]:
    """The authors' part, and that of the repost's owner or seller."""
    authors = Part(accounts[event.args["root"]], event.args["authorAmount"])
    return authors, Part(parse_address(receiver), rest)


def _repost_paid(
    event: Event, accounts: Mapping[int, Address], contracts: EconomyContracts
) -> Payment:
    args = event.args
    parts = _split(event, accounts, args["owner"], args["ownerAmount"])
    return _payment(event, PaymentKind.REPOST, args["payer"], parts, contracts.token.address)


def _repost_sold(
    event: Event, accounts: Mapping[int, Address], contracts: EconomyContracts
) -> Payment:
    args = event.args
    parts = _split(event, accounts, args["seller"], args["sellerAmount"])
    return _payment(event, PaymentKind.RESALE, args["buyer"], parts, contracts.token.address)


def _tipped(event: Event, accounts: Mapping[int, Address], contracts: EconomyContracts) -> Payment:
    args = event.args
    parts = (Part(accounts[args["tokenId"]], args["amount"]),)
    return _payment(event, PaymentKind.TIP, args["giver"], parts, contracts.token.address)


def _content_sold(
    event: Event, accounts: Mapping[int, Address], _contracts: EconomyContracts
) -> Payment:
    """The authors' part of a first sale; the platform's fee is not theirs."""
    args = event.args
    parts = (Part(accounts[args["tokenId"]], args["price"] - args["fee"]),)
    return _payment(event, PaymentKind.SALE, args["buyer"], parts, args["currency"])


def _released(
    event: Event, accounts: Mapping[int, Address], _contracts: EconomyContracts
) -> Payment:
    """Out of a royalty account to one of the authors."""
    args = event.args
    parts = (Part(parse_address(args["payee"]), args["amount"]),)
    account = accounts[args["tokenId"]]
    return _payment(event, PaymentKind.RELEASE, account, parts, args["currency"])


def _subscription_paid(
    event: Event, _accounts: Mapping[int, Address], contracts: EconomyContracts
) -> Payment:
    args = event.args
    parts = (Part(parse_address(args["creator"]), args["price"]),)
    currency = contracts.subscriptions.read("planOf", args["planId"])[3]
    return _payment(event, PaymentKind.SUBSCRIPTION, args["subscriber"], parts, currency)


_READERS: Mapping[str, _Reader] = {
    "RepostPaid": _repost_paid,
    "RepostSold": _repost_sold,
    "Tipped": _tipped,
    "ContentSold": _content_sold,
    "RoyaltyReleased": _released,
    "SubscriptionPaid": _subscription_paid,
}
