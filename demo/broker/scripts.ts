import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** The built bundles as `dist/cdn/manifest.json` lists them, with their integrity. */
const Manifest = v.object({
  version: v.string(),
  files: v.object({
    'secure-upload': v.object({ path: v.string(), integrity: v.string() }),
    'recipient-consent': v.object({ path: v.string(), integrity: v.string() }),
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
}

export function readScripts(folder: URL): Scripts {
  const { version, files } = v.parse(Manifest, JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));
  const script = ({ path, integrity }: { path: string; integrity: string }): Script => ({
    path: `/v1/${path}`,
    integrity,
    body: new Uint8Array(readFileSync(new URL(path, folder))),
  });
  return { version, upload: script(files['secure-upload']), recipient: script(files['recipient-consent']) };
}
