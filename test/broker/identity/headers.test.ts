import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SHOP, type SignInRig, TestBrowser, TestTag } from '../../support/sign-in.ts';
import { startWholeBroker } from '../../support/whole-broker.ts';

describe('the pages of signing in', () => {
  let rig: SignInRig;
  before(async () => {
    rig = await startWholeBroker();
  });
  after(() => rig.close());

  test('no page of signing in names a referrer, is framed or kept', async () => {
    const tag = await TestTag.make(rig.url);
    const { visited } = await new TestBrowser().open(await new TestBrowser().begin(rig.url, tag.transaction('cases')));
    const ours = visited.filter((address) => address.startsWith(`${rig.url}/sign-in/`));
    for (const address of [
      ...ours,
      `${rig.url}/sign-in/start?app=cases`,
      `${rig.url}/sign-in/callback?code=x`,
      `${rig.url}/code`,
    ]) {
      const { headers } = await fetch(address, { redirect: 'manual' });
      assert.equal(headers.get('referrer-policy'), 'no-referrer', address);
      if (headers.get('content-type')?.includes('html')) {
        assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, address);
        assert.equal(headers.get('cache-control'), 'no-store', address);
      }
    }
  });

  test('no window of another origin holds a page that people open by themselves; a sign-in keeps the page that opened it', async () => {
    const holders = async (path: string) =>
      (await fetch(rig.url + path, { headers: { accept: 'text/html' } })).headers.get('cross-origin-opener-policy');
    for (const path of ['/stop', '/verify', '/code']) assert.equal(await holders(path), 'same-origin', path);
    for (const path of ['/sign-in/start?app=cases', '/sign-in/callback?code=x', '/sign-in/lost']) {
      assert.equal(await holders(path), null, path);
    }
  });

  test('a script of a page of one card can write no markup', async () => {
    for (const path of ['/code', '/stop', '/verify', '/sign-in/start?app=cases', '/sign-in/lost']) {
      const { headers } = await fetch(rig.url + path, { headers: { accept: 'text/html' } });
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /; require-trusted-types-for 'script'; trusted-types 'none'$/, path);
    }
  });

  test('every style and script that a page of one card names is there, and so are those of the sign-out', async () => {
    for (const path of ['/code', '/stop', '/verify', '/sign-in/start?app=cases', '/oidc/session/end/success']) {
      const shown = await (await fetch(rig.url + path, { headers: { accept: 'text/html' } })).text();
      const named = [...shown.matchAll(/(?:href|src)="(\/pages\/[^"]+)"/g)].map(([, file = '']) => file);
      assert.deepEqual(named.slice(0, 2), ['/pages/page.css', '/pages/card.css'], path);
      assert.ok(shown.includes('<main class="card">'), path);
      for (const file of named) {
        const { status, headers } = await fetch(rig.url + file);
        assert.equal(status, 200, file);
        assert.match(headers.get('content-type') ?? '', file.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      }
    }
  });

  const byHand = (tag: TestTag, more: Record<string, string> = {}) =>
    `${rig.url}/oidc/auth?${new URLSearchParams({
      client_id: 'cases',
      response_type: 'code',
      redirect_uri: `${rig.url}/sign-in/callback`,
      scope: 'openid',
      state: tag.state,
      nonce: tag.nonce,
      code_challenge: tag.transaction('cases').challenge,
      code_challenge_method: 'S256',
      dpop_jkt: tag.jkt,
      ...more,
    })}`;

  test('an authorize address that somebody wrote by hand asks nobody for a password', async () => {
    const tag = await TestTag.make(rig.url);
    await new TestBrowser().begin(rig.url, tag.transaction('cases'));
    const requests = [
      {},
      { response_mode: 'fragment' },
      { response_mode: 'form_post' },
      { prompt: 'none' },
      { request: 'e30.e30.' },
    ];
    for (const more of requests) {
      const { visited, text } = await new TestBrowser().open(byHand(tag, more));
      assert.ok(
        visited.every((address) => address.startsWith(rig.url)),
        visited.join(' '),
      );
      assert.ok(!text.includes('name="password"'));
    }
  });

  test('the authorization endpoint answers no other page, leads to no foreign address and is not framed', async () => {
    const tag = await TestTag.make(rig.url);
    const evil = 'https://evil.example/callback';
    for (const address of [
      byHand(tag),
      byHand(tag, { redirect_uri: evil }),
      byHand(tag, { redirect_uri: `${rig.url}/sign-in/callback/../../evil` }),
      byHand(tag, { client_id: 'nobody', redirect_uri: evil }),
      await new TestBrowser().begin(rig.url, tag.transaction('cases')),
    ]) {
      const { status, headers } = await fetch(address, { redirect: 'manual', headers: { origin: SHOP } });
      assert.equal(headers.get('access-control-allow-origin'), null, address);
      assert.ok(status === 303 || status === 400, `${status} ${address}`);
      const led = headers.get('location');
      if (led) assert.equal(new URL(led, rig.url).origin, rig.url);
    }
  });
});
