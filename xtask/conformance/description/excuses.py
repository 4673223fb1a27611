# Where GitHub's own description is known to be wrong or silent: each line with its reason. Anything else fails.

import re

# Statuses that the description leaves out, and the operations for which they are expected. The bodies of such answers
# are held against GitHub's schema `basic-error` all the same, and must have a message and a documentation_url.
SILENT = [
    # (status, method, part of the path, reason)
    (301, "get", "/repos/", 'renamed repositories: only in Best practices, "Follow redirects"'),
    (304, "get", ".*", 'what has not changed: only in Best practices, "Use conditional requests"'),
    (307, "put|delete", "/repos/", "renamed repositories: only in Best practices; the number was seen at GitHub"),
    (400, ".*", ".*", "an unknown API version, or broken JSON: only in Troubleshooting the REST API"),
    (401, ".*", ".*", "a bad token: only in Authenticating to the REST API"),
    (403, ".*", ".*", "a poor token, or no request left: only in Troubleshooting the REST API"),
    (404, ".*", ".*", "what is not there, or hidden: 87 operations are described without any error"),
    (409, "put|get", "/repositories$", "another visibility than selected: seen where only its neighbors are described"),
    (409, "post|patch", "/variables", "a variable that exists: seen at GitHub"),
    (422, "post|patch|put", "/variables", "a name or a value that GitHub does not take: seen at GitHub for secrets"),
    (422, "put", "/secrets/", "a value that does not open, or fields that lack: seen at GitHub"),
    (429, ".*", ".*", "too many requests: only in Rate limits for the REST API"),
]

# What is answered, and that the description of the REST API does not have: another API, and GET without its body.
ELSEWHERE = r"(?:POST /graphql|POST /api/graphql|HEAD .*)"

# Faults of the description that need no line, as what they concern is not looked at:
# * the keys of the examples have 33 bytes, and examples of a 201 are null: `cut.py` takes no examples along;
# * every answer is described as application/json only, whatever `Accept` asks for: that is what is sent.


class Excuses:
    """The table, and how often each line of it was needed."""

    def __init__(self, rows=SILENT):
        self.rows = [(*row, 0) for row in rows]

    def amend(self, paths):
        """Adds the statuses that are excused to each operation that is silent about them."""
        for path, item in paths.items():
            for method, operation in item.items():
                for status, methods, part, reason, _ in self.rows:
                    if re.fullmatch(methods, method) and re.search(part, path):
                        excused = {"description": reason} if status == 304 else refusal(reason)
                        operation["responses"].setdefault(str(status), excused)

    def use(self, exchange, template):
        for index, (status, methods, part, reason, used) in enumerate(self.rows):
            applies = re.fullmatch(methods, exchange.method.lower()) and re.search(part, template)
            if status == exchange.status and applies:
                self.rows[index] = (status, methods, part, reason, used + 1)

    def used(self):
        return sum(row[-1] for row in self.rows)

    def unneeded(self):
        return [f"{status} {reason}" for status, _, _, reason, used in self.rows if not used]


def refusal(reason):
    schema = {
        "allOf": [{"$ref": "#/components/schemas/basic-error"}],
        "required": ["message", "documentation_url"],
    }
    return {"description": reason, "content": {"application/json": {"schema": schema}}}
