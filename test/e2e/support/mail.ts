import type { Addresses } from './demo.ts';
import { until } from './tab.ts';

export interface Mail {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** All mails so far to one address, oldest first. */
export async function mailsTo(demo: Addresses, address: string): Promise<Mail[]> {
  const response = await fetch(`${demo.inbox}/messages.json`);
  const all = (await response.json()) as Mail[];
  return all.filter(({ to }) => to.includes(address));
}

/** The first mail to an address whose subject fits, once it is there. */
export function mailTo(demo: Addresses, address: string, subject: RegExp): Promise<Mail> {
  const look = async () => (await mailsTo(demo, address)).find((mail) => subject.test(mail.subject)) ?? null;
  return until(look, `a mail to ${address} about ${subject}`);
}

/** The link's own line in its mail. */
export function linkIn(mail: Mail): string {
  const link = /^\s*(http\S+\/r#\S+)$/m.exec(mail.text)?.[1];
  if (!link) throw new Error('the mail has no link on a line of its own');
  return link;
}

/** `4821 0736` in the subject. */
export function codeIn(mail: Mail): string {
  const code = /\b(\d{4}) (\d{4})\b/.exec(mail.subject);
  if (!code) throw new Error('the subject has no code');
  return `${code[1]}${code[2]}`;
}
