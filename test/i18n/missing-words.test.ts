import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { root } from '../../build/root.ts';

const FILE = `${root}test/i18n/written-here.ts`;

/** What TypeScript says about a file that stands beside this one, only in memory. */
function complaintsAbout(source: string): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => (path === FILE ? source : readFile.call(host, path));
  host.fileExists = (path) => path === FILE || fileExists.call(host, path);
  const program = ts.createProgram([FILE], { ...options, noEmit: true, types: [] }, host);
  const file = program.getSourceFile(FILE);
  assert.ok(file);
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

const take = (group: string, type: string, keys: string) => `
  import { ${group}De } from '../../src/i18n/de/${type === 'ProblemWords' ? 'problems' : 'upload'}.ts';
  import type { ${type} } from '../../src/i18n/${type === 'ProblemWords' ? 'problems-en' : 'upload-en'}.ts';
  const { ${keys} ...others } = ${group}De;
  export const words: ${type} = others;`;

describe('a language does not compile', () => {
  test('without a sentence that English has', () => {
    assert.deepEqual(complaintsAbout(take('upload', 'UploadWords', '')), []);
    const [complaint = '', ...more] = complaintsAbout(take('upload', 'UploadWords', 'heading: _left,'));
    assert.match(complaint, /Property 'heading' is missing in type .* but required in type 'UploadWords'/);
    assert.deepEqual(more, []);
  });

  test('without the words for a problem', () => {
    const [complaint = ''] = complaintsAbout(take('problems', 'ProblemWords', 'file_large: _left,'));
    assert.match(complaint, /'file_large'/);
  });
});
