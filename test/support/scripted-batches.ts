import type { BatchProgress, LeftBatch } from '../../src/flow/left-batch.ts';
import type { BatchOwner, BatchRecords } from '../../src/flow/ports.ts';
import type { Person } from '../../src/flow/upload-snapshot.ts';

/** What pages have left behind, as a test writes it, and what this page keeps. */
export class ScriptedBatches implements BatchRecords {
  /** In words, without repeats. */
  readonly kept: string[] = [];
  readonly forgotten: string[] = [];
  /** By the id of the person whose they are. */
  readonly left = new Map<string, LeftBatch[]>();
  again: () => void = () => {};
  isClosed = false;

  cutOff(person: Person, more: Partial<LeftBatch> = {}): LeftBatch {
    const begunAt = Date.parse('2026-02-27T09:00:00Z');
    const progress = { arrived: 6, of: 10, reference: '7F3K92QD' };
    const batch = { id: 'batch-a', ...progress, begunAt, at: begunAt + 60_000, ...more };
    this.left.set(person.id, [...(this.left.get(person.id) ?? []), batch]);
    return batch;
  }

  keep({ arrived, of, reference }: BatchProgress, owner: BatchOwner | null): void {
    this.#say(`${arrived} of ${of} under ${reference} for ${owner ? `${owner.person} in ${owner.app}` : 'the same'}`);
  }

  end({ arrived, of }: BatchProgress): void {
    if (this.kept.length > 0) this.#say(`end at ${arrived} of ${of}`);
  }

  async find(_app: string, person: Person | null, again: () => void): Promise<readonly LeftBatch[]> {
    this.again = again;
    return person ? (this.left.get(person.id) ?? []) : [...this.left.values()].flat();
  }

  forget(ids: readonly string[]): void {
    this.forgotten.push(...ids);
    for (const [person, batches] of this.left) {
      this.left.set(
        person,
        batches.filter(({ id }) => !ids.includes(id)),
      );
    }
  }

  close(): void {
    this.isClosed = true;
  }

  #say(what: string): void {
    if (this.kept.at(-1) !== what) this.kept.push(what);
  }
}
