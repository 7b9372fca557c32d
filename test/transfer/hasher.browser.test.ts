import { expect } from '@open-wc/testing';
import { WorkerHasher } from '../../src/transfer/hasher.ts';

const ABC = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; // FIPS 180-4, appendix B.1
const signal = new AbortController().signal;
const MB = 1024 * 1024;

async function sumOf(blob: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

/** Hashes "abc" in a frame under this policy; says whether the main thread had to do it. */
async function hashUnder(policy: string): Promise<{ hash: string; isOnMainThread: boolean }> {
  const frame = document.createElement('iframe');
  const answer = new Promise<{ hash: string; isOnMainThread: boolean }>((resolve) => {
    addEventListener('message', function hear({ data, source }) {
      if (source !== frame.contentWindow || !data?.hash) return;
      removeEventListener('message', hear);
      resolve(data);
    });
  });
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module">
      const { digest } = SubtleCrypto.prototype;
      let isOnMainThread = false;
      SubtleCrypto.prototype.digest = function (...args) {
        isOnMainThread = true;
        return digest.apply(this, args);
      };
      const { WorkerHasher } = await import('${location.origin}/src/transfer/hasher.ts');
      const hash = await new WorkerHasher().hash(new Blob(['abc']), new AbortController().signal);
      parent.postMessage({ hash, isOnMainThread }, '*');
    </script>`;
  document.body.append(frame);
  try {
    return await answer;
  } finally {
    frame.remove();
  }
}

describe('hashing a file', () => {
  it('happens in a worker, and leaves the main thread alone', async () => {
    expect(await hashUnder("object-src 'none'")).to.deep.equal({ hash: ABC, isOnMainThread: false });
  });

  it('happens in a worker under Trusted Types that name our policy', async () => {
    const policy = "worker-src blob:; require-trusted-types-for 'script'; trusted-types secure-upload";
    expect(await hashUnder(policy)).to.deep.equal({ hash: ABC, isOnMainThread: false });
  });

  it('happens on the main thread where the page lets no worker start', async () => {
    expect(await hashUnder("worker-src 'none'")).to.deep.equal({ hash: ABC, isOnMainThread: true });
  });

  it('happens on the main thread where the page does not name our policy', async () => {
    const policy = "require-trusted-types-for 'script'; trusted-types lit-html";
    expect(await hashUnder(policy)).to.deep.equal({ hash: ABC, isOnMainThread: true });
  });

  it('gives many files at once each its own hash', async () => {
    const hasher = new WorkerHasher();
    const blobs = Array.from({ length: 12 }, (_, i) => new Blob([new Uint8Array(100_000 + i).fill(i)]));
    const hashes = await Promise.all(blobs.map((blob) => hasher.hash(blob, signal)));
    expect(hashes).to.deep.equal(await Promise.all(blobs.map(sumOf)));
    hasher.close();
  });

  it('gives each part of a file its own hash', async () => {
    const file = new File([new Uint8Array(9 * MB).map((_, i) => i % 251)], 'parts.bin');
    const parts = [0, 1, 2].map((i) => file.slice(i * 4 * MB, (i + 1) * 4 * MB));
    const hasher = new WorkerHasher();
    const hashes = await Promise.all(parts.map((part) => hasher.hash(part, signal, file)));
    expect(parts.map(({ size }) => size)).to.deep.equal([4 * MB, 4 * MB, MB]);
    expect(hashes).to.deep.equal(await Promise.all(parts.map(sumOf)));
    hasher.close();
  });

  it('has no more than one piece in each of two workers, and takes turns between files', async () => {
    const { postMessage } = Worker.prototype;
    const asked: Worker[] = [];
    Worker.prototype.postMessage = function (this: Worker, message: unknown) {
      asked.push(this);
      postMessage.call(this, message);
    };
    try {
      const hasher = new WorkerHasher();
      const [large, small] = [{}, {}];
      const order: string[] = [];
      const hash = async (name: string, lane: object) => {
        await hasher.hash(new Blob([new Uint8Array(MB)]), signal, lane);
        order.push(name);
      };
      const hashing = [...Array.from({ length: 12 }, (_, i) => hash(`part ${i + 1}`, large)), hash('small', small)];
      await Promise.resolve();
      expect(asked.length).to.be.at.most(2);
      await Promise.all(hashing);
      expect(new Set(asked).size).to.equal(2);
      expect(order.indexOf('small')).to.be.below(4);
      hasher.close();
    } finally {
      Worker.prototype.postMessage = postMessage;
    }
  });

  // What a browser says of a file that was changed, and of one that is gone (File API section 7).
  for (const [name, code] of [
    ['NotReadableError', 'file_changed'],
    ['NotFoundError', 'file_unreadable'],
  ] as const) {
    it(`tells ${name} as ${code}`, async () => {
      const { Worker: own } = globalThis;
      Object.assign(globalThis, { Worker: undefined });
      try {
        const file = new File(['abc'], 'notes.txt');
        file.arrayBuffer = () => Promise.reject(new DOMException('', name));
        const told = await new WorkerHasher().hash(file, signal).catch((error: { code: string }) => error.code);
        expect(told).to.equal(code);
      } finally {
        Object.assign(globalThis, { Worker: own });
      }
    });
  }

  if (navigator.storage && 'getDirectory' in navigator.storage) {
    it('reads no other bytes than those that were chosen, where the file was changed since', async () => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('changed.txt', { create: true });
      const write = async (text: string) => {
        const stream = await handle.createWritable();
        await stream.write(text);
        await stream.close();
      };
      await write('abc, long enough to be cut');
      const chosen = await handle.getFile();
      await write('ab');
      const hasher = new WorkerHasher();
      const told = await hasher.hash(chosen, signal).catch((error: { code: string }) => error.code);
      // Firefox keeps each state as a file of its own, and says that the former is gone.
      expect(told).to.be.oneOf(['file_changed', 'file_unreadable']);
      hasher.close();
      await folder.removeEntry('changed.txt');
    });
  }

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const hashing = new WorkerHasher().hash(new Blob([new Uint8Array(20_000_000)]), controller.signal);
    controller.abort('cancelled');
    expect(await hashing.catch((reason: unknown) => reason)).to.equal('cancelled');
  });
});
