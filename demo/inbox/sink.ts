import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A mail as it came in. */
export interface Message {
  readonly id: string;
  readonly from: string;
  /** As the envelope says. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** ISO 8601, when it came in. */
  readonly at: string;
  readonly attachments: readonly Attachment[];
}
export interface Attachment {
  readonly name: string;
  readonly type: string;
  /** base64 */
  readonly content: string;
}

export interface Sink {
  readonly port: number;
  /** Oldest first; the newest 200. */
  readonly messages: readonly Message[];
  close(): Promise<void>;
}

const MOST_MESSAGES = 200;
const MOST_BYTES = 5 * 1024 * 1024;

/** A mail server that delivers to nobody: it keeps what it is given, in memory, and listens on loopback only. */
export async function startSink({ port }: { port: number }): Promise<Sink> {
  const messages: Message[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MOST_BYTES,
    onData(stream, session, done) {
      readMessage(stream).then((email) => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('Message is too large'), { responseCode: 552 }));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        messages.push(asMessage(email, to));
        messages.splice(0, messages.length - MOST_MESSAGES);
        done();
      }, done);
    },
  });
  server.on('error', () => {}); // A broken connection of one client; the others go on.
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    messages,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function readMessage(stream: SMTPServerDataStream): Promise<Email> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= MOST_BYTES) chunks.push(chunk); // Read to the end, kept only as far as it may go.
  }
  return await PostalMime.parse(Buffer.concat(chunks));
}

function asMessage(email: Email, to: readonly string[]): Message {
  const { name = '', address = '' } = email.from ?? {};
  return {
    id: randomUUID(),
    from: name ? `${name} <${address}>` : address,
    to,
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    at: new Date().toISOString(),
    attachments: email.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? 'attachment',
      type: mimeType,
      content: Buffer.from(typeof content === 'string' ? content : new Uint8Array(content)).toString('base64'),
    })),
  };
}
