import type { BrokerClient } from '../client/broker-client.ts';
import { SINGLE_PUT_BYTES } from '../contract/plan.ts';
import { headersToSet, type StoredFile } from '../contract/uploads.ts';
import { toBase64 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';

/** The part of Uppy's file that is read. */
export interface SignableFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** A file of a remote provider has a size and no bytes here. */
  readonly data: Blob | { readonly size: number | null } | undefined;
}

/** @uppy/aws-s3's request and answer, as far as a single PUT uses them. */
export interface RequestToSign {
  readonly method: string;
  readonly key: string;
}
export interface SignedRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/**
 * For an existing Uppy with @uppy/aws-s3: give it `generateObjectKey` and `signRequest`, with
 * `shouldUseMultipart: false`, and call `complete` at `upload-success`. The broker makes the real key; the one that
 * Uppy carries only leads back to the file. Fails as the client does, and with file_large over 16 MiB, where a file
 * would have to go in parts.
 */
export function brokerSignRequest(client: Pick<BrokerClient, 'newTrace' | 'startUploads' | 'completeUploads'>): {
  generateObjectKey(file: SignableFile): string;
  signRequest(request: RequestToSign): Promise<SignedRequest>;
  complete(file: Pick<SignableFile, 'id'>): Promise<StoredFile>;
} {
  const trace = client.newTrace();
  const chosen = new Map<string, SignableFile>();
  const uploads = new Map<string, string>();

  return {
    generateObjectKey(file) {
      chosen.set(file.id, file);
      return file.id;
    },

    async signRequest({ method, key }) {
      const file = chosen.get(key);
      if (method !== 'PUT' || !file || !(file.data instanceof Blob)) throw new UploadError('bad_request');
      const { name, type, data } = file;
      if (data.size > SINGLE_PUT_BYTES) throw new UploadError('file_large');
      const body = { files: [{ name, type, sniffed_type: '', size: data.size, sha256: await sha256(data) }] };
      const answer = await client.startUploads(body, { idempotencyKey: crypto.randomUUID(), trace });
      const [entry] = answer.files;
      if (!entry) throw new UploadError('broker_unexpected');
      if ('problem' in entry) throw new UploadError(entry.problem.code, { problem: entry.problem });
      const { id, grant } = entry.upload;
      if (!grant) throw new UploadError('broker_unexpected');
      uploads.set(key, id);
      return { url: grant.url, headers: headersToSet(grant) };
    },

    async complete({ id }) {
      const upload = uploads.get(id);
      if (upload === undefined) throw new UploadError('not_found');
      const { files } = await client.completeUploads([{ id: upload }], { idempotencyKey: crypto.randomUUID(), trace });
      const [entry] = files;
      if (!entry) throw new UploadError('broker_unexpected');
      if ('problem' in entry) throw new UploadError(entry.problem.code, { problem: entry.problem });
      chosen.delete(id);
      uploads.delete(id);
      return entry.file;
    },
  };
}

async function sha256(blob: Blob): Promise<string> {
  return toBase64(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
}
