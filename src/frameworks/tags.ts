// Made by `npm run manifest` from the docstrings of the elements.
import type { SendLink } from '../elements/send-link/send-link.ts';
import type {
  ConsentDeclinedEvent,
  ConsentGivenEvent,
  FileClaimedEvent,
  FrameUploadDoneEvent,
  FrameUploadFailedEvent,
  FrameUploadRejectedEvent,
  LinkSentEvent,
  SignedInEvent,
  SignedOutEvent,
  UploadAcceptedEvent,
  UploadDoneEvent,
  UploadFailedEvent,
  UploadProgressEvent,
  UploadRejectedEvent,
} from '../events.ts';

/** Attributes of `<secure-upload>`, and properties that are none. */
export interface SecureUploadAttributes {
  /** Address of the broker, https. */
  broker?: string | undefined;
  /** Name of the app at the broker. */
  app?: string | undefined;
  /** Name in a form: it then carries the ids of the uploads, and `<name>-receipt` their signed receipts. */
  name?: string | undefined;
  /** In a form: it is not valid before at least one file is uploaded. */
  required?: boolean | undefined;
  /** Nothing can be chosen or sent; so it is too in a fieldset that is switched off. */
  disabled?: boolean | undefined;
  /** Id of a folder that the files go to. */
  folder?: string | undefined;
  /** A label for the page's own use, as JSON `{"case": "4711"}` or as an object. Never authority. */
  context?: string | { readonly [x: string]: string } | undefined;
  /** `light`, `dark`, or `page` to follow the page even where the app says otherwise. */
  scheme?: '' | 'light' | 'dark' | 'page' | undefined;
  /** Whether files wait for a press on "Upload". Where absent: `auto` in a form, else as the app says. */
  start?: '' | 'button' | 'auto' | undefined;
  /** A form that is submitted while files are on their way is refused with the reason, or with `wait` held until they are uploaded. */
  submit?: '' | 'refuse' | 'wait' | undefined;
  /** `redirect`: the page goes to the sign-in and comes back, for pages that no window can answer. Signing in then comes before choosing. */
  'sign-in'?: '' | 'redirect' | undefined;
}

/** Events of `<secure-upload>`. */
export interface SecureUploadEvents {
  /** Files passed the policy; `preventDefault()` keeps them out. */
  'upload-accepted': UploadAcceptedEvent;
  /** Files broke a limit; nothing was sent for them. */
  'upload-rejected': UploadRejectedEvent;
  /** Bytes sent of the running batch. */
  'upload-progress': UploadProgressEvent;
  /** Everything that could be uploaded is stored. */
  'upload-done': UploadDoneEvent;
  /** Some files could not be uploaded. */
  'upload-failed': UploadFailedEvent;
  /** Somebody signed in. */
  'signed-in': SignedInEvent;
  /** Nobody is signed in any more. */
  'signed-out': SignedOutEvent;
  /** A link to the files went out. */
  'link-sent': LinkSentEvent;
}

/** Attributes of `<send-link>`, and properties that are none. */
export interface SendLinkAttributes {
  /** Makes the link, in the name of whoever is signed in. */
  links?: SendLink['links'] | undefined;
  /** What can be sent; all of it is ticked. */
  files?: SendLink['files'] | undefined;
  /** The app that the files were uploaded to. */
  app?: SendLink['app'] | undefined;
  /** Signs in anew where a link waits for it, within the press; gets what stands in the form. Null: the page has no way. */
  signIn?: SendLink['signIn'] | undefined;
  /** What stood in the form before that sign-in. */
  kept?: SendLink['kept'] | undefined;
}

/** Events of `<send-link>`. */
export interface SendLinkEvents {
  /** LinkSentEvent: the mail with the link is on its way */
  'link-sent': LinkSentEvent;
  /** The person pressed Done */
  close: Event;
}

/** Attributes of `<recipient-consent>`, and properties that are none. */
export interface RecipientConsentAttributes {
  /** Address of the broker, `https://broker.example`. */
  broker?: string | undefined;
  /** `light`, `dark` or `page`; without it the page decides. */
  scheme?: '' | 'light' | 'dark' | 'page' | undefined;
  /** The link's secret, where it does not come by the address. Write-only. */
  token?: string | undefined;
}

/** Events of `<recipient-consent>`. */
export interface RecipientConsentEvents {
  /** ConsentGivenEvent: the recipient accepted; detail has the signed receipt */
  'consent-given': ConsentGivenEvent;
  /** ConsentDeclinedEvent */
  'consent-declined': ConsentDeclinedEvent;
  /** FileClaimedEvent: a file arrived and its checksum fits */
  'file-claimed': FileClaimedEvent;
}

/** Attributes of `<secure-upload-frame>`, and properties that are none. */
export interface SecureUploadFrameAttributes {
  /** Address of the broker, for example `https://broker.example`. */
  broker?: string | undefined;
  /** Name of the app at the broker. */
  app?: string | undefined;
  /** In a form: carries the ids of the uploads, and `{name}-receipt` their signed receipts. */
  name?: string | undefined;
  /** The form waits for at least one upload. */
  required?: boolean | undefined;
  /** Switched off by the page. */
  disabled?: boolean | undefined;
  /** For files of several boxes of one page: which box they came from. */
  folder?: string | undefined;
  /** JSON object of short texts that the owner sees with each file. */
  context?: string | undefined;
  /** Light or dark whatever the page is; absent: as the page. */
  scheme?: 'light' | 'dark' | undefined;
  /** Language; that of the nearest element with one where absent. */
  lang?: string | undefined;
}

/** Events of `<secure-upload-frame>`. */
export interface SecureUploadFrameEvents {
  /** Everything that could be uploaded is stored. */
  'frame-upload-done': FrameUploadDoneEvent;
  /** Files broke a limit; nothing was sent for them. */
  'frame-upload-rejected': FrameUploadRejectedEvent;
  /** Some files could not be uploaded. */
  'frame-upload-failed': FrameUploadFailedEvent;
}
