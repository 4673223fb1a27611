// libsodium-wrappers as a contestant of the bench; the lines it reads and answers are in ../src/contestant/serve.rs.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

// The library is installed where the bench runs, not here.
const require = createRequire(`${process.cwd()}/`);
const sodium = require('libsodium-wrappers');
const { version } = require('./node_modules/libsodium-wrappers/package.json');
await sodium.ready;
const { ORIGINAL } = sodium.base64_variants;

function seal(key, value) {
  const publicKey = sodium.from_base64(key, ORIGINAL);
  return sodium.to_base64(sodium.crypto_box_seal(value, publicKey), ORIGINAL);
}

function answer(key, kind, size, count) {
  const value = Buffer.alloc(Number(size), 'v');
  if (kind === 'box') {
    return seal(key, value);
  }
  const before = process.cpuUsage();
  for (let left = Number(count); left > 0; left -= 1) {
    seal(key, value);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}

console.log(`ready libsodium-wrappers ${version}, libsodium ${sodium.sodium_version_string()}, Node.js ${process.versions.node}`);
for await (const line of createInterface({ input: process.stdin })) {
  console.log(answer(process.argv[2], ...line.split(' ')));
}
