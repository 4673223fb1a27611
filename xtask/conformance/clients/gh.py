# Drives GitHub's own command against the emulator, in every store that `gh secret` knows; no value is an argument.
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from judge import Judge

GH = str(Path(sys.executable).parent / "gh")
APPS = ["actions", "agents", "codespaces", "dependabot"]
ENVIRONMENT = "prod/eu"
SCRATCH = Path(sys.argv[2]).parent

# How godotenv reads a file, and what the secrets must then hold.
ENV_FILE = """\
FROM_FILE=plain
FROM_FILE_QUOTED="two\\nlines" # a comment
FROM_FILE_RAW='a $HOME
and a second line'
FROM_FILE_UTF_8="žluťoučký 🐙"
"""
FROM_FILE = {
    "FROM_FILE": "plain",
    "FROM_FILE_QUOTED": "two\nlines",
    "FROM_FILE_RAW": "a $HOME\nand a second line",
    "FROM_FILE_UTF_8": "žluťoučký 🐙",
}


def gh(*arguments, given=""):
    done = subprocess.run([GH, *arguments], input=given.encode(), capture_output=True, env=environment(), timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"gh {' '.join(arguments)}: {done.stderr.decode().strip()}")
    return done.stdout.decode()


def environment():
    """For `github.localhost` gh asks http://api.github.localhost, and the proxy is the emulator itself."""
    own = lambda name: name.startswith(("GH_", "GITHUB_")) or name.upper().endswith("_PROXY")
    kept = {name: value for name, value in os.environ.items() if not own(name)}
    wanted = {"GH_HOST": "github.localhost", "HTTP_PROXY": judge.url, "GH_TOKEN": "ghp_x", "GH_PROMPT_DISABLED": "1"}
    return {**kept, **wanted, "GH_CONFIG_DIR": str(SCRATCH / "gh-config"), "GH_NO_UPDATE_NOTIFIER": "1"}


def put(operation, place, name, value, readers=()):
    gh("secret", "set", name, *place, *readers, given=value)
    judge.did(operation)
    judge.compare(path, name, value.rstrip("\r\n"))  # gh strips line ends from standard input, and says so


def put_file(place, readers=()):
    file = SCRATCH / "gh.env"
    file.write_text(ENV_FILE, encoding="utf-8")
    gh("secret", "set", "--env-file", str(file), *place, *readers)
    judge.did("set")
    for name, value in FROM_FILE.items():
        judge.compare(path, name, value)


def listed(place):
    fields = "name,updatedAt,visibility,numSelectedRepos"
    secrets = {one["name"]: one for one in json.loads(gh("secret", "list", *place, "--json", fields))}
    judge.did("list")
    judge.same(f"{path}: the names listed", sorted(secrets), sorted(judge.stored(path)))
    return secrets


def readers_of(place, name):
    """The visibility, and which repositories are selected; their number in the listing must agree."""
    secret = listed(place)[name]
    names = gh("api", f"{path}/secrets/{name}/repositories", "--jq", ".repositories[].name").split()
    judge.same(f"{path}: the number of readers", secret["numSelectedRepos"], len(names))
    return secret["visibility"], sorted(names)


def selects(place, choices):
    """Each update says who may read; the listing must tell the same."""
    for arguments, expected in choices:
        put("select", place, "PLAIN", "chosen", arguments)
        judge.same(f"{path}: the readers with {' '.join(arguments)}", readers_of(place, "PLAIN"), expected)


def exercise(place, choices=()):
    for name, (first, _) in judge.values.items():
        put("set", place, name, first)
    put_file(place)
    listed(place)
    for name, (_, second) in judge.values.items():
        put("update", place, name, second)
    selects(place, choices)
    for name in [*judge.values, *FROM_FILE]:
        gh("secret", "delete", name, *place)
        judge.did("delete")
    judge.same(f"{path}: what is left", (judge.stored(path), listed(place)), ({}, {}))


