"""Check a statement without Assay: python check_statement.py statement.json http://127.0.0.1:8545"""

import json
import sys
from urllib.request import Request, urlopen

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

statement, rpc_url = json.load(open(sys.argv[1])), sys.argv[2]
anchor = statement["anchor"]
SETTLEMENT = "0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003"  # the same on every chain
RECORD = """address provider,address payer,uint256 service,uint256 model,bytes32 promptDigest,
bytes32 outputDigest,address token,uint256 amount,bytes32 paymentNonce,uint64 startedAt,
uint64 finishedAt"""
CONFIG = """address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,
address token,uint40 withdrawDelay,bytes32 salt"""
VOUCHER = "bytes32 channelId,uint128 maxClaimableAmount"


def signable(domain, fields, message):
    """A message of EIP-712 as eth_account signs it; `domain` is its name and contract."""
    name, contract, kind = domain
    typed = [dict(zip(("type", "name"), field.split(), strict=True)) for field in fields.split(",")]
    whole = {"name": name, "version": "1", "chainId": anchor["chain_id"]}
    return encode_typed_data(whole | {"verifyingContract": contract}, {kind: typed}, message)


def digest(message):
    """The 32 bytes that are signed."""
    return keccak(b"\x19" + message.version + message.header + message.body)


def events(transaction, contract, event):
    """Indexed arguments, as numbers, and data of a contract's events in a transaction."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "eth_getTransactionReceipt"}
    body = json.dumps(call | {"params": [transaction]}).encode()
    receipt = json.load(urlopen(Request(rpc_url, body, {"Content-Type": "application/json"})))
    topic = "0x" + keccak(text=event).hex()
    return [
        ([int(topic, 16) for topic in log["topics"][1:]], log["data"][2:])
        for log in (receipt["result"] or {"logs": []})["logs"]
        if log["address"].lower() == contract.lower() and log["topics"][0] == topic
    ]


def is_anchored(line, leaf):
    """Whether the line's record leads to the root that its batch has on chain."""
    batch = next(one for one in anchor["batches"] if one["batch"] == line["batch"])
    node = keccak(keccak(leaf))
    for sibling in line["proof"]:
        node = keccak(b"".join(sorted((node, bytes.fromhex(sibling[2:])))))
    event = "BatchAnchored(address,uint64,bytes32,uint32,bytes32)"
    found = events(batch["transaction"], anchor["contract"], event)
    about = [int(anchor["provider"], 16), line["batch"]]
    return any(topics == about and data[:64] == node.hex() for topics, data in found)


def is_moved(line):
    """Whether the token moved the sum from payer to provider."""
    found = events(line["transaction"], line["token"], "Transfer(address,address,uint256)")
    parties, amount = [int(line["payer"], 16), int(line["provider"], 16)], int(line["amount"])
    return any(topics == parties and int(data, 16) == amount for topics, data in found)


def is_promised(line):
    """Whether the payer signed a voucher that allows the sum, in a channel to the provider."""
    voucher, name = line["voucher"], "x402 Batch Settlement"
    config, largest = voucher["channelConfig"], int(voucher["maxClaimableAmount"])
    channel = digest(signable((name, SETTLEMENT, "ChannelConfig"), CONFIG, config))
    message = {"channelId": channel, "maxClaimableAmount": largest}
    signed = signable((name, SETTLEMENT, "Voucher"), VOUCHER, message)
    signer = Account.recover_message(signed, signature=voucher["signature"])
    delegated = int(config["payerAuthorizer"], 16) != 0
    return (
        signer == config["payerAuthorizer" if delegated else "payer"]
        and "0x" + digest(signed).hex() == line["payment"]
        and all(config[key] == line[key] for key in ("payer", "token"))
        and config["receiver"] == line["provider"]
        and int(line["amount"]) <= int(voucher["position"]) <= largest
    )


def check(line):
    """What holds of a line, by name."""
    yield "paid", is_moved(line) if line["scheme"] == "exact" else is_promised(line)
    if line["call"]:
        record = line["call"]["record"]
        numbers = {key: int(record[key], 0) for key in ("service", "model", "amount")}
        domain = ("Assay CallAnchor", anchor["contract"], "CallRecord")
        signed = signable(domain, RECORD, record | numbers)
        signer = Account.recover_message(signed, signature=line["call"]["signature"])
        yield "signed", signer == line["provider"] == anchor["provider"]
        yield "matching", all(record[key] == line[key] for key in ("amount", "payer", "token"))
        yield "named", record["paymentNonce"] == line["payment"]
        if line["batch"] is not None:  # the newest calls are anchored later
            yield "anchored", is_anchored(line, digest(signed))


faults = 0
for line in statement["lines"]:
    said = dict(check(line))
    faults += not all(said.values())
    print(line["payment"], ", ".join(key if holds else f"NOT {key}" for key, holds in said.items()))
total = sum(int(line["amount"]) for line in statement["lines"])
doubled = len(statement["lines"]) - len({line["payment"] for line in statement["lines"]})
print(f"{len(statement['lines'])} lines, {total} units, {faults} wrong, {doubled} doubled")
sys.exit(bool(faults or doubled or str(total) != statement["total"]))
