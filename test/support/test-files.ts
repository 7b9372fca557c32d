import { readdirSync } from 'node:fs';
import { root } from '../../build/root.ts';

export type Leg = 'node' | 'elements' | 'e2e' | 'faults';

/** Which leg runs a file, by its name alone. */
function legOf(path: string): Leg | null {
  if (path.endsWith('.e2e.ts')) return 'e2e';
  if (path.endsWith('.faults.ts')) return 'faults';
  if (!path.endsWith('.test.ts')) return null;
  return path.startsWith('elements/') || path.endsWith('.browser.test.ts') ? 'elements' : 'node';
}

/** The leg's test files, relative to the project, sorted; with a pattern only those whose path contains it. */
export function testFiles(leg: Leg, patterns: readonly string[] = []): string[] {
  return readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => legOf(path) === leg)
    .map((path) => `test/${path}`)
    .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))
    .sort();
}
