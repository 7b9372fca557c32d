import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { document, element, group, isRecord, parseDocument, texts } from './xml.ts';

export interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  /** Seconds. */
  readonly maxAge: number | null;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
const MAX_RULES = 100;

/** Fails with MalformedXML. */
export function parseCors(xml: string): CorsRule[] {
  const malformed = (what: string) => new S3Error('MalformedXML', `The CORS configuration ${what}.`);
  const root = parseDocument(xml, 'CORSConfiguration');
  const found = root?.CORSRule;
  const rules: unknown[] = Array.isArray(found) ? found : [found];
  if (rules.length > MAX_RULES) throw malformed(`has more than ${MAX_RULES} rules`);
  return rules.map((rule) => {
    if (!isRecord(rule)) throw malformed('has no rule');
    const [origins, methods] = [texts(rule, 'AllowedOrigin'), texts(rule, 'AllowedMethod')];
    const [headers, expose, ages] = [
      texts(rule, 'AllowedHeader'),
      texts(rule, 'ExposeHeader'),
      texts(rule, 'MaxAgeSeconds'),
    ];
    if (!origins?.length || !methods?.length || !headers || !expose || !ages)
      throw malformed('has a rule without origin or method');
    if (origins.some((origin) => origin.split('*').length > 2)) throw malformed('has an origin with two asterisks');
    if (methods.some((method) => !METHODS.includes(method))) throw malformed('allows a method that S3 does not have');
    const names = [...headers, ...expose];
    if (names.some((name) => !/^[A-Za-z0-9*_-]+$/.test(name))) throw malformed('has something else than header names');
    if (origins.some((origin) => !/^[\x21-\x7e]+$/.test(origin))) throw malformed('has an origin that is none');
    if (ages.length > 1 || ages.some((age) => !/^\d{1,9}$/.test(age)))
      throw malformed('has a MaxAgeSeconds that is no number');
    return { origins, methods, headers, expose, maxAge: ages[0] === undefined ? null : Number(ages[0]) };
  });
}

export function corsDocument(rules: readonly CorsRule[]): string {
  const each = (name: string, values: readonly string[]) => values.map((value) => element(name, value)).join('');
  return document(
    'CORSConfiguration',
    rules
      .map((rule) =>
        group(
          'CORSRule',
          each('AllowedOrigin', rule.origins) +
            each('AllowedMethod', rule.methods) +
            each('AllowedHeader', rule.headers) +
            each('ExposeHeader', rule.expose) +
            (rule.maxAge === null ? '' : element('MaxAgeSeconds', rule.maxAge)),
        ),
      )
      .join(''),
  );
}

/** What any answer to an allowed origin carries, refusals too: a page that may upload may also read why not. */
export function corsHeaders(rules: readonly CorsRule[], request: S3Request): Record<string, string> {
  const vary = { vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method' };
  const rule = matching(rules, request.headers.get('origin'), request.method, []);
  if (!rule) return vary;
  return {
    ...vary,
    'access-control-allow-origin': allowedOrigin(rule, request),
    ...(rule.expose.length > 0 && { 'access-control-expose-headers': rule.expose.join(', ') }),
  };
}

/** The headers that answer a preflight. Fails with AccessForbidden. */
export function preflight(rules: readonly CorsRule[], request: S3Request): Record<string, string> {
  const method = request.headers.get('access-control-request-method') ?? '';
  const wanted = (request.headers.get('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = matching(rules, request.headers.get('origin'), method, wanted);
  if (!rule) throw new S3Error('AccessForbidden', 'No CORS rule of this bucket allows the request.');
  return {
    'access-control-allow-origin': allowedOrigin(rule, request),
    'access-control-allow-methods': rule.methods.join(', '),
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
    ...(rule.expose.length > 0 && { 'access-control-expose-headers': rule.expose.join(', ') }),
    ...(rule.maxAge !== null && { 'access-control-max-age': String(rule.maxAge) }),
  };
}

function matching(
  rules: readonly CorsRule[],
  origin: string | undefined,
  method: string,
  headers: readonly string[],
): CorsRule | undefined {
  if (origin === undefined) return undefined;
  return rules.find(
    (rule) =>
      rule.methods.includes(method) &&
      rule.origins.some((pattern) => like(pattern, origin)) &&
      headers.every((name) => rule.headers.some((pattern) => like(pattern.toLowerCase(), name))),
  );
}

const allowedOrigin = (rule: CorsRule, request: S3Request) =>
  rule.origins.includes('*') ? '*' : (request.headers.get('origin') ?? '');

/** At most one asterisk for anything. */
function like(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}
