import { RecipientConsent } from '../../../src/elements/recipient-consent/recipient-consent.ts';
import { page } from '../../../src/elements/secure-upload/page.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import type { RecipientSnapshot } from '../../../src/flow/recipient-snapshot.ts';
import { APP } from '../link-samples.ts';
import { RecordedRecipient } from '../recorded-recipient.ts';
import { NO_LINKS, RecordedFlow } from '../recorded-upload.ts';
import { type ElementName, STATES } from '../states.ts';

/** The page of a visitor: the gallery's own address is a builder's, and its policy lets nothing out. */
Object.assign(page, {
  place: () => new URL('https://www.mysite.com/contact'),
  isFramed: () => false,
  reach: () => Promise.resolve('reached'),
  mayAsk: () => Promise.resolve(true),
});

const BROKER = 'https://broker.example';

/** Puts an element into its place on the page and plays the state to it; done when it stands. */
export const SHOW: Readonly<Record<ElementName, (state: string, place: HTMLElement) => Promise<void>>> = {
  async 'secure-upload'(state, place) {
    const flow = new RecordedFlow(STATES['secure-upload'][state as keyof (typeof STATES)['secure-upload']]);
    SecureUpload.compose = () => ({ flow, links: NO_LINKS });
    const element = document.createElement('secure-upload');
    element.broker = BROKER;
    element.app = 'cs-screenshots';
    const link = document.createElement('a');
    link.href = `${BROKER}/u/cs-screenshots`;
    link.textContent = 'Upload files';
    element.append(link);
    place.append(element);
    await element.updateComplete;
  },

  async 'recipient-consent'(state, place) {
    const snapshot: RecipientSnapshot =
      STATES['recipient-consent'][state as keyof (typeof STATES)['recipient-consent']];
    const flow = new RecordedRecipient();
    RecipientConsent.compose = () => flow;
    const element = document.createElement('recipient-consent');
    element.broker = BROKER;
    place.append(element);
    await element.updateComplete;
    flow.show(snapshot);
    await element.updateComplete;
  },

  async 'send-link'(state, place) {
    const { files, typed, answer } = STATES['send-link'][state as keyof (typeof STATES)['send-link']];
    const element = document.createElement('send-link');
    element.app = APP;
    element.files = files;
    element.links = { makeLink: answer };
    place.append(element);
    await element.updateComplete;
    if (typed === null) return;
    for (const [id, text] of Object.entries(typed)) {
      const field = element.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
      if (!field) throw new Error(`The form has no ${id}`);
      field.value = text;
      field.dispatchEvent(new Event('input'));
    }
    element.renderRoot.querySelector('form')?.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
  },
};
