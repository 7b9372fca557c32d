import type { FrameFile } from '../contract/embed.ts';
import type { StoredFile } from '../contract/uploads.ts';
import { verifyUpload } from '../verify/index.ts';

/**
 * What is stored by these receipts. Names in them are shown to the person as their files, and the page around the frame
 * could have written anything: so each must be signed by this very broker for this app, and still be of use.
 */
export async function provenFiles(
  files: readonly FrameFile[],
  { broker, app }: { readonly broker: string; readonly app: string },
  load: (url: string) => Promise<Response> = (url) => fetch(url),
): Promise<readonly StoredFile[]> {
  let keys: Promise<Response> | null = null;
  const once = async (url: string): Promise<Response> => {
    keys ??= load(url);
    return (await keys).clone();
  };
  const proven = files.map(async ({ id, receipt }): Promise<StoredFile[]> => {
    try {
      const claims = await verifyUpload(receipt, { issuer: broker, app, fetch: once });
      if (claims.upload !== id) return [];
      const { name, path, size, type, sha256, part_bytes, reference, stored_at } = claims;
      const more = { ...(path !== undefined && { path }), ...(part_bytes !== undefined && { part_bytes }) };
      const delete_at = new Date(claims.exp * 1000).toISOString();
      return [{ id, name, size, type, sha256, reference, stored_at, delete_at, receipt, ...more }];
    } catch {
      return [];
    }
  });
  return (await Promise.all(proven)).flat();
}