def look_ups():
    """What gh and its users look up before they write."""
    status = gh("auth", "status", "--hostname", "github.localhost")
    judge.same("the account", "Logged in to github.localhost account octocat" in status, True)
    judge.same("the scopes", "'repo'" in status, True)
    fields = "name,nameWithOwner,owner,visibility,isPrivate,isArchived,isFork,defaultBranchRef,repositoryTopics,url"
    seen = json.loads(gh("repo", "view", "octo/hello", "--json", fields))
    judge.same("the repository viewed", (seen["nameWithOwner"], seen["visibility"]), ("octo/hello", "PRIVATE"))
    gh("repo", "view", "octo/hello")
    gh("api", "--method", "PUT", "repos/octo/hello/environments/made")
    made = gh("api", "repos/octo/hello/environments", "--jq", ".environments[].name").split()
    judge.same("the environments", "made" in made, True)
    for name in ["hello", "world"]:
        gh("repo", "view", f"acme/{name}", "--json", "id")
    listed = [one["name"] for one in json.loads(gh("repo", "list", "acme", "--json", "name"))]
    judge.same("the repositories of gh repo list", sorted(listed), ["hello", "world"])
    listed = gh("api", "--paginate", "orgs/acme/repos?per_page=1", "--jq", ".[].name").split()
    judge.same("the repositories of an organization", sorted(listed), ["hello", "world"])
    for _ in range(8):
        judge.did("look up")


def variables(place):
    """gh creates a variable, and updates it when the creation is refused because the name is taken."""
    for value in ["blue", "žluťoučký\nsecond line"]:
        gh("variable", "set", "COLOR", *place, given=value)
        judge.same(f"{place}: the variable", gh("variable", "get", "COLOR", *place).removesuffix("\n"), value)
    for number in range(12):
        gh("variable", "set", f"V{number}", "--body", "x", *place)
    listed = [one["name"] for one in json.loads(gh("variable", "list", *place, "--json", "name,value"))]
    judge.same(f"{place}: the variables", sorted(listed), sorted(["COLOR", *(f"V{number}" for number in range(12))]))
    for name in listed:
        gh("variable", "delete", name, *place)
    judge.same(f"{place}: what is left", json.loads(gh("variable", "list", *place, "--json", "name")), [])
    for _ in range(14 + len(listed)):
        judge.did("variable")


OF_ORGANIZATION = [
    (["--visibility", "all"], ("all", [])),
    (["--visibility", "private"], ("private", [])),
    (["--visibility", "selected", "--repos", "hello,world"], ("selected", ["hello", "world"])),
    (["--visibility", "selected", "--repos", "hello"], ("selected", ["hello"])),
    (["--no-repos-selected"], ("selected", [])),
]
OF_USER = [
    (["--repos", "octo/hello,octo/world"], ("selected", ["hello", "world"])),
    (["--repos", "octo/hello"], ("selected", ["hello"])),
]

judge = Judge()
PLACES = [(f"repos/octo/hello/{app}", ["--repo", "octo/hello", "--app", app], ()) for app in APPS]
PLACES += [(f"orgs/acme/{app}", ["--org", "acme", "--app", app], OF_ORGANIZATION) for app in APPS]
in_environment = f"repos/octo/hello/environments/{quote(ENVIRONMENT, safe='')}"
PLACES += [(in_environment, ["--repo", "octo/hello", "--env", ENVIRONMENT], ())]
PLACES += [("user/codespaces", ["--user"], OF_USER)]
for path, place, choices in PLACES:
    with judge.store(path):
        exercise(place, choices)
for place in [["--repo", "octo/hello"], ["--org", "acme"], ["--repo", "octo/hello", "--env", ENVIRONMENT]]:
    with judge.store(f"the variables of {place[-1]}"):
        variables(place)
with judge.store("the look-ups"):
    look_ups()
judge.report(gh("--version").split()[2])
