// What judge.py is, for programs of Node.js: it compares, counts, and reports in one line of JSON.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

const [url, openedFile, valuesFile] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const stores = new Set();
const counts = { operations: {}, compared: 0, failures: [] };

export { url };
/** {name: [the value to set, the value to update it with]} */
export const values = Object.entries(read(valuesFile));

/** What goes wrong in one store ends the work in it, not in the others. */
export async function store(path, work) {
  stores.add(path);
  await work().catch((error) => counts.failures.push(`${path}: ${error.name}: ${error.message}`));
}

export function did(operation) {
  counts.operations[operation] = (counts.operations[operation] ?? 0) + 1;
}

/** What the emulator opened in a store, by name. */
export const stored = (path) => read(openedFile)[path] ?? {};

/** The value that was opened must be the one that was given, byte for byte. */
export function compare(path, name, given) {
  counts.compared += 1;
  const opened = Buffer.from(stored(path)[name] ?? '', 'base64');
  if (!(name in stored(path)) || !opened.equals(Buffer.from(given))) {
    counts.failures.push(`${path}: ${name}: given ${Buffer.byteLength(given)} bytes, opened ${opened.length}`);
  }
}

export function same(what, seen, expected) {
  if (!isDeepStrictEqual(seen, expected)) {
    counts.failures.push(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
  }
}

export const report = (version) => console.log(JSON.stringify({ version, stores: stores.size, ...counts }));
