import { type AskS3Ticket, S3Ticket } from '../contract/s3.ts';
import { type Fetch, send } from './call.ts';

/** Asks for what @uppy/aws-s3 reads of the broker in S3's XML. Stands by itself: only the bridge to Uppy needs it. */
export class TicketClient {
  readonly #url: URL;
  readonly #fetch: Fetch;

  constructor(broker: URL, fetch: Fetch) {
    this.#url = new URL('/v1/s3/tickets', broker);
    this.#fetch = fetch;
  }

  /** Fails as `send` does; with upload_over where the upload is not (or no more) as `act` takes it to be. */
  s3Ticket(body: AskS3Ticket): Promise<S3Ticket> {
    return send(this.#fetch, { method: 'POST', url: this.#url, body, answer: S3Ticket });
  }
}
