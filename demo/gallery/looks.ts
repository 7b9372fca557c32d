/** How one state is shown among others. */
export interface Look {
  readonly width: '240' | '320' | '480' | '720';
  readonly scheme: 'light' | 'dark';
  readonly lang: 'en' | 'de' | 'ar';
}

const WIDTHS = ['240', '320', '480', '720'] as const;
const SCHEMES = ['light', 'dark'] as const;
const LANGS = ['en', 'ar', 'de', 'ar'] as const;

/** In four visits every state is seen in each width; in two of them that are two apart, in both schemes and directions. */
export const VISITS = WIDTHS.length;

/**
 * How the state with this index is looked at in a visit. The three turn at different speeds, so that neighbours have every
 * width in every scheme and direction.
 */
export function lookAt(index: number, visit: number): Look {
  const turn = visit >> 1;
  return {
    width: WIDTHS[(index + visit) % WIDTHS.length] ?? '480',
    scheme: SCHEMES[((index >> 2) + turn) % SCHEMES.length] ?? 'light',
    lang: LANGS[((index >> 3) + turn) % LANGS.length] ?? 'en',
  };
}
