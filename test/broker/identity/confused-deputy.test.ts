import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { desc, eq } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { audit } from '../../../demo/audit/schema.ts';
import { person } from '../../../demo/identity/schema.ts';
import { TOKEN_EXCHANGE } from '../../../demo/identity/tokens/clients.ts';
import { sequence } from '../../../demo/ledger/sequence.ts';
import { ROUTES, type RouteFacts } from '../../../src/contract/index.ts';
import { TestBrowser, TestTag } from '../../support/sign-in.ts';
import { type Belongings, ORIGINS, type SignedIn, TwoOrganisations } from '../../support/two-organisations.ts';

let rig: TwoOrganisations;
before(async () => {
  rig = await TwoOrganisations.start();
});
after(() => rig.close());

const codeOf = (body: unknown) => (body as { code?: string } | null)?.code;

/** A call of the wire, with what belongs to somebody else in every place where something can stand. */
interface Attempt {
  readonly path?: string;
  readonly body?: unknown;
  /** What whoever has nothing to do with it is told. */
  readonly told: (answer: { status: number; body: unknown }) => void;
}
const isNotThere: Attempt['told'] = ({ status, body }) =>
  assert.deepEqual([status, codeOf(body)], [404, 'not_found'], JSON.stringify(body));

const attempts = (theirs: Belongings): Readonly<Record<string, readonly Attempt[]>> => {
  const part = { number: 1, size: theirs.small.size, sha256: theirs.small.sha256 };
  const nothingOf: Attempt['told'] = ({ status, body }) => {
    assert.ok(status < 300, JSON.stringify(body));
    for (const id of [theirs.folder, theirs.batch, theirs.file, theirs.open, theirs.parts, theirs.link])
      assert.ok(!JSON.stringify(body).includes(id), id);
  };
  return {
    agreements: [{ told: nothingOf }],
    agree: [{ body: {}, told: ({ status }) => assert.equal(status, 400) }],
    startUploads: [
      { body: { files: [theirs.small], batch: theirs.batch }, told: isNotThere },
      { body: { files: [theirs.small], folder: theirs.folder }, told: isNotThere },
    ],
    signParts: [theirs.open, theirs.parts, theirs.file].map((upload) => ({
      body: { upload, parts: [part] },
      told: isNotThere,
    })),
    completeUploads: [theirs.open, theirs.parts, theirs.file].map((id) => ({
      body: { uploads: [{ id }] },
      told: ({ body }) => {
        const [entry] = (body as { files: { problem?: { code: string } }[] }).files;
        assert.equal(entry?.problem?.code, 'not_found');
      },
    })),
    uploadStatus: [theirs.open, theirs.file].map((id) => ({ path: `/v1/uploads/${id}`, told: isNotThere })),
    abortUpload: [theirs.open, theirs.parts].map((id) => ({ path: `/v1/uploads/${id}`, told: isNotThere })),
    s3Ticket: [{ body: { upload: theirs.parts, act: 'list' }, told: isNotThere }],
    createFolder: [{ body: { name: 'Case 7' }, told: nothingOf }],
    listFiles: [{ told: nothingOf }],
    fileUrl: [{ path: `/v1/files/${theirs.file}/url`, told: isNotThere }],
    deleteFile: [{ path: `/v1/files/${theirs.file}`, told: isNotThere }],
    makeLink: [{ body: { ...theirs.wish, recipient: 'lee@acme.example' }, told: isNotThere }],
    listLinks: [{ told: nothingOf }],
    listAppLinks: [{ told: nothingOf }],
    checkRecipient: [{ body: { recipient: theirs.wish.recipient }, told: nothingOf }],
    previewLink: [{ body: theirs.wish, told: isNotThere }],
    renewLink: [{ path: `/v1/links/${theirs.link}/renew`, body: {}, told: isNotThere }],
    keepLink: [{ path: `/v1/links/${theirs.link}/keep`, told: isNotThere }],
    linkLog: [{ path: `/v1/links/${theirs.link}/log`, told: isNotThere }],
    takeBackLink: [{ path: `/v1/links/${theirs.link}`, told: isNotThere }],
    endAccess: [{ told: isNotThere }],
    ledgerEntries: [{ told: nothingOf }],
  };
};
/** A call without a row of its own: with their link in its address, and with nothing that fits in its body. */
const anywhere = (theirs: Belongings, path: string): Attempt => ({
  path: path.replace(':id', theirs.link),
  body: {},
  told: ({ status, body }) => {
    assert.ok(path.includes(':id') ? status >= 400 && status < 500 : status < 500, `${status} ${JSON.stringify(body)}`);
    for (const id of [theirs.folder, theirs.batch, theirs.file, theirs.open, theirs.parts])
      assert.ok(!JSON.stringify(body).includes(id), id);
  },
});
const routes = new Map<string, RouteFacts>(Object.entries(ROUTES));
const withToken = [...routes].filter(([, { auth }]) => auth === 'token').map(([name]) => name);

