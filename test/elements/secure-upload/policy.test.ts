import { expect, fixtureCleanup } from '@open-wc/testing';
import { composeUpload } from '../../../src/compose/upload.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import '../../../src/elements/secure-upload/define.ts';
import { jpeg, TABLE_LIMITS } from '../../policy/cases/bytes.ts';
import { CONFUSING } from '../../policy/cases/confusing-files.ts';
import { HOSTILE_NAMES } from '../../policy/cases/hostile-names.ts';
import { appDocument } from '../../support/app-document.ts';
import { until } from './mount.ts';

interface Expected {
  readonly file: File;
  readonly code: string;
}
const codeOf = (verdict: string): string => verdict.split(' ', 1)[0] ?? '';
const line = (name: string, size: number, code: string): string => `${JSON.stringify(name)} ${size} ${code}`;

describe('the composed element judges as the broker does', () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
    fixtureCleanup();
    document.body.replaceChildren();
  });

  /** Chooses these files in a box of its own, over the real wiring; answers the verdict on each. */
  async function chosen(expected: readonly Expected[]): Promise<string[]> {
    globalThis.fetch = async () => Response.json(appDocument({ app: 'table', limits: TABLE_LIMITS }));
    SecureUpload.compose = composeUpload;
    const element = document.createElement('secure-upload');
    element.setAttribute('broker', 'https://broker.example');
    element.setAttribute('app', 'table');
    const verdicts: string[] = [];
    element.addEventListener('upload-accepted', ({ detail }) => {
      verdicts.push(...detail.files.map(({ name, size }) => line(name, size, 'accepted')));
    });
    element.addEventListener('upload-rejected', ({ detail }) => {
      verdicts.push(...detail.files.map(({ name, size, code }) => line(name, size, code)));
    });
    document.body.append(element);
    const input = () => element.shadowRoot?.querySelector<HTMLInputElement>('#files');
    await until(() => Boolean(input()));
    const data = new DataTransfer();
    for (const { file } of expected) data.items.add(file);
    const picker = input();
    if (!picker) throw new Error('no input');
    picker.files = data.files;
    picker.dispatchEvent(new Event('change'));
    const refused = expected.filter(({ code }) => code !== 'accepted').length;
    await until(() => verdicts.filter((verdict) => !verdict.endsWith(' accepted')).length >= refused);
    element.remove();
    return verdicts;
  }

  it('all confusing files', async () => {
    const files = CONFUSING.map(({ name, type, bytes, verdict }, i) => ({
      file: new File([bytes], name, { type, lastModified: i }),
      code: codeOf(verdict),
    }));
    const refused = files.filter(({ code }) => code !== 'accepted');
    const verdicts = (await chosen(files)).filter((verdict) => !verdict.endsWith(' accepted'));
    expect(verdicts.sort()).to.deep.equal(refused.map(({ file, code }) => line(file.name, file.size, code)).sort());
  });

  for (const { family, verdict, names } of HOSTILE_NAMES.filter((one) => one.verdict !== 'accepted')) {
    it(`names: ${family}`, async () => {
      // Halves of a character are whole by the time a browser has made a file of them.
      const kept = names.filter((name) => new File([], name).name === name);
      const files = kept.map((name) => ({
        file: new File([jpeg()], name, { type: 'image/jpeg' }),
        code: codeOf(verdict),
      }));
      const verdicts = (await chosen(files)).filter((told) => !told.endsWith(' accepted'));
      expect(verdicts.sort()).to.deep.equal(files.map(({ file, code }) => line(file.name, file.size, code)).sort());
    });
  }
});
