/** What is known of a stored part. */
export interface Part {
  /** 1 to 10,000. */
  readonly number: number;
  /** Counts the parts that an upload ever got: the higher one of two with one number is the newer. */
  readonly revision: number;
  readonly size: number;
  /** hex: the ETag */
  readonly md5: string;
  /** hex */
  readonly sha256: string;
  /** ms since epoch */
  readonly modified: number;
}

const NAME = /^(\d{1,5})-(\d{1,12})-(\d{1,12})-([0-9a-f]{32})-([0-9a-f]{64})-(\d{1,15})\.part$/;

/** The name of its file says all of a part: the rename that publishes the bytes publishes the facts with them. */
export const nameOfPart = ({ number, revision, size, md5, sha256, modified }: Part): string =>
  `${number}-${revision}-${size}-${md5}-${sha256}-${modified}.part`;

/** Null where the name was not given by this store. */
export function readPartName(name: string): Part | null {
  const [, number, revision, size, md5, sha256, modified] = NAME.exec(name) ?? [];
  if (!md5 || !sha256) return null;
  return {
    number: Number(number),
    revision: Number(revision),
    size: Number(size),
    md5,
    sha256,
    modified: Number(modified),
  };
}

export const checksumOf = ({ sha256 }: Part): string => Buffer.from(sha256, 'hex').toString('base64');
