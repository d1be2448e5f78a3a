// Buy answers from a payment channel with x402's packages and viem, and nothing of Assay.
//
//     npm install @x402/core @x402/evm @x402/fetch viem
//     node examples/buy_by_channel.mjs http://127.0.0.1:8000 http://127.0.0.1:8545 "Name a lake."
//
// The key is that of any account with ASSAY tokens, in BUYER_KEY; on the local chain by default the
// publicly known one of local-2. It needs no ether. The node is read, to follow the channel.
import { randomBytes } from "node:crypto";
import { BatchSettlementEvmScheme, toClientEvmSigner } from "@x402/evm";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { createPublicClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const LOCAL_2 = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a";
const [url, rpcUrl, prompt] = process.argv.slice(2);
const account = privateKeyToAccount(process.env.BUYER_KEY ?? LOCAL_2);
const scheme = new BatchSettlementEvmScheme(
  toClientEvmSigner(account, createPublicClient({ transport: http(rpcUrl) })),
  {
    salt: `0x${randomBytes(32).toString("hex")}`, // a channel of its own; keep it to go on with it
    depositStrategy: ({ requestAmount }) => (10n * BigInt(requestAmount)).toString(),
  },
);
const client = new x402Client().register("eip155:*", scheme).setSpendControls(false);
const pay = wrapFetchWithPayment(fetch, client);

const endpoint = `${url}/v1/chat/completions`;
const model = (await (await fetch(`${url}/v1/models`)).json()).data[0].id;
for (let number = 1; number <= 3; number += 1) {
  const messages = [{ role: "user", content: `${prompt} (answer ${number})` }];
  const response = await pay(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, messages, max_tokens: 16 }),
  });
  if (!response.ok) throw new Error(await response.text());
  console.log((await response.json()).choices[0].message.content.trim());
}
console.log(`the rest came back in ${(await scheme.refund(endpoint)).transaction}`);
