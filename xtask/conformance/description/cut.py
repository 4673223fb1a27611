# Cuts GitHub's description down to what is judged, and makes the two versions of it that there are.

import copy
import json
import re

FAMILIES = r"(?:actions|agents|codespaces|dependabot)"
OPERATIONS = re.compile(
    rf"^/(?:user/codespaces|orgs/\{{org\}}/{FAMILIES}|repos/\{{owner\}}/\{{repo\}}/{FAMILIES}"
    r"|repos/\{owner\}/\{repo\}/environments/\{environment_name\})/(?:organization-)?(?:secrets|variables)(?:/|$)"
)
LATER = "2026-03-10"
VERSIONS = ["2022-11-28", LATER]


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def operations(description):
    """The operations of the families, as docs/operations.txt writes them."""
    paths = description["paths"].items()
    return {f"{method.upper()} {path}" for path, item in paths if OPERATIONS.match(path) for method in item}


def cut(description, version, paths):
    """These paths with the components that they need, in this version."""
    chosen = {path: description["paths"][path] for path in sorted(paths)}
    small = {
        "openapi": description["openapi"],
        "info": {"title": "GitHub", "version": version},
        "servers": [{"url": "https://api.github.com"}],
        "paths": prepared(chosen, version),
        "components": {},
    }
    waiting = ["#/components/schemas/basic-error"] + list(references(small["paths"]))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        members = small["components"].setdefault(kind, {})
        if name not in members:
            members[name] = prepared(description["components"][kind][name], version)
            waiting.extend(references(members[name]))
    return small


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for member in node:
            yield from references(member)


def prepared(node, version):
    """A copy in this version, without parts that are not rules: examples, prose, and GitHub's own marks."""
    if isinstance(node, list):
        return [prepared(member, version) for member in node]
    if not isinstance(node, dict):
        return node
    if version == LATER:
        for change in node.get("x-github-breaking-changes", []):
            if change["version"] == LATER:
                node = patched(node, change["patch"])
    kept = {key: value for key, value in node.items() if not is_no_rule(key, value)}
    return {key: prepared(value, version) for key, value in kept.items()}


def is_no_rule(key, value):
    # A property can have one of these names; then its value is a schema.
    named = isinstance(value, dict) and ("type" in value or "$ref" in value)
    return key.startswith("x-github") or (key in ("example", "examples", "externalDocs") and not named)


def patched(node, patch):
    """The node with a JSON merge patch (RFC 7396) or a JSON Patch (RFC 6902); what is gone need not be removed."""
    node = copy.deepcopy(node)
    if isinstance(patch, list):
        for step in patch:
            apply(node, step)
        return node
    return merged(node, patch)


def merged(node, patch):
    if not isinstance(patch, dict):
        return patch
    node = dict(node) if isinstance(node, dict) else {}
    for key, value in patch.items():
        if value is None:
            node.pop(key, None)
        else:
            node[key] = merged(node.get(key), value)
    return node


def apply(node, step):
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in step["path"].split("/")[1:]]
    for part in parents:
        node = node[int(part)] if isinstance(node, list) else node.get(part)
        if node is None:
            return
    if isinstance(node, list):
        last = len(node) if last == "-" else int(last)
    if step["op"] == "remove":
        if last in (node if isinstance(node, dict) else range(len(node))):
            del node[last]
    elif step["op"] == "add" and isinstance(node, list):
        node.insert(last, step["value"])
    elif step["op"] in ("add", "replace"):
        node[last] = step["value"]
    else:
        raise ValueError(f"a patch does {step['op']}, which is not known here")
