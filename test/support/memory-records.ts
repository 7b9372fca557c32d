import type { Hold, RecordStore, UploadLocks, UploadRecord } from '../../src/transfer/record.ts';

/** Records as IndexedDB keeps them: what is taken out is a copy. */
export class MemoryRecords implements RecordStore {
  readonly records = new Map<string, UploadRecord>();
  /** Of each record, the parts that each write held. */
  readonly writes: number[] = [];
  isRefused = false;

  async isAvailable(): Promise<boolean> {
    return !this.isRefused;
  }

  async add(record: UploadRecord): Promise<boolean> {
    if (this.isRefused) return false;
    this.records.set(record.id, structuredClone(record));
    this.writes.push(record.parts.size);
    return true;
  }

  async change(id: string, change: Pick<UploadRecord, 'parts' | 'lastSentAt'>): Promise<void> {
    const record = this.records.get(id);
    if (!record) return;
    this.records.set(id, structuredClone({ ...record, ...change }));
    this.writes.push(change.parts.size);
  }

  async find(id: string): Promise<UploadRecord | null> {
    return structuredClone(this.records.get(id) ?? null);
  }

  async ofApp(app: string): Promise<readonly UploadRecord[]> {
    return structuredClone([...this.records.values()].filter((record) => record.app === app));
  }

  async erase(id: string): Promise<void> {
    this.records.delete(id);
  }
}

interface Held {
  readonly page: object;
  readonly losing: AbortController;
}

/** The locks of one browser. */
export class MemoryLocks {
  readonly held = new Map<string, Held>();

  /** As one page has them. */
  page(): UploadLocks & { end(): void } {
    const page = {};
    const free = (id: string) => {
      const held = this.held.get(id);
      this.held.delete(id);
      held?.losing.abort();
    };
    const idsOf = (isHere: boolean) =>
      new Set([...this.held].filter(([, held]) => (held.page === page) === isHere).map(([id]) => id));
    return {
      isAvailable: async () => true,
      hold: async (id): Promise<Hold | null> => {
        if (this.held.has(id)) return null;
        const held = { page, losing: new AbortController() };
        this.held.set(id, held);
        const release = async () => {
          if (this.held.get(id) === held) this.held.delete(id);
        };
        return { lost: held.losing.signal, release };
      },
      held: async () => ({ here: idsOf(true), elsewhere: idsOf(false) }),
      free: async (id) => {
        if (!idsOf(true).has(id)) free(id);
      },
      end: () => {
        for (const id of idsOf(true)) this.held.delete(id);
      },
    };
  }
}
