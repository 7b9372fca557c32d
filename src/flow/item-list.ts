import type { KeptUpload } from './kept-upload.ts';
import type { ItemProblem } from './problem.ts';
import { Tally } from './tally.ts';
import { ITEM_PHASES } from './upload-phases.ts';
import type { ItemPhase, ItemSnapshot, Resuming } from './upload-snapshot.ts';

/** A file as it was chosen. */
export interface ChosenFile {
  readonly file: File;
  /** Of the folder it came with: its names joined by '/', without the name of the file. */
  readonly path?: string | undefined;
  readonly resumes?: Resuming | undefined;
  /** Where the page was given one: by it an upload goes on without another choice. */
  readonly handle?: FileSystemFileHandle | undefined;
}

/** Told of each row that changes: null before is a row that came, null after one that went. */
export type RowWatcher = (before: ItemSnapshot | null, after: ItemSnapshot | null) => void;

/**
 * The files of the box in the order they were chosen. A change of one row costs the same in a list of ten and of ten
 * thousand. Each makes a new object; nothing is written to a File, or to what was handed out.
 */
export class ItemList {
  readonly tally = new Tally();
  #items: ItemSnapshot[] = [];
  /** Somebody holds `#items`: the next change makes another. */
  #isHandedOut = false;
  readonly #places = new Map<string, number>();
  readonly #watchers = new Set<RowWatcher>();
  #lastKey = 0;
  readonly #sniffed = new Map<string, string>();
  #removed: { readonly item: ItemSnapshot; readonly index: number } | null = null;

  get all(): readonly ItemSnapshot[] {
    this.#isHandedOut = true;
    return this.#items;
  }

  /** The row that was taken out last, while it can come back. */
  get removed(): { readonly key: string; readonly name: string } | null {
    return this.#removed && { key: this.#removed.item.key, name: this.#removed.item.name };
  }

  get(key: string): ItemSnapshot | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#items[place];
  }

  in(...phases: readonly ItemPhase[]): readonly ItemSnapshot[] {
    return this.#items.filter(({ phase }) => phases.includes(phase));
  }

  /** The answer ends it. */
  watch(watcher: RowWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  add(files: readonly ChosenFile[]): readonly ItemSnapshot[] {
    const added = files.map(({ file, path, resumes, handle }): ItemSnapshot => {
      const { name, size, type } = file;
      const more = { ...(path && { path }), ...(resumes && { resumes }), ...(handle && { handle }) };
      return { key: this.#newKey(), file, name, size, type, phase: 'preparing', sent: 0, ...more };
    });
    this.#push(added);
    return added;
  }

  /** Rows that were dropped before, at the end and as they were. */
  bringBack(items: readonly ItemSnapshot[]): void {
    this.#push(items);
  }

  /** Files that an earlier page has stored; in the place of each stands an empty one of its name. */
  restore(kept: readonly KeptUpload[]): void {
    const restored = kept.map(({ stored, lastModified, made }): ItemSnapshot => {
      const { name, path, size, type } = stored;
      const file = new File([], name, { type, lastModified });
      const more = { ...(path && { path }), ...(made && { made }) };
      return { key: this.#newKey(), file, name, size, type, phase: 'uploaded', sent: size, stored, ...more };
    });
    this.#push(restored);
  }

  /** Moves one file to another state; where it is none that may follow, that is a defect of ours. */
  move(
    key: string,
    phase: ItemPhase,
    change: Partial<Pick<ItemSnapshot, 'type' | 'sent' | 'stored' | 'resumes' | 'file' | 'size' | 'made'>> & {
      problem?: ItemProblem;
    } = {},
  ): void {
    const item = this.get(key);
    if (!item) return;
    if (!ITEM_PHASES[item.phase].includes(phase)) throw new TypeError(`No way from ${item.phase} to ${phase}`);
    const { problem: _past, ...rest } = item;
    this.#write(item, { ...rest, ...change, phase });
  }

  /** The file passed, or what was made of it; `sniffedType` is '' where its bytes say nothing. */
  ready(
    key: string,
    sniffedType: string,
    found: Partial<Pick<ItemSnapshot, 'file' | 'size' | 'made' | 'dimensions'>>,
  ): void {
    const item = this.get(key);
    if (!item) return;
    this.#sniffed.set(key, sniffedType);
    this.move(key, 'ready', { type: sniffedType || item.type, ...found });
  }

  sniffedType(key: string): string {
    return this.#sniffed.get(key) ?? '';
  }

  setSent(key: string, sent: number): void {
    const item = this.get(key);
    if (item) this.#write(item, { ...item, sent });
  }

  setResumes(key: string, resumes: Resuming): void {
    const item = this.get(key);
    if (item) this.#write(item, { ...item, resumes });
  }

  /** Takes a row out so that it can come back. */
  remove(key: string): void {
    const item = this.get(key);
    if (!item) return;
    const index = this.#items.indexOf(item);
    this.drop([key]);
    this.#removed = { item, index };
  }

  /** Takes rows out for good. */
  drop(keys: readonly string[]): void {
    const gone = new Set(keys);
    this.#replace(this.#items.filter(({ key }) => !gone.has(key)));
  }

  /** Takes all rows of a state out for good. */
  dropAll(phase: ItemPhase): void {
    this.#replace(this.#items.filter((item) => item.phase !== phase));
  }

  clear(): void {
    this.#replace([]);
    this.#removed = null;
  }

  undoRemove(): void {
    if (!this.#removed) return;
    const { item, index } = this.#removed;
    this.#replace(this.#items.toSpliced(index, 0, item));
    this.#removed = null;
  }

  forgetRemoved(): void {
    this.#removed = null;
  }

  #newKey(): string {
    this.#lastKey += 1;
    return `f${this.#lastKey}`;
  }

  #push(items: readonly ItemSnapshot[]): void {
    if (this.#isHandedOut) this.#items = this.#items.slice();
    this.#isHandedOut = false;
    for (const item of items) {
      this.#places.set(item.key, this.#items.push(item) - 1);
      this.#tell(null, item);
    }
  }

  #write(before: ItemSnapshot, after: ItemSnapshot): void {
    const place = this.#places.get(before.key);
    if (place === undefined) return;
    if (this.#isHandedOut) this.#items = this.#items.slice();
    this.#isHandedOut = false;
    this.#items[place] = after;
    this.#tell(before, after);
  }

  /** Rows come or go. */
  #replace(items: ItemSnapshot[]): void {
    const before = this.#items;
    const earlier = new Set(this.#places.keys());
    this.#items = items;
    this.#isHandedOut = false;
    this.#places.clear();
    items.forEach((item, place) => {
      this.#places.set(item.key, place);
      if (!earlier.has(item.key)) this.#tell(null, item);
    });
    for (const item of before) if (!this.#places.has(item.key)) this.#tell(item, null);
  }

  #tell(before: ItemSnapshot | null, after: ItemSnapshot | null): void {
    if (before) this.tally.take(before);
    if (after) this.tally.add(after);
    for (const watcher of this.#watchers) watcher(before, after);
  }
}
