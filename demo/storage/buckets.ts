import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Bucket } from './bucket.ts';
import { syncFolder } from './durable.ts';
import { nameOnDisk } from './name-on-disk.ts';
import { S3Error } from './s3-error.ts';

/** All buckets of a data folder. */
export class Buckets {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #all = new Map<string, Bucket>();
  readonly #making = new Set<string>();

  private constructor(folder: string, temporary: string) {
    this.#folder = folder;
    this.#temporary = temporary;
  }

  /** Uploads that a crash cut short are temporary files: gone before the first request is heard. */
  static async open(dataDir: string): Promise<Buckets> {
    const [folder, temporary] = [join(dataDir, 'buckets'), join(dataDir, 'temporary')];
    await rm(temporary, { recursive: true, force: true });
    await Promise.all([mkdir(folder, { recursive: true }), mkdir(temporary, { recursive: true })]);
    const buckets = new Buckets(folder, temporary);
    for (const name of await readdir(folder)) {
      const bucket = await Bucket.open(join(folder, name), temporary);
      if (bucket) buckets.#all.set(bucket.name, bucket);
    }
    return buckets;
  }

  find(name: string): Bucket | undefined {
    return this.#all.get(name);
  }

  /** Fails with NoSuchBucket. */
  get(name: string): Bucket {
    const bucket = this.#all.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', 'There is no bucket with this name.');
    return bucket;
  }

  names(): readonly string[] {
    return [...this.#all.keys()].sort();
  }

  async create(name: string): Promise<void> {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
      throw new S3Error('InvalidBucketName', 'A bucket has 3 to 63 lower-case letters, digits, dots and hyphens.');
    }
    if (this.#all.has(name) || this.#making.has(name)) {
      throw new S3Error('BucketAlreadyOwnedByYou', 'There is a bucket with this name already.');
    }
    this.#making.add(name);
    try {
      const bucket = await Bucket.create(name, join(this.#folder, nameOnDisk(name)), this.#temporary);
      await syncFolder(this.#folder);
      this.#all.set(name, bucket);
    } finally {
      this.#making.delete(name);
    }
  }
}
