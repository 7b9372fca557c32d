import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../build/root.ts';

/**
 * Several test files share a process: to load the broker, to compile PGlite and to warm both up takes 3 s of a processor,
 * which most files take less than for what they say. One suite a file, one after the other; each still runs alone.
 */

const FILES = 16;

/**
 * These keep a process of their own: they move its clock, count its time or memory, start whole programs and builds, or load
 * before their first test what the transfer loads late.
 */
const ALONE = [
  'test/architecture/',
  'test/bench/',
  'test/build/',
  'test/broker/identity/key-rotation-processes',
  'test/policy/metadata',
  'test/storage/memory',
  'test/support/',
  'test/transfer/asleep',
  'test/transfer/parts',
  'test/transfer/pausing',
  'test/transfer/resuming',
];

export const isAlone = (path: string): boolean => ALONE.some((start) => path.startsWith(start));

/** Test files that run one after the other in a process; those that go alone first, because they take longest. */
export function groups(files: readonly string[]): string[][] {
  const others = files.filter((path) => !isAlone(path));
  return [
    ...files.filter(isAlone).map((path) => [path]),
    ...Array.from({ length: Math.ceil(others.length / FILES) }, (_, i) => others.slice(i * FILES, (i + 1) * FILES)),
  ];
}

/** Stories are few and long: dealt out, so that those of one length are in several, and the groups end at about one time. */
const STORIES = 6;

function groupsOfStories(files: readonly string[]): string[][] {
  const count = Math.ceil(files.length / STORIES);
  return Array.from({ length: count }, (_, place) => files.filter((_file, index) => index % count === place));
}

/** Writes a file for each group into `folder` that runs it, and answers their paths; the runner starts them by name. */
export const entries = (files: readonly string[], folder: string): string[] =>
  written(groups(files), folder, () => '', '');

/** The same of stories: those of a group share the engines that they start. */
export function storyEntries(files: readonly string[], folder: string): string[] {
  const kept = address('test/e2e/support/kept.ts');
  const head = `import { endEngines, keepEngines } from ${kept};\nimport { after } from 'node:test';\nkeepEngines();`;
  return written(groupsOfStories(files), folder, (isLast) => (isLast ? 'after(endEngines); ' : ''), head);
}

function written(
  all: readonly (readonly string[])[],
  folder: string,
  hook: (isLast: boolean) => string,
  head: string,
): string[] {
  return all.map((group, place) => {
    const path = join(folder, `${String(place).padStart(3, '0')}.mjs`);
    const suites = group.map(
      (file, index) =>
        `describe(${JSON.stringify(file)}, () => { ${hook(index === group.length - 1)}return import(${address(file)}); });`,
    );
    writeFileSync(path, ["import { describe } from 'node:test';", head, ...suites, ''].join('\n'));
    return path;
  });
}

/** As it stands in a script. */
const address = (file: string): string => JSON.stringify(pathToFileURL(join(root, file)).href);
