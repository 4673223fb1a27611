# Seals standard input to a base64 public key and prints the box in base64: python3 seal.py KEY < value
import sys
from base64 import b64decode, b64encode

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox


def seal(key: str, value: bytes) -> str:
    public_key = PublicKey(b64decode(key, validate=True))  # refuses any length but 32 bytes
    return b64encode(SealedBox(public_key).encrypt(value)).decode()


if __name__ == "__main__":
    key = sys.argv[1] if len(sys.argv) == 2 else ""
    try:
        print(seal(key, sys.stdin.buffer.read()))
    except (ValueError, CryptoError) as error:
        sys.exit(f"not sealed: {error}")
