import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';

const File = v.object({ path: v.string(), integrity: v.string() });
const Entry = v.object({ ...File.entries, chunks: v.array(File) });
/** A folder of scripts as `manifest.json` lists them, with their integrity. */
const Manifest = v.object({
  version: v.pipe(v.string(), v.regex(/^[0-9][0-9A-Za-z.+-]*$/)),
  scripts: v.object({
    'secure-upload': Entry,
    'recipient-consent': Entry,
    'secure-upload-whole': Entry,
    'secure-upload-frame': Entry,
    'secure-upload-embed': Entry,
  }),
});

export interface Script {
  /** `/v1/secure-upload@1.0.0.js`: once released it never changes, so it may be named with its hash. */
  readonly path: string;
  readonly integrity: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface Scripts {
  readonly version: string;
  readonly upload: Script;
  readonly recipient: Script;
  /** The uploader with everything in one file. */
  readonly whole: Script;
  /** For pages that show the broker's frame. */
  readonly frame: Script;
  /** Inside that frame, beside the uploader. */
  readonly embed: Script;
  /** What the scripts load later, and check by the hashes they carry. */
  readonly chunks: readonly Script[];
  /** Its bytes stand among the releases; else they are of a build that the next change of the source replaces. */
  readonly isReleased: boolean;
  /** All of the versions released before, which pasted tags still name. */
  readonly earlier: readonly Script[];
}

/** A file that is not what its hash says, or a version that is two: one line with the next step. */
export class BadRelease extends Error {}

/** The present scripts, and those of every version in the folder of releases, where there is one. Fails with BadRelease. */
export function readScripts(folder: URL, releases: string | null = null): Scripts {
  const present = readVersion(folder);
  const released = (releases === null ? [] : versionsIn(releases)).map(readVersion);
  const same = released.find(({ version }) => version === present.version);
  if (same && hashesOf(same) !== hashesOf(present)) {
    throw new BadRelease(
      `Version ${present.version} is released with other bytes. Give this build a version of its own.`,
    );
  }
  const earlier = released.filter((one) => one !== same).flatMap(allOf);
  return { ...present, isReleased: same !== undefined, earlier };
}

type Version = Omit<Scripts, 'isReleased' | 'earlier'>;

export const allOf = ({ upload, recipient, whole, frame, embed, chunks }: Version): readonly Script[] => [
  upload,
  recipient,
  whole,
  frame,
  embed,
  ...chunks,
];

export const hashesOf = (version: Version): string =>
  JSON.stringify(allOf(version).map(({ path, integrity }) => [path, integrity]));

/** A folder each, named by its version. */
function versionsIn(releases: string): URL[] {
  return readdirSync(releases, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => pathToFileURL(`${releases}/${name}/`));
}

/** One version, each file held against its hash. Fails with BadRelease. */
export function readVersion(folder: URL): Version {
  const { version, scripts } = v.parse(Manifest, JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));
  const script = ({ path, integrity }: v.InferOutput<typeof File>): Script => {
    const body = new Uint8Array(readFileSync(new URL(path, folder)));
    const [algorithm = '', hash] = integrity.split(/-(.*)/);
    if (createHash(algorithm).update(body).digest('base64') !== hash) {
      throw new BadRelease(
        `${path} of version ${version} is not what its manifest says. Take the released file again.`,
      );
    }
    return { path: `/v1/${path}`, integrity, body };
  };
  return {
    version,
    upload: script(scripts['secure-upload']),
    recipient: script(scripts['recipient-consent']),
    whole: script(scripts['secure-upload-whole']),
    frame: script(scripts['secure-upload-frame']),
    embed: script(scripts['secure-upload-embed']),
    chunks: Object.values(scripts).flatMap(({ chunks }) => chunks.map(script)),
  };
}
