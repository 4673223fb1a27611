# Compares the dotenv values of octoseal with those of npm dotenv and python-dotenv. Reports one line of JSON.
#
# Arguments: the program that prints octoseal's values, and the file of the 65 cases.
import io
import json
import logging
import random
import subprocess
import sys

import dotenv

# The seed is fixed, so that a difference can be found again.
SEED, TEXTS = 18, 20_000

# Parts of values and lines. Random characters alone would seldom meet a rule.
PARTS = ["b", "c d", "é", "#", " #", "# ", "$X", "${X}", "\\", "\\n", "\\r", "\\t", "\\\\", "\\q", '\\"', "\\$", '"', "'", "`",
         " ", "\t", "=", ":", ";", "\n", "\r\n", "\r", "B=", "export ", "-----BEGIN K-----", "\u00a0", "\u2028", "\u0085",
         "\x0b", "\x1c", "\ufeff", "{", "}", "-", ",", "!", "%", "&"]
BEGINNINGS = ["A=", "A=", "A= ", " A = ", "export A=", "A=\"", "A='", "A =\t\"", "A=\"b\\n", "A=`", "export ", "A", "A:", "# ", ""]
ENDINGS = ["", "\n", "\r\n", "\"\n", "'\n", "\" # c\n", "' # c\r\n", "'\nB=c\n", "\"\nB='c'\n", "\nB=c"]


def text(rng):
    parts = [rng.choice(BEGINNINGS), *rng.choices(PARTS, k=rng.randrange(6)), rng.choice(ENDINGS)]
    return "".join(parts).encode()


def hidden(key, value, text):
    """The reasons for which another parser may read another value, as docs/dotenv.md says."""
    source = text.decode()
    start = source.find("=", source.find(key)) + 1
    quote = source[start:].lstrip(" \t")[:1]
    return {
        "hash": quote not in ('"', "'") and "#" in value,
        "escape": quote == '"' and "\\" in source,
        "backslashes": quote == "'" and "\\\\" in source,
        "dollar": quote == '"' and "\\$" in source,
        "line break": "\r\n" in value,
    }


EXCUSES = {"npm dotenv": {"hash", "escape", "line break"}, "python-dotenv": {"backslashes", "dollar", "line break"}}


def python_dotenv(text):
    try:
        return dict(dotenv.dotenv_values(stream=io.StringIO(text.decode(), newline=None), interpolate=False))
    except UnicodeDecodeError:
        return None


def ask(command, texts):
    given = json.dumps([text.hex() for text in texts])
    return json.loads(subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout)


def compare(texts, ours, others):
    """Every value that octoseal accepts is the others' value, too, or has an excuse. Counts both."""
    compared, failures, used = 0, [], {}
    for number, (text, values) in enumerate(zip(texts, ours)):
        if isinstance(values, str):
            continue
        for key, value in values.items():
            reasons = {reason for reason, holds in hidden(key, value, text).items() if holds}
            for name, answers in others.items():
                compared += 1
                other = (answers[number] or {}).get(key)
                if other == value:
                    continue
                excuses = reasons & EXCUSES[name]
                for excuse in excuses:
                    used[f"{name}: {excuse}"] = used.get(f"{name}: {excuse}", 0) + 1
                if not excuses:
                    failures.append(f"{text!r}: {key} is {value!r}, and for {name} {other!r}")
        for name, answers in others.items():
            if set(answers[number] or {}) != set(values):
                failures.append(f"{text!r}: {name} finds other keys: {sorted(answers[number] or {})}")
    unused = [f"{name}: {excuse}" for name, excuses in EXCUSES.items() for excuse in excuses if f"{name}: {excuse}" not in used]
    return compared, failures + [f"the excuse {excuse!r} excuses nothing" for excuse in unused]


def recorded(cases, ours, others):
    """What the file of cases says of the three parsers that run here."""
    failures = []
    for number, case in enumerate(cases):
        found = {"octoseal": ours[number]} | {name: answers[number] for name, answers in others.items()}
        for name, answer in found.items():
            said = case["octoseal"] if name == "octoseal" else case["others"][name]
            if answer != said:
                failures.append(f"case {case['case']}: {name} finds {answer!r}; recorded is {said!r}")
    return failures


def main():
    logging.disable()
    program, cases = sys.argv[1:]
    with open(cases, encoding="utf-8") as file:
        cases = json.load(file)
    rng = random.Random(SEED)
    texts = [bytes.fromhex(case["hex"]) if "hex" in case else case["file"].encode() for case in cases]
    texts += [text(rng) for _ in range(TEXTS)]
    ours = ask([program], texts)
    others = {"npm dotenv": ask(["node", "values.mjs"], texts), "python-dotenv": [python_dotenv(text) for text in texts]}
    accepted = sum(isinstance(values, dict) for values in ours)
    compared, failures = compare(texts[len(cases):], ours[len(cases):], {name: all[len(cases):] for name, all in others.items()})
    failures = recorded(cases, ours, others) + failures
    print(json.dumps({"texts": len(texts), "accepted": accepted, "compared": compared, "failures": failures}))


main()
