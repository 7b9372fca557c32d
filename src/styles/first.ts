import { controls } from './controls.ts';
import { host } from './host.ts';
import { modes } from './modes.ts';
import { parts } from './parts.ts';
import { tokens } from './tokens.ts';
import { type } from './type.ts';

/** The sheets of a first paint; `boxStyles` follow when more is drawn. */
export const firstStyles = [host, tokens, type, controls, parts, modes];
