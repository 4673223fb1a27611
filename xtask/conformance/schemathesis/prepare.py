"""GitHub's description, cut down to the operations of docs/operations.txt, with the first judge's excused answers written into it.

    python prepare.py FOLDER OPERATIONS TARGET

FOLDER is where the first judge keeps the description. An excused answer must still be an error as the description
defines one; a status that neither knows fails.
"""

import json
import pathlib
import subprocess
import sys

FIRST_JUDGE = pathlib.Path(__file__).resolve().parent.parent / "description"
sys.path.insert(0, str(FIRST_JUDGE))

import cut
import excuses


def main(folder, listing, target):
    fetch = [sys.executable, str(FIRST_JUDGE / "fetch.py"), folder]
    source = subprocess.run(fetch, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    operations = [line.split(" ") for line in pathlib.Path(listing).read_text(encoding="utf-8").splitlines()]
    small = cut.cut(cut.load(source), cut.VERSIONS[0], {path for _, path in operations})
    excuses.Excuses().amend(small["paths"])
    pathlib.Path(target).write_text(json.dumps(small), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
