import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import type { Line } from './line.ts';

/** A form upload as it comes over the line: its fields, and the bytes of its file. Fails where it is none. */
export async function readForm(
  request: IncomingMessage,
  line: Line,
  take: (chunk: Buffer) => void,
): Promise<{ fields: ReadonlyMap<string, string>; size: number }> {
  const form = busboy({ headers: request.headers });
  const fields = new Map<string, string>();
  let size = 0;
  form.on('field', (name, value) => fields.set(name, value));
  form.on('file', (_name, file) => {
    file.on('data', (chunk: Buffer) => {
      size += chunk.length;
      take(chunk);
    });
  });
  const read = new Promise<void>((resolve, reject) => {
    form.on('close', resolve);
    form.on('error', reject);
  });
  await line.read(request, (chunk) => form.write(chunk));
  form.end();
  await read;
  return { fields, size };
}
