import type { Figures } from '../first-format.ts';
import { pluralForm } from '../plural.ts';

export const figuresAr: Figures = {
  decimal: '.',
  group: ',',
  units: ['ب', 'كيلوبايت', 'م.ب', 'غ.ب'],
  and: [' و', ' و'],
  or: [' أو ', ' أو '],
  days: (n, figure) =>
    pluralForm('ar', n, {
      zero: '# يوم',
      one: 'يوم',
      two: 'يومان',
      few: '# أيام',
      many: '# يومًا',
      other: '# يوم',
    }).replace('# ', `${figure}\u00a0`),
  months: (n, figure) =>
    pluralForm('ar', n, { few: '# أشهر', many: '# شهرًا', other: '# شهر' }).replace('# ', `${figure}\u00a0`),
};
