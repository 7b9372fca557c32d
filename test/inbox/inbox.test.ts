import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { inboxRoutes, type Message, type Sink, startSink } from '../../demo/inbox/index.ts';

describe('the inbox of the demo', () => {
  let sink: Sink;
  let routes: ReturnType<typeof inboxRoutes>;
  const send = (mail: object) =>
    createTransport({ host: '127.0.0.1', port: sink.port }).sendMail({
      from: '"Ann" <ann@a.example>',
      to: 'bo@b.example',
      ...mail,
    });
  const get = (path: string) => routes.request(path);
  before(async () => {
    sink = await startSink({ port: 0 });
    routes = inboxRoutes(sink);
  });
  after(() => sink.close());

  test('listens on loopback only', async () => {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: sink.port }, () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    assert.equal(reached, false);
  });

  test('keeps a mail with both parts, its envelope and its attachments', async () => {
    await send({
      to: ['bo@b.example', 'cy@c.example'],
      subject: 'Grüße',
      text: 'See\nhttps://files.example/r#abc\nwww.evil.example',
      html: '<p>See <a href="https://files.example/r#abc">it</a></p><script>alert(1)</script>',
      attachments: [{ filename: 'a.json', content: '{"a":1}', contentType: 'application/json' }],
    });
    const messages = (await (await get('/inbox/messages.json')).json()) as Message[];
    const [{ id, at, ...rest }] = messages as [Message];
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000);
    assert.deepEqual(
      { ...rest, text: rest.text.trimEnd(), html: rest.html.trimEnd() },
      {
        from: 'Ann <ann@a.example>',
        to: ['bo@b.example', 'cy@c.example'],
        subject: 'Grüße',
        text: 'See\nhttps://files.example/r#abc\nwww.evil.example',
        html: '<p>See <a href="https://files.example/r#abc">it</a></p><script>alert(1)</script>',
        attachments: [{ name: 'a.json', type: 'application/json', content: Buffer.from('{"a":1}').toString('base64') }],
      },
    );
  });

  test('is shown under the names of this machine alone, so that no page whose name leads here reads links and codes', async () => {
    const asked = [
      'localhost:8080',
      '127.0.0.1:8080',
      '[::1]:8080',
      'evil.example:8080',
      'localhost.evil.example',
      '10.0.0.1',
    ];
    const paths = ['/inbox', '/inbox/messages.json'];
    const answers = asked.flatMap((host) =>
      paths.map(async (path) => (await routes.request(`http://${host}${path}`)).status),
    );
    assert.deepEqual(await Promise.all(answers), [200, 200, 200, 200, 200, 200, 421, 421, 421, 421, 421, 421]);
  });

  test('shows a list, and a mail whose own link can be pressed and whose markup is text', async () => {
    const [{ id }] = sink.messages as [Message];
    const list = await (await get('/inbox')).text();
    assert.match(list, new RegExp(`<a href="/inbox/messages/${id}">[^]*Grüße`));
    const page = await (await get(`/inbox/messages/${id}`)).text();
    assert.match(page, /<a href="https:\/\/files\.example\/r#abc" target="_blank" rel="noopener noreferrer">/);
    assert.doesNotMatch(page, /href="[^"]*evil|<script/);
    assert.match(page, new RegExp(`src="/inbox/messages/${id}/html"`));
    assert.match(page, new RegExp(`<a href="/inbox/messages/${id}/html" target="_blank" rel="noopener noreferrer">`));
    const file = await get(`/inbox/messages/${id}/attachments/0`);
    assert.equal(await file.text(), '{"a":1}');
    assert.equal(file.headers.get('content-disposition'), "attachment; filename*=UTF-8''a.json");
  });

  test('runs no script, its own or a mail\u2019s', async () => {
    const [{ id }] = sink.messages as [Message];
    for (const path of ['/inbox', '/inbox/messages.json', `/inbox/messages/${id}`]) {
      const policy = (await get(path)).headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /script-src|unsafe/);
    }
    const html = await get(`/inbox/messages/${id}/html`);
    const policy = html.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/);
    assert.doesNotMatch(policy, /allow-scripts|allow-same-origin|script-src/);
    assert.match(await html.text(), /^<base target="_blank">/);
  });

  test('answers 404 for a mail that is not there', async () => {
    for (const path of ['/inbox/messages/none', '/inbox/messages/none/html', '/inbox/messages/none/attachments/0']) {
      assert.equal((await get(path)).status, 404);
    }
  });

  test('keeps the newest 200 mails', async () => {
    const pool = createTransport({ host: '127.0.0.1', port: sink.port, pool: true, maxConnections: 1 });
    for (let n = 0; n < 205; n++)
      await pool.sendMail({ from: 'a@a.example', to: 'b@b.example', subject: `mail ${n}`, text: 'x' });
    pool.close();
    assert.equal(sink.messages.length, 200);
    assert.deepEqual([sink.messages[0]?.subject, sink.messages.at(-1)?.subject], ['mail 5', 'mail 204']);
  });

  test('refuses a mail over 5 MB and goes on', async () => {
    await assert.rejects(send({ subject: 'big', text: 'x'.repeat(6 * 1024 * 1024) }), { responseCode: 552 });
    await send({ subject: 'small', text: 'x' });
    assert.equal(sink.messages.at(-1)?.subject, 'small');
  });

  test('a taken port is told by rejecting', async () => {
    await assert.rejects(startSink({ port: sink.port }), { code: 'EADDRINUSE' });
  });
});
