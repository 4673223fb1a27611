# Opens a box in base64 on standard input with the base64 key in SECRET_KEY and prints the value. For tests.
import os
import sys
from base64 import b64decode

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox


def open_box(key: str, box: str) -> bytes:
    secret_key = PrivateKey(b64decode(key, validate=True))
    return SealedBox(secret_key).decrypt(b64decode(box, validate=True))


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(open_box(os.environ.get("SECRET_KEY", ""), sys.stdin.read().strip()))
    except (ValueError, CryptoError) as error:
        sys.exit(f"not opened: {error}")
