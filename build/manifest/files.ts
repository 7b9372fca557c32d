import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { customElementsManifest, vsCodeData, webTypes } from './documents.ts';
import { readElements } from './read-elements.ts';
import { reactTypes, svelteTypes, tagTypes, vueTypes } from './types.ts';

export const TAGS = ['secure-upload', 'send-link', 'recipient-consent', 'secure-upload-frame'];

/** Path → text of everything that editors and frameworks read about the elements. `root` ends with a slash. */
export function manifestFiles(root: string): Record<string, string> {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
  const elements = readElements(root, TAGS);
  const json = (value: object): string => JSON.stringify(value);
  const raw: Record<string, string> = {
    'custom-elements.json': json(customElementsManifest(elements)),
    'vscode.html-custom-data.json': json(vsCodeData(elements)),
    'web-types.json': json(webTypes(elements, version)),
    'src/frameworks/tags.ts': tagTypes(elements),
    'src/frameworks/react.ts': reactTypes(elements),
    'src/frameworks/vue.ts': vueTypes(elements),
    'src/frameworks/svelte.ts': svelteTypes(elements),
  };
  return Object.fromEntries(Object.entries(raw).map(([path, text]) => [path, formatted(root, path, text)]));
}

function formatted(root: string, path: string, text: string): string {
  const biome = `${root}node_modules/@biomejs/biome/bin/biome`;
  const args = [biome, 'check', '--write', '--colors=off', `--stdin-file-path=${path}`];
  return execFileSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8' });
}
