import { RECIPIENT_ACTED, UPLOAD_ACTED } from './acted-states.ts';
import { STATES as FRAME_STATES } from './frame-states.ts';
import { STATES as LINK_STATES } from './link-states.ts';
import { STATES as RECIPIENT_STATES } from './recipient-states.ts';
import { STATES as UPLOAD_STATES } from './upload-states.ts';

/** Every recorded state of every element, by the element's name. */
export const STATES = {
  'secure-upload': UPLOAD_STATES,
  'recipient-consent': RECIPIENT_STATES,
  'send-link': LINK_STATES,
  'secure-upload-frame': FRAME_STATES,
} as const;
export type ElementName = keyof typeof STATES;

export const ALL_ELEMENTS = Object.keys(STATES) as ElementName[];

/** Those that draw a box by themselves. */
export const ELEMENTS = ['secure-upload', 'recipient-consent', 'send-link'] as const satisfies ElementName[];

const ACTED: Readonly<Record<ElementName, object>> = {
  'secure-upload': UPLOAD_ACTED,
  'recipient-consent': RECIPIENT_ACTED,
  'send-link': {},
  'secure-upload-frame': {},
};

/** All that can be shown of an element: what is recorded, then what somebody does with it. */
export function stateNames(element: ElementName): readonly string[] {
  return [...Object.keys(STATES[element]), ...Object.keys(ACTED[element])];
}

/** States with what builders see, who have a panel after the box. */
export const hasPanel = (state: string): boolean => state === 'test-mode' || state.startsWith('setup-');
