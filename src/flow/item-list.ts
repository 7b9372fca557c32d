import { ITEM_PHASES } from './upload-phases.ts';
import type { ItemPhase, ItemProblem, ItemSnapshot } from './upload-snapshot.ts';

/** The files of the box in the order they were chosen. Each change makes new objects; nothing is written to a File. */
export class ItemList {
  #items: readonly ItemSnapshot[] = [];
  #lastKey = 0;
  readonly #sniffed = new Map<string, string>();
  #removed: { readonly item: ItemSnapshot; readonly index: number } | null = null;

  get all(): readonly ItemSnapshot[] {
    return this.#items;
  }

  /** The row that was taken out last, while it can come back. */
  get removed(): { readonly key: string; readonly name: string } | null {
    return this.#removed && { key: this.#removed.item.key, name: this.#removed.item.name };
  }

  get(key: string): ItemSnapshot | undefined {
    return this.#items.find((item) => item.key === key);
  }

  in(...phases: readonly ItemPhase[]): readonly ItemSnapshot[] {
    return this.#items.filter(({ phase }) => phases.includes(phase));
  }

  add(files: readonly File[]): readonly ItemSnapshot[] {
    const added = files.map((file): ItemSnapshot => {
      this.#lastKey += 1;
      const { name, size, type } = file;
      return { key: `f${this.#lastKey}`, file, name, size, type, phase: 'preparing', sent: 0 };
    });
    this.#items = [...this.#items, ...added];
    return added;
  }

  /** Moves one file to another state; where it is none that may follow, that is a defect of ours. */
  move(
    key: string,
    phase: ItemPhase,
    change: Partial<Pick<ItemSnapshot, 'type' | 'sent' | 'stored'>> & { problem?: ItemProblem } = {},
  ): void {
    this.#items = this.#items.map((item) => {
      if (item.key !== key) return item;
      if (!ITEM_PHASES[item.phase].includes(phase)) throw new TypeError(`No way from ${item.phase} to ${phase}`);
      const { problem: _past, ...rest } = item;
      return { ...rest, ...change, phase };
    });
  }

  /** The file passed; `sniffedType` is '' where its bytes say nothing. */
  ready(key: string, sniffedType: string): void {
    const item = this.get(key);
    if (!item) return;
    this.#sniffed.set(key, sniffedType);
    this.move(key, 'ready', { type: sniffedType || item.type });
  }

  sniffedType(key: string): string {
    return this.#sniffed.get(key) ?? '';
  }

  setSent(key: string, sent: number): void {
    this.#items = this.#items.map((item) => (item.key === key ? { ...item, sent } : item));
  }

  /** Takes a row out so that it can come back. */
  remove(key: string): ItemSnapshot | undefined {
    const index = this.#items.findIndex((item) => item.key === key);
    const item = this.#items[index];
    if (!item) return undefined;
    this.drop([key]);
    this.#removed = { item, index };
    return item;
  }

  /** Takes rows out for good. */
  drop(keys: readonly string[]): void {
    this.#items = this.#items.filter(({ key }) => !keys.includes(key));
  }

  /** Takes all rows of a state out for good. */
  dropAll(phase: ItemPhase): void {
    this.#items = this.#items.filter((item) => item.phase !== phase);
  }

  clear(): void {
    this.#items = [];
    this.#removed = null;
  }

  undoRemove(): void {
    if (!this.#removed) return;
    const { item, index } = this.#removed;
    this.#items = this.#items.toSpliced(index, 0, item);
    this.#removed = null;
  }

  forgetRemoved(): void {
    this.#removed = null;
  }
}
