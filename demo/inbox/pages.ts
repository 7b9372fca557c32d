import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Message } from './sink.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

function layout(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="stylesheet" href="/inbox/inbox.css">
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>`;
}

export function listPage(messages: readonly Message[]): Html {
  const rows = messages.map(
    (message) => html`<li>
        <a href="/inbox/messages/${message.id}">
          <span class="subject" dir="auto">${message.subject || 'No subject'}</span>
          <span class="facts">To ${message.to.join(', ')} · ${time(message.at)}</span>
        </a>
      </li>`,
  );
  return layout(
    'Inbox',
    html`<p><a href="/">The builder's page</a></p>
      <h1>Inbox</h1>
      <p class="facts">Every mail the demo sends ends here, and nowhere else. This page looks again every few seconds.</p>
      ${messages.length === 0 ? html`<p>No mail yet.</p>` : html`<ol>${rows}</ol>`}`,
  );
}

export function messagePage(message: Message): Html {
  const attachments = message.attachments.map(
    ({ name }, index) => html`<li><a href="/inbox/messages/${message.id}/attachments/${index}">${name}</a></li>`,
  );
  return layout(
    message.subject || 'No subject',
    html`<p><a href="/inbox">Inbox</a></p>
      <h1 dir="auto">${message.subject || 'No subject'}</h1>
      <dl>
        <dt>From</dt><dd dir="auto">${message.from}</dd>
        <dt>To</dt><dd>${message.to.join(', ')}</dd>
        <dt>Time</dt><dd>${time(message.at)}</dd>
      </dl>
      ${attachments.length > 0 ? html`<h2>Attached</h2><ul>${attachments}</ul>` : ''}
      <h2>Text part</h2>
      <pre dir="auto">${linked(message.text)}</pre>
      ${message.html ? html`<h2>HTML part</h2>${frame(message)}<p><a href="/inbox/messages/${message.id}/html" target="_blank" rel="noopener noreferrer">Open the HTML part on its own</a></p>` : ''}`,
  );
}

/** Its links open a window of their own, which the sandbox does not hold: the pages behind them refuse to be framed. */
const frame = ({ id }: Message): Html =>
  html`<iframe
        title="HTML part"
        src="/inbox/messages/${id}/html"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      ></iframe>`;

/** An address that stands alone on its line can be pressed, as in most mail programs. */
function linked(text: string): Html {
  return html`${text.split('\n').map((line, index) => {
    const end = index === 0 ? '' : '\n';
    if (!/^https?:\/\/\S+$/.test(line)) return html`${raw(end)}${line}`;
    return html`${raw(end)}<a href="${line}" target="_blank" rel="noopener noreferrer">${line}</a>`;
  })}`;
}

const time = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
