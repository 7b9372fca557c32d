import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import busboy, { type Busboy } from 'busboy';
import { S3Error } from './s3-error.ts';

/** All fields before the file together, names and values, as S3 has it. */
const MAX_FIELDS_BYTES = 20 * 1024;
const MAX_FIELDS = 100;

/** Lower-case name → value. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads a multipart/form-data body (RFC 7578) as it comes in: its fields, then its one file. `take` gets the bytes of the
 * file, which end only when the form has ended well. Fails as `take` does, or with an S3Error that says what is wrong with the form; the
 * rest of the body is left to be drained.
 */
export async function readForm<Taken>(
  message: IncomingMessage,
  take: (fields: Fields, bytes: AsyncIterable<Buffer>) => Promise<Taken>,
): Promise<Taken> {
  const form = open(message);
  const fields = new Map<string, string>();
  let [size, refusal]: [number, unknown] = [0, null];
  let taken: Promise<Taken> | null = null;

  const refuse = (reason: unknown) => {
    refusal ??= reason;
    form.destroy();
  };
  form.on('field', (given, value) => {
    const name = given?.toLowerCase() ?? '';
    size += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (taken) refuse(new S3Error('InvalidArgument', 'A field stands after the file; the file has to be the last.'));
    else if (name === '' || name === 'file') refuse(malformed('has a field without a name, or a file without one'));
    else if (fields.has(name)) refuse(new S3Error('InvalidArgument', 'A field is there twice.'));
    else if (size > MAX_FIELDS_BYTES || fields.size >= MAX_FIELDS) refuse(tooMuch());
    else fields.set(name, value);
  });
  form.on('file', (name, file) => {
    file.on('error', () => refuse(malformed('ends in the middle of its file')));
    if (taken || name?.toLowerCase() !== 'file') {
      refuse(new S3Error('InvalidArgument', 'A form has exactly one file, in the field "file".'));
      return;
    }
    taken = take(fields, untilWhole(file));
    taken.catch(refuse);
  });
  async function* untilWhole(file: AsyncIterable<Buffer>) {
    yield* file;
    await reading;
  }

  const reading = pipeline(message.iterator({ destroyOnReturn: false }), form).catch(() => {
    throw refusal ?? malformed('is cut off or has no such boundary');
  });
  try {
    await reading;
  } catch (error) {
    await Promise.allSettled([taken]);
    throw error;
  }
  // The compiler does not see that an event may have set it.
  const found = taken as Promise<Taken> | null;
  if (!found) throw new S3Error('InvalidArgument', 'A form has exactly one file, in the field "file".');
  return found;
}

function open(message: IncomingMessage): Busboy {
  try {
    return busboy({ headers: message.headers, limits: { fieldSize: MAX_FIELDS_BYTES + 1 } });
  } catch {
    throw malformed('has no boundary in its content-type');
  }
}

const malformed = (what: string) => new S3Error('MalformedPOSTRequest', `The form ${what}.`);
const tooMuch = () =>
  new S3Error('MaxPostPreDataLengthExceeded', `Before its file a form has at most ${MAX_FIELDS_BYTES} bytes.`);
