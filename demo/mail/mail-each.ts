import type { Log } from '../base/log.ts';
import { type Mail, type Mailer, MailRefused } from './mailer.ts';

/**
 * The same mail to each address, none of whom learns of the others. One that refuses keeps nobody else from hearing, and is
 * logged without its address. Rejects after the last with the first failure that may pass: the queue tries again, and who
 * has the mail already gets it twice.
 */
export async function mailEach(
  { mailer, log }: { readonly mailer: Mailer; readonly log: Log },
  addresses: Iterable<string>,
  words: Omit<Mail, 'to'>,
): Promise<void> {
  const passing: unknown[] = [];
  for (const to of new Set(addresses)) {
    try {
      await mailer.send({ to, ...words });
    } catch (error) {
      if (error instanceof MailRefused) log('warn', 'mail.refused', { why: error.why });
      else passing.push(error);
    }
  }
  if (passing.length > 0) throw passing[0];
}
