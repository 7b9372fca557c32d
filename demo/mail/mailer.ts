import { createTransport } from 'nodemailer';
import { readMailDomain } from '../base/mail-address.ts';

/** A mail as the broker writes one: both parts say the same, nothing in it is fetched from anywhere. */
export interface Mail {
  readonly to: string;
  /** Shown as `{sender} via {org}`. */
  readonly from: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: string;
    readonly contentType: string;
  }[];
}

export interface Mailer {
  /** Rejects when the server did not take it: the queue tries again. With MailRefused where that would not help. */
  send(mail: Mail): Promise<void>;
}

/** A server will not take this mail, now or later (RFC 5321 section 4.2.1: 5yz). */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** It knows no such mailbox; or it said another reason: a full mailbox, size, its rules. */
  readonly why: 'unknown' | 'refused';

  constructor(why: MailRefused['why']) {
    super('The mail was refused');
    this.why = why;
  }
}

export interface Smtp {
  readonly url: string;
  /** `Name <address>`, or the address alone. */
  readonly from: string;
}

/** A job may take 300 s; nodemailer alone would wait 600 s for a silent server. */
const TIMEOUT_MS = 15_000;

export function createMailer(smtp: Smtp): Mailer {
  const url = new URL(smtp.url);
  for (const wait of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) {
    if (!url.searchParams.has(wait)) url.searchParams.set(wait, String(TIMEOUT_MS));
  }
  const transport = createTransport(url.href, { disableFileAccess: true, disableUrlAccess: true });
  const address = senderAddress(smtp);
  return {
    async send(mail) {
      const sent = transport.sendMail({
        from: { name: oneLine(mail.from), address },
        to: { name: '', address: withALabel(mail.to) },
        ...(mail.replyTo && { replyTo: { name: '', address: mail.replyTo } }),
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(mail.attachments && { attachments: [...mail.attachments] }),
      });
      await sent.catch((error) => {
        const why = refusalOf(error);
        throw why ? new MailRefused(why) : error;
      });
    },
  };
}

/** Codes that speak of the address where no enhanced one says more (RFC 5321 section 4.2.3, RFC 7504 section 3). */
const UNKNOWN = [550, 551, 553, 556];
/** RFC 3463 section 3.2, but for what it says of the sender's address. */
const UNKNOWN_ENHANCED = /^5\d\d[ -]5\.1\.(?![78]\b)\d+\b/m;

/** Null for what may pass, and for what is said of us: to MAIL FROM, or before. */
function refusalOf(error: unknown): MailRefused['why'] | null {
  const {
    command,
    response = '',
    responseCode = 0,
  } = error as Partial<Record<'command' | 'response', string>> & {
    responseCode?: number;
  };
  if (responseCode < 500 || (command !== 'RCPT TO' && command !== 'DATA')) return null;
  const isEnhanced = /^5\d\d[ -]5\.\d+\.\d+\b/m.test(response);
  const isPlainUnknown = command === 'RCPT TO' && UNKNOWN.includes(responseCode);
  return (isEnhanced ? UNKNOWN_ENHANCED.test(response) : isPlainUnknown) ? 'unknown' : 'refused';
}

/** The bare address of `from`, which may also be `Name <address>`. */
export function senderAddress({ from }: Smtp): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}

/** What servers without SMTPUTF8 take (RFC 5891 section 5.5); the local part stays as it is. */
function withALabel(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + (readMailDomain(address.slice(at)) ?? address.slice(at));
}

/** A header is one line, whatever a name or purpose holds (RFC 5322 section 2.2). */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
