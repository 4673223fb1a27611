# The judge's own tests: what it must excuse, and what it must not. `cargo xtask conformance` runs them first.

import unittest

import cut
from exchange import Exchange
from excuses import Excuses
from judge import Judge, drift
from paths import Paths

LIST = "/orgs/{org}/actions/secrets"
BODY = '{"total_count":1,"secrets":[{"name":"A","created_at":"%s","updated_at":"%s","visibility":"all"}]}'
TIME = "2026-11-23T05:00:00Z"


def exchange(status=200, body=BODY % (TIME, TIME), query="", kind="application/json; charset=utf-8"):
    line = {"method": "GET", "target": f"/orgs/acme/actions/secrets{query}", "scripted": False}
    line |= {"request_headers": [["user-agent", "octoseal/0"]], "request_body": None, "status": status}
    return Exchange(line | {"answer_headers": [["content-type", kind]], "answer_body": body}, "a test")


class TheJudge(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.description = cut.load(DESCRIPTION)
        cls.judge = Judge(cls.description, {LIST})

    def faults(self, **changes):
        return list(self.judge.faults(exchange(**changes)))

    def test_what_is_described_passes(self):
        self.assertEqual(self.faults(), [])
        self.assertEqual(self.faults(query="?per_page=100&page=2"), [])

    def test_what_is_not_described_fails(self):
        for body in ["[]", "{}", "", BODY % (TIME, "today"), BODY.replace("all", "friends") % (TIME, TIME)]:
            self.assertEqual(len(self.faults(body=body)), 1, body)
        self.assertEqual(len(self.faults(kind="text/html")), 1)
        self.assertEqual(len(self.faults(status=201)), 1)
        self.assertEqual(len(self.faults(query="?per_page=many")), 1)

    def test_a_refusal_is_excused_only_in_the_form_of_a_refusal(self):
        self.assertEqual(self.faults(status=404, body='{"message":"Not Found","documentation_url":"x"}'), [])
        for body in ["{}", '{"message":"Not Found"}', '{"message":404,"documentation_url":"x"}']:
            self.assertEqual(len(self.faults(status=404, body=body)), 1, body)
        self.assertEqual(len(self.faults(status=418, body='{"message":"x","documentation_url":"x"}')), 1)

    def test_an_excuse_that_nobody_needs_is_told(self):
        excuses = Excuses([(404, ".*", "/orgs/", "x"), (401, ".*", ".*", "y")])
        excuses.use(exchange(status=404), LIST)
        self.assertEqual((excuses.used(), excuses.unneeded()), (1, ["401 y"]))

    def test_the_later_version_has_the_breaking_changes(self):
        def properties(version):
            small = cut.cut(self.description, version, {LIST + "/{secret_name}/repositories"})
            return small["components"]["schemas"]["minimal-repository"]["properties"]

        self.assertEqual(set(properties("2022-11-28")) - set(properties(cut.LATER)), {"has_downloads"})

    def test_patches_of_both_kinds(self):
        self.assertEqual(cut.patched({"a": {"b": 1, "c": 2}}, {"a": {"b": None}, "d": 3}), {"a": {"c": 2}, "d": 3})
        steps = [{"op": "remove", "path": "/a/b"}, {"op": "remove", "path": "/a/b"}, {"op": "remove", "path": "/x/y"}]
        steps += [{"op": "remove", "path": "/r/0"}, {"op": "add", "path": "/r/-", "value": 3}]
        self.assertEqual(cut.patched({"a": {"b": 1}, "r": [1, 2]}, steps), {"a": {}, "r": [2, 3]})

    def test_a_name_is_no_public_key(self):
        paths = Paths(["/x/{name}", "/x/public-key"])
        self.assertEqual([paths.template(path) for path in ["/x/public-key", "/x/a", "/x/a/b"]],
                         ["/x/public-key", "/x/{name}", None])

    def test_a_difference_of_the_operations_is_named(self):
        listed = cut.operations(self.description) - {"GET /user/codespaces/secrets"} | {"GET /new"}
        wrong = drift(cut.operations(self.description), listed)
        self.assertEqual(wrong, ["GET /new is not in the description",
                                 "GET /user/codespaces/secrets is in the description, and not in docs/operations.txt"])


if __name__ == "__main__":
    import sys

    DESCRIPTION = sys.argv.pop()
    unittest.main()
