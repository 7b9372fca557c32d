import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tokens } from '../../src/styles/tokens.ts';
import { contrast, fromHex, fromOklch, luminance, mix, type Rgb, toOklch, WHITE } from './colour.ts';

type Scheme = 'light' | 'dark';
const SCHEMES = ['light', 'dark'] as const;

/** `--_name: … light-dark(#light, #dark)` as it stands in the token file. */
const sheet = tokens.cssText;
const TOKENS = new Map(
  [...sheet.matchAll(/--_([a-z-]+): (?:var\(--su-[a-z]+, )?light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light: fromHex(light), dark: fromHex(dark) }],
  ),
);

function token(name: string, scheme: Scheme): Rgb {
  const found = TOKENS.get(name);
  assert.ok(found, `no token --_${name}`);
  return found[scheme];
}

/** A figure of the derived colours, so that a test follows the file and not a copy of it. */
function figure(pattern: RegExp): number {
  const [, value] = pattern.exec(sheet) ?? [];
  assert.ok(value, `${pattern} is not in the token file`);
  return Number(value);
}

const pairs: [string, string, number][] = [
  ...['surface', 'subtle', 'hover', 'ok-bg', 'warn-bg', 'bad-bg'].flatMap((ground): [string, string, number][] => [
    ['text', ground, 4.5],
    ['muted', ground, 4.5],
  ]),
  ...['ok', 'warn', 'bad'].flatMap((kind): [string, string, number][] => [
    [kind, 'surface', 4.5],
    [kind, `${kind}-bg`, 4.5],
  ]),
  ['edge', 'surface', 3],
  ['edge', 'subtle', 3],
];

describe('the colours of the token file', () => {
  for (const [front, ground, least] of pairs) {
    test(`${front} on ${ground} has at least ${least} : 1, light and dark`, () => {
      for (const scheme of SCHEMES) {
        const ratio = contrast(token(front, scheme), token(ground, scheme));
        assert.ok(ratio >= least, `${scheme}: ${ratio.toFixed(2)}`);
      }
    });
  }

  test('have the figures that the design was judged by, to a tenth', () => {
    for (const [front, ground, light, dark] of [
      ['text', 'surface', 17.4, 16.2],
      ['muted', 'hover', 5.9, 6.5],
      ['edge', 'subtle', 3.7, 4.8],
      ['bad', 'bad-bg', 5.7, 7.3],
      ['warn', 'surface', 7.5, 10.2],
    ] as const) {
      assert.ok(Math.abs(contrast(token(front, 'light'), token(ground, 'light')) - light) < 0.1, `${front} light`);
      assert.ok(Math.abs(contrast(token(front, 'dark'), token(ground, 'dark')) - dark) < 0.1, `${front} dark`);
    }
  });
});

describe('what is derived from any brand colour', () => {
  const threshold = figure(/clamp\(0, \((0\.\d+) - y\) \* 10000, 1\)/);
  const links = {
    light: figure(/accent-text: light-dark\(\s*oklch\(from var\(--_accent\) min\(l, (0\.\d+)\)/),
    dark: figure(/accent-text: [^;]*max\(l, (0\.\d+)\)/),
  };
  const edges = {
    light: figure(/accent-edge: light-dark\(\s*oklch\(from var\(--_accent\) min\(l, (0\.\d+)\)/),
    dark: figure(/accent-edge: [^;]*max\(l, (0\.\d+)\)/),
  };
  const chroma = figure(/accent-text: [^;]*min\(c, (0\.\d+)\)/);
  const tint = figure(/accent-tint: color-mix\(in oklab, var\(--_accent\) (\d+)%/) / 100;
  const fill = figure(/fill-hover: color-mix\(\s*in oklab,\s*var\(--_accent\) (\d+)%/) / 100;

  const on = (accent: Rgb): Rgb => (luminance(accent) < threshold ? WHITE : [0, 0, 0]);
  const derived = (accent: Rgb, scheme: Scheme, bounds: typeof links): Rgb => {
    const [l, c, h] = toOklch(accent);
    return scheme === 'light'
      ? fromOklch(Math.min(l, bounds.light), c, h)
      : fromOklch(Math.max(l, bounds.dark), Math.min(c, chroma), h);
  };

  function* cube(step: number): Generator<Rgb> {
    for (let r = 0; r <= 255; r += step)
      for (let g = 0; g <= 255; g += step) for (let b = 0; b <= 255; b += step) yield [r / 255, g / 255, b / 255];
  }

  const worst = (step: number, ratio: (accent: Rgb) => number): number => {
    let least = 21;
    for (const accent of cube(step)) least = Math.min(least, ratio(accent));
    return least;
  };

  test('words on the filled button never have less than 4.5 : 1, and no less while the pointer is over it', () => {
    assert.ok(worst(5, (accent) => contrast(on(accent), accent)) >= 4.5);
    const hover = (accent: Rgb): Rgb => mix(accent, on(accent) === WHITE ? [0, 0, 0] : WHITE, fill);
    assert.ok(worst(15, (accent) => contrast(on(accent), hover(accent))) >= 4.5);
  });

  test('links never have less than 4.5 : 1 on any ground they stand on', () => {
    for (const scheme of SCHEMES) {
      for (const ground of ['surface', 'subtle', 'hover']) {
        const least = worst(15, (accent) => contrast(derived(accent, scheme, links), token(ground, scheme)));
        assert.ok(least >= 4.5, `${scheme} on ${ground}: ${least.toFixed(2)}`);
      }
    }
  });

  test('bars and edges never have less than 3 : 1', () => {
    for (const scheme of SCHEMES) {
      for (const ground of ['surface', 'subtle', 'hover']) {
        const least = worst(15, (accent) => contrast(derived(accent, scheme, edges), token(ground, scheme)));
        assert.ok(least >= 3, `${scheme} on ${ground}: ${least.toFixed(2)}`);
      }
    }
  });

  test('words and links on the tint of a drag never have less than 4.5 : 1', () => {
    for (const scheme of SCHEMES) {
      const ground = (accent: Rgb) => mix(accent, token('surface', scheme), tint);
      for (const name of ['text', 'muted']) {
        const least = worst(15, (accent) => contrast(token(name, scheme), ground(accent)));
        assert.ok(least >= 4.5, `${scheme} ${name}: ${least.toFixed(2)}`);
      }
      assert.ok(worst(15, (accent) => contrast(derived(accent, scheme, links), ground(accent))) >= 4.5);
    }
  });

  test('the fixed colours for engines without relative colours hold too', () => {
    const fixed = sheet.slice(sheet.indexOf('@supports'));
    const one = (name: string) => fromHex(new RegExp(`--_${name}: (#[0-9a-f]{6});`).exec(fixed)?.[1] ?? '');
    const two = (name: string) =>
      new RegExp(`--_${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(fixed) ?? [];
    assert.ok(contrast(one('on'), one('accent')) >= 4.5);
    assert.ok(contrast(one('on'), one('fill-hover')) >= 4.5);
    for (const [index, scheme] of SCHEMES.entries()) {
      assert.ok(contrast(fromHex(two('accent-text')[index + 1] ?? ''), token('hover', scheme)) >= 4.5);
      assert.ok(contrast(fromHex(two('accent-edge')[index + 1] ?? ''), token('hover', scheme)) >= 3);
    }
  });
});
