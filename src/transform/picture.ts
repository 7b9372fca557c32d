/** What was found in a picture and does not belong to what is seen. */
export type Found = 'location' | 'exif' | 'xmp' | 'iptc' | 'thumbnail' | 'comment' | 'trailer' | 'other';

/** A range of the original, or bytes in place of some. */
export type Piece = { readonly from: number; readonly to: number } | Uint8Array<ArrayBuffer>;

/** A picture taken apart: what of it is kept, and what that leaves out. */
export interface Dissected {
  readonly pieces: readonly Piece[];
  readonly found: ReadonlySet<Found>;
  /** As stored, before `orientation` (1 to 8, EXIF tag 0x0112) is applied. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly isAnimated: boolean;
}

/** Collects what is kept. Ranges that meet become one: a PNG has thousands of chunks. */
export class Keeper {
  readonly pieces: Piece[] = [];

  keep(from: number, to: number): void {
    const last = this.pieces.at(-1);
    if (last && 'to' in last && last.to === from) this.pieces[this.pieces.length - 1] = { from: last.from, to };
    else this.pieces.push({ from, to });
  }

  put(bytes: readonly number[] | Uint8Array<ArrayBuffer>): void {
    this.pieces.push(new Uint8Array(bytes));
  }

  /** Bytes. */
  get length(): number {
    return this.pieces.reduce((sum, piece) => sum + ('to' in piece ? piece.to - piece.from : piece.length), 0);
  }
}
