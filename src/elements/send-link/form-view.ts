import type { CheckedRecipient, LinkPreview } from '../../contract/links.ts';
import type { StoredFile } from '../../contract/uploads.ts';
import type { Formats } from '../../i18n/format.ts';
import type { SendLinkWords } from '../../i18n/send-link-en.ts';
import type { Draft, Field } from './draft.ts';

/** What the form for a link is drawn from. */
export interface FormView {
  readonly words: SendLinkWords;
  readonly formats: Formats;
  readonly files: readonly StoredFile[];
  readonly limits: { readonly max_days: number; readonly default_days: number };
  readonly draft: Draft;
  readonly missing: readonly Field[];
  /** What the broker said, in words; null where it is of a field. */
  readonly problem: string | null;
  /** What the broker said of what stands in a field. */
  readonly fault: { readonly field: Field; readonly text: string } | null;
  /** Signs in, where that is what the link waits for. */
  readonly goOn: {
    readonly start: () => void /** A second step of a sign-in that holds. */;
    readonly isStep: boolean;
  } | null;
  readonly isBusy: boolean;
  readonly org: { readonly name: string; readonly contact: string };
  /** What the broker said of each address. */
  readonly checked: ReadonlyMap<string, CheckedRecipient>;
  /** What the sender must say yes to before anything leaves the organisation. */
  readonly outside: NonNullable<CheckedRecipient['outside']> | null;
  readonly isOutsideAgreed: boolean;
  readonly isOutsideMissing: boolean;
  /** Addresses that have their link already, where another of the same form has not. */
  readonly before: readonly string[];
  /** Null while it is closed; a text tells why there is none. */
  readonly preview: LinkPreview | { readonly text: string } | null;
  /** ms since epoch */
  readonly now: number;
  agreeOutside(isAgreed: boolean): void;
  /** The field was left: now its addresses can be looked at. */
  checkRecipients(): void;
  togglePreview(): void;
  readonly showList: () => void;
  change(draft: Partial<Draft>): void;
  tick(file: string, isOn: boolean): void;
  submit(event: SubmitEvent): void;
}
