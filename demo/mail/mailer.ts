import { createTransport } from 'nodemailer';

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
  /** Rejects when the server did not take it: the queue tries again. With AddressRefused where that would not help. */
  send(mail: Mail): Promise<void>;
}

/** The server knows no such mailbox (RFC 5321 section 4.2.1: 5yz to RCPT TO). */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
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
        to: { name: '', address: mail.to },
        ...(mail.replyTo && { replyTo: { name: '', address: mail.replyTo } }),
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(mail.attachments && { attachments: [...mail.attachments] }),
      });
      await sent.catch((error) => {
        throw isRefusal(error) ? new AddressRefused('The address was refused') : error;
      });
    },
  };
}

function isRefusal(error: unknown): boolean {
  const { command, responseCode = 0 } = error as { command?: unknown; responseCode?: number };
  return command === 'RCPT TO' && responseCode >= 500;
}

/** The bare address of `from`, which may also be `Name <address>`. */
export function senderAddress({ from }: Smtp): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}

/** A header is one line, whatever a name or purpose holds (RFC 5322 section 2.2). */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
