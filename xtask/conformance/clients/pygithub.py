# Drives PyGithub against the emulator: secrets of repositories, organizations and environments, where it knows them.
import importlib.metadata
from urllib.parse import quote

from github import Auth, Github

from judge import Judge

TYPES = ["actions", "dependabot"]
ENVIRONMENT = "prod/eu"


def exercise(path, create, secrets, delete, update):
    for name, (first, _) in judge.values.items():
        create(name, first)
        judge.did("set")
        judge.compare(path, name, first)
    listed(path, secrets)
    for name, (_, second) in judge.values.items():
        update(name, second)
        judge.did("update")
        judge.compare(path, name, second)
    for name in judge.values:
        judge.same(f"{path}: deleting {name}", delete(name), True)
        judge.did("delete")
    judge.same(f"{path}: what is left", judge.stored(path), {})
    listed(path, secrets)


def listed(path, secrets):
    judge.same(f"{path}: the names listed", sorted(one.name for one in secrets()), sorted(judge.stored(path)))
    judge.did("list")


def in_repository(repository, kind):
    path = f"repos/octo/hello/{kind}"
    with judge.store(path):
        create = lambda name, value: repository.create_secret(name, value, secret_type=kind)
        delete = lambda name: repository.delete_secret(name, secret_type=kind)
        exercise(path, create, lambda: repository.get_secrets(secret_type=kind), delete, create)


def in_environment(repository):
    path = f"repos/octo/hello/environments/{quote(ENVIRONMENT, safe='')}"
    with judge.store(path):
        environment = repository.get_environment(ENVIRONMENT)
        create = environment.create_secret
        exercise(path, create, environment.get_secrets, environment.delete_secret, create)


def in_organization(organization, repositories, kind):
    path = f"orgs/acme/{kind}"
    with judge.store(path):
        get = lambda name: organization.get_secret(name, secret_type=kind)
        create = lambda name, value: organization.create_secret(name, value, "private", secret_type=kind)
        update = lambda name, value: get(name).edit(value, "all", secret_type=kind)
        secrets = lambda: organization.get_secrets(secret_type=kind)
        exercise(path, create, secrets, lambda name: get(name).delete() is None, update)
        select(path, organization, repositories, kind)


def select(path, organization, repositories, kind):
    secret = organization.create_secret("CHOSEN", "first", "selected", repositories[:1], secret_type=kind)
    judge.did("select")
    judge.compare(path, "CHOSEN", "first")
    readers = lambda: [one.full_name for one in organization.get_secret("CHOSEN", kind).selected_repositories]
    judge.same(f"{path}: the first readers", readers(), ["acme/hello"])
    secret = organization.get_secret("CHOSEN", kind)
    judge.same(f"{path}: adding a reader", secret.add_repo(repositories[1]), True)
    judge.same(f"{path}: the readers after adding one", sorted(readers()), ["acme/hello", "acme/world"])
    judge.same(f"{path}: removing a reader", secret.remove_repo(repositories[0]), True)
    judge.same(f"{path}: the readers after removing one", readers(), ["acme/world"])
    judge.same(f"{path}: new readers", secret.edit("second", "selected", kind, repositories), True)
    judge.compare(path, "CHOSEN", "second")
    judge.same(f"{path}: the readers at last", sorted(readers()), ["acme/hello", "acme/world"])
    for _ in range(3):
        judge.did("select")
    secret.delete()
    judge.did("delete")


def variables(owner, create):
    """Created, read, updated, listed over pages, deleted."""
    create("COLOR", "blue")
    variable = owner.get_variable("COLOR")
    judge.same("the variable", (variable.name, variable.value), ("COLOR", "blue"))
    judge.same("its update", variable.edit("red"), True)
    judge.same("the variable updated", owner.get_variable("COLOR").value, "red")
    for number in range(12):
        create(f"V{number}", "x")
    names = [one.name for one in owner.get_variables()]
    judge.same("the variables", sorted(names), sorted(["COLOR", *(f"V{number}" for number in range(12))]))
    for name in names:
        owner.delete_variable(name)
    judge.same("what is left", owner.get_variables().totalCount, 0)
    for _ in range(15 + len(names)):
        judge.did("variable")


def look_ups(client):
    """Not lazy: every object is asked for, and what the emulator says of it is read."""
    judge.same("the caller", client.get_user().login, "octocat")
    repository = client.get_repo("octo/hello")
    judge.same("the repository", (repository.full_name, repository.archived, repository.topics), ("octo/hello", False, []))
    repository.create_environment("prod", wait_timer=5)
    environment = repository.get_environment("prod")
    judge.same("the environment's rule", environment.protection_rules[0].wait_timer, 5)
    environment.create_secret("FOUND", "value")
    judge.compare("repos/octo/hello/environments/prod", "FOUND", "value")
    names = [one.name for one in repository.get_environments()]
    judge.same("the environments", ("prod" in names, ENVIRONMENT in names), (True, True))
    repository.delete_environment("prod")
    judge.same("what is left of it", judge.stored("repos/octo/hello/environments/prod"), {})
    organization = client.get_organization("acme")
    names = [client.get_repo(f"acme/{name}").name for name in ["hello", "world"]]
    judge.same("an organization's repositories", sorted(one.name for one in organization.get_repos()), names)
    values = [one.repository_name for one in organization.list_custom_property_values()]
    judge.same("an organization's properties", sorted(values), names)
    judge.same("a repository's properties", repository.get_custom_properties(), {})
    owner = client.get_user().get_repos()
    judge.same("the caller's repositories", {one.full_name for one in owner} >= {"octo/hello", "acme/world"}, True)
    for _ in range(10):
        judge.did("look up")


judge = Judge()
# Lazy: an organization or environment is not asked for before its secrets are. Without pauses, which are its default.
no_pauses = {"seconds_between_requests": 0, "seconds_between_writes": 0}
client = Github(auth=Auth.Token("x"), base_url=judge.url, lazy=True, retry=None, **no_pauses)
hello = client.get_repo("octo/hello")
for kind in TYPES:
    in_repository(hello, kind)
in_environment(hello)
acme = client.get_organization("acme")
for kind in TYPES:
    in_organization(acme, [client.get_repo("acme/hello"), client.get_repo("acme/world")], kind)
with judge.store("the variables of a repository"):
    variables(hello, hello.create_variable)
with judge.store("the look-ups"):
    look_ups(Github(auth=Auth.Token("x"), base_url=judge.url, retry=None, **no_pauses))
judge.report(importlib.metadata.version("PyGithub"))
