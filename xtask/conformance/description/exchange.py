# One recorded exchange, in the form in which openapi-core wants to see requests and responses.

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

HOST = "https://api.github.com"


class Exchange:
    def __init__(self, line, place):
        self.place = place
        self.line = line
        self.method = line["method"]
        self.status = line["status"]
        self.scripted = line["scripted"]
        self.request_headers = Headers(line["request_headers"])
        self.version = self.request_headers.get("x-github-api-version", "2022-11-28")
        # Our client says who it is; what else is sent in tests is often wrong on purpose.
        self.is_of_client = "octoseal/" in self.request_headers.get("user-agent", "")

    def request(self):
        return Request(self.line, self.request_headers, self.is_of_client)

    def response(self):
        return Response(self.line)

    def essence(self):
        """What two exchanges have in common that need not both be judged: all but the values of changing headers."""
        line = self.line
        names = tuple(sorted({name for name, _ in line["answer_headers"]} - {"link"}))
        links = tuple(value for name, value in line["answer_headers"] if name in ("link", "content-type"))
        sent = (self.version, self.method, line["target"], line["request_body"], self.is_of_client)
        return (*sent, self.request_headers.get("content-type"), self.status, names, links, line["answer_body"])

    def __str__(self):
        return f"{self.method} {self.line['target']} -> {self.status} under {self.version} in {self.place}"


class Request:
    host_url = HOST

    def __init__(self, line, headers, of_client):
        url = urlsplit(line["target"])
        self.path = described(url.path)
        self.method = line["method"].lower()
        query = ImmutableMultiDict(parse_qsl(url.query, keep_blank_values=True))
        self.parameters = RequestParameters(query=query, header=headers)
        # Without a content type GitHub reads JSON all the same; but our client must say what it sends.
        self.content_type = headers.get("content-type", "" if of_client else "application/json")
        self.body = line["request_body"].encode() if line["request_body"] is not None else None


class Response:
    def __init__(self, line):
        self.status_code = line["status"]
        self.headers = Headers(line["answer_headers"])
        self.content_type = self.headers.get("content-type", "")
        self.data = (line["answer_body"] or "").encode()


def described(path):
    """The path as the description has it: GitHub's links name owners by their numbers, servers have a prefix."""
    path = re.sub(r"^/api/v3(?=/)", "", path)
    path = re.sub(r"^/repositories/\d+(?=/|$)", "/repos/by/number", path)
    path = re.sub(r"^/user/\d+(?=/repos$)", "/users/number", path)
    return re.sub(r"^/organizations/\d+(?=/|$)", "/orgs/number", path)


def read(folder):
    for file in sorted(Path(folder).glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield Exchange(json.loads(line), f"{file.stem}:{number}")
