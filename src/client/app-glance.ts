import type { AppDocument } from '../contract/app.ts';
import { asUploadError, UploadError } from '../errors.ts';
import type { Fetch } from './call.ts';
import { isLike } from './is-like.ts';

/** Samples of what the first paint draws from. */
const DRAWN = {
  protocol: 1,
  app: '',
  org: { name: '', contact: '' },
  purpose: { en: '' },
  mode: '',
  limits: { max_file_bytes: 1, max_files: 1, accepts: [{ name: '', types: [''], extensions: [''] }] },
  retention_days: 1,
  region: { label: { en: '' } },
  sign_in: '',
  providers: [{ name: '' }],
  retired_scripts: [''],
};

/**
 * Reads the public app document for the first paint, without the schemas: they would be a sixth of what the picker may
 * weigh. Looks at what is drawn from only, so whoever acts by the document parses it first (`parseApp`).
 */
export class AppGlance {
  readonly #url: URL;
  readonly #fetch: Fetch;

  constructor(broker: URL, app: string, fetch: Fetch) {
    this.#url = new URL(`/v1/apps/${encodeURIComponent(app)}`, broker);
    this.#fetch = fetch;
  }

  /** Fails with UploadError as every call does. */
  async readApp(signal: AbortSignal): Promise<AppDocument> {
    const headers = { Accept: 'application/json' };
    let document: unknown;
    try {
      const response = await this.#fetch(this.#url, { credentials: 'omit', redirect: 'error', headers, signal });
      // A refusal is read with the schemas; it paints no picker.
      if (!response.ok) throw await (await import('./refusal.ts')).problemOf(response, signal);
      document = await response.json();
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      throw asUploadError(cause, cause instanceof SyntaxError ? 'broker_unexpected' : 'broker_down');
    }
    if (!isLike(document, DRAWN)) throw new UploadError('broker_unexpected');
    return document as AppDocument;
  }
}
