import { RecordedRecipient } from '../../../demo/gallery/recorded-recipient.ts';
import type { RecipientSettings } from '../../../src/compose/recipient.ts';
import { RecipientConsent, type RecipientSteps } from '../../../src/elements/recipient-consent/recipient-consent.ts';
import type { RecipientSnapshot } from '../../../src/flow/recipient-snapshot.ts';

export type { RecordedRecipient as FakeFlow } from '../../../demo/gallery/recorded-recipient.ts';

/** The element as on a page, with flows that a test leads. `settings` is what each was composed with. */
export class TestedConsent extends RecipientConsent {
  static readonly made: { flow: RecordedRecipient; settings: RecipientSettings }[] = [];
  static override compose = (settings: RecipientSettings): RecipientSteps => {
    const flow = new RecordedRecipient();
    TestedConsent.made.push({ flow, settings });
    return flow;
  };
}
customElements.define('tested-consent', TestedConsent);

export async function consentIn(
  snapshot: RecipientSnapshot,
  parent: HTMLElement = document.body,
): Promise<{ element: TestedConsent; flow: RecordedRecipient; root: ShadowRoot }> {
  const element = new TestedConsent();
  element.broker = 'https://broker.example';
  parent.append(element);
  await element.updateComplete;
  const made = TestedConsent.made.at(-1);
  if (!made || !element.shadowRoot) throw new Error('The element composed no flow');
  made.flow.show(snapshot);
  await element.updateComplete;
  return { element, flow: made.flow, root: element.shadowRoot };
}
