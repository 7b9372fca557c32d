import { ownerText } from './owner-text.ts';
import { addressNotListed, appUnknown, NO_ORIGIN } from './tag-hints-en.ts';

/** What hints are made from: nothing of a person, and nothing secret. */
export interface HintFacts {
  /** Origin of the page. */
  readonly page: string;
  /** As the page's tag says it. */
  readonly app: string;
  /** Host of the broker. */
  readonly broker: string;
  readonly name: string;
  /** px */
  readonly width: number;
  readonly isFramed: boolean;
  /** Host that the page's policy keeps the box from. */
  readonly blocked: string;
  /** What the page's policy needs. */
  readonly policy: string;
  /** What the tag says and nobody reads, and what it may have meant. */
  readonly unknown: string;
  readonly meant: string | undefined;
  /** The setting whose value is unknown, and the values that it knows. */
  readonly setting: string;
  readonly values: string;
}

/** The setup panel. Its reader is whoever builds the page, so it is English like the console that it repeats. */
export const setupEn = {
  region: 'Setup hints',
  heading: 'Setup',
  onlyYou: 'Only you see this',
  hide: 'Hide',
  copy: 'Copy',
  copied: 'Copied',
  appFound: (app: string, version: number): string => `App “${app}” found, version ${version}`,
  windowOpens: 'Sign-in window can open',
  windowInFrame: 'This box sits in a frame. Press Sign in once, to see that its window can open.',
  reaches: 'Page lets the box reach the broker and the storage',
} as const;

/** Where the page, and not the broker, is what must be changed. */
const HINTS: Readonly<Record<string, (facts: HintFacts) => string>> = {
  origin_not_allowed: ({ page }) => addressNotListed(page),
  origin_none: () => NO_ORIGIN,
  app_unknown: ({ app, broker }) => appUnknown(app, broker),
  broker_down: ({ broker }) =>
    `The broker cannot be reached from this page: ${broker}. Check its address, and connect-src of the page.`,
  broker_unexpected: ({ broker }) =>
    `What answered at ${broker} is not a broker of this protocol. Check the “broker” attribute.`,
  quotes_curly: () =>
    'The quotes around the app name are typographic (“ ”). Copy the lines again and paste them as plain text.',
  popup_blocked: ({ isFramed }) =>
    isFramed
      ? 'This box sits in a frame that blocks sign-in windows. In Retool: switch on Allow pop-ups. Or use the page link.'
      : 'The browser blocked the sign-in window. Allow pop-ups for this page.',
  box_narrow: ({ width }) => `This box is ${width} px wide. It needs 240.`,
  name_twice: ({ name }) => `Two boxes in this form have the name ${name}. Give each its own name.`,
  blocked_page: ({ blocked, policy }) =>
    `Your page does not let the box reach ${blocked}. Ask whoever runs the page to add: ${policy}`,
  not_secure: ({ page }) =>
    `This page has the address ${page}, where neither sign-in nor fingerprints work. Serve it over https.`,
  attribute_unknown: ({ unknown, meant }) =>
    meant ? `“${unknown}” is not a setting. Did you mean “${meant}”?` : `“${unknown}” is not a setting.`,
  value_unknown: ({ unknown, setting, values }) => `“${unknown}” is not a value of ${setting}. It can be: ${values}`,
  required_without_form: () => 'The box is required, but stands in no form, so nothing waits for it.',
};

/** Codes of those. */
export const PAGE_HINTS: readonly string[] = Object.keys(HINTS);

/** For whoever builds the page, never for a visitor: the setup panel and the browser's console. */
export function hintText(code: string, facts: HintFacts): string {
  return HINTS[code]?.(facts) ?? ownerText(code);
}
