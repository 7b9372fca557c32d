/**
 * XMLHttpRequest as far as one upload uses it, over Node's fetch: Node has none, and @uppy/aws-s3 knows nothing else.
 * Sends no Origin and asks no preflight; browsers have tests of their own.
 */
export class FetchingXhr extends EventTarget {
  status = 0;
  responseText = '';
  responseType = '';
  withCredentials = false;
  readonly upload = new EventTarget() as EventTarget & { onprogress: ((event: ProgressEvent) => void) | null };
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #headers = new Headers();
  #received = new Headers();
  #method = '';
  #url = '';

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.append(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#received.get(name);
  }

  abort(): void {}

  async send(body: Blob): Promise<void> {
    try {
      const answer = await fetch(this.#url, { method: this.#method, headers: this.#headers, body });
      this.status = answer.status;
      this.responseText = await answer.text();
      this.#received = answer.headers;
    } catch {
      this.onerror?.();
      return;
    }
    this.onload?.();
  }
}
