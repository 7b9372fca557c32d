import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const File = v.object({ path: v.string(), integrity: v.string() });
const Entry = v.object({ ...File.entries, chunks: v.array(File) });
/** The built scripts as `dist/cdn/manifest.json` lists them, with their integrity. */
const Manifest = v.object({
  version: v.string(),
  scripts: v.object({
    'secure-upload': Entry,
    'recipient-consent': Entry,
    'secure-upload-whole': Entry,
    'secure-upload-frame': Entry,
    'secure-upload-embed': Entry,
  }),
});

export interface Script {
  /** `/v1/secure-upload@1.0.0.js`: never changes, so it may be named with its hash. */
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
}

export function readScripts(folder: URL): Scripts {
  const { version, scripts } = v.parse(Manifest, JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));
  const script = ({ path, integrity }: v.InferOutput<typeof File>): Script => ({
    path: `/v1/${path}`,
    integrity,
    body: new Uint8Array(readFileSync(new URL(path, folder))),
  });
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
