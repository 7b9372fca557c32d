import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CorsRule, corsDocument, parseCors } from './cors.ts';
import { publish, syncFolder, writeDurably } from './durable.ts';
import { type ObjectFacts, readFacts } from './object-facts.ts';
import { S3Error } from './s3-error.ts';

export const nameOnDisk = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * One bucket in one folder. Per object two files, named by a hash of the key: `<hash>-<random>.bytes` and, written
 * last, `<hash>.json` that names it. The JSON's rename is the moment an object exists; bytes without it are leftovers.
 */
export class Bucket {
  readonly name: string;
  readonly #folder: string;
  readonly #temporary: string;
  readonly #objects = new Map<string, ObjectFacts>();
  readonly #queues = new Map<string, Promise<void>>();
  #sorted: readonly string[] | null = null;
  #cors: readonly CorsRule[] = [];

  private constructor(name: string, folder: string, temporary: string) {
    this.name = name;
    this.#folder = folder;
    this.#temporary = temporary;
  }

  static async create(name: string, folder: string, temporary: string): Promise<Bucket> {
    await mkdir(join(folder, 'objects'), { recursive: true });
    await writeDurably(join(folder, 'bucket.json'), JSON.stringify({ name }), temporary);
    return new Bucket(name, folder, temporary);
  }

  /** Null where the folder was made but its bucket never acknowledged. Removes what a crash left behind. */
  static async open(folder: string, temporary: string): Promise<Bucket | null> {
    const text = await readFile(join(folder, 'bucket.json'), 'utf8').catch(() => null);
    if (text === null) return null;
    const bucket = new Bucket(String(JSON.parse(text).name), folder, temporary);
    const cors = await readFile(join(folder, 'cors.xml'), 'utf8').catch(() => null);
    if (cors !== null) bucket.#cors = parseCors(cors);
    await bucket.#load();
    return bucket;
  }

  async #load(): Promise<void> {
    const objects = join(this.#folder, 'objects');
    const names = await readdir(objects);
    for (const name of names.filter((found) => found.endsWith('.json'))) {
      const facts = readFacts(await readFile(join(objects, name), 'utf8'));
      const found = facts && (await stat(join(objects, facts.file)).catch(() => null));
      if (facts && found?.size === facts.size) this.#objects.set(facts.key, facts);
      else await rm(join(objects, name));
    }
    const kept = new Set([...this.#objects.values()].map((facts) => facts.file));
    for (const name of names.filter((found) => found.endsWith('.bytes') && !kept.has(found)))
      await rm(join(objects, name));
    await syncFolder(objects);
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
  async keep(temporary: string, facts: Omit<ObjectFacts, 'file'>, ifAbsent: boolean): Promise<void> {
    await this.#inTurn(facts.key, async () => {
      const before = this.#objects.get(facts.key);
      if (ifAbsent && before) throw alreadyThere();
      const hash = nameOnDisk(facts.key);
      const file = `${hash}-${randomUUID()}.bytes`;
      const kept: ObjectFacts = { ...facts, file };
      await publish(temporary, join(this.#folder, 'objects', file));
      await writeDurably(this.#factsPath(facts.key), JSON.stringify(kept), this.#temporary);
      this.#objects.set(facts.key, kept);
      if (before) await rm(join(this.#folder, 'objects', before.file), { force: true });
      else this.#sorted = null;
    });
  }

  /** Opens the bytes together with the facts that describe them. */
  async read(key: string): Promise<{ facts: ObjectFacts; file: FileHandle } | null> {
    for (let facts = this.find(key); facts; facts = this.find(key)) {
      const file = await open(join(this.#folder, 'objects', facts.file), 'r').catch(() => null);
      if (file) return { facts, file };
      if (this.find(key) === facts) throw new Error('The bytes of an object are missing on disk.');
    }
    return null;
  }

  async remove(key: string): Promise<void> {
    await this.#inTurn(key, async () => {
      const facts = this.#objects.get(key);
      if (!facts) return;
      await rm(this.#factsPath(key));
      await syncFolder(join(this.#folder, 'objects'));
      this.#objects.delete(key);
      this.#sorted = null;
      await rm(join(this.#folder, 'objects', facts.file), { force: true });
    });
  }

  #factsPath(key: string): string {
    return join(this.#folder, 'objects', `${nameOnDisk(key)}.json`);
  }

  /** One change of a key at a time. */
  async #inTurn(key: string, act: () => Promise<void>): Promise<void> {
    const before = this.#queues.get(key) ?? Promise.resolve();
    const turn = before.then(act);
    const settled = turn.catch(() => {});
    this.#queues.set(key, settled);
    try {
      await turn;
    } finally {
      if (this.#queues.get(key) === settled) this.#queues.delete(key);
    }
  }
}

export const alreadyThere = () => new S3Error('PreconditionFailed', 'There is an object with this key already.');
