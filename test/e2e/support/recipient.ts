import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type {
  CheckedRecipient,
  Claimed,
  CodeState,
  Cover,
  Link,
  LinkList,
  MadeLink,
  Verified,
} from '../../../src/contract/index.ts';
import { TestTag } from '../../support/sign-in.ts';
import type { HandClient } from './client.ts';
import type { Demo } from './demo.ts';
import { codeIn, type Mail, mailsTo } from './mail.ts';
import { until } from './tab.ts';

/** A link that was mailed, and every address that its mail holds. */
export interface MailedLink {
  readonly id: string;
  readonly recipient: string;
  readonly token: string;
  /** As a scanner finds them: the link itself first. */
  readonly addresses: readonly string[];
}

const DAY_MS = 86_400_000;

/** To whoever; outside the organisation with the sender's yes to the broker's words. */
export async function mailLink(
  demo: Demo,
  sender: HandClient,
  files: readonly string[],
  recipient: string,
): Promise<MailedLink> {
  const expires = new Date(Date.now() + DAY_MS).toISOString();
  const checked = (await sender.call('POST', '/v1/links/recipient', { recipient, language: 'en' })).body;
  const { outside } = checked as CheckedRecipient;
  const consent = outside && { outside: { sha256: outside.sha256, language: outside.language } };
  const wish = { files, recipient, purpose: 'Your signed rental contract', expires_at: expires, ...consent };
  const linkMails = async () => (await mailsTo(demo, recipient)).filter(({ text }) => text.includes('/r#'));
  const before = (await linkMails()).length;
  const made = await sender.call('POST', '/v1/links', wish);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { link } = made.body as MadeLink;
  const mail = await until(async () => (await linkMails())[before] ?? null, `the mail to ${recipient}`);
  const addresses = [...mail.text.matchAll(/http\S+#[A-Za-z0-9]{43}/g)].map(([address]) => address);
  const [, token = ''] = /\/r#([A-Za-z0-9]{43})/.exec(addresses[0] ?? '') ?? [];
  assert.ok(token, mail.text);
  return { id: link.id, recipient, token, addresses };
}

/** The sender's own view of a link. */
export async function linkOf(sender: HandClient, id: string): Promise<Link> {
  const { links } = (await sender.call('GET', '/v1/links')).body as LinkList;
  return links.find((link) => link.id === id) ?? assert.fail(`no link ${id}`);
}

/** The person it is for, with a key of their own: from the cover to the bytes, of which the SHA-256 (base64) are answered. */
export async function receiveByHand(demo: Demo, { token, recipient }: MailedLink): Promise<string[]> {
  const { call } = await stepsOf(demo);
  const cover = await call<Cover>('notice', { token });
  const earlier = codesIn(await mailsTo(demo, recipient)).length;
  // A code that is out already is as good as a new one, and there is a minute to wait between two.
  if (cover.code === null) await call<CodeState>('code', { token, is_trusted: true });
  const least = earlier + (cover.code === null ? 1 : 0);
  const codes = async () => codesIn(await mailsTo(demo, recipient));
  const mails = await until(async () => ((await codes()).length >= least ? await codes() : null), 'the code');
  const code = codeIn(mails.at(-1) ?? assert.fail('no code'));
  const { recipient_token, sha256, nonce } = await call<Verified>('verify', { token, code });
  const answer = { decision: 'accept', notice_sha256: sha256, nonce, surface: 'page', is_trusted: true };
  await call('decide', answer, recipient_token);
  const { files } = await call<Claimed>('claim', {}, recipient_token);
  const bytes = await Promise.all(files.map(async ({ url }) => (await fetch(url)).arrayBuffer()));
  return bytes.map((one) => createHash('sha256').update(Buffer.from(one)).digest('base64'));
}

export const codesIn = (mails: readonly Mail[]): Mail[] => mails.filter(({ subject }) => /\d{4} \d{4}/.test(subject));

/** The recipient's calls with one key, as the page makes them. */
async function stepsOf(demo: Demo) {
  const tag = await TestTag.make(demo.broker);
  return {
    async call<Body>(step: string, body: unknown, token?: string): Promise<Body> {
      const path = `/v1/recipient/${step}`;
      const response = await tag.call('POST', path, { body, origin: demo.broker, ...(token && { token }) });
      const text = await response.text();
      assert.equal(response.status, 200, `${step}: ${text}`);
      return JSON.parse(text) as Body;
    },
  };
}
