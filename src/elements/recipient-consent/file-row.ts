import { html, nothing, type TemplateResult } from 'lit';
import type { DeliverySnapshot } from '../../flow/recipient-snapshot.ts';
import { kindOf } from '../../i18n/kinds.ts';
import { cleanName, isolate } from '../../i18n/names.ts';
import { type IconName, icon } from '../icons.ts';
import { longName } from '../long-name.ts';
import { progressBar } from '../progress-bar.ts';
import type { View } from './view.ts';

/** About two lines: beside a button there is less room. */
const SHORT_NAME = { compact: 44, wide: 88 };

interface NamedFile {
  readonly name: string;
  /** Folders it was chosen with. */
  readonly path?: string | undefined;
  readonly size: number;
  readonly type: string;
}

export function fileRow(view: View, file: NamedFile, status?: TemplateResult, actions?: unknown): TemplateResult {
  const kind = kindOf(file.type, file.name);
  return html`<li part="row" class="row ${actions === undefined ? '' : 'acted'}">
    <span part="picture" class="picture">${icon(kind === 'photo' || kind === 'image' ? 'image' : 'file')}</span>
    <div>
      ${fileName(view, file)}
      ${file.path === undefined ? nothing : html`<p class="small muted"><bdi dir="auto">${cleanName(file.path)}</bdi></p>`}
      ${status ?? statusLine('', null, sizeAndKind(view, file))}
    </div>
    ${actions ?? nothing}
  </li>`;
}

function fileName({ words, acts, ui }: View, { name, path }: NamedFile): TemplateResult {
  const key = `${path ?? ''}/${name}`;
  return longName(cleanName(name), {
    most: SHORT_NAME,
    label: words.wholeName,
    show: ui.wholeNames.has(key) ? null : () => acts.showName(key),
    part: 'name',
    tab: nothing,
  });
}

/** A file on its way: where it stands, and its own Download. */
export function deliveryRow(
  view: View,
  delivery: DeliverySnapshot,
  isOpen: boolean,
  isMain: boolean,
  besides: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const { words, formats, acts } = view;
  const { file, phase, received } = delivery;
  const isAgain = phase !== 'ready' && phase !== 'differs';
  const isAtWork = phase === 'receiving' || phase === 'checking';
  const name = isolate(file.name);
  const button = html`<button
      part=${isMain && !isAgain ? 'primary' : nothing}
      class="button ${isMain && !isAgain ? 'primary' : ''}"
      type="button"
      aria-label=${isAgain ? words.download.getAgainNamed(name) : words.download.getNamed(name)}
      @click=${() => acts.download(file.id)}
    >
      ${icon('download')}${isAgain ? words.download.getAgain : words.download.get}
    </button>`;
  const [part, whole] = formats.sizeOf(received, file.size);
  const progress = words.download.receiving(part, whole);
  return fileRow(
    view,
    file,
    deliveryStatus(view, delivery),
    phase === 'receiving'
      ? progressBar(name, received / Math.max(1, file.size), progress, 'thin')
      : !isAtWork && (isOpen || besides !== nothing)
        ? html`<div class="actions wide">${isOpen ? button : nothing}${besides}</div>`
        : nothing,
  );
}

/** The status of a row as text; announced when it changes. */
export function deliveryText(view: View, { file, phase, received }: DeliverySnapshot): string {
  const { download } = view.words;
  switch (phase) {
    case 'ready':
      return sizeAndKind(view, file);
    case 'receiving':
      return download.receiving(...view.formats.sizeOf(received, file.size));
    case 'started':
      return download.started;
    case 'checking':
      return download.checking;
    case 'other-copy':
      return download.otherCopy;
    case 'received':
      return download.received(view.formats.size(file.size));
    case 'differs':
      return download.differs;
    case 'interrupted':
      return download.interrupted;
  }
}

const TONES: Readonly<Record<DeliverySnapshot['phase'], readonly ['' | 'ok' | 'warn' | 'bad', IconName | null]>> = {
  ready: ['', null],
  receiving: ['', null],
  started: ['', 'download'],
  checking: ['', 'clock'],
  'other-copy': ['bad', 'alert'],
  received: ['ok', 'check'],
  differs: ['bad', 'alert'],
  interrupted: ['warn', 'alert'],
};

function deliveryStatus(view: View, delivery: DeliverySnapshot): TemplateResult {
  const [tone, sign] = TONES[delivery.phase];
  return statusLine(tone, sign, deliveryText(view, delivery));
}

function statusLine(tone: string, sign: IconName | null, text: string): TemplateResult {
  return html`<p part="status" class="status ${tone}">${sign ? icon(sign, 16) : ''}<span>${text}</span></p>`;
}

function sizeAndKind({ words, formats, kinds }: View, { size, type, name }: NamedFile): string {
  return words.download.ready(formats.size(size), kinds[kindOf(type, name)].one);
}
