import * as v from 'valibot';
import { AppId, Sha256, Time, Words } from './values.ts';

/** What files may be used for, as an uploader is asked before the first upload. Stands in the template. */
export const Purpose = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/)),
  /** Counts up with every change of its meaning: everybody is then asked again. */
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Nothing can be uploaded without it. The others are the person's choice. */
  needed: v.boolean(),
  /** What the person says yes to: `I may share these files.` */
  label: Words,
  /** What that means for them, in a few sentences. */
  explanation: Words,
});
export type Purpose = v.InferOutput<typeof Purpose>;

/** Of a template; no id twice. */
export const Purposes = v.pipe(
  v.array(Purpose),
  v.minLength(1),
  v.maxLength(10),
  v.check((purposes) => new Set(purposes.map(({ id }) => id)).size === purposes.length, 'a purpose stands there twice'),
);

/** Counts up with every change of the fields of the notice. */
export const AGREEMENT_NOTICE_VERSION = 1;

/** What was shown beside the boxes, word for word, in one language. Its canonical JSON (canonical.ts) is hashed and kept. */
export interface AgreementNotice {
  readonly version: number;
  readonly language: string;
  readonly app: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly purposes: readonly {
    readonly id: string;
    readonly version: number;
    readonly needed: boolean;
    readonly label: string;
    readonly explanation: string;
  }[];
}

/** Who asks, and for what: of an app document, or of the broker as it stands now. */
export interface Asking {
  readonly app: string;
  readonly org: { readonly name: string; readonly contact: string };
  readonly purposes: readonly Purpose[];
}

/** The law by which both sides make the notice of these purposes: all of it in this language, or all of it in English. */
export function agreementNotice(asking: Asking, ids: ReadonlySet<string>, language: string): AgreementNotice {
  const shown = asking.purposes.filter(({ id }) => ids.has(id));
  const spoken = languageOf(shown, language);
  return {
    version: AGREEMENT_NOTICE_VERSION,
    language: spoken,
    app: asking.app,
    controller: { name: asking.org.name, contact: asking.org.contact },
    purposes: shown.map(({ id, version, needed, label, explanation }) => ({
      id,
      version,
      needed,
      label: label[spoken] ?? label.en,
      explanation: explanation[spoken] ?? explanation.en,
    })),
  };
}

function languageOf(purposes: readonly Purpose[], asked: string): string {
  const speaks = (language: string) =>
    purposes.every(({ label, explanation }) => Object.hasOwn(label, language) && Object.hasOwn(explanation, language));
  return [asked, asked.split('-', 1)[0] ?? ''].find(speaks) ?? 'en';
}

/** `POST /v1/agreements`: a tick, or none, for each purpose of the notice that was shown. */
export const GiveAgreement = v.object({
  notice_sha256: Sha256,
  language: v.pipe(v.string(), v.maxLength(35), v.regex(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/)),
  purposes: v.pipe(v.array(v.object({ id: Purpose.entries.id, agreed: v.boolean() })), v.minLength(1), v.maxLength(10)),
});
export type GiveAgreement = v.InferOutput<typeof GiveAgreement>;

/** `GET /v1/agreements`, and what a POST answers: what this app asks now, and what this person last said to each. */
export const Agreements = v.object({
  app: AppId,
  org: v.object({ name: v.string(), contact: v.string() }),
  purposes: v.array(Purpose),
  /** Only to purposes as they are now: what has changed since is not answered. */
  answers: v.array(
    v.object({ id: Purpose.entries.id, agreed: v.boolean(), at: Time, agreement: v.string(), notice_sha256: Sha256 }),
  ),
});
export type Agreements = v.InferOutput<typeof Agreements>;
export type AgreementAnswer = Agreements['answers'][number];