describe("a token of one app, with what is another app's", () => {
  let mine: SignedIn;
  let them: SignedIn;
  let theirs: Belongings;
  before(async () => {
    mine = await rig.signedIn('cases', 'maria');
    them = await rig.signedIn('globex-cases', 'sam', 'globex-id');
    theirs = await them.belongings();
    await sequence(rig.deps);
    rig.deps.clock.pass(30); // What ends now ends what was issued before.
  });

  test('is tried at every call that takes a token', () => {
    const unknown = Object.keys(attempts(theirs)).filter((name) => !withToken.includes(name));
    assert.deepEqual(unknown, [], 'calls that are gone');
  });

  for (const name of withToken) {
    const { method, path } = routes.get(name) ?? assert.fail(name);
    test(`${method} ${path}: nothing of it is seen or changed`, async () => {
      for (const attempt of attempts(theirs)[name] ?? [anywhere(theirs, path)]) {
        const owner = decodeJwt(them.tokens.access_token ?? '').sub;
        const body = name === 'endAccess' ? { person: owner } : attempt.body;
        attempt.told(await mine.call(method, attempt.path ?? path, method === 'GET' ? undefined : body));
      }
    });

    test(`${method} ${path}: the page of the other app is refused with it`, async () => {
      const at = path.replace(':id', theirs.file);
      const { status, body } = await mine.call(method, at, method === 'POST' ? {} : undefined, {
        origin: ORIGINS['globex-cases'],
      });
      assert.deepEqual([status, codeOf(body)], [403, 'origin_not_allowed']);
    });

    test(`${method} ${path}: the key of the other app's page is refused with it`, async () => {
      const at = path.replace(':id', theirs.file);
      const token = mine.tokens.access_token ?? '';
      const { status, body } = await them.call(method, at, method === 'POST' ? {} : undefined, {
        token,
        origin: ORIGINS.cases,
      });
      assert.deepEqual([status, codeOf(body)], [401, 'sign_in_ended']);
    });
  }

  test('a token narrowed to places of theirs reaches nothing', async () => {
    const answer = await mine.token({
      grant_type: TOKEN_EXCHANGE,
      client_id: 'cases',
      subject_token: mine.tokens.access_token ?? '',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      prefix: `folder:${theirs.folder} upload:${theirs.file} upload:${theirs.open}`,
    });
    const { access_token: token = '' } = (await answer.json()) as Record<string, string>;
    isNotThere(await mine.call('GET', `/v1/uploads/${theirs.open}`, undefined, { token }));
    isNotThere(await mine.call('POST', `/v1/files/${theirs.file}/url`, undefined, { token }));
    isNotThere(await mine.call('POST', '/v1/uploads', { files: [theirs.small], folder: theirs.folder }, { token }));
    assert.deepEqual((await mine.call('GET', '/v1/files', undefined, { token })).body, { files: [] });
  });

  test('all of theirs is still as it was, and still theirs', async () => {
    const { body } = await them.call('GET', '/v1/files');
    assert.deepEqual(
      (body as { files: { id: string }[] }).files.map(({ id }) => id),
      [theirs.file],
    );
    for (const id of [theirs.open, theirs.parts]) {
      const { body: open } = await them.call('GET', `/v1/uploads/${id}`);
      assert.equal((open as { state: string }).state, 'open');
    }
    const { body: list } = await them.call('GET', '/v1/links');
    assert.deepEqual(
      (list as { links: { id: string; state: string }[] }).links.map(({ id, state }) => [id, state]),
      [[theirs.link, 'open']],
    );
  });
});

