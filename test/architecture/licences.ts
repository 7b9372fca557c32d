import { readFileSync } from 'node:fs';
import { root } from '../../build/root.ts';

export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** Licences whose conditions a product under MIT can keep by passing their texts on. */
export const COMPATIBLE: ReadonlySet<string> = new Set([
  '(MIT OR CC0-1.0)',
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
]);

interface LockEntry {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
}

/** Every package that comes with this one when it is installed, by name: walked from its own dependencies. */
export function runtimeDependencies(): Licensed[] {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const found = new Map<string, Licensed>();
  const visit = (from: string): void => {
    for (const name of Object.keys(packages[from]?.dependencies ?? {})) {
      const path = nearest(packages, from, name);
      const entry = packages[path];
      if (entry === undefined || found.has(path)) continue;
      found.set(path, { name, version: entry.version, licence: entry.license ?? 'unknown' });
      visit(path);
    }
  };
  visit('');
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The place where Node finds `name` from the package at `from`: its own folder first, then each folder above. */
function nearest(packages: Record<string, LockEntry>, from: string, name: string): string {
  for (let folder = from; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder}/node_modules/${name}`;
    if (path in packages) return path;
  }
  return `node_modules/${name}`;
}

export function licencesPage(): string {
  const rows = runtimeDependencies().map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return [
    '# Licences',
    '',
    'secure-upload is under the MIT licence. Installing it also installs these packages. The texts for what is inside the',
    'built scripts and the command stand beside them, in `*.licenses.md`.',
    '',
    'Written by `npm run licences`; a test fails when a package is missing or its licence does not go with MIT.',
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
