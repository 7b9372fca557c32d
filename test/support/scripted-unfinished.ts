import type { Sameness, Unfinished, UnfinishedUpload } from '../../src/flow/ports.ts';
import type { Person } from '../../src/flow/upload-snapshot.ts';

const DAY = 24 * 60 * 60_000;

/** Records that a test writes by hand, and answers that it gives when it wants to. */
export class ScriptedUnfinished implements Unfinished {
  readonly calls: string[] = [];
  isKept = true;
  /** By the id of the person whose they are. */
  readonly uploads = new Map<string, UnfinishedUpload[]>();
  /** What a kept handle opens. */
  handleOpens: File | null = null;
  refusal: unknown = null;
  #checks: { file: File; signal: AbortSignal; resolve: (found: Sameness) => void; reject: (error: unknown) => void }[] =
    [];

  begun(person: Person, more: Partial<UnfinishedUpload> = {}): UnfinishedUpload {
    const begun = Date.parse('2026-02-27T09:00:00Z');
    const upload: UnfinishedUpload = {
      id: 'upload-a',
      name: 'a.png',
      size: 100,
      sent: 34,
      lastModified: 1,
      lastSentAt: begun + 60_000,
      expiresAt: begun + 7 * DAY,
      hasHandle: false,
      isElsewhere: false,
      ...more,
    };
    this.uploads.set(person.id, [...(this.uploads.get(person.id) ?? []), upload]);
    return upload;
  }

  async isAvailable(): Promise<boolean> {
    return this.isKept;
  }

  async count(): Promise<number> {
    return [...this.uploads.values()].flat().length;
  }

  async list(_app: string, person: Person): Promise<readonly UnfinishedUpload[]> {
    return this.uploads.get(person.id) ?? [];
  }

  check(id: string, file: File, signal: AbortSignal): Promise<Sameness> {
    this.calls.push(`check ${id} ${file.name}`);
    return new Promise((resolve, reject) => {
      this.#checks.push({ file, signal, resolve, reject });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }

  /** Ends the check that was begun last. */
  answer(found: Sameness): void {
    this.#last.resolve(found);
  }

  fail(error: unknown): void {
    this.#last.reject(error);
  }

  get wasAborted(): boolean {
    return this.#last.signal.aborted;
  }

  async reopen(id: string): Promise<File | null> {
    this.calls.push(`reopen ${id}`);
    return this.handleOpens;
  }

  async moveHere(id: string): Promise<void> {
    this.calls.push(`moveHere ${id}`);
    if (this.refusal) throw this.refusal;
  }

  async forget(id: string): Promise<void> {
    this.calls.push(`forget ${id}`);
    if (this.refusal) throw this.refusal;
    for (const [person, uploads] of this.uploads) {
      this.uploads.set(
        person,
        uploads.filter((upload) => upload.id !== id),
      );
    }
  }

  async forgetAll(_app: string, person: Person): Promise<void> {
    this.calls.push(`forgetAll ${person.id}`);
    if (this.refusal) throw this.refusal;
    this.uploads.delete(person.id);
  }

  get #last() {
    const last = this.#checks.at(-1);
    if (!last) throw new Error('Nothing was checked');
    return last;
  }
}
