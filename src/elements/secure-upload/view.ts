import type { nothing, TemplateResult } from 'lit';
import type { FirstSnapshot } from '../../flow/first-snapshot.ts';
import type { LinkMaker } from '../../flow/ports.ts';
import type { UploadFlow } from '../../flow/upload-flow.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { FirstFormats } from '../../i18n/first-format.ts';
import type { Formats } from '../../i18n/format.ts';
import type { UploadWords } from '../../i18n/upload-en.ts';
import type { FirstUploadWords } from '../../i18n/upload-first-en.ts';
import type { UploadCatalogue } from '../../i18n/uploader-pack.ts';
import type { Acts, FirstActs } from './presses.ts';
import type { Ui } from './ui.ts';

export type App = NonNullable<UploadSnapshot['app']>;

/** The templates that are loaded after the first paint, bound to a view. */
export interface LateTemplates {
  /** In the place of everything: the owner stopped it; null where the app is open. */
  stopped(): TemplateResult | null;
  /** Who is signed in, beside the heading. */
  person(): TemplateResult | typeof nothing;
  /** Between what is promised and the zone. */
  notes(): TemplateResult;
  /** Under the zone. */
  below(): TemplateResult | typeof nothing;
  about(): TemplateResult;
  /** At `about`, or at the button that opens it. */
  keyAtAbout(event: KeyboardEvent): void;
  /** Below the choosing, and over it while files are dragged. */
  beside(): TemplateResult;
  /** In the place of the choosing; null while nothing is chosen. */
  phase(): TemplateResult | null;
  /** A note has the one filled button of the screen. */
  leadsOn(): boolean;
}

/** What the first paint draws from. */
export interface FirstView {
  readonly snapshot: FirstSnapshot;
  readonly app: App;
  readonly acts: FirstActs;
  readonly ui: Ui;
  readonly words: FirstUploadWords;
  /** Families of an app's limits, as a hint names them. */
  readonly families: Readonly<Record<string, string>>;
  readonly formats: FirstFormats;
  readonly lang: string;
  /** A finger and no mouse. */
  readonly isTouch: boolean;
  /** Has a name and stands in a form. */
  readonly isInForm: boolean;
  /** The page goes away to sign in, and with it what is chosen. */
  readonly leavesToSignIn: boolean;
  /** Null before they are loaded. */
  readonly late: LateTemplates | null;
}

/** Everything the templates draw from. */
export interface View extends FirstView {
  readonly snapshot: UploadSnapshot;
  readonly flow: UploadFlow;
  readonly links: LinkMaker;
  readonly acts: Acts;
  readonly catalogue: UploadCatalogue;
  readonly words: UploadWords;
  readonly formats: Formats;
  /** ms since epoch */
  readonly now: number;
  /** The hosted page of the app; null where the attributes lead nowhere. */
  readonly uploadPage: string | null;
  /** In a frame, which may forbid windows. */
  readonly isFramed: boolean;
  /** Another app shows the page. */
  readonly isInApp: boolean;
  /** A form was refused, and still would be: the reason in words; else empty. */
  readonly formFault: string;
  /** The screen is kept on. */
  readonly isAwake: boolean;
}
