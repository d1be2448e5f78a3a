#!/usr/bin/env node
/**
 * Compiles the contracts and writes the bindings that Python reads: src/assay/chain/abi/<Name>.json with
 * name, abi, bytecode, deployedBytecode and immutableReferences.
 *
 *     node contracts/build.mjs
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { forge, workspace } from './forge.mjs';

const CONTRACTS = [
  'AssayToken',
  'AssetRegistry',
  'ContentToken',
  'CallAnchor',
  'RoyaltyAccount',
  'BatchSettlement',
  'Erc3009DepositCollector',
  'Permit2DepositCollector',
  'Permit2',
  'Multicall3',
  'Licences',
  'IdentityRegistry',
  'ReputationRegistry',
  'Reposts',
  'Tips',
  'CreatorSubscriptions',
  'ContentReview',
  'RewardWeights',
  'TrainingTasks',
  'PaymentPolicy',
  'ContractRecords',
  'AuditRuleBook',
];
const ATTESTATIONS = ['SchemaRegistry', 'EAS'];
const ATTESTATION_SOURCES = 'node_modules/@ethereum-attestation-service/eas-contracts/contracts';
const DESTINATION = join(workspace, '..', 'src', 'assay', 'chain', 'abi');

/** What Python needs of one contract, from forge's artefact. */
function binding(name, out = 'out') {
  const artefact = JSON.parse(readFileSync(join(workspace, out, `${name}.sol`, `${name}.json`), 'utf8'));
  return {
    name,
    abi: artefact.abi,
    bytecode: artefact.bytecode.object,
    deployedBytecode: artefact.deployedBytecode.object,
    immutableReferences: artefact.deployedBytecode.immutableReferences ?? {},
  };
}

/** Writes the whole file or none of it, so that a reader never sees half. */
function writeAtomically(path, text) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** Builds with forge, or ends with its exit code. */
function build(...sources) {
  const status = forge('build', ...sources);
  if (status !== 0) process.exit(status);
}

try {
  build('src');
  mkdirSync(DESTINATION, { recursive: true });
  for (const name of CONTRACTS) {
    writeAtomically(join(DESTINATION, `${name}.json`), JSON.stringify(binding(name)) + '\n');
  }
  process.env.FOUNDRY_PROFILE = 'attestations';
  build(...ATTESTATIONS.map((name) => `${ATTESTATION_SOURCES}/${name}.sol`));
  for (const name of ATTESTATIONS) {
    const found = JSON.stringify(binding(name, 'out/attestations'));
    writeAtomically(join(DESTINATION, `${name}.json`), found + '\n');
  }
  process.stdout.write(`${CONTRACTS.length + ATTESTATIONS.length} bindings in src/assay/chain/abi\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
