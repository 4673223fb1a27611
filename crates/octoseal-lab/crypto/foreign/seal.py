# PyNaCl as a contestant of the bench; the lines it reads and answers are in ../src/contestant/serve.rs.
import platform
import sys
import time
from base64 import b64decode, b64encode

import nacl
from nacl.public import PublicKey, SealedBox


def seal(key: str, value: bytes) -> str:
    public_key = PublicKey(b64decode(key, validate=True))
    return b64encode(SealedBox(public_key).encrypt(value)).decode()


def answer(key: str, words: list[str]) -> str:
    value = b"v" * int(words[1])
    if words[0] == "box":
        return seal(key, value)
    start = time.process_time_ns()
    for _ in range(int(words[2])):
        seal(key, value)
    return str(time.process_time_ns() - start)


print(f"ready PyNaCl {nacl.__version__}, Python {platform.python_version()}", flush=True)
for line in sys.stdin:
    print(answer(sys.argv[1], line.split()), flush=True)
