import type { BrokerClient } from '../client/broker-client.ts';
import type { TicketClient } from '../client/ticket-client.ts';
import type { Wait } from './patience.ts';

/** What signing needs of the broker, as a person who is signed in. */
export interface Calls
  extends Pick<
      BrokerClient,
      'newTrace' | 'startUploads' | 'signParts' | 'completeUploads' | 'uploadStatus' | 'abortUpload'
    >,
    Pick<TicketClient, 's3Ticket'> {}

export interface SigningPorts {
  readonly calls: Calls;
  readonly wait: Wait;
}

/** The part of Uppy's file that is read. */
export interface SignableFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** A file of a remote provider has a size and no bytes here. */
  readonly data: Blob | { readonly size: number | null } | undefined;
  /** `relativePath` of a file that was chosen with its folder. */
  readonly meta?: { readonly relativePath?: unknown };
}

/** What @uppy/aws-s3 wants to send. `uploadId` is the broker's name for the upload. */
export interface RequestToSign {
  readonly method: string;
  readonly key: string;
  readonly uploadId?: string | undefined;
  readonly partNumber?: number | undefined;
}
export interface SignedRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
}
