import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { publish, syncFolder, writeDurably } from './durable.ts';
import { nameOnDisk } from './name-on-disk.ts';
import { type Piece, readMeta, readRecord } from './object-facts.ts';
import { nameOfPart, type Part, readPartName } from './part.ts';

export interface UploadFacts {
  /** What the caller knows it by; the name on disk is a hash of it. */
  readonly id: string;
  readonly key: string;
  readonly type: string;
  /** `x-amz-meta-*` of the object to be, without the prefix. */
  readonly meta: Readonly<Record<string, string>>;
  /** True where the completion must name the SHA-256 of each part. */
  readonly hasChecksums: boolean;
  /** ms since epoch */
  readonly initiated: number;
}

/**
 * An open multipart upload in a folder of its own: `upload.json` and a file per part. Without its JSON a folder holds
 * the bytes of a completed object, or leftovers.
 */
export class Upload {
  readonly facts: UploadFacts;
  readonly #folder: string;
  readonly #parts = new Map<number, Part>();
  #revision = 0;

  private constructor(folder: string, facts: UploadFacts) {
    this.#folder = folder;
    this.facts = facts;
  }

  static async create(folder: string, facts: UploadFacts, temporary: string): Promise<Upload> {
    await mkdir(folder);
    await writeDurably(join(folder, 'upload.json'), JSON.stringify(facts), temporary);
    return new Upload(folder, facts);
  }

  /** Null where the upload was never acknowledged, or has ended. */
  static async open(folder: string): Promise<Upload | null> {
    const text = await readFile(join(folder, 'upload.json'), 'utf8').catch(() => '');
    const facts = readUploadFacts(text);
    if (!facts || nameOnDisk(facts.id) !== basename(folder)) return null;
    const upload = new Upload(folder, facts);
    for (const name of await readdir(folder)) {
      const part = readPartName(name);
      if (part) await upload.#take(part);
    }
    return upload;
  }

  /** In the order of their numbers. */
  get parts(): readonly Part[] {
    return [...this.#parts.values()].sort((a, b) => a.number - b.number);
  }

  part(number: number): Part | undefined {
    return this.#parts.get(number);
  }

  /** Makes a finished, synced temporary file the part; another one of this number is gone then. */
  async keep(temporary: string, facts: Omit<Part, 'revision'>): Promise<void> {
    const part: Part = { ...facts, revision: this.#revision + 1 };
    await publish(temporary, join(this.#folder, nameOfPart(part)));
    await this.#take(part);
  }

  async #take(part: Part): Promise<void> {
    const other = this.#parts.get(part.number);
    const [newer, older] = other && other.revision > part.revision ? [other, part] : [part, other];
    this.#revision = Math.max(this.#revision, part.revision);
    this.#parts.set(part.number, newer);
    if (older) await rm(join(this.#folder, nameOfPart(older)), { force: true });
  }

  /** Where the bytes of parts are, under the folder of the bucket. */
  piecesOf(parts: readonly Part[]): Piece[] {
    return parts.map((part) => ({
      file: `uploads/${basename(this.#folder)}/${nameOfPart(part)}`,
      size: part.size,
    }));
  }

  /** Once an object has its bytes here: what is not of them goes. */
  async end(kept: readonly Part[]): Promise<void> {
    await endUpload(this.#folder, new Set(kept.map(nameOfPart)));
  }

  async remove(): Promise<void> {
    await removeUpload(this.#folder);
  }
}

/** Leaves the bytes of an object, and nothing that could open the upload again. */
export async function endUpload(folder: string, kept: ReadonlySet<string>): Promise<void> {
  await rm(join(folder, 'upload.json'), { force: true });
  for (const name of await readdir(folder)) if (!kept.has(name)) await rm(join(folder, name));
  await syncFolder(folder);
}

/** The JSON goes first, and for good: a folder that is only half removed shall not come back as an upload. */
export async function removeUpload(folder: string): Promise<void> {
  await rm(join(folder, 'upload.json'), { force: true });
  await syncFolder(folder);
  await rm(folder, { recursive: true, force: true });
}

export function readUploadFacts(text: string): UploadFacts | null {
  const found = readRecord(text);
  const meta = readMeta(found?.meta);
  if (!found || !meta) return null;
  const { id, key, type, hasChecksums, initiated } = found;
  const isWhole =
    typeof id === 'string' &&
    typeof key === 'string' &&
    typeof type === 'string' &&
    typeof hasChecksums === 'boolean' &&
    typeof initiated === 'number';
  return isWhole ? { id, key, type, meta, hasChecksums, initiated } : null;
}