for (const other of ['globex-cases', 'photos'] as const)
  describe(`what the issuer gave one app, taken to it as the client of ${other}`, () => {
    const refusals = {
      'a code': (mine: SignedIn) => ({
        grant_type: 'authorization_code',
        code: mine.code,
        code_verifier: mine.tag.verifier,
        redirect_uri: `${rig.url}/sign-in/callback`,
      }),
      'a refresh token': (mine: SignedIn) => ({
        grant_type: 'refresh_token',
        refresh_token: mine.tokens.refresh_token ?? '',
      }),
      'an access token to exchange': (mine: SignedIn) => ({
        grant_type: TOKEN_EXCHANGE,
        subject_token: mine.tokens.access_token ?? '',
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }),
    };
    for (const [what, form] of Object.entries(refusals)) {
      test(`${what} is refused`, async () => {
        const mine = await rig.signedIn('cases', 'maria');
        const answer = await mine.tag.call('POST', '/oidc/token', {
          origin: ORIGINS[other],
          form: { client_id: other, ...form(mine) },
        });
        const { error } = (await answer.json()) as { error: string };
        assert.equal(answer.status, 400);
        assert.match(error, /^invalid_(grant|request)$/);
      });
    }

    test('a code that nobody redeemed is refused, and stays good for its own app alone', async () => {
      const { tag, collected } = await rig.ended('cases', 'maria');
      const { code = '' } = collected;
      const foreign = await tag.exchange(other, code, ORIGINS[other]);
      assert.deepEqual([foreign.status, ((await foreign.json()) as { error: string }).error], [400, 'invalid_grant']);
      assert.equal((await tag.exchange('cases', code)).status, 200);
    });

    test('a revocation ends nothing', async () => {
      const mine = await rig.signedIn('cases', 'maria');
      for (const token of [mine.tokens.access_token ?? '', mine.tokens.refresh_token ?? '']) {
        await mine.tag.call('POST', '/oidc/token/revocation', {
          origin: ORIGINS[other],
          form: { client_id: other, token },
        });
      }
      assert.equal((await mine.call('GET', '/v1/files')).status, 200);
    });

    test('a sign-in is collected and cancelled for its own app alone', async () => {
      const { tag, browser, authorize } = await rig.begun('cases');
      await browser.signIn(authorize, 'maria');
      const asked = { body: { app: other, secret: tag.secret }, origin: ORIGINS[other] };
      assert.deepEqual(await (await tag.call('POST', '/v1/sign-in/collect', asked)).json(), { status: 'pending' });
      assert.equal((await tag.call('POST', '/v1/sign-in/cancel', asked)).status, 204);
      assert.equal(((await (await tag.collect('cases')).json()) as { status: string }).status, 'code');
    });
  });

