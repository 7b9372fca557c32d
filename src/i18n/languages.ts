/** Loads all that a side of the work says in one language. */
type Load<Pack> = () => Promise<{ readonly pack: Pack }>;

/**
 * The languages beside English. Each is a file of its own, loaded when the first element needs it, and whole: every
 * group of words that a page may show later is in it.
 */
export class Languages<Pack extends object> {
  readonly #loads: Readonly<Record<string, Load<Pack>>>;
  readonly #packs = new Map<string, Pack>();

  /** By tag in lower case, `de` or `pt-br`. */
  constructor(loads: Readonly<Record<string, Load<Pack>>>) {
    this.#loads = loads;
  }

  /** Null where there is nothing to wait for. Never rejects: without its words a language is English, until asked anew. */
  load(lang: string): Promise<void> | null {
    const name = this.#nameOf(lang);
    const load = this.#loads[name];
    if (!load || this.#packs.has(name)) return null;
    return load().then(
      ({ pack }) => void this.#packs.set(name, pack),
      () => {},
    );
  }

  /** What is loaded for a language: as asked, else without its region. */
  find(lang: string): { readonly lang: string; readonly pack: Pack } | null {
    const name = this.#nameOf(lang);
    const pack = this.#packs.get(name);
    return pack ? { lang: name, pack } : null;
  }

  #nameOf(lang: string): string {
    const asked = lang.toLowerCase();
    return Object.hasOwn(this.#loads, asked) ? asked : (asked.split('-', 1)[0] ?? '');
  }
}
