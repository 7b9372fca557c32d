import type { ItemProblem } from '../../flow/problem.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { Formats } from '../../i18n/format.ts';
import { formatReference } from '../../i18n/names.ts';
import { VERSION } from '../../version.ts';

/**
 * What "Copy details" puts on the clipboard, for whoever runs the page. Never names of files, addresses of people,
 * tokens, or the query and fragment of the page's address.
 */
export function detailsText(
  snapshot: UploadSnapshot,
  facts: {
    readonly app: string;
    readonly formats: Formats;
    readonly now: number;
    readonly forOwner?: string | undefined;
  },
): string {
  const { app, formats, now, forOwner } = facts;
  const problem = problemOfBox(snapshot);
  const lines: [string, string | undefined][] = [
    ['Reference', snapshot.reference ? formatReference(snapshot.reference) : undefined],
    ['Code', problem?.code],
    ['Time', formats.stamp(new Date(now))],
    ['Page', `${location.origin}${location.pathname}`],
    ['App', app],
    ['Upload box', VERSION],
    ['Browser', browserName(navigator.userAgent)],
    ['For the owner', problem && forOwner],
  ];
  return lines.flatMap(([label, value]) => (value ? `${label}: ${value}` : [])).join('\n');
}

/** What the details are about. */
export function problemOfBox({ batchProblem, problem, items }: UploadSnapshot): ItemProblem | undefined {
  return batchProblem ?? problem ?? items.find((item) => item.problem)?.problem;
}

/** `Firefox 128`; the order matters, because each later one also names the earlier ones. */
export function browserName(userAgent: string): string {
  for (const [name, pattern] of [
    ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
    ['Samsung Internet', /SamsungBrowser\/(\d+)/],
    ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
    ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
    ['Safari', /Version\/(\d+(?:\.\d+)?).*Safari/],
  ] as const) {
    const [, version] = pattern.exec(userAgent) ?? [];
    if (version) return `${name} ${version}`;
  }
  return 'unknown';
}