describe('a person of one provider who claims what another names', () => {
  const lastRefusal = async () => {
    const [row] = await rig.deps.db.q
      .select()
      .from(audit)
      .where(eq(audit.act, 'sign-in.refused'))
      .orderBy(desc(audit.seq))
      .limit(1);
    return row;
  };

  test('has no address of a domain that the provider is not for, though the app lets that domain in', async () => {
    const { collected } = await rig.ended('photos', 'sam', 'acme-id');
    assert.deepEqual(collected, { status: 'error', error: 'access_denied' });
    const act = await lastRefusal();
    assert.deepEqual(
      [act?.act, act?.app, act?.subject, act?.facts],
      ['sign-in.refused', 'photos', 'acme-id', { reason: 'the domain is not of this provider' }],
    );
  });

  test('is another person, though subject, name and address are the same', async () => {
    const one = await rig.signedIn('photos', 'jo', 'acme-id');
    const two = await rig.signedIn('photos', 'jo', 'globex-id');
    const rows = await rig.deps.db.q.select().from(person).where(eq(person.app, 'photos'));
    const jos = rows.filter(({ subject }) => subject === 'jo');
    assert.deepEqual(
      jos.map(({ email }) => email),
      ['jo@acme.example', 'jo@acme.example'],
    );
    assert.equal(new Set(jos.map(({ issuer }) => issuer)).size, 2);
    const [first, second] = [one, two].map(({ tokens }) => decodeJwt(tokens.access_token ?? '').sub);
    assert.notEqual(first, second);
    const theirs = await one.belongings();
    isNotThere(await two.call('POST', `/v1/files/${theirs.file}/url`));
    isNotThere(await two.call('DELETE', `/v1/uploads/${theirs.open}`));
    isNotThere(await two.call('DELETE', `/v1/links/${theirs.link}`));
    isNotThere(await two.call('POST', '/v1/uploads', { files: [theirs.small], batch: theirs.batch }));
    assert.deepEqual((await two.call('GET', '/v1/files')).body, { files: [] });
  });

  test('cannot come by a provider that the app does not list', async () => {
    const { browser, tag, authorize } = await rig.begun('globex-cases');
    const { visited } = await browser.open(authorize);
    const interaction = visited.find((address) => address.includes('/sign-in/interaction/')) ?? assert.fail();
    const { status } = await browser.open(`${interaction}/with/acme-id`);
    assert.equal(status, 400);
    const waiting = await tag.collect('globex-cases', { origin: ORIGINS['globex-cases'] });
    assert.deepEqual(await waiting.json(), { status: 'pending' });
  });

  for (const [here, there] of [
    ['acme-id', 'globex-id'],
    ['globex-id', 'acme-id'],
  ] as const) {
    test(`an answer of ${here} that comes to the address of ${there} is refused, and ends nothing`, async () => {
      const { tag, browser, authorize } = await rig.begun('photos');
      const choice = await browser.open(authorize);
      const page = await browser.open(`${choice.url.href}/with/${here}`);
      const body = new URLSearchParams({ username: 'jo', password: 'jo-demo' });
      const back = await browser.openUntil(rig.url, page.url.href, { method: 'POST', body });
      assert.equal(new URL(back).pathname, `/sign-in/provider/${here}`);
      const mixed = await browser.open(back.replace(here, there));
      assert.equal(mixed.status, 400);
      assert.deepEqual(await (await tag.collect('photos')).json(), { status: 'pending' });
      await browser.open(back);
      assert.equal(((await (await tag.collect('photos')).json()) as { status: string }).status, 'code');
    });
  }

  test('an answer of one provider, under the state of a round trip to the other, is no sign-in', async () => {
    const browser = new TestBrowser();
    const go = async (provider: string) => {
      const tag = await TestTag.make(rig.url);
      const choice = await browser.open(await browser.begin(rig.url, tag.transaction('photos')));
      const page = await browser.open(`${choice.url.href}/with/${provider}`);
      const body = new URLSearchParams({ username: 'jo', password: 'jo-demo' });
      return { tag, back: new URL(await browser.openUntil(rig.url, page.url.href, { method: 'POST', body })) };
    };
    const toAcme = await go('acme-id');
    const toGlobex = await go('globex-id');
    for (const name of ['code', 'iss']) {
      const theirs = toAcme.back.searchParams.get(name);
      if (theirs !== null) toGlobex.back.searchParams.set(name, theirs);
    }
    await browser.open(toGlobex.back.href);
    const { status, error } = (await (await toGlobex.tag.collect('photos')).json()) as Record<string, string>;
    assert.deepEqual([status, error], ['error', 'server_error']);
  });
});
