#!/usr/bin/env node
/**
 * The Solidity compiler as forge expects to find it: a program that answers `--version` and `--standard-json`.
 *
 * No native compiler is on the package registries, so this wraps the WebAssembly build of the `solc` package.
 *
 * The profile `attestations` is compiled by the release that its sources name.
 *
 *     ./solc.mjs --version
 *     ./solc.mjs --standard-json --base-path . --include-path node_modules < input.json
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const workspace = dirname(fileURLToPath(import.meta.url));
const compiler = process.env.FOUNDRY_PROFILE === 'attestations' ? 'solc-0.8.29' : 'solc';

/** The compiler's long version; remembered on disk, because loading the compiler to ask for it takes a second. */
function longVersion() {
  const release = require(`${compiler}/package.json`).version;
  const remembered = join(workspace, 'node_modules', '.cache', 'assay', `solc-${release}`);
  try {
    return readFileSync(remembered, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const version = require(compiler).version();
  mkdirSync(dirname(remembered), { recursive: true });
  const temporary = `${remembered}.${process.pid}`;
  writeFileSync(temporary, version);
  renameSync(temporary, remembered);
  return version;
}

/** Every value given for a repeatable option, as in `--include-path a --include-path b`. */
function optionValues(option) {
  return process.argv.flatMap((argument, index) => (argument === option ? [process.argv[index + 1]] : []));
}

/** A callback for imports that the input does not carry, looked up under the base and include paths. */
function importsUnder(folders) {
  return (path) => {
    for (const candidate of isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path))) {
      try {
        return { contents: readFileSync(candidate, 'utf8') };
      } catch (error) {
        if (error.code !== 'ENOENT') return { error: error.message };
      }
    }
    return { error: `File not found: ${path}` };
  };
}

if (process.argv.includes('--version')) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${longVersion()}\n`);
} else if (process.argv.includes('--standard-json')) {
  const folders = [...optionValues('--base-path'), ...optionValues('--include-path')];
  const input = readFileSync(0, 'utf8');
  process.stdout.write(require(compiler).compile(input, { import: importsUnder(folders.length ? folders : ['.']) }));
} else {
  process.stderr.write('usage: solc.mjs --version | --standard-json [--base-path FOLDER] [--include-path FOLDER]\n');
  process.exitCode = 2;
}
