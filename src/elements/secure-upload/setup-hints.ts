/** One line per code for whoever builds the page; visitors do not see it, and it holds no secret. Its words are loaded for it. */
export class SetupHints {
  readonly #told = new Set<string>();

  tell(code: string): void {
    if (this.#told.has(code)) return;
    this.#told.add(code);
    const warn = (text: string) => console.warn(`[secure-upload] ${code}${text}`);
    import('../../i18n/owner-text.ts').then(
      ({ ownerText }) => warn(`: ${ownerText(code)}`),
      () => warn(''),
    );
  }
}

/** Slips of the paste that can be seen without asking anyone. */
export function slipsOf(element: Element, form: HTMLFormElement | null): string[] {
  const app = element.getAttribute('app');
  const broker = element.getAttribute('broker');
  const slips: string[] = [];
  if (/[“”„‟″]/.test(`${app}${broker}`)) slips.push('quotes_curly');
  else if (!app) slips.push('app_missing');
  else if (brokerUrl(broker) === null) slips.push('broker_missing');
  if (form && !element.getAttribute('name')) slips.push('name_missing');
  return slips;
}

/** https everywhere; http only where the browser itself calls it safe. */
export function brokerUrl(address: string | null): URL | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && (isLoopback || url.hostname.endsWith('.localhost')))
    ? url
    : null;
}
