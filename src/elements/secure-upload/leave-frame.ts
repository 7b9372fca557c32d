import { brokerUrl } from './broker-url.ts';

interface Framed extends HTMLElement {
  readonly broker: string;
}

/**
 * Nobody may frame the hosted page, so within a frame a link to it would end in an error of the browser's: it opens a page of its own. A
 * sandbox may forbid that, too; then its address comes to stand there, to be copied.
 */
export function leaveFrame(host: Framed, signal?: AbortSignal): void {
  /** Of whichever app: the tag may name one that is not there. */
  const isHosted = ({ origin, pathname }: HTMLAnchorElement) =>
    origin === brokerUrl(host.broker)?.origin && pathname.startsWith('/u/');
  const leave = (press: Event) => {
    const link = press.composedPath().find((one) => one instanceof HTMLAnchorElement);
    if (!link || link.target || press.defaultPrevented || !isHosted(link)) return;
    press.preventDefault();
    const opened = window.open(link.href);
    if (opened) opened.opener = null;
    else show(host, link.href);
  };
  host.addEventListener('click', leave, signal && { signal });
}

function show(host: Framed, address: string): void {
  const place = host.shadowRoot?.querySelector('.fallback');
  if (!place || place.querySelector('bdi')) return;
  const shown = Object.assign(document.createElement('bdi'), { dir: 'ltr', textContent: address });
  const line = Object.assign(document.createElement('span'), { className: 'small muted' });
  line.append(document.createElement('br'), shown);
  place.append(line);
  // Where no announcer is loaded there is nothing else to say.
  host.shadowRoot?.querySelector('#polite')?.append(address);
}
