import type { ItemProblem } from '../../flow/problem.ts';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { type Kind, kindOf, kindOfExtension } from '../../i18n/kinds.ts';
import type { ProblemWordsFacts } from '../../i18n/problems-en.ts';
import { familyList, providerName } from './app-facts.ts';
import type { App, View } from './view.ts';

/** Minutes. A clock that is off by more shows another date. */
const A_DAY = 24 * 60;

/** What a problem's words are made from. */
type ProblemView = Pick<View, 'app' | 'catalogue' | 'families' | 'formats' | 'snapshot' | 'ui'>;

function acceptsKind(app: App, type: string, name: string): boolean {
  const kind = kindOf(type, name);
  return app.limits.accepts.some((family) => family.types.some((accepted) => kindOf(accepted) === kind));
}

/** `Videos` where all of these media types are known and none is accepted; null where a drop may do some good. */
export function unwelcomeKinds(view: ProblemView, types: readonly string[]): string | null {
  const isHopeless = types.length > 0 && types.every((type) => type !== '' && !acceptsKind(view.app, type, ''));
  if (!isHopeless) return null;
  const kinds = new Set(types.map((type) => kindOf(type)));
  const [only] = kinds;
  return kinds.size === 1 && only ? view.catalogue.kinds[only].many : view.catalogue.kinds.file.many;
}

/** What the person reads about a problem. An unknown code is told as ours. */
export function problemText(view: ProblemView, problem: ItemProblem, item?: ItemSnapshot): string {
  const { problems } = view.catalogue;
  const code = problem.code === 'store_unreachable' && view.ui.isPageBlocking ? 'blocked_page' : problem.code;
  const say = isKnown(problems, code) ? problems[code] : problems.internal;
  return say(factsOf(view, problem, item));
}

function isKnown<Words extends object>(words: Words, code: string): code is Extract<keyof Words, string> {
  return Object.hasOwn(words, code);
}

function factsOf(view: ProblemView, { code, figures }: ItemProblem, item: ItemSnapshot | undefined): ProblemWordsFacts {
  const { catalogue, formats, app, snapshot } = view;
  const type = item?.type || (figures?.found?.includes('/') ? figures.found : '');
  const name = item?.name ?? '';
  const kind = kindOf(type, name);
  const bytes = figures?.size ?? item?.size;
  const limit = figures?.limit ?? (code === 'file_large' ? app.limits.max_file_bytes : undefined);
  const [size, limitSize] =
    bytes !== undefined && limit !== undefined
      ? formats.sizePair(bytes, limit)
      : [bytes === undefined ? undefined : formats.size(bytes), limit === undefined ? undefined : formats.size(limit)];
  // A name without an ending: the policy tells the declared type instead.
  const named = figures?.named === undefined || figures.named.includes('/') ? undefined : endingOf(figures.named);
  return {
    org: app.org.name,
    provider: providerName(view),
    hasFiles: item === undefined && snapshot.items.some(({ phase }) => phase !== 'uploaded'),
    kind,
    kinds: catalogue.kinds[kind].many,
    isKindAccepted: acceptsKind(app, type, name),
    families: familyList(view, 'or'),
    ...(size !== undefined && { size }),
    ...(limitSize !== undefined && { limit: limitSize }),
    ...(limit !== undefined && { limitCount: formats.number(limit) }),
    ...(named !== undefined && { namedEnding: `.${named}`, namedA: ofFormat(view, kindOfExtension(named), named) }),
    ...(figures?.found !== undefined && { foundA: foundOf(view, figures.found) }),
    ...(figures?.width !== undefined && { width: formats.number(figures.width) }),
    ...(figures?.height !== undefined && { height: formats.number(figures.height) }),
    ...(figures?.minutes !== undefined && figures.minutes < A_DAY && { minutes: figures.minutes }),
    ...(figures?.why !== undefined && { why: figures.why }),
  };
}

/** `pdf` from `pdf`, `.pdf` or `report.pdf`. */
function endingOf(named: string): string {
  return named.slice(named.lastIndexOf('.') + 1).toLowerCase();
}

function foundOf(view: Pick<View, 'catalogue'>, found: string): string {
  const ending = found.slice(found.lastIndexOf('/') + 1);
  return ofFormat(view, found.includes('/') ? kindOf(found) : kindOfExtension(endingOf(found)), ending);
}

/** Pictures of two formats are told apart by what people know from their endings: `an image (PNG)`. */
function ofFormat({ catalogue }: Pick<View, 'catalogue'>, kind: Kind, ending: string): string {
  const format = kind === 'photo' || kind === 'image' ? FORMATS.get(ending) : undefined;
  return format ? `${catalogue.kinds[kind].a} (${format})` : catalogue.kinds[kind].a;
}

const FORMATS: ReadonlyMap<string, string> = new Map(
  ['jpeg JPEG', 'jpg JPEG', 'png PNG', 'gif GIF', 'webp WebP', 'heic HEIC', 'avif AVIF', 'bmp BMP', 'svg SVG'].map(
    (pair) => pair.split(' ', 2) as [string, string],
  ),
).set('svg+xml', 'SVG');
