# Which path of the description a recorded request means: only to count by; the validator looks for itself.

import re
from functools import cache


class Paths:
    def __init__(self, templates):
        # A path without placeholders goes before those with some: `public-key` is no name.
        ordered = sorted(templates, key=lambda template: template.count("{"))
        self.patterns = [(template, re.compile(pattern(template))) for template in ordered]
        self.template = cache(self.template)

    def template(self, path):
        return next((template for template, regex in self.patterns if regex.fullmatch(path)), None)


def pattern(template):
    parts = re.split(r"\{[^}]*\}", template)
    return "[^/]+".join(re.escape(part) for part in parts)
