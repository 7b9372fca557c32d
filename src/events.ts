/**
 * Every event of the elements, typed. They bubble and cross shadow roots; none holds a token, a grant or a presigned URL.
 */

export interface ChosenFileDetail {
  readonly name: string;
  /** Folders it was chosen with, joined by '/'. */
  readonly path?: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
}

export interface UploadedFileDetail extends ChosenFileDetail {
  readonly id: string;
  /** base64. Of the whole file; where `partBytes` is there, of the SHA-256 of its parts in order. */
  readonly sha256: string;
  /** Bytes of each part but the last. */
  readonly partBytes?: number;
  /** The signed receipt (JWS) that `secure-upload/verify` checks. */
  readonly receipt: string;
}

abstract class ElementEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { detail, bubbles: true, composed: true, cancelable });
  }
}

/** Files passed the policy and are about to join the list. `preventDefault()` keeps them out. */
export class UploadAcceptedEvent extends ElementEvent<{ readonly files: readonly ChosenFileDetail[] }> {
  constructor(detail: { readonly files: readonly ChosenFileDetail[] }) {
    super('upload-accepted', detail, true);
  }
}

/** Files broke a limit; nothing was sent for them. `code` is a problem code of the contract. */
export class UploadRejectedEvent extends ElementEvent<{
  readonly files: readonly (ChosenFileDetail & { readonly code: string })[];
}> {
  constructor(detail: UploadRejectedEvent['detail']) {
    super('upload-rejected', detail);
  }
}

/** At most ten times a second. Bytes of the running batch. */
export class UploadProgressEvent extends ElementEvent<{ readonly sent: number; readonly total: number }> {
  constructor(detail: UploadProgressEvent['detail']) {
    super('upload-progress', detail);
  }
}

/** Once per batch, when everything that could be uploaded is stored. */
export class UploadDoneEvent extends ElementEvent<{
  readonly reference: string;
  readonly files: readonly UploadedFileDetail[];
}> {
  constructor(detail: UploadDoneEvent['detail']) {
    super('upload-done', detail);
  }
}

/** Once per batch in which something could not be uploaded. */
export class UploadFailedEvent extends ElementEvent<{
  readonly files: readonly (ChosenFileDetail & { readonly code: string })[];
}> {
  constructor(detail: UploadFailedEvent['detail']) {
    super('upload-failed', detail);
  }
}

/** `name` is what the organisation's provider calls the person; no address, no token. */
export class SignedInEvent extends ElementEvent<{ readonly name: string }> {
  constructor(detail: { readonly name: string }) {
    super('signed-in', detail);
  }
}

/** Nobody is signed in any more: by "Sign out", or because the sign-in ended on the way. */
export class SignedOutEvent extends ElementEvent<null> {
  constructor() {
    super('signed-out', null);
  }
}

/** The recipient accepted; `receipt` is the broker's JWS, which `verifyConsent` of `secure-upload/verify` checks. */
export class ConsentGivenEvent extends ElementEvent<{ readonly reference: string; readonly receipt: string }> {
  constructor(detail: { readonly reference: string; readonly receipt: string }) {
    super('consent-given', detail);
  }
}

/** The recipient declined; `receipt` as for `consent-given`. */
export class ConsentDeclinedEvent extends ElementEvent<{ readonly reference: string; readonly receipt: string }> {
  constructor(detail: { readonly reference: string; readonly receipt: string }) {
    super('consent-declined', detail);
  }
}

/** A file arrived and its checksum fits what was sent. `size` in bytes, `sha256` in base64. */
export class FileClaimedEvent extends ElementEvent<{
  readonly name: string;
  readonly size: number;
  /** As in UploadedFileDetail. */
  readonly sha256: string;
  readonly partBytes?: number;
}> {
  constructor(detail: FileClaimedEvent['detail']) {
    super('file-claimed', detail);
  }
}

/** The mail with a link is on its way. `id` is the link's, `reference` the one that sender and recipient are shown. */
export class LinkSentEvent extends ElementEvent<{ readonly id: string; readonly reference: string }> {
  constructor(detail: LinkSentEvent['detail']) {
    super('link-sent', detail);
  }
}

/** From `<secure-upload-frame>`. The page learns ids and receipts, and nothing else of what is stored. */
export class FrameUploadDoneEvent extends ElementEvent<{
  readonly reference: string;
  readonly files: readonly { readonly id: string; readonly receipt: string }[];
}> {
  constructor(detail: FrameUploadDoneEvent['detail']) {
    super('frame-upload-done', detail);
  }
}

/** From `<secure-upload-frame>`: files broke a limit; nothing was sent for them. A problem code for each. */
export class FrameUploadRejectedEvent extends ElementEvent<{ readonly codes: readonly string[] }> {
  constructor(detail: FrameUploadRejectedEvent['detail']) {
    super('frame-upload-rejected', detail);
  }
}

/** From `<secure-upload-frame>`: some files could not be uploaded. A problem code for each. */
export class FrameUploadFailedEvent extends ElementEvent<{ readonly codes: readonly string[] }> {
  constructor(detail: FrameUploadFailedEvent['detail']) {
    super('frame-upload-failed', detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'upload-accepted': UploadAcceptedEvent;
    'upload-rejected': UploadRejectedEvent;
    'upload-progress': UploadProgressEvent;
    'upload-done': UploadDoneEvent;
    'upload-failed': UploadFailedEvent;
    'signed-in': SignedInEvent;
    'signed-out': SignedOutEvent;
    'consent-given': ConsentGivenEvent;
    'consent-declined': ConsentDeclinedEvent;
    'file-claimed': FileClaimedEvent;
    'link-sent': LinkSentEvent;
    'frame-upload-done': FrameUploadDoneEvent;
    'frame-upload-rejected': FrameUploadRejectedEvent;
    'frame-upload-failed': FrameUploadFailedEvent;
  }
}
