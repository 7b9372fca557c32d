import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { kindOf } from '../../i18n/kinds.ts';
import { pickWords } from '../../i18n/messages.ts';
import { cleanName, formatReference } from '../../i18n/names.ts';
import { agreedFacts, agreedLabels, agreedNotices } from './agreed.ts';
import { itemsIn } from './items.ts';
import { keyOfReceipt } from './receipt-key.ts';
import type { View } from './view.ts';

/** One page that prints on one sheet. It holds no link that opens the files. */
export function receiptPage(view: View): string {
  const { words, formats, app, lang, catalogue } = view;
  const done = itemsIn(view.snapshot, 'uploaded');
  const reference = formatReference(view.snapshot.reference ?? '');
  const [first] = done;
  const row = (item: ItemSnapshot) => `<tr><td><bdi dir="auto">${escapeHtml(cleanName(item.name))}</bdi></td>
<td>${escapeHtml(formats.size(item.size))}</td>
<td>${escapeHtml(catalogue.kinds[kindOf(item.type, item.name)].one)}</td></tr>`;
  const partsOf = ({ stored }: ItemSnapshot) =>
    stored?.part_bytes ? `${escapeHtml(words.fingerprintOfParts(formats.size(stored.part_bytes)))}<br>` : '';
  const keyOf = ({ stored }: ItemSnapshot) => {
    const key = stored && keyOfReceipt(stored.receipt);
    return key ? `<br>${escapeHtml(words.receiptKey)} <code>${escapeHtml(key)}</code>` : '';
  };
  const print = (item: ItemSnapshot) => `<dt><bdi dir="auto">${escapeHtml(cleanName(item.name))}</bdi></dt>
<dd>${partsOf(item)}<code>${escapeHtml(item.stored?.sha256 ?? '')}</code><br>${escapeHtml(words.receiptNumber)} <code>${escapeHtml(item.stored?.id ?? '')}</code>${keyOf(item)}</dd>`;
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${words.receipt} ${reference}`)}</title>
<style>${SHEET}</style>
<main>
<header><h1>${escapeHtml(words.receipt)}</h1><p>${escapeHtml(words.reference(reference))}</p></header>
<p class="big">${escapeHtml(words.receiptSentence(done.length, app.org.name))}</p>
<p>${escapeHtml(first?.stored ? formats.stamp(first.stored.stored_at) : formats.stamp(new Date(view.now)))}</p>
<table>${done.map(row).join('\n')}</table>
${first?.stored ? `<p>${escapeHtml(words.receiptKept(formats.date(first.stored.delete_at), pickWords(app.region.label, lang)))}</p>` : ''}
${agreedLabels(view)
  .map((label) => `<p>${escapeHtml(words.agreedTo(label))}</p>`)
  .join('\n')}
<h2>${escapeHtml(words.details)}</h2>
<p>${escapeHtml(words.fingerprint)}</p>
<dl>${done.map(print).join('\n')}</dl>
${agreedNotices(view)
  .map((sha256) => `<p>${escapeHtml(words.agreedNotice)}<br><code>${escapeHtml(sha256)}</code></p>`)
  .join('\n')}
<p>${escapeHtml(words.receiptProof)}</p>
<p>${escapeHtml(`${app.org.name}, ${app.org.contact}`)}</p>
</main>
</html>
`;
}

/** The same for machines, with the broker's signed receipts as they came. */
export function receiptJson(view: View): string {
  const { snapshot, app } = view;
  const facts = {
    reference: snapshot.reference,
    app: app.app,
    organisation: app.org,
    files: itemsIn(snapshot, 'uploaded').flatMap((item) => item.stored ?? []),
    ...(snapshot.agreement.agreed.length > 0 && { agreed_to: agreedFacts(view) }),
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

/** Saves a file that this page made. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the bytes by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}

const SHEET = `
@page { margin: 18mm }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #161a21; background: #fff }
main { max-width: 42em; margin: 2em auto; padding: 0 1.25em }
header { display: flex; justify-content: space-between; align-items: baseline; border-bottom: 1px solid #d9dde4 }
h1 { font-size: 1.25em } h2 { font-size: 1em; margin: 2em 0 .5em }
.big { font-size: 1.25em; font-weight: 600; margin-block: 1.25em 0 }
table { width: 100%; border-collapse: collapse }
td { padding: .5em 1em .5em 0; border-bottom: 1px solid #d9dde4; overflow-wrap: anywhere }
td + td { white-space: nowrap }
dl { font-size: .875em } dd { margin: 0 0 .75em } code { overflow-wrap: anywhere; direction: ltr; unicode-bidi: isolate }
@media print { main { margin: 0; padding: 0 } }
`;
