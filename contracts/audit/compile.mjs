/**
 * Solidity of any generation to its syntax tree: one request a line in, one answer a line out.
 *
 *     node compile.mjs 0.4.26 LIBRARIES < requests.jsonl
 *
 * A request is `{"root", "folder", "input"}`: the folder of the file, and the compiler's standard JSON input, in which
 * the file is named by its path from the root, so that what it imports has one name only. Imports are looked up beside
 * the file, in the folders above it up to the root, and under LIBRARIES, and nowhere else. Their version pragmas are
 * blanked, as the file's is.
 * An answer is `{"output", "imported"}`: the compiler's standard JSON output, and the text of each import.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const [release, libraries] = process.argv.slice(2);

/** The newest wrapper drives the compilers of every generation. */
const wrap = require('solc-0.8.37/wrapper');
const compiler = wrap(require(`solc-${release}/soljson.js`));
const PRAGMA = /\bpragma\s+solidity\s+[^;]+;/g;

function foldersAbove(folder, root) {
  return folder === root || folder === dirname(folder) ? [folder] : [folder, ...foldersAbove(dirname(folder), root)];
}

function lies(path, root) {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The imports of a file; what is found is kept in `found`. */
function importsFor(folder, root, found) {
  const allowed = [realpathSync(root), realpathSync(libraries)];
  return (path) => {
    const places = [root, ...foldersAbove(folder, root), libraries];
    for (const candidate of places.map((place) => join(place, path))) {
      try {
        if (!allowed.some((one) => lies(realpathSync(candidate), one))) continue;
        const text = readFileSync(candidate, 'utf8');
        found[path] = text.replace(PRAGMA, (pragma) => pragma.replace(/\S/g, ' '));
        return { contents: found[path] };
      } catch (error) {
        if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return { error: error.message };
      }
    }
    return { error: `File not found: ${path}` };
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { root, folder, input } = JSON.parse(line);
  const imported = {};
  const output = JSON.parse(compiler.compile(JSON.stringify(input), { import: importsFor(folder, root, imported) }));
  process.stdout.write(`${JSON.stringify({ output, imported })}\n`);
}
