"""Gives schemathesis what a client would send: real sealed boxes, names that exist, ids of repositories, tokens.

One request in five goes out as schemathesis made it, but never the first of an operation. OCTOSEAL_TALLY names the file that gets what was answered.
"""

import atexit
import base64
import collections
import json
import os
import random

import requests
import schemathesis
from nacl.public import PublicKey, SealedBox

GOOD = {"User-Agent": "schemathesis", "Authorization": "Bearer ghp_any", "X-GitHub-Api-Version": "2022-11-28"}
NAMES = {"owner": "octo", "repo": "hello", "org": "acme", "environment_name": "prod", "secret_name": "NPM_TOKEN"}
NAMES["name"] = "LOG_LEVEL"
SECRET = "/secrets/{secret_name}"
VARIABLES = "/variables"
SESSION = requests.Session()
TALLY = collections.Counter()
BEGUN = set()
RANDOM = random.Random(4)
IDS = {}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes four of five requests such that they could succeed."""
    case.headers = {**(case.headers or {}), **GOOD}
    first = case.operation.label not in BEGUN
    BEGUN.add(case.operation.label)
    if RANDOM.random() < 0.2 and not first:
        case.headers["Authorization"] = RANDOM.choice(["", "token ghs_any", "Bearer github_pat_any", "x"])
        case.headers["X-GitHub-Api-Version"] = RANDOM.choice(["2022-11-28", "2026-03-10", "v3"])
        return
    base = case.operation.base_url or kwargs.get("base_url")
    path = case.operation.path
    case.path_parameters = {name: NAMES[name] for name in NAMES if "{" + name + "}" in path}
    if "{repository_id}" in path:
        case.path_parameters["repository_id"] = repository_id(base)
    if VARIABLES in path:
        prepare_variable(case, base, path)
        return
    if SECRET not in path:
        return
    store = path.split(SECRET)[0].format(**case.path_parameters)
    if path.endswith(SECRET) and case.method.upper() == "PUT":
        case.body, case.media_type = body(base, store), "application/json"
        return
    if path.endswith("/repositories") and case.method.upper() == "PUT":
        case.body, case.media_type = {"selected_repository_ids": [repository_id(base)]}, "application/json"
    put(base, store)


def prepare_variable(case, base, path):
    """What is created is not there before, and what is read, changed or deleted is."""
    variables = path.split(VARIABLES)[0].format(**case.path_parameters) + VARIABLES
    one = f"{base}{variables}/{NAMES['name']}"
    made = {"name": NAMES["name"], "value": "".join(RANDOM.choices("abc é", k=RANDOM.randrange(1, 50)))}
    if variables.startswith("/orgs/"):
        made |= {"visibility": "selected", "selected_repository_ids": [repository_id(base)]}
    SESSION.delete(one, headers=GOOD, timeout=10)
    if case.method.upper() != "POST":
        SESSION.post(base + variables, json=made, headers=GOOD, timeout=10)
    if case.method.upper() in ("POST", "PATCH"):
        case.body, case.media_type = made, "application/json"
    if path.endswith("/repositories") and case.method.upper() == "PUT":
        case.body, case.media_type = {"selected_repository_ids": [repository_id(base)]}, "application/json"


@schemathesis.hook
def after_call(context, case, response):
    """Counts the answer."""
    TALLY[f"{case.operation.method.upper()} {case.operation.path} {response.status_code}"] += 1


def repository_id(base):
    if "id" not in IDS:
        IDS["id"] = SESSION.get(base + "/repos/acme/hello", headers=GOOD, timeout=10).json()["id"]
    return IDS["id"]


def body(base, store):
    """A write with a box that opens."""
    key = SESSION.get(f"{base}{store}/secrets/public-key", headers=GOOD, timeout=10).json()
    box = SealedBox(PublicKey(base64.b64decode(key["key"])))
    sealed = base64.b64encode(box.encrypt(RANDOM.randbytes(RANDOM.randrange(200)))).decode()
    made = {"encrypted_value": sealed, "key_id": key["key_id"]}
    if store.startswith("/orgs/"):
        text = "/dependabot" in store
        made["visibility"] = "selected"
        made["selected_repository_ids"] = [str(repository_id(base)) if text else repository_id(base)]
    if store.startswith("/user/"):
        made["selected_repository_ids"] = [repository_id(base)]
    return made


def put(base, store):
    """What is read, changed or deleted is there."""
    SESSION.put(f"{base}{store}/secrets/NPM_TOKEN", json=body(base, store), headers=GOOD, timeout=10)


def write():
    with open(os.environ["OCTOSEAL_TALLY"], "w", encoding="utf-8") as file:
        json.dump(TALLY, file)


if "OCTOSEAL_TALLY" in os.environ:
    atexit.register(write)
