"""Check a call proof without Assay: python check_call_proof.py proof.json http://127.0.0.1:8545"""

import json
import sys
from urllib.request import Request, urlopen

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

FIELDS = """address provider,address payer,uint256 service,uint256 model,bytes32 promptDigest,
bytes32 outputDigest,address token,uint256 amount,bytes32 paymentNonce,uint64 startedAt,
uint64 finishedAt"""
types = [dict(zip(("type", "name"), field.split(), strict=True)) for field in FIELDS.split(",")]
proof, rpc_url = json.load(open(sys.argv[1])), sys.argv[2]
record, provider = proof["call"]["record"], proof["call"]["record"]["provider"]
domain = {"name": "Assay CallAnchor", "version": "1", "chainId": proof["chain_id"]}
domain["verifyingContract"] = proof["anchor"]
numbers = {name: int(record[name], 0) for name in ("service", "model", "amount")}
message = encode_typed_data(domain, {"CallRecord": types}, record | numbers)
signer = Account.recover_message(message, signature=proof["call"]["signature"])
node = keccak(keccak(keccak(b"\x19" + message.version + message.header + message.body)))
for sibling in proof["siblings"]:
    node = keccak(b"".join(sorted((node, bytes.fromhex(sibling[2:])))))
call = {"jsonrpc": "2.0", "id": 1, "method": "eth_getTransactionReceipt"}
body = json.dumps(call | {"params": [proof["transaction"]]}).encode()
question = Request(rpc_url, body, {"Content-Type": "application/json"})
logs = json.load(urlopen(question))["result"]["logs"]
event = "0x" + keccak(text="BatchAnchored(address,uint64,bytes32,uint32,bytes32)").hex()
topics = [event, "0x" + provider[2:].lower().zfill(64), f"0x{proof['batch']:064x}"]
anchored = [log["data"][2:66] for log in logs if log["topics"] == topics
            and log["address"].lower() == proof["anchor"].lower()]  # fmt: skip
holds = signer == provider and node.hex() in anchored
print(f"{provider} {'recorded' if holds else 'DID NOT RECORD'} this call in batch {proof['batch']}")
sys.exit(not holds)
