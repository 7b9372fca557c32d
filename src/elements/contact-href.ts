/** Where a question to the organisation goes: a page, or a mail. Anything else is not made into a link. */
export function contactHref(contact: string): string | null {
  if (/^https:\/\//.test(contact)) return contact;
  return /^[^\s@:/?#]+@[^\s@:/?#]+$/.test(contact) ? `mailto:${contact}` : null;
}
