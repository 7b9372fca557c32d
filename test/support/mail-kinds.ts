import assert from 'node:assert/strict';
import type { Lang } from '../../demo/base/page.ts';
import { guestWords } from '../../demo/identity/guests/mail.ts';
import type { Mail } from '../../demo/mail/mailer.ts';
import { receiptWords, senderWords } from '../../demo/recipients/consent/mail-words.ts';
import { sealNotice } from '../../demo/recipients/consent/notice.ts';
import { codeWords, linkWords, toldWords } from '../../demo/recipients/link-mail.ts';
import { openById } from '../../demo/recipients/link-store.ts';
import { consent } from '../../demo/recipients/schema.ts';
import { roomWords } from '../../demo/uploads/room-words.ts';
import type { LinkRig } from './link-rig.ts';
import { PageKey } from './page-key.ts';

export type MailParts = Pick<Mail, 'from' | 'subject' | 'text' | 'html'>;

/** An address of the broker with a secret of the usual length. */
const secret = (path: string): string => `https://broker.example/${path}#${'3kQ9Zr'.repeat(8).slice(0, 43)}`;

/** Every kind of mail that people get, in one language, about a link that really was answered. By what it is called here. */
export async function everyMail(rig: LinkRig, lang: Lang): Promise<Readonly<Record<string, MailParts>>> {
  const { deps } = rig;
  const { id, token } = await rig.sentLink({ language: lang });
  await rig.accepted(token, await PageKey.make());
  const stored = await openById(deps, id);
  const record = { ...stored.app.record, org: { ...stored.app.record.org, language: lang } };
  const opened = { ...stored, app: { ...stored.app, record } };
  const answers = await deps.db.q.select().from(consent);
  const answered = answers.find(({ link }) => link === id) ?? assert.fail('nothing was answered');
  const privacy_notice = sealNotice(opened, lang).canonical;
  const answer = (event: 'accepted' | 'declined' | 'withdrawn') =>
    receiptWords(
      opened,
      { ...answered, event, record: { ...answered.record, privacy_notice } },
      { withdraw: event === 'withdrawn' ? undefined : secret('w'), verify: 'https://broker.example/verify' },
    );
  const [used, cap] = [36 * 1024 ** 3, 50 * 1024 ** 3];
  const room = (level: 70 | 90 | 100) =>
    roomWords(opened.app, { level, used, cap, fullAt: new Date(deps.now() + 20 * 86_400_000) });
  const expiresAt = new Date(deps.now() + 600_000);
  const inside = { ...opened.row, recipient: 'jo@acme.example' };
  const withAccount = { ...opened, row: inside, rules: { ...opened.rules, proofs: ['provider' as const] } };
  return {
    link: linkWords(deps, opened, { link: secret('r'), stop: secret('stop') }),
    'link-account': linkWords(deps, withAccount, { link: secret('r'), stop: secret('stop') }),
    code: codeWords(opened, '48210736', expiresAt),
    'guest-code': guestWords({ app: opened.app, code: '48210736', expiresAt, lang }),
    'receipt-accepted': answer('accepted'),
    'receipt-declined': answer('declined'),
    'receipt-withdrawn': answer('withdrawn'),
    'sender-accepted': senderWords(deps, opened, 'accepted', false),
    'sender-both': senderWords(deps, opened, 'downloaded', true),
    'sender-downloaded': senderWords(deps, opened, 'downloaded', false),
    'sender-declined': senderWords(deps, opened, 'declined', false),
    'sender-withdrawn': senderWords(
      deps,
      { ...opened, row: { ...opened.row, withdrawnAt: new Date(deps.now()) } },
      'withdrawn',
      false,
    ),
    'room-70': room(70),
    'room-90': room(90),
    'room-100': room(100),
    'told-asked': toldWords(deps, opened, 'asked'),
    'told-not-for-me': toldWords(deps, opened, 'not_for_me'),
    'told-not-me': toldWords(deps, opened, 'not_me'),
    'told-expiring': toldWords(deps, opened, 'expiring'),
    'told-undeliverable': toldWords(deps, opened, 'undeliverable'),
    'told-refused': toldWords(deps, opened, 'refused'),
  };
}
