// Drives Octokit against the emulator in all ten stores and with both versions of the API: by its methods, or by routes
// where it has none.
import { createRequire } from 'node:module';
import { Octokit } from '@octokit/rest';
import sodium from 'libsodium-wrappers';
import { compare, did, report, same, store, stored, url, values } from './judge.mjs';

await sodium.ready;
const octokit = new Octokit({ baseUrl: url, auth: 'x' });
let apiVersion;
octokit.hook.before('request', (options) => {
  options.headers['x-github-api-version'] = apiVersion;
});
const REPOSITORY = { owner: 'octo', repo: 'hello' };
const ENVIRONMENT = { ...REPOSITORY, environment_name: 'prod/eu' };

/** The methods of one module that end like this; names are those of Octokit's endpoint methods. */
function methods(api, { of = '', end = '' }) {
  return {
    key: api[`get${of}PublicKey${end}`],
    put: api[`createOrUpdate${of}Secret${end}`],
    get: api[`get${of}Secret${end}`],
    list: api[`list${of}Secrets${end}`],
    delete: api[`delete${of}Secret${end}`],
  };
}

/** Selecting: an organization's methods; a user's have other names. */
const ofOrganization = (api) => ({
  ...methods(api, { of: 'Org' }),
  readers: api.listSelectedReposForOrgSecret,
  setReaders: api.setSelectedReposForOrgSecret,
  addReader: api.addSelectedRepoToOrgSecret,
  removeReader: api.removeSelectedRepoFromOrgSecret,
});
const ofUser = (api) => ({
  ...methods(api, { end: 'ForAuthenticatedUser' }),
  readers: api.listRepositoriesForSecretForAuthenticatedUser,
  setReaders: api.setRepositoriesForSecretForAuthenticatedUser,
  addReader: api.addRepositoryForSecretForAuthenticatedUser,
  removeReader: api.removeRepositoryForSecretForAuthenticatedUser,
});

/** The same by route, for the agents' secrets. */
function routes(root) {
  const route = (text) => octokit.request.defaults(text);
  const one = `${root}/{secret_name}`;
  const secrets = {
    key: route(`GET ${root}/public-key`),
    put: route(`PUT ${one}`),
    get: route(`GET ${one}`),
    list: route(`GET ${root}`),
    delete: route(`DELETE ${one}`),
  };
  if (!root.startsWith('/orgs/')) return secrets;
  return {
    ...secrets,
    readers: route(`GET ${one}/repositories`),
    setReaders: route(`PUT ${one}/repositories`),
    addReader: route(`PUT ${one}/repositories/{repository_id}`),
    removeReader: route(`DELETE ${one}/repositories/{repository_id}`),
  };
}

const { actions, codespaces, dependabot } = octokit.rest;
const STORES = [
  ['repos/octo/hello/actions', REPOSITORY, methods(actions, { of: 'Repo' })],
  ['repos/octo/hello/agents', REPOSITORY, routes('/repos/{owner}/{repo}/agents/secrets')],
  ['repos/octo/hello/codespaces', REPOSITORY, methods(codespaces, { of: 'Repo' })],
  ['repos/octo/hello/dependabot', REPOSITORY, methods(dependabot, { of: 'Repo' })],
  ['repos/octo/hello/environments/prod%2Feu', ENVIRONMENT, methods(actions, { of: 'Environment' })],
  ['orgs/acme/actions', { org: 'acme' }, ofOrganization(actions)],
  ['orgs/acme/agents', { org: 'acme' }, routes('/orgs/{org}/agents/secrets')],
  ['orgs/acme/codespaces', { org: 'acme' }, ofOrganization(codespaces)],
  ['orgs/acme/dependabot', { org: 'acme' }, ofOrganization(dependabot)],
  ['user/codespaces', {}, ofUser(codespaces)],
];

/** Seals and stores, and says which status must come of it. */
async function put(operation, [path, owner, api], name, value, readers, expected) {
  const { data: key } = await api.key(owner);
  const publicKey = sodium.from_base64(key.key, sodium.base64_variants.ORIGINAL);
  const box = sodium.crypto_box_seal(value, publicKey);
  const encrypted_value = sodium.to_base64(box, sodium.base64_variants.ORIGINAL);
  const answer = await api.put({ ...owner, secret_name: name, key_id: key.key_id, encrypted_value, ...readers });
  did(operation);
  same(`${path}: the status of ${operation} ${name}`, answer.status, expected);
  compare(path, name, value);
}

/** Pages of two, so that the links between them are followed. */
async function listed([path, owner, api]) {
  const secrets = await octokit.paginate(api.list, { ...owner, per_page: 2 });
  did('list');
  same(`${path}: the names listed`, secrets.map((one) => one.name).sort(), Object.keys(stored(path)).sort());
}

async function exercise(place, readers) {
  const [path, owner, api] = place;
  for (const [name, [first]] of values) await put('set', place, name, first, readers, 201);
  await listed(place);
  for (const [name, [, second]] of values) await put('update', place, name, second, readers, 204);
  if (api.readers) await select(place);
  for (const [name] of values) {
    same(`${path}: the name shown`, (await api.get({ ...owner, secret_name: name })).data.name, name);
    await api.delete({ ...owner, secret_name: name });
    did('delete');
  }
  await listed(place);
  same(`${path}: what is left`, stored(path), {});
}

