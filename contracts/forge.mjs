#!/usr/bin/env node
/**
 * Runs forge in this folder with the arguments given, from the native binary of this platform.
 *
 *     node forge.mjs test --match-contract AssayToken
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspace = dirname(fileURLToPath(import.meta.url));

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/** The path of a native program of the @foundry-rs packages, for example `forge` or `anvil`. */
export function nativeProgram(name) {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const program = join(workspace, 'node_modules', '@foundry-rs', `${name}-${platform}`, 'bin', name);
  if (!existsSync(program)) {
    throw new Error(`No ${name} for ${platform} at ${program}. Run: npm --prefix contracts ci`);
  }
  return program;
}

/** Runs forge to its end and gives its exit code. */
export function forge(...commandLine) {
  const run = spawnSync(nativeProgram('forge'), commandLine, { cwd: workspace, stdio: 'inherit' });
  if (run.error) throw run.error;
  return run.status ?? 1;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = forge(...process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 3;
  }
}
