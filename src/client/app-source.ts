import * as v from 'valibot';
import { AppDocument } from '../contract/app.ts';
import { UploadError } from '../errors.ts';
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

/** The document that was read at a glance (app-glance.ts), checked as a whole. Fails with broker_unexpected. */
export function parseApp(glance: AppDocument): AppDocument {
  const parsed = v.safeParse(AppDocument, glance);
  if (!parsed.success) throw new UploadError('broker_unexpected');
  return parsed.output;
}
