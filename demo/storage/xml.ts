import { XMLParser, XMLValidator } from 'fast-xml-parser';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Text of a node. Control characters, which a key may hold, become references as in S3's own lists. */
function escaped(text: string): string {
  return text.replace(/[&<>"\u0000-\u0008\u000b-\u001f\u007f]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`);
}

export function element(name: string, text: string | number | boolean): string {
  return `<${name}>${escaped(String(text))}</${name}>`;
}

/** `inner` is markup already. */
export function group(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

export function document(root: string, inner: string): string {
  const xmlns = root === 'Error' ? '' : ` xmlns="${NAMESPACE}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${xmlns}>${inner}</${root}>`;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  htmlEntities: true,
});

/** The content of `root`, or null where the text is not such a document. A DOCTYPE is never read (entity bombs). */
export function parseDocument(xml: string, root: string): Record<string, unknown> | null {
  if (/<!DOCTYPE/i.test(xml)) return null;
  try {
    if (XMLValidator.validate(xml) !== true) return null;
    const parsed: unknown = parser.parse(xml);
    const found = isRecord(parsed) && Object.hasOwn(parsed, root) ? parsed[root] : null;
    return found === '' ? {} : isRecord(found) ? found : null;
  } catch {
    return null; // Nesting deeper than the parser's stack.
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a repeated child; null where one of them is not plain text. */
export function texts(parent: Record<string, unknown>, name: string): string[] | null {
  const found = Object.hasOwn(parent, name) ? parent[name] : [];
  const all: unknown[] = Array.isArray(found) ? found : [found];
  return all.every((value) => typeof value === 'string') ? all : null;
}
