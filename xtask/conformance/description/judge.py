# Holds recorded exchanges against GitHub's own description of its API, by a validator that we did not write.
#
# usage: judge.py DESCRIPTION OPERATIONS RECORDING; prints one line with the figure, or what is wrong and exits with 1

import os
import re
import sys
from collections import Counter
from multiprocessing import get_context

import cut
import exchange
from excuses import ELSEWHERE, Excuses
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from paths import Paths

MOST_TOLD = 20


class Judge:
    def __init__(self, description, paths):
        self.apis = {}
        self.described = {}
        for version in cut.VERSIONS:
            small = cut.cut(description, version, paths)
            self.described[version] = {
                (method, path): set(operation["responses"])
                for path, item in small["paths"].items()
                for method, operation in item.items()
            }
            Excuses().amend(small["paths"])
            self.apis[version] = OpenAPI.from_dict(small)

    def faults(self, one):
        """What is wrong with an exchange."""
        api, request = self.apis[one.version], one.request()
        invalid = explained(api.validate_request, request)
        if invalid and one.is_of_client:
            yield f"the request of {one}: {invalid}"
        elif invalid and one.status < 300:
            yield f"a wrong request was accepted, {one}: {invalid}"
        wrong = explained(api.validate_response, request, one.response())
        if wrong:
            yield f"the answer of {one}: {wrong}"

    def is_silent(self, one, template):
        described = self.described[one.version].get((one.method.lower(), template), set())
        return str(one.status) not in described


def explained(validate, *arguments):
    """Why the validator refuses, or nothing."""
    try:
        validate(*arguments)
        return None
    except OpenAPIError as error:
        cause = error.__cause__ or error
        reasons = getattr(cause, "schema_errors", [])
        details = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[-200:]}" for e in reasons]
        return "; ".join(details[:5]) or f"{type(error).__name__}: {str(cause)[:300]}"


def sorted_out(exchanges, description, paths):
    """The exchanges that can be judged, each with its path; how many others there are; and what should not be."""
    judged, left, strange = [], Counter(), []
    for one in exchanges:
        path = one.request().path
        template = paths.template(path)
        is_described = template and one.method.lower() in description["paths"][template]
        if one.scripted or one.status is None:
            left["scripted"] += 1
        elif one.version not in cut.VERSIONS and one.status == 400:
            left["of no known version"] += 1
        elif is_described:
            judged.append((one, template))
        elif one.status >= 300 or re.fullmatch(ELSEWHERE, f"{one.method} {path}"):
            left["not in the description"] += 1
        else:
            strange.append(f"the emulator knows what the description does not: {one}")
    return judged, left, strange


def missing(judged, operations):
    """The operations that did not succeed in one of the versions."""
    done = {(one.version, f"{one.method} {path}") for one, path in judged if one.is_of_client and one.status < 300}
    wanted = {(version, operation) for version in cut.VERSIONS for operation in operations}
    return [f"{operation} never succeeded under {version}" for version, operation in sorted(wanted - done)]


def drift(described, listed):
    here = [f"{operation} is in the description, and not in docs/operations.txt" for operation in described - listed]
    return sorted(here + [f"{operation} is not in the description" for operation in listed - described])


def judge_all(exchanges, judge):
    """What is wrong, found by as many processes as there are processors."""
    global JUDGE
    JUDGE = judge
    # Forked, the processes have the judge without making it again.
    with get_context("fork").Pool(os.cpu_count()) as pool:
        found = pool.map(faults, exchanges, chunksize=20)
    return [fault for faults in found for fault in faults]


def faults(one):
    return list(JUDGE.faults(one))


def main(description_path, operations_path, recording):
    description = cut.load(description_path)
    with open(operations_path, encoding="utf-8") as file:
        listed = set(file.read().split("\n")) - {""}
    judged, left, strange = sorted_out(exchange.read(recording), description, Paths(description["paths"]))
    judge = Judge(description, {path for _, path in judged})
    excuses = Excuses()
    for one, template in judged:
        if judge.is_silent(one, template):
            excuses.use(one, template)
    wrong = strange + drift(cut.operations(description), listed) + missing(judged, listed)
    wrong += [f"this excuse is not needed: {row}" for row in excuses.unneeded()]
    different = {one.essence(): one for one, _ in reversed(judged)}
    wrong += judge_all(different.values(), judge)
    if wrong:
        more = [f"… and {len(wrong) - MOST_TOLD} more"] if len(wrong) > MOST_TOLD else []
        sys.exit("\n".join([f"{len(wrong)} faults", *wrong[:MOST_TOLD], *more]))
    versions = Counter(one.version for one, _ in judged)
    figure = ", ".join(f"{versions[version]} under {version}" for version in cut.VERSIONS)
    others = ", ".join(f"{count} {reason}" for reason, count in left.items())
    print(f"{len(judged)} exchanges, {len(different)} of them different, with all {len(listed)} operations ({figure}); "
          f"{excuses.used()} statuses excused; not judged: {others}")


if __name__ == "__main__":
    main(*sys.argv[1:])
