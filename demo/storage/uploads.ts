import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './durable.ts';
import { nameOnDisk } from './name-on-disk.ts';
import type { ObjectFacts } from './object-facts.ts';
import { S3Error } from './s3-error.ts';
import { Turns } from './turns.ts';
import { endUpload, removeUpload, Upload, type UploadFacts } from './upload.ts';

const ID_BYTES = 32;

/** The open multipart uploads of one bucket. */
export class Uploads {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #open = new Map<string, Upload>();
  readonly #turns = new Turns();

  private constructor(folder: string, temporary: string) {
    this.#folder = folder;
    this.#temporary = temporary;
  }

  /** Finds what a crash left open; ends what an object was made of before the crash; removes leftovers. */
  static async open(bucketFolder: string, temporary: string, objects: Iterable<ObjectFacts> = []): Promise<Uploads> {
    const folder = join(bucketFolder, 'uploads');
    await mkdir(folder, { recursive: true });
    await syncFolder(bucketFolder);
    const uploads = new Uploads(folder, temporary);
    const ended = keptNames(objects);
    for (const name of await readdir(folder)) {
      const [path, kept] = [join(folder, name), ended.get(name)];
      if (kept) {
        await endUpload(path, kept);
        continue;
      }
      const upload = await Upload.open(path);
      if (upload) uploads.#open.set(upload.facts.id, upload);
      else await removeUpload(path);
    }
    return uploads;
  }

  async create(facts: Omit<UploadFacts, 'id'>): Promise<Upload> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const upload = await Upload.create(join(this.#folder, nameOnDisk(id)), { ...facts, id }, this.#temporary);
    await syncFolder(this.#folder);
    this.#open.set(id, upload);
    return upload;
  }

  /** Fails with NoSuchUpload, also where the id is of another key. */
  get(key: string, id: string): Upload {
    const upload = this.#open.get(id);
    if (upload?.facts.key !== key) throw noSuchUpload();
    return upload;
  }

  all(): readonly Upload[] {
    return [...this.#open.values()];
  }

  /** One change of an upload at a time. Fails with NoSuchUpload where it has ended meanwhile. */
  change<T>(upload: Upload, act: () => Promise<T>): Promise<T> {
    const { key, id } = upload.facts;
    return this.#turns.take(id, async () => {
      this.get(key, id);
      return act();
    });
  }

  /** Within a change: from now on nobody finds it. */
  forget(upload: Upload): void {
    this.#open.delete(upload.facts.id);
  }
}

const noSuchUpload = () =>
  new S3Error('NoSuchUpload', 'There is no such upload. It may have been completed or aborted.');

/** Folder of an upload → names of the files in it that are an object's. */
function keptNames(objects: Iterable<ObjectFacts>): ReadonlyMap<string, ReadonlySet<string>> {
  const kept = new Map<string, ReadonlySet<string>>();
  for (const { pieces } of objects) {
    const folder = dirname(pieces[0]?.file ?? '');
    if (folder !== 'objects') kept.set(basename(folder), new Set(pieces.map(({ file }) => basename(file))));
  }
  return kept;
}
