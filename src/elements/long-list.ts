import { noChange, type RootPart, render, type TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';
import { repeat } from 'lit/directives/repeat.js';
import { RowHeights } from './row-heights.ts';

/** Drawn above and below what is seen, so that a turn of the wheel meets rows and no gap. px. */
const AHEAD = 400;
/** Rows come and go some at a time, not one by one. */
const STEP = 4;
/** Before the browser has told the height of the list, and corrections of a place in it after. */
const FIRST_HEIGHT = 640;
const MOST_CORRECTIONS = 3;

export interface LongListRows<Row extends { readonly key: string }> {
  readonly rows: readonly Row[];
  /** The one row that Tab reaches, while it is drawn; else it is the first in sight. */
  readonly currentKey: string | null;
  /** One element for each, with the key as `data-key`. */
  draw(row: Row, at: { readonly index: number; readonly isCurrent: boolean }): TemplateResult;
}

/**
 * Draws the rows of a list that are in sight, and the one that has the focus. Stands on an element that scrolls, whose
 * only child is the list. Where rows turn out higher than was thought, the first in sight keeps its place.
 */
class LongList<Row extends { readonly key: string }> extends AsyncDirective {
  readonly #heights = new RowHeights();
  #options: LongListRows<Row> | null = null;
  #scroller: HTMLElement | null = null;
  #list: HTMLElement | null = null;
  #root: RootPart | null = null;
  #size: ResizeObserver | null = null;
  #top = 0;
  #height = FIRST_HEIGHT;
  #width = 0;
  #drawn: readonly number[] = [];
  #isPrinting = false;

  override update({ element }: ElementPart, [options]: [LongListRows<Row>]): typeof noChange {
    const { rows } = options;
    const anchor = this.#anchor();
    this.#options = options;
    this.#heights.setKeys(rows.map(({ key }) => key));
    if (this.#scroller !== element && element instanceof HTMLElement) this.#begin(element);
    // What came or went above leaves what is in sight where it was.
    if (anchor) {
      const at =
        rows[anchor.index]?.key === anchor.key ? anchor.index : rows.findIndex(({ key }) => key === anchor.key);
      this.#draw({ index: at === -1 ? Math.min(anchor.index, rows.length - 1) : at, within: anchor.within });
    } else this.#draw(null);
    return noChange;
  }

  render(_options: LongListRows<Row>): typeof noChange {
    return noChange;
  }

  protected override disconnected(): void {
    this.#root?.setConnected(false);
    this.#size?.disconnect();
    this.#scroller?.removeEventListener('scroll', this.#scrolled);
    removeEventListener('beforeprint', this.#print);
    removeEventListener('afterprint', this.#print);
  }

  protected override reconnected(): void {
    this.#root?.setConnected(true);
    this.#listen();
  }

  /** Brings a row into sight. */
  reveal(index: number): HTMLElement | null {
    const start = this.#heights.startOf(index);
    const end = this.#heights.startOf(index + 1);
    if (start < this.#top) this.#scrollTo(start);
    else if (end > this.#top + this.#height) this.#scrollTo(end - this.#height);
    this.#draw({ index, within: this.#top - start });
    const row = this.#list?.children[this.#drawn.indexOf(index)];
    return row instanceof HTMLElement ? row : null;
  }

  #begin(scroller: HTMLElement): void {
    this.#scroller = scroller;
    this.#list = scroller.firstElementChild instanceof HTMLElement ? scroller.firstElementChild : null;
    reveals.set(scroller, (index) => this.reveal(index));
    this.#listen();
  }

  #listen(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    addEventListener('beforeprint', this.#print);
    addEventListener('afterprint', this.#print);
    this.#size = new ResizeObserver(() => {
      const { clientHeight, clientWidth } = scroller;
      if (clientWidth === 0) return;
      if (clientWidth !== this.#width) this.#heights.forget();
      this.#width = clientWidth;
      this.#height = clientHeight;
      this.#draw(this.#anchor());
    });
    this.#size.observe(scroller);
  }

  readonly #scrolled = (): void => {
    this.#top = this.#scroller?.scrollTop ?? 0;
    const { from, to } = this.#range();
    const isDrawn = this.#drawn.includes(from) && this.#drawn.includes(to - 1);
    if (!isDrawn) this.#draw(this.#anchor());
  };

  /** On paper there is nothing to scroll. */
  readonly #print = ({ type }: Event): void => {
    this.#isPrinting = type === 'beforeprint';
    this.#draw(this.#anchor());
  };

  #anchor(): { readonly key: string; readonly index: number; readonly within: number } | null {
    // Of this moment: the event that tells of it comes with the next frame.
    this.#top = this.#scroller?.scrollTop ?? 0;
    if (this.#top <= 0) return null;
    const index = this.#heights.at(this.#top);
    const key = this.#options?.rows[index]?.key;
    return key === undefined ? null : { key, index, within: this.#top - this.#heights.startOf(index) };
  }

  #range(): { readonly from: number; readonly to: number } {
    const { count } = this.#heights;
    if (this.#isPrinting) return { from: 0, to: count };
    const from = this.#heights.at(this.#top - AHEAD);
    const to = this.#heights.at(this.#top + this.#height + AHEAD) + 1;
    return { from: from - (from % STEP), to: Math.min(count, to + STEP - (to % STEP)) };
  }

  #draw(anchor: { readonly index: number; readonly within: number } | null): void {
    for (let corrections = 0; corrections < MOST_CORRECTIONS; corrections += 1) {
      if (anchor) this.#top = Math.max(0, this.#heights.startOf(anchor.index) + anchor.within);
      this.#drawRange();
      const { from, to } = this.#range();
      if (this.#drawn.includes(from) && this.#drawn.includes(to - 1)) break;
    }
    if (anchor) this.#scrollTo(Math.max(0, this.#heights.startOf(anchor.index) + anchor.within));
  }

  #drawRange(): void {
    const list = this.#list;
    const options = this.#options;
    if (!list || !options) return;
    const { rows, currentKey, draw } = options;
    const { from, to } = this.#range();
    const inRange = Array.from({ length: to - from }, (_, i) => from + i);
    const focused = this.#focused();
    const drawn =
      focused === -1 || (focused >= from && focused < to)
        ? inRange
        : [focused, ...inRange].toSorted((one, other) => one - other);
    const stop = drawn.find((index) => rows[index]?.key === currentKey) ?? this.#firstInSight(drawn);
    this.#drawn = drawn;
    this.#root = render(
      repeat(
        drawn.flatMap((index) => {
          const row = rows[index];
          return row ? [{ row, index }] : [];
        }),
        ({ row }) => row.key,
        ({ row, index }) => draw(row, { index, isCurrent: index === stop }),
      ),
      list,
    );
    this.#place(from, to);
  }

  /** Measures the rows, and keeps the room of those that are not drawn. */
  #place(from: number, to: number): void {
    const list = this.#list;
    if (!list) return;
    // A page may show itself scaled. Without a width it is not on the page yet, or hidden, and has no measure.
    const scale = list.offsetWidth > 0 ? list.getBoundingClientRect().width / list.offsetWidth : 0;
    const rows = this.#drawn.flatMap((index, at) => {
      const element = list.children[at];
      return element instanceof HTMLElement ? [{ index, element }] : [];
    });
    for (const { index, element } of rows) {
      const isApart = index < from || index >= to;
      element.classList.toggle('apart', isApart);
      if (isApart) element.style.setProperty('inset-block-start', `${this.#heights.startOf(index)}px`);
      else element.style.removeProperty('inset-block-start');
    }
    if (scale > 0) {
      this.#heights.measure(
        rows.map(({ index, element }) => ({ index, height: element.getBoundingClientRect().height / scale })),
      );
    }
    list.style.setProperty('padding-block-start', `${this.#heights.startOf(from)}px`);
    list.style.setProperty('padding-block-end', `${this.#heights.total - this.#heights.startOf(to)}px`);
  }

  #scrollTo(top: number): void {
    const scroller = this.#scroller;
    this.#top = top;
    if (scroller && Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
  }

  /** A row that the focus is in stays, wherever the list is scrolled to. */
  #focused(): number {
    const root = this.#scroller?.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    if (!focused || !this.#list?.contains(focused)) return -1;
    const key = focused.closest<HTMLElement>('[data-key]')?.dataset.key;
    const at = this.#drawn.find((index) => this.#options?.rows[index]?.key === key);
    return at ?? this.#options?.rows.findIndex((row) => row.key === key) ?? -1;
  }

  #firstInSight(drawn: readonly number[]): number {
    return drawn.find((index) => this.#heights.startOf(index) >= this.#top) ?? drawn[0] ?? 0;
  }
}

const reveals = new WeakMap<Element, (index: number) => HTMLElement | null>();

export const longList = directive(LongList) as <Row extends { readonly key: string }>(
  options: LongListRows<Row>,
) => ReturnType<ReturnType<typeof directive>>;

/** The row at this place of the list that stands in this element, drawn and in sight; null where there is none. */
export function revealRow(scroller: Element, index: number): HTMLElement | null {
  return reveals.get(scroller)?.(index) ?? null;
}
