// Seals standard input to a base64 public key and prints the box in base64: node seal.mjs KEY < value
import { buffer } from 'node:stream/consumers';
import sodium from 'libsodium-wrappers';

await sodium.ready;
const { ORIGINAL } = sodium.base64_variants; // the default is url-safe and unpadded, which GitHub refuses

function seal(key, value) {
  const publicKey = sodium.from_base64(key, ORIGINAL);
  if (publicKey.length !== sodium.crypto_box_PUBLICKEYBYTES) {
    throw new Error(`the key has ${publicKey.length} bytes instead of 32`);
  }
  return sodium.to_base64(sodium.crypto_box_seal(value, publicKey), ORIGINAL);
}

try {
  console.log(seal(process.argv[2] ?? '', await buffer(process.stdin)));
} catch (error) {
  console.error(`not sealed: ${error.message}`);
  process.exitCode = 1;
}
