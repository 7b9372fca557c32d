import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import ts from 'typescript';
import { manifestFiles, TAGS } from '../../build/manifest/files.ts';
import { type ElementFacts, readElements } from '../../build/manifest/read-elements.ts';
import { root } from '../../build/root.ts';

// Inside the project, so that the types of the frameworks are found.
const folder = `${root}node_modules/.cache/secure-upload/frameworks-${process.pid}`;

describe('what editors and frameworks read about the elements', () => {
  for (const [path, text] of Object.entries(manifestFiles(root))) {
    test(`${path} says what the sources say; else run: npm run manifest`, () => {
      assert.equal(readFileSync(`${root}${path}`, 'utf8'), text);
    });
  }

  test('every entry of the package that points at one of them exists', () => {
    const { exports, customElements, 'web-types': web } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
    for (const path of ['./custom-elements.json', './web-types.json', './vscode.html-custom-data.json']) {
      assert.equal(exports[path], path);
    }
    assert.deepEqual([customElements, web], ['custom-elements.json', './web-types.json']);
  });
});

describe('the docstrings of the elements', () => {
  const elements = readElements(root, TAGS);
  const sources = (room: string) =>
    readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(`${root}${room}/${path}`, 'utf8'))
      .join('\n');
  const [upload] = elements as [ElementFacts];

  test('name every part of the uploader that a page may style, and none that is not there', () => {
    const text = sources('src/elements/secure-upload') + readFileSync(`${root}src/elements/progress-bar.ts`, 'utf8');
    const found = [...text.matchAll(/\bpart="([\w -]+)"/g)].flatMap(([, names = '']) => names.split(' '));
    assert.deepEqual(upload.parts.map(({ name }) => name).sort(), [...new Set(found)].sort());
  });

  test('name every slot', () => {
    const found = [...sources('src/elements/secure-upload').matchAll(/<slot(?: name="([\w-]+)")?/g)];
    assert.deepEqual(
      upload.slots.map(({ name }) => name).sort(),
      [...new Set(found.map(([, name = '']) => name))].sort(),
    );
  });

  test('name every custom property that a page may set', () => {
    const found = sources('src/styles').match(/--su-[\w-]+/g) ?? [];
    assert.deepEqual(upload.customProperties.map(({ name }) => name).sort(), [...new Set(found)].sort());
  });

  test('name every state that styles may match', () => {
    const text = readFileSync(`${root}src/elements/secure-upload/form-states.ts`, 'utf8');
    const found = [...text.matchAll(/^ {2}'?([\w-]+)'?: \(\{/gm), ...text.matchAll(/set\('(\w+)'/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(upload.states.map(({ name }) => name).sort(), found.sort());
  });

  test('name every event of the package at one element or more, with its class', () => {
    const text = readFileSync(`${root}src/events.ts`, 'utf8');
    const typed = [...text.matchAll(/^ {4}'([\w-]+)': (\w+);$/gm)].map(([, name, type]) => `${name} ${type}`);
    const told = elements.flatMap(({ events }) => events.map(({ name, type }) => `${name} ${type}`));
    assert.deepEqual([...new Set(told)].filter((event) => event !== 'close Event').sort(), typed.sort());
    const page = readFileSync(`${root}docs/isolation.md`, 'utf8');
    const framed = typed.filter((event) => event.startsWith('frame-'));
    assert.deepEqual(
      framed.filter((event) => !page.includes(event.split(' ', 1).join())),
      [],
    );
  });

  test('name every attribute that the frame listens to', () => {
    const frame = elements.find(({ tag }) => tag === 'secure-upload-frame');
    const [, listed = ''] =
      /observedAttributes = \[([^\]]*)\]/.exec(readFileSync(`${root}src/embed/secure-upload-frame.ts`, 'utf8')) ?? [];
    const found = [...listed.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
    assert.deepEqual(
      frame?.attributes.map(({ name }) => name),
      found,
    );
  });

  test('say something about everything they name', () => {
    for (const element of elements) {
      const all = [element.attributes, element.properties, element.methods, element.events, element.slots];
      for (const { name, description } of [...all, element.parts, element.customProperties, element.states].flat()) {
        assert.ok(description.length > 3, `${element.tag}: ${name}`);
      }
      assert.ok(element.summary.length > 20);
    }
  });
});

const REACT = `import 'secure-upload/react';
import type { UploadDoneEvent } from 'secure-upload';
export const good = (
  <secure-upload
    broker="https://broker.example" app="cs-screenshots" name="documents" required start="auto" submit="wait"
    context={{ case: '4711' }} className="box" lang="de"
    onupload-done={(event) => { const done: UploadDoneEvent = event; console.log(done.detail.reference); }}
    ref={(element) => element?.open()}
  >
    <a href="https://broker.example/u/cs-screenshots">Upload files</a>
  </secure-upload>
);
export const consent = <recipient-consent broker="https://broker.example" onconsent-given={(event) => event.detail.receipt} />;
export const link = <send-link files={[]} onclose={() => {}} />;
export const frame = (
  <secure-upload-frame
    broker="https://broker.example" app="cs-screenshots" required scheme="dark"
    onframe-upload-done={(event) => console.log(event.detail.files[0]?.receipt)}
  />
);
// @ts-expect-error: no such setting
export const typo = <secure-upload folders="x" />;
// @ts-expect-error: not one of its values
export const wrong = <secure-upload start="later" />;
// @ts-expect-error: a receipt is text
export const receipt = <recipient-consent onconsent-given={(event) => event.detail.receipt * 2} />;
`;

const VUE = `import 'secure-upload/vue';
import type { GlobalComponents } from 'vue';
type Props = InstanceType<GlobalComponents['secure-upload']>['$props'];
export const good: Props = {
  broker: 'https://broker.example', app: 'cs-screenshots', required: true, submit: 'wait', class: 'box', key: 1,
  onUploadDone: (event) => console.log(event.detail.files[0]?.receipt),
};
// @ts-expect-error: no such setting
export const typo: Props = { folders: 'x' };
// @ts-expect-error: not one of its values
export const wrong: Props = { submit: 'later' };
export const consent: InstanceType<GlobalComponents['recipient-consent']>['$props'] = {
  // @ts-expect-error: a receipt is text
  onConsentGiven: (event) => event.detail.receipt * 2,
};
`;

const SVELTE = `import 'secure-upload/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';
type Props = SvelteHTMLElements['secure-upload'];
export const good: Props = {
  broker: 'https://broker.example', app: 'cs-screenshots', disabled: false, start: 'button', class: 'box',
  'onupload-failed': (event) => console.log(event.detail.files[0]?.code),
};
// @ts-expect-error: not one of its values
export const wrong: Props = { start: 'later' };
export const consent: SvelteHTMLElements['recipient-consent'] = {
  // @ts-expect-error: a receipt is text
  'onconsent-given': (event) => event.detail.receipt * 2,
};
`;

describe('the types for frameworks, in a strict project', () => {
  before(() => mkdirSync(folder, { recursive: true }));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, text] of [
    ['react.tsx', REACT],
    ['vue.ts', VUE],
    ['svelte.ts', SVELTE],
  ] as const) {
    test(`check a tag in ${name}`, () => {
      const path = `${folder}/${name}`;
      writeFileSync(path, text);
      assert.deepEqual(complaintsAbout(path), []);
    });
  }
});

function complaintsAbout(path: string): string[] {
  const program = ts.createProgram([path], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
    types: [],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    experimentalDecorators: true,
    useDefineForClassFields: false,
    paths: {
      'secure-upload': [`${root}src/index.ts`],
      'secure-upload/*': [`${root}src/frameworks/*.ts`],
    },
  });
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
