import {
  SignedInEvent,
  SignedOutEvent,
  UploadAcceptedEvent,
  UploadDoneEvent,
  UploadFailedEvent,
  UploadProgressEvent,
  UploadRejectedEvent,
} from '../../events.ts';
import type { UploadFlowEvents } from '../../flow/upload-events.ts';

type Forward = { readonly [Name in keyof UploadFlowEvents]: (detail: UploadFlowEvents[Name]) => Event };

const PUBLIC: Forward = {
  accepted: (detail) => new UploadAcceptedEvent(detail),
  rejected: (detail) => new UploadRejectedEvent(detail),
  progress: (detail) => new UploadProgressEvent(detail),
  done: (detail) => new UploadDoneEvent(detail),
  failed: (detail) => new UploadFailedEvent(detail),
  'signed-in': (detail) => new SignedInEvent(detail),
  'signed-out': () => new SignedOutEvent(),
};

/** Tells the page what the flow tells the element; a veto travels back. Ends with `signal`. */
export function forwardEvents(flow: EventTarget, element: EventTarget, signal: AbortSignal): void {
  const forward = <Name extends keyof UploadFlowEvents>(name: Name): void => {
    flow.addEventListener(
      name,
      (event) => {
        const isKept = element.dispatchEvent(PUBLIC[name]((event as CustomEvent<UploadFlowEvents[Name]>).detail));
        if (!isKept) event.preventDefault();
      },
      { signal },
    );
  };
  for (const name of Object.keys(PUBLIC) as (keyof UploadFlowEvents)[]) forward(name);
}
