import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { root } from '../../build/root.ts';

/** A place that names something, other than an import of it: the file, and the outermost function or constant around. */
function placesOf(file: string, names: ReadonlySet<string>): [string, string][] {
  const source = ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: [string, string][] = [];
  const visit = (node: ts.Node, around: string): void => {
    if (ts.isImportDeclaration(node)) return;
    // A string counts as a name: storage['signGet'], or SQL that is written out.
    const isWord = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    const words = isWord ? (node.text.match(/\w+/g) ?? []) : [];
    for (const word of words) if (names.has(word)) found.push([word, `${file} ${around}`]);
    ts.forEachChild(node, (child) => visit(child, around));
  };
  for (const statement of source.statements) visit(statement, nameOf(statement));
  return found;
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? '';
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return (isNamed || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && statement.name
    ? statement.name.text
    : '';
}

const files = readdirSync(`${root}demo`, { recursive: true, encoding: 'utf8' })
  .map((path) => posix.join('demo', path.replaceAll('\\', '/')))
  .filter((path) => /\.(ts|mjs|js)$/.test(path));

function places(...names: string[]): string[] {
  const found = files.flatMap((file) => placesOf(file, new Set(names)));
  return [...new Set(found.map(([, place]) => place))].sort();
}

describe('the one way to the bytes behind a link', () => {
  test('addresses of files are signed for a claim, and for people who are signed in; nowhere else', () => {
    assert.deepEqual(places('signGet'), [
      'demo/bucket/storage.ts createStorage',
      'demo/bucket/types.ts Storage',
      'demo/recipients/claims.ts deliver',
      'demo/uploads/files.ts fileUrl',
    ]);
    assert.deepEqual(places('fileUrl'), ['demo/broker/routes/files.ts fileRoutes', 'demo/uploads/files.ts fileUrl']);
  });

  test('what the claim hands out is handed out by claiming alone, which one route calls', () => {
    const inClaims = places('deliver').filter((place) => place.startsWith('demo/recipients/claims.ts'));
    assert.deepEqual(inClaims, ['demo/recipients/claims.ts claimLink', 'demo/recipients/claims.ts deliver']);
    assert.deepEqual(places('claimLink'), [
      'demo/broker/routes/recipient.ts recipientRoutes',
      'demo/recipients/claims.ts claimLink',
    ]);
  });

  test('a claim is written by claiming, made longer by asking for more time, and otherwise only erased', () => {
    assert.deepEqual(places('linkClaim', 'link_claim'), [
      'demo/recipients/claims.ts Claim',
      'demo/recipients/claims.ts claimLink',
      'demo/recipients/claims.ts claimOf',
      'demo/recipients/claims.ts extendWindow',
      'demo/recipients/consent/erase.ts eraseRows',
      'demo/recipients/schema.ts linkClaim',
    ]);
  });

  test('how many keys have won is counted by claiming alone, and once', () => {
    const writers = files.filter((file) =>
      /claimsUsed:\s*sql|set\([^)]*claimsUsed/.test(readFileSync(root + file, 'utf8')),
    );
    assert.deepEqual(writers, ['demo/recipients/claims.ts']);
    const claims = readFileSync(`${root}demo/recipients/claims.ts`, 'utf8');
    assert.equal(claims.match(/claimsUsed:/g)?.length, 1);
    assert.equal(claims.match(/insert\(linkClaim\)/g)?.length, 1);
  });

  test('storage signs a GET in one place, and the broker reads objects only to check what was uploaded', () => {
    const having = (text: string) => files.filter((file) => readFileSync(root + file, 'utf8').includes(text)).sort();
    assert.deepEqual(having("presign('GET'"), ['demo/bucket/storage.ts']);
    assert.deepEqual(having('storage.read('), ['demo/uploads/checksums.ts', 'demo/uploads/settlement.ts']);
  });
});
