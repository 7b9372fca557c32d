import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from './answer.ts';
import { type CorsRule, corsDocument, parseCors } from './cors.ts';
import { publish, syncFolder, writeDurably } from './durable.ts';
import { nameOnDisk } from './name-on-disk.ts';
import { type ObjectFacts, readFacts } from './object-facts.ts';
import { isWhole, placeOf, sourceOf } from './pieces.ts';
import { Readers } from './readers.ts';
import { S3Error } from './s3-error.ts';
import { Turns } from './turns.ts';
import { Uploads } from './uploads.ts';

/**
 * One bucket in one folder. Per object two files, named by a hash of the key: `<hash>-<random>.bytes` and, written
 * last, `<hash>.json` that names it (or the parts of a completed upload, which stay where they are). The JSON's rename
 * is the moment an object exists; bytes without it are leftovers.
 */
export class Bucket {
  readonly name: string;
  readonly #folder: string;
  readonly #temporary: string;
  readonly #objects: Map<string, ObjectFacts>;
  readonly uploads: Uploads;
  readonly #turns = new Turns();
  readonly #readers = new Readers();
  #sorted: readonly string[] | null = null;
  #cors: readonly CorsRule[] = [];

  private constructor(
    name: string,
    folder: string,
    temporary: string,
    objects: Map<string, ObjectFacts>,
    uploads: Uploads,
  ) {
    this.name = name;
    this.#folder = folder;
    this.#temporary = temporary;
    this.#objects = objects;
    this.uploads = uploads;
  }

  static async create(name: string, folder: string, temporary: string): Promise<Bucket> {
    await mkdir(join(folder, 'objects'), { recursive: true });
    const uploads = await Uploads.open(folder, temporary, []);
    await writeDurably(join(folder, 'bucket.json'), JSON.stringify({ name }), temporary);
    return new Bucket(name, folder, temporary, new Map(), uploads);
  }

  /** Null where the folder was made but its bucket never acknowledged. Removes what a crash left behind. */
  static async open(folder: string, temporary: string): Promise<Bucket | null> {
    const text = await readFile(join(folder, 'bucket.json'), 'utf8').catch(() => null);
    if (text === null) return null;
    const objects = await loadObjects(folder);
    const uploads = await Uploads.open(folder, temporary, objects.values());
    const bucket = new Bucket(String(JSON.parse(text).name), folder, temporary, objects, uploads);
    const cors = await readFile(join(folder, 'cors.xml'), 'utf8').catch(() => null);
    if (cors !== null) bucket.#cors = parseCors(cors);
    return bucket;
  }

  get cors(): readonly CorsRule[] {
    return this.#cors;
  }

  async setCors(rules: readonly CorsRule[]): Promise<void> {
    const path = join(this.#folder, 'cors.xml');
    if (rules.length > 0) await writeDurably(path, corsDocument(rules), this.#temporary);
    else await rm(path, { force: true }).then(() => syncFolder(this.#folder));
    this.#cors = rules;
  }

  find(key: string): ObjectFacts | undefined {
    return this.#objects.get(key);
  }

  /** In the order of their UTF-8 bytes, as S3 lists them. */
  keys(): readonly string[] {
    this.#sorted ??= [...this.#objects.keys()]
      .map((key) => ({ key, bytes: Buffer.from(key) }))
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
      .map(({ key }) => key);
    return this.#sorted;
  }

  async openTemporary(): Promise<{ path: string; file: FileHandle }> {
    const path = join(this.#temporary, randomUUID());
    return { path, file: await open(path, 'wx') };
  }

  /** Makes a finished, synced temporary file the object. Fails with PreconditionFailed for the second of two `ifAbsent`. */
  keepFile(temporary: string, facts: Omit<ObjectFacts, 'pieces'>, ifAbsent: boolean): Promise<void> {
    return this.#keep(facts.key, ifAbsent, async () => {
      const file = `objects/${nameOnDisk(facts.key)}-${randomUUID()}.bytes`;
      await publish(temporary, join(this.#folder, file));
      return { ...facts, pieces: [{ file, size: facts.size }] };
    });
  }

  /** Makes parts that are stored already the object, likewise. */
  keepPieces(facts: ObjectFacts, ifAbsent: boolean): Promise<void> {
    return this.#keep(facts.key, ifAbsent, async () => facts);
  }

  async #keep(key: string, ifAbsent: boolean, make: () => Promise<ObjectFacts>): Promise<void> {
    await this.#turns.take(key, async () => {
      const before = this.#objects.get(key);
      if (ifAbsent && before) throw alreadyThere();
      const facts = await make();
      await writeDurably(this.#factsPath(key), JSON.stringify(facts), this.#temporary);
      this.#objects.set(key, facts);
      if (before) await this.#discard(before);
      else this.#sorted = null;
    });
  }

  /** Bytes first..last (inclusive) of an object that was found just now. */
  bytesOf(facts: ObjectFacts, first: number, last: number): ByteSource {
    return sourceOf(this.#folder, facts, [first, last], this.#readers);
  }

  async remove(key: string): Promise<void> {
    await this.#turns.take(key, async () => {
      const facts = this.#objects.get(key);
      if (!facts) return;
      await rm(this.#factsPath(key));
      await syncFolder(join(this.#folder, 'objects'));
      this.#objects.delete(key);
      this.#sorted = null;
      await this.#discard(facts);
    });
  }

  #discard(facts: ObjectFacts): Promise<void> {
    const place = join(this.#folder, placeOf(facts));
    return this.#readers.remove(facts, () => rm(place, { recursive: true, force: true }));
  }

  #factsPath(key: string): string {
    return join(this.#folder, 'objects', `${nameOnDisk(key)}.json`);
  }
}

/** Every object whose bytes are all there. Removes what a crash left behind. */
async function loadObjects(folder: string): Promise<Map<string, ObjectFacts>> {
  const found = new Map<string, ObjectFacts>();
  const objects = join(folder, 'objects');
  const names = await readdir(objects);
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const facts = readFacts(await readFile(join(objects, name), 'utf8'));
    if (facts && (await isWhole(folder, facts))) found.set(facts.key, facts);
    else await rm(join(objects, name));
  }
  const kept = new Set([...found.values()].map(placeOf));
  for (const name of names.filter((each) => each.endsWith('.bytes') && !kept.has(`objects/${each}`)))
    await rm(join(objects, name));
  await syncFolder(objects);
  return found;
}

export const alreadyThere = () => new S3Error('PreconditionFailed', 'There is an object with this key already.');
