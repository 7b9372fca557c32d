/** The bare floor: six XMLHttpRequests at a time, no checks, no broker, no completion, no second try. */
import { partBytesFor } from '../../../src/contract/plan.ts';
import { SINGLE_PUT_BYTES } from '../../../src/contract/single-put.ts';
import { presigned } from '../presigned.ts';
import { enter } from './contest.ts';

const AT_ONCE = 6;

interface Piece {
  readonly url: string;
  readonly body: Blob;
}

function* cut(store: string, file: File, index: number): Generator<Piece> {
  if (file.size <= SINGLE_PUT_BYTES) {
    yield { url: presigned(store, `raw-${index}`), body: file };
    return;
  }
  const bytes = partBytesFor(file.size);
  for (let start = 0, number = 1; start < file.size; start += bytes, number += 1) {
    // An object per part: without a broker there is nobody to open a multipart upload.
    const url = presigned(store, `raw-${index}-${number}`, { partNumber: String(number) });
    yield { url, body: file.slice(start, Math.min(file.size, start + bytes)) };
  }
}

function put({ url, body }: Piece): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.onload = () => (request.status === 200 ? resolve() : reject(new Error(`Answered ${request.status}`)));
    request.onerror = () => reject(new Error('No answer'));
    request.send(body);
  });
}

enter(({ store }) => async (files) => {
  const pieces = files.flatMap((file, i) => [...cut(store, file, i)]).values();
  const lane = async () => {
    for (const piece of pieces) await put(piece);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
});
