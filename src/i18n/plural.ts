export type PluralForms = { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string };

/** The form that the language has for this number, with the number in the place of `#`; no line ends between it and its word. */
export function plural(locale: string, n: number, forms: PluralForms): string {
  return pluralForm(locale, n, forms).replace('# ', `${figure(locale, n, 0)}\u00a0`);
}

export function pluralForm(locale: string, n: number, forms: PluralForms): string {
  return forms[new Intl.PluralRules(locale).select(n)] ?? forms.other;
}

export const figure = (locale: string, value: number, decimals: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: decimals }).format(value);
