/** The rooms of the project and the arrows between them. A room may always import itself. */
export interface Arrow {
  /** A file, relative to the project. */
  readonly from: string;
  /** A file, relative to the project, or the name of what is imported. */
  readonly to: string;
}

/** Room → what it may import: rooms, `package <name>` or `node`. What stands in no row may import nothing but itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/contract': ['package valibot'],
  'src/policy': ['src/contract', 'package magic-bytes.js'],
  'src/transform': ['src/contract'],
  'src/errors.ts': ['src/contract'],
  'src/events.ts': ['src/contract'],
  'src/i18n': ['src/contract'],
  'src/styles': ['package lit'],
  'src/verify': ['src/contract', 'package valibot'],
  // A page that leaves for its sign-in keeps its key in IndexedDB until it is back.
  'src/identity': ['src/contract', 'src/errors.ts', 'package oauth4webapi', 'package valibot', 'package idb'],
  'src/client': ['src/contract', 'src/errors.ts', 'package valibot'],
  'src/transfer': ['src/contract', 'src/errors.ts', 'src/trusted-types.ts', 'package @uppy/core', 'package idb'],
  'src/uppy': ['src/client', 'src/contract', 'src/errors.ts'],
  // The details of the events, which a flow tells of and an element makes public.
  'src/flow': ['src/contract', 'src/policy', 'src/errors.ts', 'src/events.ts'],
  // Of the contract what a snapshot holds and a form checks: types and values, no call.
  'src/elements': [
    'src/contract',
    'src/flow',
    'src/i18n',
    'src/styles',
    'src/events.ts',
    'src/errors.ts',
    'src/version.ts',
    'package lit',
  ],
  // The broker's frame and the page around it: either end alone, neither with the box or its engine. The frame checks the
  // receipts that a page brings back as any backend does.
  'src/embed': ['src/contract', 'src/events.ts', 'src/i18n', 'src/styles', 'src/verify', 'package valibot'],
  // Types only, and whoever asks for those of a framework has it.
  'src/frameworks': ['src/elements', 'src/embed', 'src/events.ts', 'package react', 'package vue', 'package svelte'],
  'src/compose': [
    'src/contract',
    'src/policy',
    'src/errors.ts',
    'src/trusted-types.ts',
    'src/version.ts',
    'src/identity',
    'src/client',
    'src/transfer',
    'src/transform',
    'src/flow',
  ],
  'src/define.ts': ['src/elements'],
  'src/index.ts': ['src/elements', 'src/events.ts', 'src/errors.ts', 'src/contract', 'src/flow'],
  // The backend's rooms, each on those before it.
  'demo/base': ['src/contract', 'packages', 'node'],
  'demo/database': ['packages', 'node'],
  'demo/audit': ['src/contract', 'demo/base', 'demo/database', 'packages', 'node'],
  'demo/registry': ['src/contract', 'demo/base', 'packages', 'node'],
  'demo/identity': [
    'src/contract',
    'src/policy',
    'demo/base',
    'demo/database',
    'demo/audit',
    'demo/mail',
    'demo/registry',
    'packages',
    'node',
  ],
  'demo/bucket': ['src/contract', 'demo/base', 'packages', 'node'],
  // It is lent what it says, and knows no broker: the arrow points from there to here.
  'demo/s3-face': ['src/contract', 'demo/base', 'packages', 'node'],
  // Lent as well: a database, a list of acts.
  'demo/agreements': ['src/contract', 'demo/base', 'packages', 'node'],
  // The tree over the acts: it signs with the key ring of identity.
  'demo/ledger': ['src/contract', 'demo/audit', 'demo/base', 'demo/database', 'demo/identity', 'packages', 'node'],
  // What every handler is given: configuration, parts, queue.
  'demo/context': [
    'demo/base',
    'demo/bucket',
    'demo/database',
    'demo/identity',
    // The pace of its sequencer is configuration.
    'demo/ledger',
    'demo/mail',
    'demo/registry',
    'packages',
    'node',
  ],
  'demo/mail': ['demo/base', 'packages', 'node'],
  // Its owners have mail where the room runs out.
  'demo/uploads': [
    'src/contract',
    'src/policy',
    'demo/mail',
    'demo/agreements',
    'demo/audit',
    'demo/base',
    'demo/bucket',
    'demo/database',
    'demo/identity',
    'demo/registry',
    'demo/context',
    'demo/s3-face',
    'packages',
    'node',
  ],
  'demo/recipients': [
    'src/contract',
    'src/policy',
    'demo/audit',
    'demo/base',
    'demo/context',
    'demo/database',
    'demo/identity',
    'demo/ledger',
    'demo/mail',
    'demo/registry',
    'demo/uploads',
    'packages',
    'node',
  ],
  // Forgetting somebody takes from every room that keeps anything of them.
  'demo/erasure': [
    'demo/agreements',
    'demo/audit',
    'demo/base',
    'demo/database',
    'demo/identity',
    'demo/recipients',
    'demo/uploads',
    'packages',
    'node',
  ],
  // Routes and pages over all of them; it starts what they need.
  'demo/broker': [
    'src/contract',
    'src/policy',
    'demo/erasure',
    'demo/agreements',
    'demo/audit',
    'demo/base',
    'demo/bucket',
    'demo/context',
    'demo/database',
    'demo/identity',
    'demo/ledger',
    'demo/mail',
    'demo/recipients',
    'demo/registry',
    'demo/s3-face',
    'demo/uploads',
    'packages',
    'node',
  ],
  'demo/storage': ['packages', 'node'],
  'demo/provider': ['packages', 'node'],
  'demo/inbox': ['packages', 'node'],
  'demo/site': ['packages', 'node'],
  // Recorded states of the elements, with the broker's own words of a notice; its page is built from sources.
  'demo/gallery': [
    'demo/recipients',
    'demo/base',
    'src/contract',
    'src/errors.ts',
    'src/flow',
    'src/elements',
    'src/embed',
    'src/i18n',
    'src/compose',
    'src/styles',
    'packages',
    'node',
  ],
  // Commands on the brokers' database: what they end is identity's and the broker's, what they count the recipients'.
  'demo/operator': ['demo/base', 'demo/erasure', 'demo/identity', 'demo/recipients', 'packages', 'node'],
  // The one place that knows all parts: it starts them.
  'demo/*.ts': [
    'demo/gallery',
    'demo/base',
    'demo/broker',
    'demo/identity',
    'demo/context',
    'demo/database',
    'demo/ledger',
    'demo/operator',
    'demo/registry',
    'demo/storage',
    'demo/provider',
    'demo/inbox',
    'demo/site',
    'packages',
    'node',
  ],
  bin: ['src/verify', 'src/contract', 'demo/bucket', 'packages', 'node'],
};

/** Wiring of its own: each element knows only the file that composes it. */
const COMPOSED_BY: Readonly<Record<string, string>> = {
  'src/elements/secure-upload/': 'src/compose/upload.ts',
  'src/elements/send-link/': 'src/compose/upload.ts',
  'src/elements/recipient-consent/': 'src/compose/recipient.ts',
  'src/uppy/': 'src/compose/uppy.ts',
};

