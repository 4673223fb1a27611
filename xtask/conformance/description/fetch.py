# Fetches GitHub's own description of its API with npm, unless it is there already.
#
# usage: fetch.py FOLDER; prints the path of the description

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

PACKAGE = "@octokit/openapi@23.0.2"
ARCHIVE = "octokit-openapi-23.0.2.tgz"
ARCHIVE_SHA256 = "71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c"
MEMBER = "package/generated/api.github.com.json"
MEMBER_SHA256 = "829b4bebb19a53133289f7b0bc819f4f1118115821db2ca9f25e9ee995a7da2a"


def main(folder):
    description = folder / "api.github.com.json"
    if not (description.is_file() and digest(description) == MEMBER_SHA256):
        # Packed, not installed: unpacked it has 400 MB, and one file is wanted.
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        archive = folder / ARCHIVE
        check(archive, ARCHIVE_SHA256)
        with tarfile.open(archive) as tar, tar.extractfile(MEMBER) as member:
            description.write_bytes(member.read())
        check(description, MEMBER_SHA256)
        archive.unlink()
    print(description)


def check(path, expected):
    if digest(path) != expected:
        sys.exit(f"{path.name} is not the pinned one: its SHA-256 is {digest(path)}")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
