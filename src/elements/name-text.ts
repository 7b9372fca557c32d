import { html, type TemplateResult } from 'lit';

/** A longer ending is none; it may be broken like any other word. */
const LONGEST_ENDING = 8;
/** A last word of a name, with the ending, that any line has room for. */
const SHORT_WORD = 12;

/**
 * A file's name in its own direction. Where its last word is too long for a line it gives way before the ending, not
 * within it; a shorter one keeps its ending beside it.
 */
export function nameText(name: string): TemplateResult {
  const dot = name.lastIndexOf('.');
  const word = name.length - 1 - Math.max(name.lastIndexOf(' '), name.lastIndexOf('-'));
  const mayBreak = dot > 0 && name.length - dot <= LONGEST_ENDING && word > SHORT_WORD;
  return html`<bdi dir="auto">${mayBreak ? html`${name.slice(0, dot)}<wbr>${name.slice(dot)}` : name}</bdi>`;
}
