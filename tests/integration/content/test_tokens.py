"""Content tokens on a real chain: batches, lists, vouchers, the end of tokens, and the money."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from assay.chain.commitment import claim_salt
from assay.content.errors import AlreadyMinted
from assay.content.lineage import ContentSource
from assay.content.model import NOBODY, Token
from assay.content.shares import LineageAsset, Share, lineage_shares
from assay.content.tokens.errors import (
    AlreadyRevoked,
    BurntContent,
    BuyerShort,
    NotCreator,
    NotListed,
    NotReclaimable,
    NotTokenOwner,
    OfferExpired,
    OfferWithdrawn,
    VoucherForged,
    VoucherMalformed,
    WrongBuyer,
)
from assay.content.tokens.model import Terms, Voucher
from assay.content.tokens.stored import provenance_blocks
from assay.content.tokens.use_cases.batch import MintedMany, Named, mint_many
from assay.content.tokens.use_cases.ending import Ended, burn_content, revoke_content
from assay.content.tokens.use_cases.lazy import (
    Listed,
    buy_listed,
    list_contents,
    make_voucher,
    read_catalogue,
    reclaim_listed,
    redeem_voucher,
)
from assay.content.tokens.use_cases.royalties import Earnings, release_earnings, show_earnings
from assay.content.use_cases.mint import NewContent
from assay.core.address import Address
from assay.core.cid import DAG_PB, Cid
from assay.core.digest import Digest
from assay.ledger.lineage import find, trace
from tests.integration.content.conftest import Machine

CREATOR, THIEF, BUYER = "local-1", "local-4", "local-2"
MODEL = Digest.of(b"a model that nobody registered")


def texts(count: int) -> list[Named]:
    """Texts that no earlier test has minted, each about something else."""
    return [
        Named(
            f"{n}.txt", NewContent(f"{uuid4().hex} tells {uuid4().hex}".encode(), royalty_bps=500)
        )
        for n in range(count)
    ]


def terms(machine: Machine, price: int = 1_000_000, days: int = 1) -> Terms:
    now = machine.chain.node.block("latest").timestamp
    return Terms(machine.chain.deployment.token.address, price, now + days * 86_400)


def fund(machine: Machine, account: str, amount: int) -> None:
    address = machine.chain.account(account).address
    machine.chain.sender("local-0").transact(
        machine.chain.deployment.token, "transfer", address, amount
    )


def balance(machine: Machine, account: Address) -> int:
    return int(machine.chain.deployment.token.read("balanceOf", account))


def mint_all(machine: Machine, contents: list[Named], batch_size: int = 100) -> MintedMany:
    return mint_many(
        contents,
        preparing=machine.preparing(CREATOR),
        tokens=machine.chain.tokens(CREATOR),
        folders=machine.folders,
        batch_size=batch_size,
    )


def sell(machine: Machine, contents: list[Named], price: int = 1_000_000) -> Listed:
    return list_contents(
        contents,
        terms(machine, price),
        preparing=machine.preparing(CREATOR),
        tokens=machine.chain.tokens(CREATOR),
        folders=machine.folders,
    )


def buy(machine: Machine, listed: Listed, content_id: Digest, account: str = BUYER) -> Token:
    tokens = machine.chain.tokens(account)
    return buy_listed(
        read_catalogue(listed.cid, blobs=machine.blobs, tokens=tokens),
        content_id,
        contract=machine.chain.contract(account),
        tokens=tokens,
        folders=machine.folders,
        now_s=machine.chain.node.block("latest").timestamp,
    )


def voucher(machine: Machine, price: int = 1_000_000, **fields: object) -> Voucher:
    return make_voucher(
        texts(1)[0].content,
        terms(machine, price),
        preparing=machine.preparing(CREATOR),
        tokens=machine.chain.tokens(CREATOR),
        folders=machine.folders,
        **fields,  # type: ignore[arg-type]
    )


def redeem(machine: Machine, offer: Voucher, account: str = BUYER) -> Token:
    return redeem_voucher(
        Voucher.decode(json.dumps(offer.as_json()).encode()),
        contract=machine.chain.contract(account),
        tokens=machine.chain.tokens(account),
        folders=machine.folders,
        now_s=machine.chain.node.block("latest").timestamp,
    )


def revoke(machine: Machine, content_id: Digest, account: str = CREATOR) -> Ended:
    machine.sync()
    return revoke_content(
        content_id,
        "rights",
        "The picture is somebody else's.",
        blobs=machine.blobs,
        index=machine.index,
        contract=machine.chain.contract(account),
        tokens=machine.chain.tokens(account),
    )


def burn(machine: Machine, content_id: Digest, account: str = CREATOR) -> Ended:
    machine.sync()
    return burn_content(
        content_id,
        index=machine.index,
        contract=machine.chain.contract(account),
        tokens=machine.chain.tokens(account),
    )


def earnings(machine: Machine, content_id: Digest) -> Earnings:
    machine.sync()
    return show_earnings(
        content_id,
        machine.chain.deployment.token.address,
        blobs=machine.blobs,
        index=machine.index,
        contract=machine.chain.contract(BUYER),
        tokens=machine.chain.tokens(BUYER),
    )


def test_a_batch_mints_all_and_wallets_find_each_in_its_folder(machine: Machine) -> None:
    contents = texts(5)

    result = mint_all(machine, [*contents, contents[0]], batch_size=3)

    machine.sync()
    contract = machine.chain.deployment.content
    assert [name for name, _ in result.minted] == [one.name for one in contents]
    assert [one.reason for one in result.passed] == ["the same as 0.txt"]
    for _, token in result.minted:
        assert token.state.opens
        assert token.state.owner == machine.chain.account(CREATOR).address
        folder, _, name = contract.read("tokenURI", token.content_id.token_id)[7:].partition("/")
        metadata = json.loads(
            machine.blobs.read_bytes(machine.blobs.names(Cid.parse(folder))[name])
        )
        assert metadata["content_digest"] == token.content_id.hex
        assert metadata["name"]
        assert metadata["image"].startswith("data:image/svg+xml;base64,")
        assert token.content_id in machine.index.mintings([token.content_id])


def test_a_batch_that_is_started_again_passes_over_what_is_minted(machine: Machine) -> None:
    contents = texts(4)
    mint_all(machine, contents[:2])

    result = mint_all(machine, contents)

    assert [name for name, _ in result.minted] == ["2.txt", "3.txt"]
    assert all("minted already" in one.reason for one in result.passed)


def test_a_batch_killed_between_commit_and_reveal_goes_on_from_there(machine: Machine) -> None:
    contents, sender = texts(3), machine.chain.sender(CREATOR)
    contract = machine.chain.deployment.content
    ids = [Digest.of(one.content.data) for one in contents]
    digest = Digest(contract.read("batchDigest", [one.raw for one in ids]))
    salt = claim_salt(sender, contract, digest)
    commitment = contract.read("commitmentOf", sender.account.address, digest.raw, salt)
    sender.transact(contract, "commit", commitment)
    before = machine.chain.node.request(
        "eth_getTransactionCount", [sender.account.address, "latest"]
    )

    result = mint_all(machine, contents)

    after = machine.chain.node.request(
        "eth_getTransactionCount", [sender.account.address, "latest"]
    )
    assert len(result.minted) == 3
    assert int(after, 16) - int(before, 16) == 1


def test_a_single_mint_has_its_metadata_in_the_folder_that_its_hash_names(
    machine: Machine,
) -> None:
    minted = machine.mint(f"{uuid4().hex} is {uuid4().hex}")
    assert minted.token.provenance is not None
    folder = machine.folders.add_provenance(minted.token.provenance)

    uri = machine.chain.deployment.content.read("tokenURI", minted.token.content_id.token_id)

    assert uri == f"ipfs://{folder}/metadata.json"
    assert machine.blobs.names(folder)["metadata.json"] == minted.token.provenance.metadata
    assert provenance_blocks(minted.token.provenance)[1].cid.codec == DAG_PB


def test_a_listed_content_is_minted_for_its_buyer_and_pays_its_creator(machine: Machine) -> None:
    fund(machine, BUYER, 1_000_000)
    listed = sell(machine, texts(7))
    content_id = listed.catalogue.entries[3].statement.content_id
    spent = balance(machine, machine.chain.account(BUYER).address)

    token = buy(machine, listed, content_id)

    found = earnings(machine, content_id)
    assert token.state.owner == machine.chain.account(BUYER).address
    assert token.state.opens
    assert token.provenance is not None
    assert token.provenance.creator == machine.chain.account(CREATOR).address
    assert found.balance == 975_000  # the platform has 2.5 per cent
    assert balance(machine, machine.chain.account(BUYER).address) == spent - 1_000_000
    with pytest.raises(AlreadyMinted):
        buy(machine, listed, content_id)


def test_a_list_sells_nothing_else_and_nothing_after_it_is_closed(machine: Machine) -> None:
    listed = sell(machine, texts(2), price=0)
    machine.chain.tokens(CREATOR).close_list(listed.catalogue.root)
    other = replace(listed.catalogue, entries=listed.catalogue.entries[:1])
    entry, proof = other.find(other.entries[0].statement.content_id)

    with pytest.raises(OfferWithdrawn):
        buy(machine, listed, entry.statement.content_id)
    with pytest.raises(NotListed):
        machine.chain.tokens(BUYER).buy(other.creator, entry, proof)
    with pytest.raises(NotListed):
        buy(machine, listed, MODEL)


def test_a_standing_allowance_is_used_and_not_replaced(machine: Machine) -> None:
    fund(machine, BUYER, 1_000_000)
    listed = sell(machine, texts(1), price=1_000_000)
    deployment, buyer = machine.chain.deployment, machine.chain.sender(BUYER)
    buyer.transact(deployment.token, "approve", deployment.content.address, 5_000_000)

    buy(machine, listed, listed.catalogue.entries[0].statement.content_id)

    left = deployment.token.read("allowance", buyer.account.address, deployment.content.address)
    assert left == 4_000_000


def test_a_buyer_without_the_money_is_told_so(machine: Machine) -> None:
    listed = sell(machine, texts(1), price=10**15)

    with pytest.raises(BuyerShort) as refusal:
        buy(machine, listed, listed.catalogue.entries[0].statement.content_id, "local-7")

    assert refusal.value.price == 10**15


def test_what_a_thief_mints_after_the_list_is_reclaimed(machine: Machine) -> None:
    contents = texts(2)
    listed = sell(machine, contents, price=0)
    stolen = mint_many(
        contents[:1],
        preparing=machine.preparing(THIEF),
        tokens=machine.chain.tokens(THIEF),
        folders=machine.folders,
    ).minted[0][1]
    machine.sync()
    arguments = {
        "index": machine.index,
        "contract": machine.chain.contract(BUYER),
        "tokens": machine.chain.tokens(BUYER),
        "folders": machine.folders,
    }

    back = reclaim_listed(listed.catalogue, stolen.content_id, **arguments)  # type: ignore[arg-type]

    machine.sync()
    creator = machine.chain.account(CREATOR).address
    minting = machine.index.mintings([stolen.content_id])[stolen.content_id]
    assert stolen.state.owner == machine.chain.account(THIEF).address
    assert (back.state.owner, back.state.opens) == (creator, True)
    assert minting.provenance.creator == creator
    with pytest.raises(NotReclaimable):
        reclaim_listed(listed.catalogue, stolen.content_id, **arguments)  # type: ignore[arg-type]


def test_a_voucher_is_redeemed_once_by_whom_it_is_for(machine: Machine) -> None:
    fund(machine, BUYER, 1_000_000)
    offer = voucher(machine, buyer=machine.chain.account(BUYER).address, nonce=7)

    with pytest.raises(WrongBuyer):
        redeem(machine, replace(offer, entry=offer.entry), "local-0")
    token = redeem(machine, offer)

    assert token.state.owner == machine.chain.account(BUYER).address
    assert token.provenance is not None
    assert token.provenance.creator == machine.chain.account(CREATOR).address
    with pytest.raises(AlreadyMinted):
        redeem(machine, offer)


def test_a_voucher_of_another_chain_costs_its_buyer_nothing(machine: Machine) -> None:
    offer = voucher(machine, price=0)
    before = machine.chain.node.block_number()

    with pytest.raises(VoucherMalformed):
        redeem(machine, replace(offer, chain_id=offer.chain_id + 1))

    assert machine.chain.node.block_number() == before


def test_a_changed_expired_or_cancelled_voucher_is_refused(machine: Machine) -> None:
    offer = voucher(machine, price=0, nonce=uuid4().int)
    cheaper = replace(offer.entry.terms, valid_until=offer.entry.terms.valid_until + 1)

    with pytest.raises(VoucherForged):
        redeem(machine, replace(offer, entry=replace(offer.entry, terms=cheaper)))
    late = replace(offer.entry.terms, valid_until=1)
    with pytest.raises(OfferExpired):
        redeem(machine, replace(offer, entry=replace(offer.entry, terms=late)))
    machine.chain.tokens(CREATOR).cancel_vouchers(offer.nonce)
    with pytest.raises(OfferWithdrawn):
        redeem(machine, offer)
    with pytest.raises(OfferWithdrawn):
        voucher(machine, nonce=offer.nonce)


def test_a_creator_cannot_reclaim_what_it_sold_from_a_later_list(machine: Machine) -> None:
    content = texts(1)
    first, later = sell(machine, content, price=0), sell(machine, content, price=1)
    fund(machine, BUYER, 1)
    content_id = later.catalogue.entries[0].statement.content_id
    bought = buy(machine, later, content_id)
    machine.sync()

    with pytest.raises(NotReclaimable):
        reclaim_listed(
            first.catalogue,
            content_id,
            index=machine.index,
            contract=machine.chain.contract(CREATOR),
            tokens=machine.chain.tokens(CREATOR),
            folders=machine.folders,
        )

    assert bought.state.owner == machine.chain.account(BUYER).address


def test_a_thief_who_copies_a_list_sells_nothing(machine: Machine) -> None:
    listed = sell(machine, texts(1), price=0)
    entry, proof = listed.catalogue.find(listed.catalogue.entries[0].statement.content_id)
    thief = machine.chain.tokens(THIEF)

    thief.anchor(listed.catalogue.root, 1, listed.cid.digest)

    with pytest.raises(NotListed):
        thief.buy(thief.account, entry, proof)


def test_a_burnt_content_is_gone_for_ever_and_stays_readable(machine: Machine) -> None:
    text = f"{uuid4().hex} was {uuid4().hex}"
    content_id = machine.mint(text).token.content_id
    with pytest.raises(NotTokenOwner):
        burn(machine, content_id, THIEF)

    burn(machine, content_id)

    machine.sync()
    verdict = machine.verify(text)
    assert verdict.token is not None
    assert verdict.token.state.burnt
    assert verdict.token.state.opens
    assert verdict.token.as_json()["owner"] is None
    with pytest.raises(BurntContent):
        burn(machine, content_id)
    with pytest.raises((AlreadyMinted, BurntContent)):
        machine.mint(text)


def test_a_revocation_is_the_creators_final_and_seen_everywhere(machine: Machine) -> None:
    text = f"{uuid4().hex} is not {uuid4().hex}"
    content_id = machine.mint(text).token.content_id
    with pytest.raises(NotCreator):
        revoke(machine, content_id, THIEF)

    ended = revoke(machine, content_id)

    machine.sync()
    found = machine.verify(text).token
    assert ended.text is not None
    assert machine.blobs.read_bytes(ended.text).startswith(b"The picture")
    assert found is not None
    assert found.state.revocation is not None
    assert found.state.revocation.reason == "rights"
    uri = machine.chain.deployment.content.read("tokenURI", content_id.token_id)
    assert uri.startswith("data:application/json;base64,")
    with pytest.raises(AlreadyRevoked):
        revoke(machine, content_id)


def test_two_authors_and_a_model_are_paid_to_the_unit(machine: Machine) -> None:
    authors = {
        machine.chain.account(name).address: n for n, name in enumerate(("local-5", "local-6"), 1)
    }
    new = NewContent(f"{uuid4().hex} by {uuid4().hex}".encode(), model=MODEL, authors=authors)
    lineage = LineageAsset(MODEL, 700)
    minted = mint_many(
        [Named("both", new)],
        preparing=machine.preparing(CREATOR, lineage),
        tokens=machine.chain.tokens(CREATOR),
        folders=machine.folders,
    ).minted[0][1]
    due = earnings(machine, minted.content_id)
    machine.chain.sender("local-0").transact(
        machine.chain.deployment.token, "transfer", due.account, 1_000_003
    )
    before = {one: balance(machine, one) for one in authors}

    released = release_earnings(
        earnings(machine, minted.content_id), tokens=machine.chain.tokens(BUYER)
    )

    gained = {one: balance(machine, one) - before[one] for one in authors}
    shares = lineage_shares(machine.chain.account(CREATOR).address, authors, [lineage])
    assert [one.share for one in due.due] == list(shares)
    assert shares[0] == Share(MODEL, 700)
    assert released.kept == ((MODEL, 70_000),)  # nobody has registered the model
    assert sum(gained.values()) == 1_000_003 - 70_000
    assert dict(released.paid) == gained
    after = earnings(machine, minted.content_id)
    assert (after.balance, after.due[0].kept) == (70_000, 70_000)
    assert sum(one.amount for one in after.due) == 70_000


def test_the_lineage_of_a_revoked_burnt_token_shows_both_and_the_shares(machine: Machine) -> None:
    other = machine.chain.account("local-5").address
    new = NewContent(f"{uuid4().hex} and {uuid4().hex}".encode(), authors={other: 1})
    minted = mint_many(
        [Named("theirs", new)],
        preparing=machine.preparing(CREATOR),
        tokens=machine.chain.tokens(CREATOR),
        folders=machine.folders,
    ).minted[0][1]
    revoke(machine, minted.content_id)
    burn(machine, minted.content_id)
    machine.sync()
    source = ContentSource(machine.chain.contract("local-5"), machine.blobs, machine.index)

    lineage = trace(find(minted.content_id.hex, [source]), [source])

    assert lineage.verified
    kinds = {link.kind for link in lineage.links}
    assert {"burnt", "revoked", "earnings divided by", "100.00 % to"} <= kinds


def test_ether_is_taken_as_well(machine: Machine) -> None:
    now = machine.chain.node.block("latest").timestamp
    offer = make_voucher(
        texts(1)[0].content,
        Terms(NOBODY, 10**15, now + 3600),
        preparing=machine.preparing(CREATOR),
        tokens=machine.chain.tokens(CREATOR),
        folders=machine.folders,
    )

    token = redeem(machine, offer)

    account = machine.chain.deployment.content.read("royaltyAccountOf", token.content_id.token_id)
    held = machine.chain.node.request("eth_getBalance", [account, "latest"])
    assert int(held, 16) == 10**15 - 25 * 10**12
