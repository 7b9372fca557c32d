// Made by `npm run manifest` from the docstrings of the elements.
import type { HTMLAttributes } from 'svelte/elements';
import type { RecipientConsent } from '../elements/recipient-consent/recipient-consent.ts';
import type { SecureUpload } from '../elements/secure-upload/secure-upload.ts';
import type { SendLink } from '../elements/send-link/send-link.ts';
import type { SecureUploadFrame } from '../embed/secure-upload-frame.ts';
import type {
  RecipientConsentAttributes,
  RecipientConsentEvents,
  SecureUploadAttributes,
  SecureUploadEvents,
  SecureUploadFrameAttributes,
  SecureUploadFrameEvents,
  SendLinkAttributes,
  SendLinkEvents,
} from './tags.ts';

type Handlers<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: ((event: Events[Name]) => void) | undefined;
};
type Tag<Element extends EventTarget, Attributes, Events> = Omit<HTMLAttributes<Element>, keyof Attributes> &
  Attributes &
  Handlers<Events>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'secure-upload': Tag<SecureUpload, SecureUploadAttributes, SecureUploadEvents>;
    'send-link': Tag<SendLink, SendLinkAttributes, SendLinkEvents>;
    'recipient-consent': Tag<RecipientConsent, RecipientConsentAttributes, RecipientConsentEvents>;
    'secure-upload-frame': Tag<SecureUploadFrame, SecureUploadFrameAttributes, SecureUploadFrameEvents>;
  }
}
