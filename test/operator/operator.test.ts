import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { desc } from 'drizzle-orm';
import { decodeProtectedHeader } from 'jose';
import { root } from '../../build/root.ts';
import { demoApps } from '../../demo/apps.ts';
import { audit } from '../../demo/audit/schema.ts';
import { lockFolder } from '../../demo/database/folder-lock.ts';
import { person } from '../../demo/identity/schema.ts';
import { openTestPostgres, type TestPostgres } from '../support/database.ts';
import { type IssuerRig, startIssuer } from '../support/issuer.ts';
import { SHOP } from '../support/sign-in.ts';

describe("an operator's command, while two brokers run on the same PostgreSQL", () => {
  let postgres: TestPostgres;
  let one: IssuerRig;
  let two: IssuerRig;
  before(async () => {
    postgres = await openTestPostgres();
    one = await startIssuer({ db: await postgres.open(), apps: demoApps(SHOP) });
    two = await startIssuer({ db: await postgres.open(), apps: demoApps(SHOP) });
  });
  after(async () => {
    await one?.close();
    await two?.close();
    await Promise.all([one?.deps.db.close(), two?.deps.db.close()]);
    await postgres?.stop();
  });

  const run = (words: readonly string[], env: NodeJS.ProcessEnv = { DATABASE_URL: postgres.url }, typed = '') =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const args = ['--import', 'tsx', join(root, 'demo/operator.ts'), ...words];
      const options = { env: { PATH: process.env.PATH, ...env }, cwd: root };
      const child = execFile(process.execPath, args, options, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out: out.trim(), err: err.trim() }),
      );
      child.stdin?.end(typed);
    });
  /** Somebody at each broker, with a token of a moment ago. */
  const at = async (app: string, who = 'jo') => {
    for (const { deps } of [one, two]) deps.clock.pass((Date.now() - deps.now()) / 1000);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iat: now - 5, exp: now + 295 };
    const people = await Promise.all([one, two].map((rig) => rig.holder({ app, person: who, claims })));
    return async () => {
      const answers = people.map(({ tag, token }) => tag.call('GET', '/v1/files', { token }));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
  };
  const lastAct = async () => (await one.deps.db.q.select().from(audit).orderBy(desc(audit.seq)).limit(1))[0];

  test('ends a tenant: both refuse its people at once and nobody else, and it says how long that took', async () => {
    const [globex, acme] = [await at('globex-photos'), await at('cs-screenshots')];
    assert.deepEqual(await globex(), [200, 200]);
    const { code, out } = await run(['end', 'tenant', 'globex']);
    assert.equal(code, 0);
    assert.match(out, /^tenant globex: 0 sign-ins, 0 links, 0 open uploads ended in \d+ ms\.$/);
    assert.deepEqual(
      [await globex(), await acme()],
      [
        [401, 401],
        [200, 200],
      ],
    );
    const act = await lastAct();
    assert.deepEqual(
      [act?.act, act?.actor, act?.subject, act?.tenant],
      ['access.ended', 'operator', 'globex', 'globex'],
    );
  });

  test('ends an app, and a person of one', async () => {
    const row = { tenant: 'acme', app: 'case-files', issuer: 'i', name: 'n', scopes: [], seenAt: new Date() };
    await one.deps.db.q.insert(person).values({ id: 'person-lu', subject: 'lu', ...row });
    const [lu, kim, photos] = [
      await at('case-files', 'person-lu'),
      await at('case-files', 'kim'),
      await at('cs-screenshots', 'kim'),
    ];
    assert.equal((await run(['end', 'person', 'case-files', 'person-lu'])).code, 0);
    assert.deepEqual(
      [await lu(), await kim()],
      [
        [401, 401],
        [200, 200],
      ],
    );
    assert.equal((await run(['end', 'app', 'case-files'])).code, 0);
    assert.deepEqual(
      [await kim(), await photos()],
      [
        [401, 401],
        [200, 200],
      ],
    );
  });

  test('cuts all lives and gives them back', async () => {
    const now = await at('event-photos');
    const old = await one.holder({ app: 'event-photos', claims: { iat: Math.floor(Date.now() / 1000) - 70 } });
    const { code, out } = await run(['cut-lives', '60']);
    assert.equal(code, 0);
    assert.match(out, /^All lives cut to 60 seconds in \d+ ms\.$/);
    assert.equal((await old.tag.call('GET', '/v1/files', { token: old.token })).status, 401);
    assert.deepEqual(await now(), [200, 200]);
    assert.match((await run(['restore-lives'])).out, /^The usual lives again, in \d+ ms\.$/);
    assert.equal((await lastAct())?.act, 'lives.restored');
  });

  test('asks for the address of somebody to forget, so that no history keeps it, and forgets them', async () => {
    const row = { tenant: 'acme', app: 'case-files', issuer: 'i', name: 'n', scopes: [], seenAt: new Date() };
    const address = { email: 'zoe@acme.example' };
    await one.deps.db.q.insert(person).values({ id: 'person-zoe', subject: 'zoe', ...row, ...address });
    const all = async () => (await one.deps.db.q.select().from(person)).map(({ id }) => id);
    assert.ok((await all()).includes('person-zoe'));
    const { code, out, err } = await run(['forget', 'address', 'acme', '-'], undefined, 'Zoe@ACME.example\n');
    assert.equal(code, 0);
    assert.match(out, /^Forgotten\. People: 1, files: 0, links they sent: 0, links to the address: 0\./);
    assert.equal(err, 'Mail address:');
    assert.ok(!(await all()).includes('person-zoe'));
    assert.equal(
      (await run(['forget', 'address', 'acme', '-'], undefined, '')).err.split('\n').at(-1),
      'Mail address: That is no mail address.',
    );
  });

  test('makes the next key, and replaces the keys of the issuer', async () => {
    const kid = () => one.deps.keys.issuer.current.kid;
    const before = kid();
    assert.match(
      (await run(['rotate', 'issuer'])).out,
      /^The next issuer key is made \(\d+ ms\), and signs in an hour\.$/,
    );
    await one.deps.keys.issuer.reload();
    assert.equal(kid(), before, 'not yet');
    const stolen = await one.holder({ app: 'event-photos' });
    assert.equal(decodeProtectedHeader(stolen.token).kid, before);
    const { code, out } = await run(['replace-issuer-keys']);
    assert.equal(code, 0);
    assert.match(out, /^The issuer's keys are replaced \(\d+ ms\)\./);
    for (const { deps } of [one, two]) deps.clock.pass(11);
    assert.equal((await stolen.tag.call('GET', '/v1/files', { token: stolen.token })).status, 401);
    assert.notEqual(kid(), before);
    assert.deepEqual([(await lastAct())?.act, (await lastAct())?.actor], ['key.rotated', 'operator']);
  });

  for (const [words, line] of [
    [['end', 'tenant', 'nobody'], 'There is no tenant "nobody".'],
    [['end', 'app', 'nobody'], 'There is no app "nobody".'],
    [['end', 'person', 'case-files', 'nobody'], 'The app knows no such person.'],
    [['end', 'everything'], 'Whose? end tenant <id>, end app <id>, or end person <app> <id>.'],
    [['end', 'tenant'], 'Wanted 1 more, got 0. Run "npm run operator -- --help".'],
    [['end', 'tenant', 'acme', 'globex'], 'Wanted 1 more, got 2. Run "npm run operator -- --help".'],
    [['cut-lives', '59'], 'Lives can be cut to 60 to 3600 seconds.'],
    [['cut-lives', '5 minutes'], 'Lives can be cut to 60 to 3600 seconds.'],
    [['rotate', 'cookie'], 'Which key? rotate issuer, or rotate receipt.'],
    [['toString'], 'There is no command "toString". Run "npm run operator -- --help".'],
  ] as const) {
    test(`${words.join(' ')} does nothing, and says in one line why`, async () => {
      const before = await lastAct();
      assert.deepEqual(await run(words), { code: 1, out: '', err: line });
      assert.deepEqual(await lastAct(), before);
    });
  }

  test('does nothing to a folder that a broker uses, and names its process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'su-operator-'));
    const release = lockFolder(folder);
    try {
      const { code, err } = await run(['restore-lives'], { DATA_DIR: folder });
      assert.equal(code, 1);
      assert.equal(
        err,
        `A broker uses this folder (process ${process.pid}), and PGlite is for one process. Stop it first, or use PostgreSQL.`,
      );
    } finally {
      release();
      rmSync(folder, { recursive: true });
    }
  });

  test('without a database says so, and repeats no password', async () => {
    const { code, err } = await run(['restore-lives'], { DATABASE_URL: 'postgresql://u:secret@127.0.0.1:1/x' });
    assert.equal(code, 1);
    assert.match(err, /^Nothing was done: \w+\. Is the database there\?$/);
  });

  test('explains itself', async () => {
    const { code, out } = await run([]);
    assert.equal(code, 0);
    assert.match(out, /end tenant <id>/);
  });
});
