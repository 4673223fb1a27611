// Opens a box in base64 on standard input with the base64 key in SECRET_KEY and prints the value. For tests.
import { text } from 'node:stream/consumers';
import sodium from 'libsodium-wrappers';

await sodium.ready;
const { ORIGINAL } = sodium.base64_variants;

function open(key, box) {
  const secretKey = sodium.from_base64(key, ORIGINAL);
  const publicKey = sodium.crypto_scalarmult_base(secretKey);
  return sodium.crypto_box_seal_open(sodium.from_base64(box, ORIGINAL), publicKey, secretKey);
}

try {
  process.stdout.write(open(process.env.SECRET_KEY ?? '', (await text(process.stdin)).trim()));
} catch (error) {
  console.error(`not opened: ${error.message}`);
  process.exitCode = 1;
}
