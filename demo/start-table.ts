import { ACCOUNTS } from './provider/accounts.ts';
import type { Snippet } from './site/snippet.ts';

export interface Started extends Pick<Snippet, 'broker' | 'script' | 'integrity' | 'storage'> {
  readonly site: string;
  readonly provider: string;
  readonly inbox: string;
  /** False where the storage doctor did not clear the storage. */
  readonly takesUploads: boolean;
}

/** What `npm start` prints: where the parts are, the lines for a page of one's own, and last what to do next. */
export function startTable({
  site,
  broker,
  provider,
  storage,
  inbox,
  script,
  integrity,
  takesUploads,
}: Started): string {
  const rows = [
    ["The builder's page", site, 'upload a photo here'],
    ['Inbox', inbox, 'every mail the demo sends'],
    ['Gallery', `${site}/gallery`, 'every state of every element'],
    ['Broker', broker, 'policy, grants, links, consent; /openapi.json'],
    ['Sign-in provider', provider, 'plays your organisation'],
    ['Storage', storage, 'S3, for development'],
    ...ACCOUNTS.map(({ username, password, what }) => ['Account', `${username} / ${password}`, what]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map(
    ([what = '', where = '', note = '']) =>
      `  ${what.padEnd(widths[0] ?? 0)}  ${where.padEnd(widths[1] ?? 0)}  ${note}`,
  );
  const paste = [
    'For a page of your own (its origin has to stand in `origins` of the app, in demo/apps.ts):',
    '',
    `  <script type="module" src="${script}" integrity="${integrity}" crossorigin></script>`,
    `  <secure-upload broker="${broker}" app="cs-screenshots"><a href="${broker}/u/cs-screenshots">Upload files</a>`,
    '  </secure-upload>',
  ];
  const next = takesUploads
    ? `Open ${site} and upload something.`
    : `Uploads are off: the storage at ${storage} cannot be used. "npm run doctor" says why. It is looked at again each minute.`;
  return ['', ...table, '', ...paste, '', next, ''].join('\n');
}
