import type { ProblemWordsFacts } from '../../src/i18n/problems-en.ts';

/** What the words of a language are made from, as a person may meet it. In letters of no language that we speak. */
export const NUMBERS = [0, 1, 2, 3, 11, 100] as const;
const SAMPLE = 'Ⓧ';

export type Said = readonly [key: string, text: string];

/** Each sentence of a group of words, said with samples: numbers where it counts, and else a text that stands for one. */
export function sayAll(words: object, english: object, path = ''): Said[] {
  return Object.entries(english).flatMap(([key, en]: [string, unknown]): Said[] => {
    const at = path ? `${path}.${key}` : key;
    const own = (words as Record<string, unknown>)[key];
    if (typeof own === 'string') return [[at, own]];
    if (typeof own !== 'function') return sayAll(own as object, en as object, at);
    const names = parametersOf(en);
    return NUMBERS.map((n) => [
      at,
      String((own as (...given: unknown[]) => unknown)(...names.map((name) => (COUNTS.has(name) ? n : SAMPLE)))),
    ]);
  });
}

/** Parameters that are numbers, by the names that the English words give them. */
const COUNTS = new Set(['n', 'done', 'left', 'refused', 'limit', 'minutes', 'hours', 'checked']);

function parametersOf(sentence: unknown): string[] {
  const [, inside = ''] = /^\(?([^)=]*)/.exec(String(sentence)) ?? [];
  return inside.split(',').flatMap((name) => name.trim() || []);
}

const WHOLE: ProblemWordsFacts = {
  org: SAMPLE,
  provider: SAMPLE,
  kind: 'pdf',
  kinds: SAMPLE,
  isKindAccepted: false,
  hasFiles: true,
  families: SAMPLE,
  size: '15.02',
  limit: '15',
  limitCount: '20',
  namedEnding: '.pdf',
  namedA: SAMPLE,
  foundA: SAMPLE,
  width: '12000',
  height: '9000',
  minutes: 7,
};
const { limitCount: _count, ...UNCOUNTED } = WHOLE;
const BARE: ProblemWordsFacts = {
  org: SAMPLE,
  provider: SAMPLE,
  kind: 'file',
  kinds: SAMPLE,
  isKindAccepted: false,
  hasFiles: false,
  families: SAMPLE,
};
/** The sentences that a code has besides its first. */
export const WHYS = [
  'blank',
  'path',
  'reserved',
  'lookalike',
  'macros',
  'page',
  'script',
  'outside',
  'unseen',
  'inside',
  'pixels',
];

/** Each sentence about a problem that there is. */
export function sayProblems(problems: Readonly<Record<string, (facts: ProblemWordsFacts) => string>>): Said[] {
  const facts = [
    WHOLE,
    BARE,
    UNCOUNTED,
    ...WHYS.flatMap((why) => [
      { ...WHOLE, why },
      { ...UNCOUNTED, why },
    ]),
  ];
  return Object.entries(problems).flatMap(([code, say]) => facts.map((fact): Said => [code, say(fact)]));
}
