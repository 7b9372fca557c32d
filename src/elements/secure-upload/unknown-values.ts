/** What a tag says where a setting knows a few words only. */
export interface UnknownValue {
  readonly code: 'value_unknown';
  readonly setting: string;
  readonly unknown: string;
  readonly values: string;
}

/** `lang` without its region. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  start: ['button', 'auto'],
  submit: ['refuse', 'wait'],
  'sign-in': ['redirect'],
  scheme: ['light', 'dark', 'page'],
  lang: ['en', 'de', 'ar'],
};

/** A box takes them for nothing said, so whoever wrote them would wait for what never comes. */
export function unknownValues(box: Element): UnknownValue[] {
  return Object.entries(VALUES).flatMap(([setting, values]) => {
    const said = box.getAttribute(setting) ?? '';
    const read = setting === 'lang' ? said.toLowerCase().split('-', 1)[0] : said;
    if (!read || values.includes(read)) return [];
    return [{ code: 'value_unknown', setting, unknown: said, values: values.join(', ') }];
  });
}
