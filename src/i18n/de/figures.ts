import type { Figures } from '../first-format.ts';

export const figuresDe: Figures = {
  decimal: ',',
  group: '.',
  units: ['B', 'kB', 'MB', 'GB'],
  and: [', ', ' und '],
  or: [', ', ' oder '],
  days: (n, figure) => `${figure}\u00a0${n === 1 ? 'Tag' : 'Tage'}`,
  months: (_n, figure) => `${figure}\u00a0Monate`,
};