async function select(place) {
  const [path, owner, api] = place;
  const [hello, world] = ids;
  const secret = { ...owner, secret_name: 'PLAIN' };
  const readers = async (what, expected) => {
    const seen = await octokit.paginate(api.readers, { ...secret, per_page: 1 });
    did('select');
    same(`${path}: the readers after ${what}`, seen.map((one) => one.id).sort(), [...expected].sort());
  };
  // Until 2026-03-10 Dependabot alone wants the ids of a write as text.
  const asText = path === 'orgs/acme/dependabot' && apiVersion === '2022-11-28';
  const written = [hello, world].map((id) => (asText ? String(id) : id));
  const visibility = path.startsWith('orgs/') ? { visibility: 'selected' } : {};
  await put('update', place, 'PLAIN', 'chosen', { ...visibility, selected_repository_ids: written }, 204);
  await readers('a write', [hello, world]);
  await api.setReaders({ ...secret, selected_repository_ids: [hello] });
  await readers('setting them', [hello]);
  await api.addReader({ ...secret, repository_id: world });
  await readers('adding one', [hello, world]);
  await api.removeReader({ ...secret, repository_id: hello });
  await readers('removing one', [world]);
  compare(path, 'PLAIN', 'chosen');
}

/** Variables by Octokit's methods, whose names end in what owns them. */
async function variables(of, owner, more) {
  const api = (verb, end = '') => octokit.rest.actions[`${verb}${of}Variable${end}`];
  await api('create')({ ...owner, name: 'color', value: 'blue', ...more });
  const shown = async () => (await api('get')({ ...owner, name: 'COLOR' })).data;
  same(`${of}: the variable`, (await shown()).value, 'blue');
  await api('update')({ ...owner, name: 'COLOR', value: 'žluťoučký\nsecond line' });
  same(`${of}: the variable updated`, (await shown()).value, 'žluťoučký\nsecond line');
  const refused = await api('create')({ ...owner, name: 'COLOR', value: 'x', ...more }).catch((error) => error);
  same(`${of}: a name that is taken`, refused.status, 409);
  for (let number = 0; number < 12; number += 1) {
    await api('create')({ ...owner, name: `V${number}`, value: 'x', ...more });
  }
  const names = (await octokit.paginate(api('list', 's'), owner)).map((one) => one.name);
  same(`${of}: the variables`, names.length, 13);
  for (const name of names) await api('delete')({ ...owner, name });
  same(`${of}: what is left`, (await api('list', 's')(owner)).data.total_count, 0);
  for (let count = 0; count < 5 + 12 + names.length; count += 1) did('variable');
}

/** What is looked up around the secrets. */
async function lookUps() {
  const { apps, meta, orgs, repos, users } = octokit.rest;
  same('the caller', (await users.getAuthenticated()).data.login, 'octocat');
  same('the root', new URL((await meta.root()).data.current_user_url).pathname, '/user');
  const timer = { ...ENVIRONMENT, wait_timer: 7 };
  const { data: made } = await repos.createOrUpdateEnvironment(timer);
  same('the environment made', made.name, ENVIRONMENT.environment_name);
  same('the environment', (await repos.getEnvironment(ENVIRONMENT)).data, made);
  const environments = await octokit.paginate(repos.getAllEnvironments, { ...REPOSITORY, per_page: 1 });
  same('the environments', environments.some((one) => one.id === made.id), true);
  const names = (list) => list.map((one) => one.name ?? one.repository_name).sort();
  const acme = { org: 'acme', per_page: 1 };
  same('the repositories', names(await octokit.paginate(repos.listForOrg, acme)), ['hello', 'world']);
  const values = 'GET /orgs/{org}/properties/values';
  same('the properties', names(await octokit.paginate(values, acme)), ['hello', 'world']);
  same('the topics', (await repos.getAllTopics(REPOSITORY)).data, { names: [] });
  const installation = new Octokit({ baseUrl: url, auth: 'ghs_x' });
  const reached = await installation.paginate(apps.listReposAccessibleToInstallation.endpoint(), { per_page: 2 });
  same('the repositories of an installation', reached.length >= 3, true);
  const organization = (await orgs.get({ org: 'acme' })).data;
  const { data: owned } = await octokit.request('GET /repositories/{id}', { id: ids[0] });
  same('the owner of a repository by id', owned.owner.id, organization.id);
  for (let count = 0; count < 12; count += 1) did('look up');
}

const ids = [];
for (const repo of ['hello', 'world']) ids.push((await octokit.rest.repos.get({ owner: 'acme', repo })).data.id);
for (apiVersion of ['2022-11-28', '2026-03-10']) {
  for (const place of STORES) {
    const readers = place[0].startsWith('orgs/') ? { visibility: 'private' } : {};
    await store(place[0], () => exercise(place, readers));
  }
}
for (apiVersion of ['2022-11-28', '2026-03-10']) {
  await store('the variables of a repository', () => variables('Repo', REPOSITORY, {}));
  await store('the variables of an environment', () => variables('Environment', ENVIRONMENT, {}));
  await store('the variables of an organization', () => variables('Org', { org: 'acme' }, { visibility: 'all' }));
}
await store('the look-ups', lookUps);
const version = (name) => createRequire(import.meta.url)(`./node_modules/${name}/package.json`).version;
report(`${version('@octokit/rest')}, libsodium-wrappers ${version('libsodium-wrappers')}`);
