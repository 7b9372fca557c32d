import { controls } from './controls.ts';
import { fields } from './fields.ts';
import { host } from './host.ts';
import { lateControls } from './late-controls.ts';
import { lateModes } from './late-modes.ts';
import { lateParts } from './late-parts.ts';
import { modes } from './modes.ts';
import { parts } from './parts.ts';
import { tokens } from './tokens.ts';
import { type } from './type.ts';

/** The sheets every element of ours adopts, in this order; an element's own sheet follows them. */
export const boxStyles = [host, tokens, type, controls, lateControls, fields, parts, lateParts, modes, lateModes];
