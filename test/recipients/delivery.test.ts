import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Bucket, createStorage } from '../../demo/bucket/storage.ts';
import type { Claimed } from '../../src/contract/index.ts';
import { CREDENTIALS, REGION, sha256, startTestStore, type TestStore } from '../storage/support.ts';
import { TestClock } from '../support/broker.ts';
import { LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

/** What a person or a mail program may call a file; each would do harm if it were taken as it is. */
const NAMES = [
  ['Mietvertrag „Süd“ 🏠.pdf', 'Mietvertrag _S_d_ _.pdf'],
  ['"; filename="invoice.exe', '_; filename=_invoice.exe'],
  ['a\r\nSet-Cookie: x=1\r\n\r\n<script>', 'a__Set-Cookie: x=1____<script>'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['%2e%2e%2fboot.ini', '_2e_2e_2fboot.ini'],
  ['C:\\Windows\\win.ini', 'C:_Windows_win.ini'],
  ['page.html', 'page.html'],
] as const;

describe('what a claimed link hands out, from a real S3', () => {
  const clock = new TestClock();
  const body = Buffer.from('<script>alert(1)</script>');
  let store: TestStore;
  let bucket: Bucket;
  let rig: LinkRig;
  let claimed: Claimed;
  let ends: (() => unknown)[] = [];
  before(async () => {
    store = await startTestStore({ after: (end) => ends.unshift(end as () => unknown) });
    store.clock = clock.now();
    const config = { endpoint: store.url, region: REGION, bucket: 'bucket', ...CREDENTIALS };
    bucket = createStorage(config, { now: clock.now });
    bucket.clear('checksum');
    rig = await LinkRig.start({ clock, storage: bucket });
    const files = [];
    for (const [i, [name]] of NAMES.entries()) {
      const facts = { size: body.byteLength, sha256: sha256(body), type: 'text/html' };
      const grant = await bucket.grantPut({ key: `in/${i}`, ...facts }, 60);
      const put = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body });
      assert.equal(put.status, 200);
      files.push(await rig.storeFile({ objectKey: `in/${i}`, name, ...facts }));
    }
    const made = await rig.asSender('POST', '/v1/links', rig.wish(files));
    assert.equal(made.status, 201);
    const [mail] = await rig.deliver('link-mail');
    const token = /\/r#(\w{43})/.exec(mail?.text ?? '')?.[1] ?? assert.fail('no link');
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    claimed = (await rig.asRecipient('claim', verified.recipient_token, key)).body as Claimed;
  });
  after(async () => {
    await rig.close();
    for (const end of ends) await end();
    ends = [];
  });
  const addressOf = (i: number) => claimed.files[i]?.url ?? assert.fail(`no address ${i}`);

  for (const [i, [name, plain]] of NAMES.entries()) {
    test(`${JSON.stringify(name)} comes as bytes to be saved, under a name that is one`, async () => {
      const reply = await fetch(addressOf(i));
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get('content-type'), 'application/octet-stream');
      assert.equal(reply.headers.get('set-cookie'), null);
      const disposition = reply.headers.get('content-disposition') ?? '';
      const [, told, whole = ''] = /^attachment; filename="([^"]*)"; filename\*=UTF-8''(\S+)$/.exec(disposition) ?? [];
      assert.equal(told, plain);
      assert.equal(decodeURIComponent(whole), name.replace(/[\r\n/\\]/g, '_'));
      assert.deepEqual(Buffer.from(await reply.arrayBuffer()), body);
    });
  }

  test('each address is of another origin than the broker, good for a minute, for reading this file alone', async () => {
    for (const { url, expires_at } of claimed.files) {
      const { origin, searchParams } = new URL(url);
      assert.equal(origin, new URL(store.url).origin);
      assert.notEqual(origin, new URL(rig.deps.config.publicUrl).origin);
      assert.equal(searchParams.get('X-Amz-Expires'), '60');
      assert.equal(Date.parse(expires_at), clock.now() + 60_000);
    }
  });

  test('no word of an address can be changed: not how it is shown, not which file, not how long, not what is done', async () => {
    const changed = (name: string, value: string | null) => {
      const url = new URL(addressOf(0));
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
      return url.href;
    };
    const tries: [string, RequestInit?][] = [
      [changed('response-content-type', 'text/html')],
      [changed('response-content-type', null)],
      [changed('response-content-disposition', 'inline')],
      [changed('response-content-disposition', null)],
      [changed('X-Amz-Expires', '604800')],
      [addressOf(0).replace('/in/0', '/in/1')],
      [addressOf(0), { method: 'PUT', body }],
      [addressOf(0), { method: 'DELETE' }],
      [addressOf(0).split('?')[0] ?? ''],
    ];
    for (const [url, init] of tries) assert.equal((await fetch(url, init)).status, 403, `${init?.method} ${url}`);
    assert.equal((await bucket.head('in/0'))?.size, body.byteLength);
  });

  // Last: the clock of the store goes on.
  test('the storage itself refuses an address from the second after its end on', async () => {
    store.clock = clock.now() + 59_000;
    assert.equal((await fetch(addressOf(0))).status, 200);
    store.clock = clock.now() + 61_000;
    for (const { url } of claimed.files) assert.equal((await fetch(url)).status, 403);
    assert.deepEqual(store.faults, []);
  });
});
