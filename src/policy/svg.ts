/** Elements that run, embed or change what a drawing does after it was looked at. Prefixes do not hide them. */
const RUNS =
  /<(?:[a-z_][\w.-]{0,40}:)?(?:script|handler|listener|foreignobject|iframe|embed|object|audio|video|set|animate\w{0,9})[\s>/]/;
/** `onload=`, `ev:event=`, and addresses that are programs. */
const HANDLES = /[\s"'/](?:on[a-z]{3,40}|ev:event)\s{0,40}=|(?:java|vb)script:/;
/** Entities can spell anything; style sheets and escapes in them can load it. */
const LOADS = /<!entity|<!doctype[^>[]{0,300}\[|<\?xml-stylesheet|@import|\\/;
const ADDRESS = /(?:href|src|from|to|values|base)\s{0,40}=\s{0,40}(["']?)\s{0,40}([^"'\s>]{0,40})/g;
const URLS = /url\(\s{0,40}["']?\s{0,40}([^"')\s]{0,40})/g;
/** Places within the drawing, and pictures that it carries along. */
const WITHIN = /^$|^#|^data:image\/(?:png|jpe?g|gif|webp)[;,]/;

/** What makes this drawing more than a drawing, told by its whole text: a program, or something from outside. */
export function svgDanger(text: string): 'script' | 'outside' | null {
  const lower = text.toLowerCase();
  if (RUNS.test(lower) || HANDLES.test(lower)) return 'script';
  if (LOADS.test(lower)) return 'outside';
  const addresses = [...lower.matchAll(ADDRESS)].map(([, , address = '']) => address);
  const urls = [...lower.matchAll(URLS)].map(([, address = '']) => address);
  return [...addresses, ...urls].every((address) => WITHIN.test(address)) ? null : 'outside';
}
