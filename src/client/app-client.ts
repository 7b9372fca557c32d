import { AppDocument } from '../contract/app.ts';
import { type Fetch, send } from './call.ts';

/** Reads the public app document. */
export class AppClient {
  readonly #url: URL;
  readonly #fetch: Fetch;

  constructor(broker: URL, app: string, fetch: Fetch) {
    this.#url = new URL(`/v1/apps/${encodeURIComponent(app)}`, broker);
    this.#fetch = fetch;
  }

  readApp(signal: AbortSignal): Promise<AppDocument> {
    return send(this.#fetch, { method: 'GET', url: this.#url, signal, answer: AppDocument });
  }
}
