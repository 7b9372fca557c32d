import { type Plugin, parseAst } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * Takes the indentation out of `html`, `svg` and `css` templates of ours. A line break in HTML becomes the one space that
 * it is drawn as, so nothing that can be seen changes; styles lose their comments too. Minifiers for templates drag
 * two parsers along, for 1 % less (measured), or want a newer Node.
 */
export function minifyTemplates(root: string, environments: readonly string[]): Plugin {
  return {
    name: 'minify-templates',
    enforce: 'post',
    applyToEnvironment: ({ name }) => environments.includes(name),
    transform(code, id) {
      if (!id.startsWith(`${root}src/`) || !/\b(html|svg|css)`/.test(code)) return null;
      let text = code;
      // From the end on, so that what stands before keeps its place.
      for (const { start, end, shrink } of quasisIn(parseAst(code) as unknown as Node).sort(
        (a, b) => b.start - a.start,
      )) {
        text = text.slice(0, start) + shrink(text.slice(start, end)) + text.slice(end);
      }
      return { code: text, map: null };
    },
  };
}

const shrinkHtml = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

const shrinkCss = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/([a-z-]): (?=[^{}]*[;}])/g, '$1:')
    .replace(/;}/g, '}');

interface Quasi {
  readonly start: number;
  readonly end: number;
  readonly shrink: (text: string) => string;
}

function quasisIn(node: Node): Quasi[] {
  const found: Quasi[] = [];
  const tag = node.type === 'TaggedTemplateExpression' ? (node.tag as Node) : null;
  const name = tag?.type === 'Identifier' ? tag.name : null;
  if (name === 'html' || name === 'svg' || name === 'css') {
    const shrink = name === 'css' ? shrinkCss : shrinkHtml;
    const { quasis } = node.quasi as { readonly quasis: readonly Node[] };
    for (const { start, end } of quasis) found.push({ start, end, shrink });
  }
  for (const value of Object.values(node)) {
    for (const inner of Array.isArray(value) ? value : [value]) {
      if (typeof inner === 'object' && inner !== null && 'type' in inner) found.push(...quasisIn(inner as Node));
    }
  }
  return found;
}
