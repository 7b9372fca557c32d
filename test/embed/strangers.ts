/** Messages as a browser would deliver them: origin and source are the browser's word, so a test may choose both. */
export interface Arriving {
  readonly origin: string;
  readonly source: MessageEventSource | null;
}

/** A window of this page. What is posted to it is kept, with the origin it was meant for. */
export interface TestWindow {
  readonly frame: HTMLIFrameElement;
  readonly window: Window;
  readonly posted: { readonly message: unknown; readonly origin: string }[];
}

export function makeWindow(): TestWindow {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const { contentWindow: window } = frame;
  if (!window) throw new Error('a frame without a window');
  const posted: TestWindow['posted'] = [];
  window.postMessage = (message: unknown, origin: unknown) => {
    posted.push({ message, origin: String(origin) });
  };
  return { frame, window, posted };
}

/** As if the browser had just brought it. */
export function arrive(data: unknown, { origin, source }: Arriving): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
}

/** Every way in which one who may not speak says exactly what one who may would say. `own` is the right one. */
export function strangersOf(
  own: string,
  right: TestWindow,
  wrong: TestWindow,
): readonly (readonly [string, Arriving])[] {
  const from = (origin: string): Arriving => ({ origin, source: right.window });
  const { protocol, host, hostname } = new URL(own);
  return [
    ['another origin', from('https://evil.example')],
    ['an origin that begins like the right one', from(`${own}.evil`)],
    ['an origin whose host ends like the right one', from(`${protocol}//evil-${host}`)],
    ['a subdomain of the right one', from(`${protocol}//www.${host}`)],
    ['the right host over another scheme', from(`${protocol === 'https:' ? 'http' : 'https'}://${host}`)],
    ['the right host on another port', from(`${protocol}//${hostname}:444`)],
    ['the right origin in capitals', from(own.toUpperCase())],
    ['the right origin with a slash after it', from(`${own}/`)],
    ['the origin "null" of a sandbox', from('null')],
    ['an empty origin', from('')],
    ['the right origin in another window', { origin: own, source: wrong.window }],
    ['the right origin in this very window', { origin: own, source: window }],
    ['the right origin in no window', { origin: own, source: null }],
  ];
}
