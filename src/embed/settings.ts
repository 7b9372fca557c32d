import * as v from 'valibot';
import { FrameSettings } from '../contract/embed.ts';
import { langOf } from '../i18n/messages.ts';
import { pickScheme } from '../styles/scheme.ts';

export interface Tag extends HTMLElement {
  readonly form: HTMLFormElement | null;
}

/** What the tag says, and the page around it. What makes no sense is left out, as if it had not been said. */
export function settingsOf(tag: Tag): FrameSettings {
  const { lang, viewport, folder, context } = FrameSettings.entries;
  const said = (name: string): string | undefined => tag.getAttribute(name) || undefined;
  return {
    lang: fitting(lang, langOf(tag)) ?? 'en',
    scheme: schemeOf(tag),
    viewport: fitting(viewport, innerHeight) ?? 1000,
    inForm: tag.form !== null && said('name') !== undefined,
    required: tag.hasAttribute('required'),
    disabled: tag.matches(':disabled'),
    folder: fitting(folder, said('folder')),
    context: fitting(context, asJson(said('context'))),
  };
}

/** As the tag says, else as the page is: a frame cannot see what is behind it. */
function schemeOf(tag: Tag): 'light' | 'dark' {
  const asked = tag.getAttribute('scheme');
  const scheme = pickScheme(tag, asked === 'light' || asked === 'dark' ? asked : '');
  if (scheme) return scheme;
  const { colorScheme } = getComputedStyle(tag);
  if (!colorScheme.includes('dark')) return 'light';
  return !colorScheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function fitting<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

function asJson(text: string | undefined): unknown {
  try {
    return text && JSON.parse(text);
  } catch {
    return undefined;
  }
}
