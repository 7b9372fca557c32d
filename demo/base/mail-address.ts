import { domainToASCII } from 'node:url';

export interface MailAddress {
  readonly address: string;
  /** Lower-case A-label (RFC 5890 section 2.3.2.1). */
  readonly domain: string;
}

/** RFC 5321 section 4.5.3.1.3. */
const MAX_LENGTH = 254;

/**
 * How two addresses are told to be the same: the domain as lower-case A-label, the local part in NFC with ASCII letters
 * in lower case, nothing else folded: `straße@` and `strasse@` are two people. Null where the text is no address.
 */
export function readMailAddress(text: string): MailAddress | null {
  const at = text.lastIndexOf('@');
  const local = text
    .slice(0, Math.max(0, at))
    .normalize('NFC')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const domain = readMailDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  if (at <= 0 || !domain || address.length > MAX_LENGTH || /[\s\p{C}@<>(),;:"\\[\]]/u.test(local)) return null;
  return { address, domain };
}

/** Null where the text is no name of a host. */
export function readMailDomain(text: string): string | null {
  const domain = domainToASCII(text);
  const isName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(
    domain,
  );
  return isName && !/[/?#:@[\]]/.test(text) ? domain : null;
}