/** The recipient's page must not load the engine, so what composes it may not even know the way there. */
const NEVER: readonly (readonly [string, string])[] = [
  ['src/compose/recipient.ts', 'src/transfer'],
  ['src/compose/recipient.ts', 'src/compose/upload.ts'],
  // An existing Uppy brings its own list and its own looks.
  ['src/compose/uppy.ts', 'src/flow'],
  ['src/compose/uppy.ts', 'src/transfer'],
  ['src/elements/recipient-consent/', 'src/elements/secure-upload/'],
];

export function roomOf(path: string): string {
  if (path.startsWith('node:')) return 'node';
  if (!/^(src|demo|bin|test)\//.test(path)) {
    return `package ${path.startsWith('@') ? path.split('/', 2).join('/') : path.split('/', 1).join()}`;
  }
  const [top = '', second = ''] = path.split('/');
  if (top === 'bin' || top === 'test') return top;
  if (top === 'demo' && second.includes('.')) return 'demo/*.ts';
  return `${top}/${second}`;
}

export function isAllowed({ from, to }: Arrow): boolean {
  if (NEVER.some(([one, other]) => from.startsWith(one) && to.startsWith(other))) return false;
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === target) return true;
  if (Object.entries(COMPOSED_BY).some(([element, file]) => from.startsWith(element) && to === file)) return true;
  return (ALLOWED[room] ?? []).some(
    (allowed) => allowed === target || (allowed === 'packages' && target.startsWith('package ')),
  );
}
