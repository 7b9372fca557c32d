import type { ChosenFile } from '../../flow/item-list.ts';
import type { Announcement } from '../announcer.ts';
import type { Input } from './presses.ts';
import type { Ui } from './ui.ts';
import type { View } from './view.ts';

/** What the acts need at hand. */
export interface Desk {
  /** The view of this moment; null before the app document is there. */
  readonly view: View | null;
  /** What is picked next takes the place of the list; whoever closes the picker keeps the list. */
  replacesOnPick: boolean;
  /** Whether files may come in now. */
  readonly takesFiles: boolean;
  /** Where the browser points at when the form cannot be sent. */
  readonly formAnchor: HTMLElement | undefined;
  accept(files: readonly (File | ChosenFile)[]): void;
  pick(which: Input): void;
  find<Found extends HTMLElement = HTMLElement>(selector: string): Found | null;
  patch(ui: Partial<Ui>): void;
  say(announcement: Announcement): void;
}
