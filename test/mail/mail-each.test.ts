import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mailEach } from '../../demo/mail/mail-each.ts';
import { type Mail, MailRefused } from '../../demo/mail/mailer.ts';

const WORDS = { from: 'Acme', subject: 'Almost full', text: 'Almost full', html: '<p>Almost full</p>' };

/** Who was written to, and what was logged, where some addresses fail. */
async function mailed(addresses: readonly string[], failures: Readonly<Record<string, Error>>) {
  const sent: string[] = [];
  const logged: unknown[] = [];
  const send = async ({ to }: Mail) => {
    const failure = failures[to];
    if (failure) throw failure;
    sent.push(to);
  };
  const log = (...line: unknown[]) => void logged.push(line);
  const outcome = await mailEach({ mailer: { send }, log }, addresses, WORDS).catch((error: Error) => error.message);
  return { sent, logged, outcome };
}

describe('one mail to several', () => {
  test('goes to each of them once', async () => {
    assert.deepEqual(await mailed(['a@acme.example', 'b@acme.example', 'a@acme.example'], {}), {
      sent: ['a@acme.example', 'b@acme.example'],
      logged: [],
      outcome: undefined,
    });
  });

  test('reaches the others where one refuses it, which is logged without the address and not tried again', async () => {
    const failures = { 'gone@acme.example': new MailRefused('unknown') };
    assert.deepEqual(await mailed(['gone@acme.example', 'b@acme.example'], failures), {
      sent: ['b@acme.example'],
      logged: [['warn', 'mail.refused', { why: 'unknown' }]],
      outcome: undefined,
    });
  });

  test('reaches the others where the server is away for one, and is tried again', async () => {
    const failures = { 'slow@acme.example': new Error('away') };
    assert.deepEqual(await mailed(['slow@acme.example', 'b@acme.example'], failures), {
      sent: ['b@acme.example'],
      logged: [],
      outcome: 'away',
    });
  });
});
