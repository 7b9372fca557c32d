import type { UploadSettings } from '../../flow/upload-box.ts';
import { firstCatalogue } from '../../i18n/first-catalogue.ts';
import type { BoxFacts } from './box-facts.ts';

/** The attributes that a flow acts by. */
export interface SettingsHost {
  readonly folder: string;
  readonly context: string | Readonly<Record<string, string>>;
  readonly startBy: 'button' | 'auto' | '';
  readonly signInBy: 'redirect' | '';
}

export function settingsOf(host: SettingsHost, { isOff, isInForm }: BoxFacts, lang: string): UploadSettings {
  return {
    folder: host.folder || undefined,
    context: readContext(host.context) ?? undefined,
    start: host.startBy || (isInForm ? 'auto' : undefined),
    language: firstCatalogue.for(lang).lang,
    isDisabled: isOff,
    signIn: host.signInBy || undefined,
  };
}

/** Undefined where there is none, null where it cannot be read. */
export function readContext(context: string | object): Record<string, string> | undefined | null {
  if (context === '') return undefined;
  try {
    const value: unknown = typeof context === 'string' ? JSON.parse(context) : context;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value);
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? Object.fromEntries(entries)
      : null;
  } catch {
    return null;
  }
}
