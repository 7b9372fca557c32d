import type { Figures } from './first-format.ts';

export const figuresEn: Figures = {
  decimal: '.',
  group: ',',
  units: ['B', 'kB', 'MB', 'GB'],
  and: [', ', ' and '],
  or: [', ', ' or '],
  days: (n, figure) => `${figure} day${n === 1 ? '' : 's'}`,
  months: (_n, figure) => `${figure} months`,
};
