/** sRGB, 0 to 1, gamma-encoded. */
export type Rgb = readonly [number, number, number];
export const WHITE: Rgb = [1, 1, 1];

export function fromHex(hex: string): Rgb {
  const at = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const encoded = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);
const clip = (c: number) => Math.min(1, Math.max(0, c));

/** WCAG 2.2, relative luminance. */
export function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The matrices of https://bottosson.github.io/posts/oklab/ */
function toOklab([r, g, b]: Rgb): [number, number, number] {
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Channels out of range are clipped. */
function fromOklab([L, a, b]: readonly [number, number, number]): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clip(encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
    clip(encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
    clip(encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
  ];
}

/** Lightness 0 to 1, chroma, hue in radians. */
export function toOklch(rgb: Rgb): [number, number, number] {
  const [L, a, b] = toOklab(rgb);
  return [L, Math.hypot(a, b), Math.atan2(b, a)];
}

export function fromOklch(l: number, c: number, h: number): Rgb {
  return fromOklab([l, c * Math.cos(h), c * Math.sin(h)]);
}

/** `color-mix(in oklab, a share, b)` */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const [from, to] = [toOklab(a), toOklab(b)];
  const at = (i: 0 | 1 | 2) => from[i] * share + to[i] * (1 - share);
  return fromOklab([at(0), at(1), at(2)]);
}
