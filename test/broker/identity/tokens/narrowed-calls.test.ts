import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { TOKEN_EXCHANGE } from '../../../../demo/identity/tokens/clients.ts';
import { outsideWords } from '../../../../demo/recipients/outside.ts';
import { ROUTES, type RouteFacts, type Scope } from '../../../../src/contract/index.ts';
import { type Belongings, type SignedIn, TwoOrganisations } from '../../../support/two-organisations.ts';

const codeOf = (body: unknown) => (body as { code?: string } | null)?.code;
const idsOf = (body: unknown) => (body as { files: { id: string }[] }).files.map(({ id }) => id);

describe('a narrowed token at every call', () => {
  let rig: TwoOrganisations;
  let me: SignedIn;
  /** In the folder that a token is narrowed to, and in another of the same person's. */
  let inside: Belongings;
  let outside: Belongings;
  before(async () => {
    rig = await TwoOrganisations.start();
    me = await rig.signedIn('cases', 'maria');
    outside = await me.belongings();
  });
  beforeEach(async () => {
    inside = await me.belongings();
  });
  after(() => rig.close());

  const narrowed = async (wish: Record<string, string>): Promise<string> => {
    const answer = await me.token({
      grant_type: TOKEN_EXCHANGE,
      client_id: 'cases',
      subject_token: me.tokens.access_token ?? '',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      ...wish,
    });
    const { access_token, error } = (await answer.json()) as Record<string, string>;
    assert.equal(error, undefined);
    return access_token ?? '';
  };
  const call = async (token: string, method: string, path: string, body?: unknown) =>
    me.call(method, path, body, { token });
  const part = () => ({ number: 1, size: inside.small.size, sha256: inside.small.sha256 });

  /** Each call that keeps to places, at one thing; whether it was done. */
  const calls: Readonly<Record<string, (token: string, at: Belongings) => Promise<boolean>>> = {
    startUploads: async (token, { folder, small }) =>
      (await call(token, 'POST', '/v1/uploads', { files: [small], folder })).status === 201,
    signParts: async (token, { open: upload }) =>
      (await call(token, 'POST', '/v1/uploads/parts', { upload, parts: [part()] })).status === 200,
    completeUploads: async (token, { file: id }) => {
      const { body } = await call(token, 'POST', '/v1/uploads/complete', { uploads: [{ id }] });
      const [entry] = (body as { files: { file?: object }[] }).files ?? [];
      return entry?.file !== undefined;
    },
    uploadStatus: async (token, { open }) => (await call(token, 'GET', `/v1/uploads/${open}`)).status === 200,
    abortUpload: async (token, { parts }) => (await call(token, 'DELETE', `/v1/uploads/${parts}`)).status === 204,
    listFiles: async (token, { file }) => idsOf((await call(token, 'GET', '/v1/files')).body).includes(file),
    fileUrl: async (token, { file }) => (await call(token, 'POST', `/v1/files/${file}/url`)).status === 200,
    deleteFile: async (token, { file }) => (await call(token, 'DELETE', `/v1/files/${file}`)).status === 204,
    makeLink: async (token, { wish }) => {
      const recipient = `kim-${rig.links++}@acme.example`;
      return (await call(token, 'POST', '/v1/links', { ...wish, recipient })).status === 201;
    },
  };

  test('is tried at all that keep to places', () => {
    const keeping = Object.entries<RouteFacts>(ROUTES).filter(([, { keeps_within }]) => keeps_within);
    assert.deepEqual(Object.keys(calls).sort(), keeping.map(([name]) => name).sort());
  });

  for (const [name, done] of Object.entries(calls)) {
    test(`${name}: does in its folder what the person may, and nothing in another`, async () => {
      const token = await narrowed({ prefix: `folder:${inside.folder}` });
      assert.equal(await done(token, outside), false, 'in the other folder');
      assert.equal(await done(token, inside), true, 'in its own');
    });
  }

  for (const name of [
    'signParts',
    'uploadStatus',
    'completeUploads',
    'listFiles',
    'fileUrl',
    'deleteFile',
    'makeLink',
  ]) {
    test(`${name}: reaches an upload that it names, and none beside it in the same folder`, async () => {
      const done = calls[name] ?? assert.fail(name);
      const beside = await narrowed({ prefix: `upload:${inside.parts}` });
      assert.equal(await done(beside, inside), false, 'named another upload of the folder');
      const token = await narrowed({ prefix: `upload:${inside.open} upload:${inside.file}` });
      assert.equal(await done(token, outside), false);
      assert.equal(await done(token, inside), true);
    });
  }

  test('a list asked for another folder is empty, and one of its own has what is in it', async () => {
    const token = await narrowed({ prefix: `folder:${inside.folder}` });
    assert.deepEqual(idsOf((await call(token, 'GET', `/v1/files?folder=${outside.folder}`)).body), []);
    assert.deepEqual(idsOf((await call(token, 'GET', `/v1/files?folder=${inside.folder}`)).body), [inside.file]);
  });

  test('a link of files inside and outside is not made at all', async () => {
    const token = await narrowed({ prefix: `folder:${inside.folder}` });
    const { status, body } = await call(token, 'POST', '/v1/links', {
      ...inside.wish,
      files: [inside.file, outside.file],
    });
    assert.deepEqual([status, codeOf(body)], [404, 'not_found']);
  });

  test('an upload goes into no batch of another folder, nor anywhere without a folder', async () => {
    const token = await narrowed({ prefix: `folder:${inside.folder}` });
    const files = [{ ...inside.small, name: 'second.pdf' }];
    for (const wish of [{ files, batch: outside.batch }, { files, folder: outside.folder }, { files }])
      assert.equal((await call(token, 'POST', '/v1/uploads', wish)).status, 404, JSON.stringify(Object.keys(wish)));
    assert.equal((await call(token, 'POST', '/v1/uploads', { files, batch: inside.batch })).status, 201);
  });

  test('a token narrowed to an upload starts none', async () => {
    const token = await narrowed({ prefix: `upload:${inside.open}` });
    const wish = { files: [inside.small], folder: inside.folder };
    assert.equal((await call(token, 'POST', '/v1/uploads', wish)).status, 404);
  });

  test('a token that names a folder of nobody reaches nothing', async () => {
    const token = await narrowed({ prefix: 'folder:AAAAAAAAAAAAAAAAAAAAAA' });
    for (const [name, done] of Object.entries(calls)) assert.equal(await done(token, inside), false, name);
  });

  describe('and with one action alone', () => {
    const actions: Readonly<Record<string, readonly string[]>> = {
      'uploads:create': ['startUploads', 'signParts', 'completeUploads', 'uploadStatus', 'abortUpload'],
      'files:read': ['listFiles', 'fileUrl'],
      'files:delete': ['deleteFile'],
      'links:create:internal': ['makeLink'],
    };
    for (const [scope, allowed] of Object.entries(actions)) {
      test(`${scope} does ${allowed.join(', ')}, and no other call`, async () => {
        const token = await narrowed({ scope, prefix: `folder:${inside.folder}` });
        for (const [name, facts] of Object.entries<RouteFacts>(ROUTES)) {
          if (facts.auth !== 'token' || allowed.includes(name)) continue;
          const path = facts.path.replace(':id', inside.file);
          const { status, body } = await call(token, facts.method, path, facts.method === 'POST' ? {} : undefined);
          assert.deepEqual([status, codeOf(body)], [403, 'not_allowed'], name);
        }
        for (const name of allowed) assert.equal(await calls[name]?.(token, inside), true, name);
      });
    }

    test('a link to somebody outside needs its own scope, also for files within reach', async () => {
      const internal: Scope = 'links:create:internal';
      const outside = outsideWords(rig.deps.registry.app('cases'), 'en');
      const wish = { ...inside.wish, recipient: 'lee@elsewhere.example', outside };
      const prefix = `folder:${inside.folder}`;
      const alone = await narrowed({ scope: internal, prefix });
      assert.equal((await call(alone, 'POST', '/v1/links', wish)).status, 403);
      const both = await narrowed({ scope: `${internal} links:create:external`, prefix });
      assert.equal((await call(both, 'POST', '/v1/links', wish)).status, 201);
    });

    for (const name of ['listLinks', 'takeBackLink', 'createFolder', 's3Ticket', 'agreements', 'agree', 'endAccess']) {
      test(`${name} knows no places and takes no token that has some`, async () => {
        const facts: RouteFacts = ROUTES[name as keyof typeof ROUTES];
        const token = await narrowed({ prefix: `folder:${inside.folder}` });
        const body = facts.method === 'POST' ? {} : undefined;
        const answer = await call(token, facts.method, facts.path.replace(':id', inside.link), body);
        assert.deepEqual([answer.status, codeOf(answer.body)], [403, 'not_allowed']);
      });
    }
  });

  test('is worth nothing to the page of another app, and nothing with another key', async () => {
    const token = await narrowed({ prefix: `folder:${inside.folder}` });
    const other = await rig.signedIn('photos', 'maria', 'acme-id');
    const { status } = await other.call('GET', '/v1/files', undefined, { token });
    assert.equal(status, 401);
  });
});
