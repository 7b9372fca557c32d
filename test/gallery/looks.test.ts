import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Look, lookAt, VISITS } from '../../demo/gallery/looks.ts';
import { ELEMENTS, stateNames } from '../../demo/gallery/states.ts';
import { VISITS_OF } from './visits.ts';

const isRtl = ({ lang }: Look) => lang === 'ar';
const distinct = (values: readonly unknown[]) => new Set(values.map(String)).size;

describe('the ways in which states are looked at', () => {
  for (const element of ELEMENTS) {
    test(`show every state of ${element} in each width over all visits`, () => {
      for (const index of stateNames(element).keys()) {
        const widths = Array.from({ length: VISITS }, (_, visit) => lookAt(index, visit).width);
        assert.equal(distinct(widths), 4);
      }
    });

    for (const [browser, visits] of Object.entries(VISITS_OF)) {
      test(`show every state of ${element} light and dark, from either side, in ${browser}`, () => {
        for (const index of stateNames(element).keys()) {
          const looks = visits.map((visit) => lookAt(index, visit));
          assert.equal(distinct(looks.map(({ scheme }) => scheme)), 2, `state ${index}: schemes`);
          assert.equal(distinct(looks.map(isRtl)), 2, `state ${index}: directions`);
          assert.ok(distinct(looks.map(({ width }) => width)) >= 2, `state ${index}: widths`);
        }
      });

      test(`show each width in each scheme and direction, and each language, among the states of ${element} in ${browser}`, () => {
        const looks = stateNames(element).flatMap((_, index) => visits.map((visit) => lookAt(index, visit)));
        assert.equal(distinct(looks.map((look) => [look.width, look.scheme, isRtl(look)])), 4 * 2 * 2);
        assert.equal(distinct(looks.map(({ width, lang }) => [width, lang])), 4 * 3);
      });
    }
  }

  test('miss no width of a state between the two engines that see half of them', () => {
    assert.deepEqual([...VISITS_OF.firefox, ...VISITS_OF.webkit].toSorted(), [...VISITS_OF.chromium]);
  });
});
