import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { mintGuestCode } from '../../../demo/identity/guests/codes.ts';
import { guestCode, guestLock, person } from '../../../demo/identity/schema.ts';
import type { RecordedJobs } from '../../support/broker.ts';
import { type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

const NOTICE = 'You send as a guest. The team keeps your address for a year.';

describe('signing in without an account', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
    for (const id of ['cases', 'photos']) {
      const { record, template } = rig.deps.registry.app(id);
      Object.assign(record, { guests: true });
      const scopes = ['uploads:create', 'files:read', 'files:read:app', 'exports:read'];
      Object.assign(template, { guests: { scopes, ...(id === 'photos' && { notice: { en: NOTICE } }) } });
    }
  });
  after(() => rig.close());
  beforeEach(async () => {
    await rig.deps.db.q.delete(guestCode);
    await rig.deps.db.q.delete(guestLock);
    jobs().sent.length = 0;
  });

  const jobs = () => rig.deps.jobs as RecordedJobs;
  const own = () => ({ origin: rig.url });

  /** A browser on the page that asks for the address. */
  async function atTheDoor(app = 'cases') {
    const tag = await TestTag.make(rig.url);
    const browser = new TestBrowser();
    const choose = await browser.open(await browser.begin(rig.url, tag.transaction(app)));
    const here = `${choose.url.href}/guest`;
    const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = own()) =>
      browser.open(`${here}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
    return {
      tag,
      browser,
      choose,
      here,
      post,
      ask: (address: string) => post('', { address }),
      enter: (code: string) => post('/code', { code }),
      collect: async () => (await (await tag.collect(app)).json()) as { status: string; code: string; error?: string },
    };
  }
  type Door = Awaited<ReturnType<typeof atTheDoor>>;

  /** What the mail that went out last says. */
  async function mailed(): Promise<string> {
    const last = jobs().sent.at(-1);
    assert.equal(last?.name, 'guest-mail');
    const minted = await mintGuestCode(rig.deps, last?.payload.id ?? '');
    return minted?.code ?? '';
  }
  const another = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0');

  async function signedIn(door: Door, address: string, app = 'cases') {
    await door.ask(address);
    await door.enter(await mailed());
    const { code } = await door.collect();
    return (await (await door.tag.exchange(app, code)).json()) as Record<string, string>;
  }

  test('the page names the ways in, and looking at it sends nothing', async () => {
    const { choose, browser, here } = await atTheDoor();
    assert.equal(choose.status, 200);
    assert.match(choose.text, /<h1>How do you want to sign in\?<\/h1>/);
    assert.match(choose.text, /Sign in with Acme/);
    assert.match(choose.text, /Go on without an account/);
    for (const path of ['', '/code']) assert.equal((await browser.open(here + path)).status, 200);
    assert.deepEqual(jobs().sent, []);
  });

  test('a guest types an address, then the code of the mail, and is signed in with what guests may do', async () => {
    const door = await atTheDoor();
    const asked = await door.ask(' Kim@Outside.Example ');
    assert.match(asked.url.pathname, /\/guest\/code$/);
    assert.match(asked.text, /We sent 8 digits to <bdi>kim@outside\.example<\/bdi>/);
    const code = await mailed();
    const end = await door.enter(`${code.slice(0, 4)} ${code.slice(4)}`);
    assert.equal(end.url.pathname, '/sign-in/callback');
    const { code: handed } = await door.collect();
    const tokens = (await (await door.tag.exchange('cases', handed)).json()) as Record<string, string>;
    assert.equal(
      tokens.scope
        ?.split(' ')
        .filter((scope) => scope.includes(':'))
        .join(' '),
      'uploads:create files:read',
    );
    const { sub } = decodeJwt(tokens.access_token ?? '');
    const row = (await rig.deps.db.q.select().from(person)).find(({ id }) => id === sub);
    assert.equal(row?.guest, true);
    assert.equal(row?.issuer, `${rig.url}/oidc`);
    assert.equal(row?.email, 'kim@outside.example');
    assert.ok(!row?.subject.includes('kim'));
  });

  test('the same address is the same guest at one app, and another at another app', async () => {
    const subs: (string | undefined)[] = [];
    for (const app of ['cases', 'cases']) {
      const tokens = await signedIn(await atTheDoor(app), 'kim@outside.example', app);
      subs.push(decodeJwt(tokens.access_token ?? '').sub);
      rig.deps.clock.pass(60);
    }
    rig.deps.clock.pass(-120);
    assert.equal(subs[0], subs[1]);
    const door = await atTheDoor('photos');
    await door.post('', { address: 'kim@outside.example', agree: 'yes' });
    await door.enter(await mailed());
    const tokens = (await (await door.tag.exchange('photos', (await door.collect()).code)).json()) as Record<
      string,
      string
    >;
    assert.notEqual(decodeJwt(tokens.access_token ?? '').sub, subs[0]);
  });

  test('a guest with the address of an account is somebody else, and no owner', async () => {
    const door = await atTheDoor();
    const tokens = await signedIn(door, 'owner@acme.example');
    assert.ok(!tokens.scope?.includes('files:read:app'));
    const rows = await rig.deps.db.q.select().from(person);
    const guest = rows.find(({ id }) => id === decodeJwt(tokens.access_token ?? '').sub);
    assert.ok(rows.every((row) => row.id === guest?.id || row.subject !== guest?.subject));
  });

  test('digits of other scripts, dashes and spaces are the same code; seven digits cost no try', async () => {
    const door = await atTheDoor();
    await door.ask('kim@outside.example');
    const code = await mailed();
    const short = await door.enter(code.slice(1));
    assert.equal(short.status, 422);
    assert.match(short.text, /The code has 8 digits/);
    const [row] = await rig.deps.db.q.select().from(guestCode);
    assert.equal(row?.tries, 0);
    const arabic = code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
    await door.enter(`${arabic.slice(0, 4)}\u2013${arabic.slice(4)}`);
    assert.equal((await door.collect()).status, 'code');
  });

  test('a code has five tries, told from the first wrong one; then only a new one helps', async () => {
    const door = await atTheDoor();
    await door.ask('kim@outside.example');
    const code = await mailed();
    for (const left of [4, 3, 2]) {
      const page = await door.enter(another(code));
      assert.equal(page.status, 403);
      assert.match(page.text, new RegExp(`You have ${left} tries left`));
    }
    assert.match((await door.enter(another(code))).text, /You have 1 try left/);
    assert.match((await door.enter(another(code))).text, /no longer works/);
    const late = await door.enter(code);
    assert.match(late.text, /no longer works/);
    assert.ok(!late.text.includes('name="code"'));
    assert.deepEqual(await door.collect(), { status: 'pending' });
    rig.deps.clock.pass(45);
    await door.post('/again', {});
    await door.enter(await mailed());
    assert.equal((await door.collect()).status, 'code');
    rig.deps.clock.pass(-45);
  });

  test('a code works for ten minutes, once', async () => {
    const door = await atTheDoor();
    await door.ask('kim@outside.example');
    const code = await mailed();
    rig.deps.clock.pass(600);
    // The sign-in as a whole has ended by then too; the code alone is looked at here.
    assert.equal((await rig.deps.db.q.select().from(guestCode))[0]?.expiresAt.getTime(), rig.deps.now());
    rig.deps.clock.pass(-1);
    await door.enter(code);
    rig.deps.clock.pass(-599);
    assert.equal((await rig.deps.db.q.select().from(guestCode))[0]?.usedAt !== null, true);
    const again = await door.enter(code);
    assert.equal(again.status, 400);
  });

  test('fifteen wrong codes pause all codes for that address at this app for an hour, and for nobody else', async () => {
    for (let mail = 0; mail < 3; mail++) {
      const door = await atTheDoor();
      await door.ask('kim@outside.example');
      const wrong = another(await mailed());
      for (let n = 1; n <= 5; n++) {
        const page = await door.enter(wrong);
        if (mail < 2 || n < 5) continue;
        assert.equal(page.status, 429);
        assert.match(page.text, /Too many wrong codes/);
      }
      rig.deps.clock.pass(46);
    }
    const door = await atTheDoor();
    const locked = await door.ask('kim@outside.example');
    assert.equal(locked.status, 429);
    assert.match(locked.text, /Too many wrong codes/);
    assert.match(locked.text, /Sign in another way/);
    assert.match((await door.ask('lee@outside.example')).url.pathname, /\/code$/);
    rig.deps.clock.pass(3600);
    const later = await atTheDoor();
    assert.match((await later.ask('kim@outside.example')).url.pathname, /\/code$/);
    rig.deps.clock.pass(-3600 - 3 * 46);
  });

  test('three mails an hour to an address at one app, five over all apps, whoever asks', async () => {
    const asks = async (app: string) => {
      const door = await atTheDoor(app);
      rig.deps.clock.pass(50);
      return door.post('', { address: 'kim@outside.example', agree: 'yes' });
    };
    for (let n = 0; n < 3; n++) await asks('cases');
    const fourth = await asks('cases');
    assert.equal(fourth.status, 429);
    assert.match(fourth.text, /Too many codes were asked for/);
    for (let n = 0; n < 3; n++) await asks('photos');
    assert.equal(jobs().sent.length, 5);
    rig.deps.clock.pass(-50 * 7);
  });

  test('who presses twice within 45 seconds is shown the code that is out, and one mail goes', async () => {
    const door = await atTheDoor();
    await Promise.all([1, 2, 3].map(() => door.ask('kim@outside.example')));
    assert.equal(jobs().sent.length, 1);
    const other = await atTheDoor();
    assert.equal((await other.ask('kim@outside.example')).status, 429);
    assert.equal(jobs().sent.length, 1);
  });

  test('a code works in the browser and the sign-in that asked for it, and nowhere else', async () => {
    const door = await atTheDoor();
    await door.ask('kim@outside.example');
    const code = await mailed();
    const thief = await atTheDoor();
    await thief.enter(code);
    assert.deepEqual(await thief.collect(), { status: 'pending' });
    const stranger = new TestBrowser();
    const answer = await stranger.open(`${door.here}/code`, {
      method: 'POST',
      body: new URLSearchParams({ code }),
      headers: own(),
    });
    assert.equal(answer.status, 400);
    const planted = new TestBrowser();
    planted.plant(door.browser);
    planted.plantCookie(rig.url, 'su_guest', '');
    await planted.open(`${door.here}/code`, { method: 'POST', body: new URLSearchParams({ code }), headers: own() });
    assert.deepEqual(await door.collect(), { status: 'pending' });
    await door.enter(code);
    assert.equal((await door.collect()).status, 'code');
  });

  test('a form of another site, or of none, sends no mail and tries no code', async () => {
    const door = await atTheDoor();
    for (const origin of ['https://evil.example', 'null', `${rig.url}.evil.example`]) {
      const answer = await door.post('', { address: 'kim@outside.example' }, { origin });
      assert.equal(answer.status, 403);
    }
    assert.equal((await door.post('', { address: 'kim@outside.example' }, {})).status, 403);
    assert.deepEqual(jobs().sent, []);
  });

  test('what is no address is told at the field, and what was typed stays there as text', async () => {
    const door = await atTheDoor();
    for (const typed of [
      '',
      'kim',
      'kim@',
      '@outside.example',
      '"><b>@x',
      'a@b',
      'kim@[127.0.0.1]',
      'k\u0000@a.example',
    ]) {
      const page = await door.ask(typed);
      assert.equal(page.status, 422, typed);
      assert.match(page.text, /Check the address/);
      assert.ok(!page.text.includes('"><b>'));
    }
    assert.deepEqual(jobs().sent, []);
  });

  test('where the template has a notice for guests, nothing goes before they agree', async () => {
    const door = await atTheDoor('photos');
    assert.ok((await door.browser.open(door.here)).text.includes(NOTICE));
    const page = await door.ask('kim@outside.example');
    assert.equal(page.status, 422);
    assert.match(page.text, /Tick the box first/);
    assert.deepEqual(jobs().sent, []);
    await door.post('', { address: 'kim@outside.example', agree: 'yes' });
    assert.equal(jobs().sent.length, 1);
  });

  test('an app that did not turn guests on, or whose template does not know them, has no such page', async () => {
    const { record, template } = rig.deps.registry.app('cases');
    const { guests } = template;
    const door = await atTheDoor();
    for (const [on, known] of [
      [false, guests],
      [true, undefined],
    ] as const) {
      Object.assign(record, { guests: on });
      Object.assign(template, { guests: known });
      assert.equal((await door.browser.open(door.here)).status, 404);
      assert.equal((await door.ask('kim@outside.example')).status, 404);
    }
    Object.assign(record, { guests: true });
    Object.assign(template, { guests });
    assert.deepEqual(jobs().sent, []);
  });

  test('the pages speak German and Arabic, cannot be framed, and run no script but our own', async () => {
    const door = await atTheDoor();
    for (const [lang, dir, title] of [
      ['de', 'ltr', 'Ohne Konto weiter'],
      ['ar', 'rtl', 'المتابعة من دون حساب'],
    ] as const) {
      const page = await door.browser.open(door.here, { headers: { 'accept-language': lang } });
      assert.ok(page.text.includes(`<html lang="${lang}" dir="${dir}">`));
      assert.ok(page.text.includes(`<h1>${title}</h1>`));
    }
    const page = await door.browser.open(door.here);
    assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none';.*frame-ancestors 'none'/);
  });
});
