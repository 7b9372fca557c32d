import { brokerUrl } from './broker-url.ts';
import { readContext } from './settings.ts';

/** The tag, as far as its slips can be seen in it. */
export interface Pasted extends HTMLElement {
  readonly app: string;
  readonly broker: string;
  readonly name: string;
  readonly required: boolean;
  readonly context: string | object;
  readonly form: HTMLFormElement | null;
}

export interface Slip {
  readonly code: string;
  readonly unknown?: string;
  readonly meant?: string | undefined;
}

const NARROWEST_PX = 240;

/** Slips of the paste that can be seen without asking anyone. */
export function slipsOf(box: Pasted): Slip[] {
  const slips: Slip[] = [];
  if (!isSecureContext) slips.push({ code: 'not_secure' });
  if (hasCurlyQuotes(box)) slips.push({ code: 'quotes_curly' });
  else if (!box.app) slips.push({ code: 'app_missing' });
  else if (brokerUrl(box.broker) === null) slips.push({ code: 'broker_missing' });
  if (readContext(box.context) === null) slips.push({ code: 'context_unreadable' });
  slips.push(...formSlips(box), ...unknownAttributes(box));
  const { width } = box.getBoundingClientRect();
  if (width > 0 && width < NARROWEST_PX) slips.push({ code: 'box_narrow' });
  return slips;
}

export function hasCurlyQuotes({ app, broker }: Pick<Pasted, 'app' | 'broker'>): boolean {
  return /[“”„‟″]/.test(`${app}${broker}`);
}

function formSlips({ form, name, required, localName }: Pasted): Slip[] {
  if (!form) return required ? [{ code: 'required_without_form' }] : [];
  if (!name) return [{ code: 'name_missing' }];
  const same = [...form.elements].filter((one) => one.localName === localName && one.getAttribute('name') === name);
  return same.length > 1 ? [{ code: 'name_twice' }] : [];
}

/** Those of any element, and those that frameworks and editors leave, are nobody's slip. */
const EVERYWHERE =
  /^(class|lang|style|id|slot|part|exportparts|title|dir|hidden|tabindex|role|is|inert|popover|form|nonce|translate|accesskey|draggable|spellcheck|contenteditable|enterkeyhint|inputmode|autofocus|xmlns)$|[:@.?#*[(_$]|^(aria|data|v|x|ng|hx|wf|w|q|astro|svelte|framer)-|^on|^item/;

function unknownAttributes(box: HTMLElement): Slip[] {
  const { observedAttributes = [] } = box.constructor as { observedAttributes?: readonly string[] };
  const unknown = box
    .getAttributeNames()
    .filter((name) => !observedAttributes.includes(name) && !EVERYWHERE.test(name));
  return unknown.map((name) => ({
    code: 'attribute_unknown',
    unknown: name,
    meant: observedAttributes.find((known) => isNear(name, known)),
  }));
}

/** At most two letters apart (Levenshtein). */
function isNear(one: string, other: string): boolean {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swapped = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[other.length] ?? 0) <= 2;
}
