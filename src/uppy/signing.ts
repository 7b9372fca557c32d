import { partBytesFor } from '../contract/plan.ts';
import { SINGLE_PUT_BYTES } from '../contract/single-put.ts';
import type { StoredFile } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { completeAll, type Outcome } from './complete.ts';
import { type FollowedUppy, follow } from './follow.ts';
import { OutgoingFile } from './outgoing-file.ts';
import { persist } from './patience.ts';
import type { RequestToSign, SignableFile, SignedRequest, SigningPorts } from './ports.ts';

/**
 * What an existing Uppy gives its @uppy/aws-s3 to upload through the broker: `uppy.use(AwsS3, signing)`, and then
 * `signing.follow(uppy)`. No address, header or token of a signed request is kept. Signing fails with an UploadError,
 * which Uppy tells of by `upload-error`; where its code is sign_in_needed or sign_in_ended, sign in and retry.
 */
export class BrokerSigning {
  readonly #ports: SigningPorts;
  readonly #files = new Map<string, OutgoingFile>();

  constructor(ports: SigningPorts) {
    this.#ports = ports;
  }

  /** The plan of the broker: one PUT up to 16 MiB, parts of 8 MiB (or what 10,000 parts need) above. */
  readonly shouldUseMultipart = (file: { readonly size?: number | null | undefined }): boolean =>
    (file.size ?? 0) > SINGLE_PUT_BYTES;
  readonly getChunkSize = ({ size }: { readonly size: number }): number => partBytesFor(size);

  /** The broker makes the real key; this one only leads back to the file. */
  readonly generateObjectKey = (file: SignableFile): string => {
    if (!this.#files.get(file.id)?.isOf(file)) this.#files.set(file.id, new OutgoingFile(file, this.#ports));
    return file.id;
  };

  readonly signRequest = async (request: RequestToSign): Promise<SignedRequest> => {
    try {
      return await this.#sign(request);
    } catch (error) {
      throw withRemedy(error);
    }
  };

  /**
   * Asks the broker to check and count what has arrived, and answers it with its receipt. `follow` does this by itself;
   * then it is a way to the receipt. Fails as the client does, and with not_found where nothing was sent.
   */
  async complete(file: { readonly id: string }): Promise<StoredFile> {
    const [outcome] = await this.completeAll([file]);
    if (!outcome || outcome instanceof Error) throw outcome ?? new UploadError('not_found');
    return outcome;
  }

  /** The same for many, in as few calls as can be; answers in order, what failed as an UploadError. */
  async completeAll(files: readonly { readonly id: string }[]): Promise<Outcome[]> {
    const known = files.map(({ id }) => this.#files.get(id));
    const outcomes = await completeAll(
      known.filter((file) => file !== undefined),
      this.#ports,
    );
    return known.map((file) => (file && outcomes.shift()) ?? new UploadError('not_found'));
  }

  /** Ends what was begun for a file that is not wanted any more. Again is fine. */
  async abort({ id }: { readonly id: string }): Promise<void> {
    const file = this.#files.get(id);
    this.#files.delete(id);
    await file?.abort();
  }

  /**
   * Lets an Uppy's uploads end as the broker settles them: a file counts as done when the broker says so, and then has
   * `meta.upload`, `meta.reference` and `meta.receipt`; what is removed is aborted. Answers how to stop following.
   */
  follow(uppy: FollowedUppy): () => void {
    return follow(uppy, this);
  }

  async #sign({ method, key, uploadId, partNumber }: RequestToSign): Promise<SignedRequest> {
    if (method === 'DELETE' && uploadId !== undefined) {
      await this.#try(() => this.#ports.calls.abortUpload(uploadId));
      return this.#ticket(uploadId, 'abort');
    }
    const file = this.#files.get(key);
    if (!file) throw new UploadError('bad_request');
    switch (`${method}${uploadId === undefined ? '' : ' of an upload'}`) {
      case 'PUT':
        return file.put();
      case 'POST':
        return this.#ticket(await file.create(), 'create');
      case 'PUT of an upload':
        return file.part(uploadId ?? '', partNumber ?? 0);
      case 'GET of an upload':
        await file.compare(uploadId ?? '');
        return this.#ticket(uploadId ?? '', 'list');
      case 'POST of an upload':
        await this.complete({ id: key });
        return this.#ticket(uploadId ?? '', 'complete');
      default:
        throw new UploadError('bad_request');
    }
  }

  async #ticket(upload: string, act: 'create' | 'list' | 'complete' | 'abort'): Promise<SignedRequest> {
    const { url, headers } = await this.#try(() => this.#ports.calls.s3Ticket({ upload, act }));
    return { url, headers };
  }

  #try = <Answer>(attempt: () => Promise<Answer>): Promise<Answer> => persist(this.#ports.wait, attempt);
}

/** Uppy shows `details` beside the message: what to do, in the broker's words. */
function withRemedy(error: unknown): unknown {
  if (!(error instanceof UploadError) || !error.problem) return error;
  return Object.assign(error, { details: error.problem.remedy.person });
}
