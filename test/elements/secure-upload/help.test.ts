import { expect } from '@open-wc/testing';
import { PROBLEMS } from '../../../src/contract/problems.ts';
import { problemsEn } from '../../../src/i18n/problems-en.ts';
import { item, STATES, type StateName } from './fixtures.ts';
import { clean, cleanUp, mount } from './mount.ts';

const OWNERS = Object.values(PROBLEMS).map(({ owner }) => owner);
/** Numbers of HTTP (410 MB is none), codes, and what a program says where a word is missing. */
const RAW =
  /\b(40\d|41\d|42\d|50\d)\b(?! [KMG]?B)|\b[a-z]+_[a-z_]+\b|undefined|\bnull\b|NaN|\[object|Error\b|https?:\/\/[^ ]*\?/;

function expectWords(root: ShadowRoot): void {
  const text = clean(root.querySelector('.card')?.textContent ?? '');
  expect(text).not.to.match(RAW);
  for (const owner of OWNERS) expect(text).not.to.contain(owner);
}

describe('errors as help', () => {
  afterEach(cleanUp);

  it('no state shows a status, a code, a gap in the words or what is meant for the owner', async () => {
    for (const state of Object.keys(STATES) as StateName[]) {
      expectWords((await mount(state)).root);
      cleanUp();
    }
  });

  it('nor does any problem that a file can have; each leaves the person something to press', async () => {
    for (const code of [...Object.keys(problemsEn), 'brand_new_code']) {
      const problem = { problem: { code } };
      const items = [item('contract.pdf', 1024, 'application/pdf', 'not-done', problem)];
      const { root } = await mount({ ...STATES['not-done'], items });
      expectWords(root);
      expect(root.querySelectorAll('.card button, .card a').length, code).to.be.greaterThan(0);
      cleanUp();
    }
  });
});
