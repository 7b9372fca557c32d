import { type PluralForms, plural } from '../plural.ts';

/** بالصيغ الست كلها. */
export const count = (n: number, forms: Required<PluralForms>): string => plural('ar-u-nu-latn', n, forms);

/** بعد المصدر وحرف الجر: «رفع ملفين»، «من 3 ملفات». */
export const files = (n: number): string =>
  count(n, {
    zero: '# ملف',
    one: 'ملف واحد',
    two: 'ملفين',
    few: '# ملفات',
    many: '# ملفًا',
    other: '# ملف',
  });

/** في أول الجملة أو وحدها أو بعد الفعل: «ملفان، 55 م.ب»، «وصلك ملفان». */
export const filesAlone = (n: number): string =>
  count(n, {
    zero: '# ملف',
    one: 'ملف واحد',
    two: 'ملفان',
    few: '# ملفات',
    many: '# ملفًا',
    other: '# ملف',
  });

export const minutes = (n: number): string =>
  count(n, {
    zero: '# دقيقة',
    one: 'دقيقة واحدة',
    two: 'دقيقتين',
    few: '# دقائق',
    many: '# دقيقة',
    other: '# دقيقة',
  });

/** اسم قد يكون بحروف لاتينية، فلا يختل ترتيب الجملة. */
export const name = (text: string): string => `\u2068${text}\u2069`;
