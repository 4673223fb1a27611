# What the Python programs of `cargo xtask conformance clients` share: it compares, counts, and reports a line of JSON.
import json
import sys
from base64 import b64decode
from collections import Counter
from contextlib import contextmanager


class Judge:
    """Takes the arguments of every program: the emulator's URL, its file of opened values, the values to store."""

    def __init__(self):
        self.url, self._opened, values = sys.argv[1:]
        with open(values, encoding="utf-8") as file:
            self.values = json.load(file)  # {name: [the value to set, the value to update it with]}
        self._stores, self._operations, self._compared, self._failures = [], Counter(), 0, []

    @contextmanager
    def store(self, path):
        """What goes wrong in one store ends the work in it, not in the others."""
        self._stores.append(path)
        try:
            yield
        except Exception as error:
            self._failures.append(f"{path}: {type(error).__name__}: {error}")

    def did(self, operation):
        self._operations[operation] += 1

    def stored(self, store):
        """What the emulator opened in a store, by name."""
        with open(self._opened, encoding="utf-8") as file:
            names = json.load(file).get(store, {})
        return {name: b64decode(value) for name, value in names.items()}

    def compare(self, store, name, given):
        """The value that was opened must be the one that was given, byte for byte."""
        self._compared += 1
        opened = self.stored(store).get(name)
        if opened != given.encode():
            seen = "nothing" if opened is None else f"{len(opened)} bytes, {opened[:40]!r}"
            self._failures.append(f"{store}: {name}: given {len(given.encode())} bytes, {given[:40]!r}; opened {seen}")

    def same(self, what, seen, expected):
        if seen != expected:
            self._failures.append(f"{what}: {seen!r} instead of {expected!r}")

    def report(self, version):
        report = {"version": version, "stores": len(self._stores), "operations": self._operations}
        print(json.dumps({**report, "compared": self._compared, "failures": self._failures}))
