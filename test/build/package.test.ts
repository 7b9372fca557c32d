import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../build/root.ts';
import { requireBuild } from '../../demo/bootstrap.mjs';

// Inside node_modules, so that the package finds what it depends on as it would when installed.
const consumer = `${root}node_modules/.cache/secure-upload/consumer-${process.pid}`;
const installed = join(consumer, 'node_modules/secure-upload');
/** What it complains about; empty where all is well. */
function tsc(...args: string[]): string {
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  return spawnSync(process.execPath, [compiler, ...args], { cwd: consumer, encoding: 'utf8' }).stdout;
}

const { exports: entries } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  exports: Record<string, unknown>;
};
const names = Object.keys(entries)
  .filter((entry) => !entry.endsWith('.json'))
  .map((entry) => entry.replace('.', 'secure-upload'));

describe('the package as somebody installs it', () => {
  before(() => {
    mkdirSync(installed, { recursive: true });
    cpSync(`${root}package.json`, join(installed, 'package.json'));
    requireBuild();
    // Declarations that an earlier state of the sources left are no part of it.
    const isBuilt = (path: string) => !path.endsWith('.d.ts');
    cpSync(`${root}dist`, join(installed, 'dist'), { recursive: true, filter: isBuilt });
    assert.equal(tsc('-p', `${root}tsconfig.build.json`, '--outDir', join(installed, 'dist')), '');
    writeFileSync(join(consumer, 'package.json'), '{"type":"module"}');
  });
  after(() => rmSync(consumer, { recursive: true, force: true }));

  for (const name of names) {
    test(`import '${name}' works in plain Node, where a page is made on a server`, () => {
      const script = `import * as entry from '${name}'; console.log(Object.keys(entry).length)`;
      writeFileSync(join(consumer, 'import.js'), script);
      const count = Number(execFileSync(process.execPath, ['import.js'], { cwd: consumer, encoding: 'utf8' }));
      assert.ok(/\/(define|react|vue|svelte)$/.test(name) || count > 0);
    });
  }

  test('its types work for a strict TypeScript project', () => {
    writeFileSync(
      join(consumer, 'use.ts'),
      `${names.map((name, index) => `import * as entry${index} from '${name}';`).join('\n')}
export const all = [${names.map((_, index) => `entry${index}`).join()}];
`,
    );
    assert.equal(complaintsAbout('use.ts'), '');
  });

  test("import 'secure-upload' alone gives elements and events their types", () => {
    writeFileSync(
      join(consumer, 'page.ts'),
      `import type { RecipientConsent, SecureUpload, SendLink } from 'secure-upload';
export const upload: SecureUpload = document.createElement('secure-upload');
export const link: SendLink = document.createElement('send-link');
export const consent: RecipientConsent = document.createElement('recipient-consent');
document.body.addEventListener('upload-done', (event) => {
  const [file] = event.detail.files;
  const id: string | undefined = file?.id;
  // @ts-expect-error: a receipt is text, so this line fails if the event were untyped.
  const receipt: number | undefined = file?.receipt;
  console.log(id, receipt);
});
`,
    );
    assert.equal(complaintsAbout('page.ts'), '');
  });

  function complaintsAbout(file: string): string {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      skipLibCheck: true,
    };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
    return tsc('-p', '.');
  }
});
