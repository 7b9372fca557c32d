/** As those call them who speak them, for a menu. A file of its own: whoever names them need not bring their words. */
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };
