import type { Hold, UploadLocks } from './record.ts';

/** One Web Lock per upload: it ends with the page that holds it, however that ends. */
export class WebLocks implements UploadLocks {
  readonly #prefix: string;
  readonly #here = new Map<string, AbortController>();

  constructor(broker: string) {
    this.#prefix = `secure-upload ${broker} `;
  }

  /** Foreign frames and sandboxes are refused; pages without TLS have none. */
  async isAvailable(): Promise<boolean> {
    try {
      await navigator.locks.query();
      return true;
    } catch {
      return false;
    }
  }

  hold(id: string): Promise<Hold | null> {
    return new Promise((resolve) => {
      const losing = new AbortController();
      const keep = (lock: Lock | null): Promise<void> | null => {
        if (!lock) {
          resolve(null);
          return null;
        }
        this.#here.set(id, losing);
        return new Promise((end) => {
          const release = async () => {
            end();
            await over;
          };
          resolve({ lost: losing.signal, release });
        });
      };
      const over = this.#request(id, { ifAvailable: true }, keep)
        // Another page took it (Web Locks, "steal"), or none may be had.
        .catch(() => losing.abort())
        .finally(() => {
          if (this.#here.get(id) === losing) this.#here.delete(id);
          resolve(null);
        });
    });
  }

  async held(): Promise<{ here: ReadonlySet<string>; elsewhere: ReadonlySet<string> }> {
    const here = new Set(this.#here.keys());
    try {
      const { held = [] } = await navigator.locks.query();
      const ids = held.flatMap(({ name = '' }) =>
        name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : [],
      );
      return { here, elsewhere: new Set(ids.filter((id) => !here.has(id))) };
    } catch {
      return { here, elsewhere: new Set() };
    }
  }

  async free(id: string): Promise<void> {
    if (this.#here.has(id)) return;
    await this.#request(id, { steal: true }, () => null).catch(() => {});
  }

  async #request(id: string, options: LockOptions, act: (lock: Lock | null) => Promise<void> | null): Promise<void> {
    await navigator.locks.request(this.#prefix + id, options, act);
  }
}
