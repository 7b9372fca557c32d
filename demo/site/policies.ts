import type { Snippet } from './snippet.ts';

/** What every page of the shop allows, whatever box it holds. */
const OWN = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
];

/** The strictest policy that the box works with. */
export function boxPolicy({ broker, storage }: Snippet): string {
  return [
    ...OWN,
    `script-src ${broker}`,
    'worker-src blob:',
    `connect-src ${broker} ${storage}`,
    'img-src blob: data:',
    'trusted-types secure-upload',
  ].join('; ');
}

/** A page whose box stands in a frame allows the frame, and speaks to no broker and no storage itself. */
export function framePolicy({ broker }: Snippet): string {
  return [...OWN, `script-src ${broker}`, `frame-src ${broker}`, "trusted-types 'none'"].join('; ');
}
