import { STATES as LINK_STATES } from './link-states.ts';
import { STATES as RECIPIENT_STATES } from './recipient-states.ts';
import { STATES as UPLOAD_STATES } from './upload-states.ts';

/** Every recorded state of every element, by the element's name. */
export const STATES = {
  'secure-upload': UPLOAD_STATES,
  'recipient-consent': RECIPIENT_STATES,
  'send-link': LINK_STATES,
} as const;
export type ElementName = keyof typeof STATES;

export const ELEMENTS = Object.keys(STATES) as ElementName[];
