import type { Figures } from './first-format.ts';

export const figuresEn: Figures = {
  decimal: '.',
  group: ',',
  units: ['B', 'kB', 'MB', 'GB'],
  and: [', ', ' and '],
  or: [', ', ' or '],
  days: (n, figure) => `${figure}\u00a0day${n === 1 ? '' : 's'}`,
  months: (_n, figure) => `${figure}\u00a0months`,
};
