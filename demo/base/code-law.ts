import { timingSafeEqual } from 'node:crypto';
import type { CodeState } from '../../src/contract/index.ts';
import { sha256 } from './ids.ts';

/** The limits of every code that goes out by mail: to the recipient of a link, and to a guest who signs in. */

export const HOUR_MS = 3_600_000;

export interface CodeLimits {
  readonly mailsAnHour: number;
  /** Seconds from one mail to the next. */
  readonly betweenMails: number;
  readonly triesPerCode: number;
  /** So many wrong codes pause all codes. */
  readonly wrongInAll: number;
}
export const CODES: CodeLimits = { mailsAnHour: 3, betweenMails: 45, triesPerCode: 5, wrongInAll: 15 };

/** A code as its table keeps it. */
export interface AskedCode {
  readonly id: string;
  /** Null until the mail job made the code. */
  readonly codeHash: Uint8Array | null;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly tries: number;
  readonly usedAt: Date | null;
}

/** Salted with its id: equal codes of two mails have different hashes. */
export const hashCode = (id: string, code: string): Buffer => sha256(`${id} ${code}`);

export const isCode = ({ id, codeHash }: AskedCode, code: string): boolean =>
  codeHash !== null && timingSafeEqual(codeHash, hashCode(id, code));

/** What people type or paste: spaces, dashes and digits of other scripts are all the same. Null where it is no code. */
export function readTypedCode(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  return /^\d{8}$/.test(digits) ? digits : null;
}

/** `codes`: those asked for within the last hour, newest first. */
export function nextMailAt(codes: readonly AskedCode[], { mailsAnHour, betweenMails }: CodeLimits): Date | null {
  const [newest] = codes;
  const oldest = codes[mailsAnHour - 1];
  if (!newest) return null;
  const soonest = newest.sentAt.getTime() + betweenMails * 1000;
  return new Date(Math.max(soonest, oldest ? oldest.sentAt.getTime() + HOUR_MS : 0));
}

/** The next mail must wait for a moment alone, not for the hour: the first answer may have been lost. */
export const isEarly = ({ sentAt }: AskedCode, now: number, { betweenMails }: CodeLimits): boolean =>
  sentAt.getTime() + betweenMails * 1000 > now;

/** How the newest code stands; null where none is out. A code that wrong tries have ended is out still, with no try left. */
export function codeState(codes: readonly AskedCode[], now: number, limits: CodeLimits): CodeState | null {
  const [newest] = codes;
  const next = nextMailAt(codes, limits);
  if (!newest || !next || newest.usedAt || newest.expiresAt.getTime() <= now) return null;
  return {
    sent_at: newest.sentAt.toISOString(),
    expires_at: newest.expiresAt.toISOString(),
    next_mail_at: next.toISOString(),
    mails_left: Math.max(0, limits.mailsAnHour - codes.length),
    tries_left: Math.max(0, limits.triesPerCode - newest.tries),
  };
}
