// Made by `npm run manifest` from the docstrings of the elements.
import type { HTMLAttributes, ReservedProps } from 'vue';
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

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Camel<Tail>}`
  : Capitalize<Name>;
type Handlers<Events> = {
  [Name in keyof Events & string as `on${Camel<Name>}`]?: ((event: Events[Name]) => void) | undefined;
};
/** What templates check a tag against. */
interface Tag<Element, Attributes, Events> {
  new (): Element & { $props: Omit<HTMLAttributes, keyof Attributes> & ReservedProps & Attributes & Handlers<Events> };
}

declare module 'vue' {
  interface GlobalComponents {
    'secure-upload': Tag<SecureUpload, SecureUploadAttributes, SecureUploadEvents>;
    'send-link': Tag<SendLink, SendLinkAttributes, SendLinkEvents>;
    'recipient-consent': Tag<RecipientConsent, RecipientConsentAttributes, RecipientConsentEvents>;
    'secure-upload-frame': Tag<SecureUploadFrame, SecureUploadFrameAttributes, SecureUploadFrameEvents>;
  }
}
