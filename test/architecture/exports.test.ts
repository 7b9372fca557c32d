import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { root } from '../../build/root.ts';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.ts', '*.mjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '')
  .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));

/** Functions, classes and constants. A type may go out with the function whose answer it names. */
function exportedValues(path: string, text: string): string[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const kinds = modifiers.map(({ kind }) => kind);
    // What is the default of its file is imported under any name.
    if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DefaultKeyword)) return [];
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text ?? [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? name.text : []));
  });
}

/** Whose names are for those who install the package, or for a tool that asks for them by name. */
const isForOthers = (path: string) =>
  /^src\/(contract|verify|uppy|policy|frameworks)\/|^vite\.config|\.config\.ts$/.test(path);

describe('what a file exports', () => {
  const namedIn = new Map<string, number>();
  for (const { text } of files) {
    for (const word of new Set(text.match(/[A-Za-z_$][\w$]*/g))) namedIn.set(word, (namedIn.get(word) ?? 0) + 1);
  }
  const values = files
    .filter(({ path }) => !isForOthers(path))
    .flatMap(({ path, text }) => exportedValues(path, text).map((name) => ({ path, name })));

  test('is read at all', () => {
    assert.ok(values.some(({ path, name }) => path === 'demo/mail/mailer.ts' && name === 'createMailer'));
  });

  test('is named in another file, or it is not exported', () => {
    assert.deepEqual(
      values.filter(({ name }) => namedIn.get(name) === 1),
      [],
    );
  });
});
