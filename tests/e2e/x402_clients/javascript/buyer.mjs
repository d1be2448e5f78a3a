// A buyer of calls with the unmodified packages of x402 and viem, and nothing of Assay.
//
//     node buyer.mjs '{"url": "http://127.0.0.1:8000", "rpc": "http://127.0.0.1:8545", ...}'
//
// It reads one JSON order from its argument and prints one JSON line: how many calls were served,
// what each channel was charged, and what came back in the end.
import { BatchSettlementEvmScheme, ExactEvmScheme, toClientEvmSigner } from "@x402/evm";
import { InMemoryClientChannelStorage } from "@x402/evm/batch-settlement/client";
import { decodePaymentResponseHeader, wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { createPublicClient, http, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const order = JSON.parse(process.argv[2]);
const endpoint = `${order.url}/v1/chat/completions`;
const account = privateKeyToAccount(order.key);
const signer = toClientEvmSigner(account, createPublicClient({ transport: http(order.rpc) }));

/** A client of its own for each channel: the salt tells them apart. */
function openChannel(number) {
  const storage = new InMemoryClientChannelStorage();
  const scheme = new BatchSettlementEvmScheme(signer, {
    storage,
    salt: toHex(BigInt(order.salt) + BigInt(number), { size: 32 }),
    depositStrategy: () => order.deposit,
  });
  const client = new x402Client().register(order.network, scheme).setSpendControls(false);
  return { scheme, pay: wrapFetchWithPayment(fetch, client), channel: null, charged: 0n };
}

async function ask(pay, prompt) {
  const response = await pay(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: order.model,
      messages: [
        { role: "system", content: "." }, // shorter than the model's own
        { role: "user", content: prompt },
      ],
      max_tokens: order.max_tokens ?? 1,
      temperature: 0,
    }),
  });
  const body = await response.text();
  if (response.status !== 200) {
    throw new Error(`${prompt}: ${response.status} ${body.slice(0, 500)}`);
  }
  return decodePaymentResponseHeader(response.headers.get("PAYMENT-RESPONSE"));
}

async function spend(open, name, calls) {
  for (let number = 0; number < calls; number += 1) {
    note(open, await ask(open.pay, `${name} ${number}`));
  }
}

/** Two requests at once: both sign the same sum, and one is corrected and repeated. */
async function spendInPairs(open, name, calls) {
  await spend(open, `${name} first`, 1);
  for (let number = 0; number < calls - 1; number += 2) {
    const asked = [0, 1].map((side) => ask(open.pay, `${name} ${number} ${side}`));
    (await Promise.all(asked)).forEach((receipt) => note(open, receipt));
  }
}

function note(open, receipt) {
  open.charged += BigInt(receipt.extra.chargedAmount);
  open.channel = receipt.extra.channelState.channelId;
}

async function buyByChannels() {
  const opened = [...Array(order.channels).keys()].map(openChannel);
  const each = order.calls / order.channels;
  const run = order.pairs ? spendInPairs : spend;
  await Promise.all(opened.map((open, number) => run(open, `${number}`, each)));
  const refunds = [];
  for (const open of opened) {
    refunds.push(order.refund ? (await open.scheme.refund(endpoint)).transaction : null);
  }
  return opened.map((open, number) => ({
    channel: open.channel,
    charged: open.charged.toString(),
    refund: refunds[number],
  }));
}

async function buyByTransfers() {
  const client = new x402Client().register(order.network, new ExactEvmScheme(signer));
  const pay = wrapFetchWithPayment(fetch, client.setSpendControls(false));
  const receipts = [];
  for (let number = 0; number < order.calls; number += 1) {
    receipts.push((await ask(pay, `transfer ${number}`)).transaction);
  }
  return receipts;
}

const bought = order.scheme === "exact" ? await buyByTransfers() : await buyByChannels();
console.log(JSON.stringify({ served: order.calls, bought }));
