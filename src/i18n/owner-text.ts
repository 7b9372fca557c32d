import { isProblemCode, PROBLEMS } from '../contract/problems.ts';
import { tagHints } from './tag-hints-en.ts';

/** What no broker can say, because none answered. */
const LOCAL: Readonly<Record<string, string>> = {
  ...tagHints,
  broker_down: 'The broker cannot be reached from this page. Check its address, and connect-src of the page.',
  broker_unexpected: 'What answered is not a broker of this protocol. Check the "broker" attribute.',
  store_unreachable: 'The storage cannot be reached from this page. Check its CORS rules, and connect-src of the page.',
  popup_blocked: 'The browser blocked the sign-in window. In a sandboxed frame, allow popups.',
  old_version: 'This version of the script no longer works with the broker. Copy new lines.',
  not_secure: 'The page is not served over https, where neither sign-in nor fingerprints work.',
  context_unreadable: 'The "context" attribute is not a JSON object of texts.',
  name_missing: 'In a form the box needs a name, or the form sends nothing of it.',
};

/**
 * For whoever runs the page, never for a visitor: the console, and what "Copy details" puts on the clipboard. `told`
 * is the broker's own sentence, for a code newer than this script.
 */
export function ownerText(code: string, told?: string): string {
  if (isProblemCode(code)) return PROBLEMS[code].owner;
  return LOCAL[code] ?? told ?? 'Look for this code in the log of the broker.';
}
