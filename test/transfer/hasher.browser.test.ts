import { expect } from '@open-wc/testing';
import { WorkerHasher } from '../../src/transfer/hasher.ts';

const ABC = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; // FIPS 180-4, appendix B.1
const signal = new AbortController().signal;

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
    const expected = await Promise.all(
      blobs.map(async (blob) => {
        const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
        return btoa(String.fromCharCode(...new Uint8Array(hash)));
      }),
    );
    expect(hashes).to.deep.equal(expected);
    hasher.close();
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const hashing = new WorkerHasher().hash(new Blob([new Uint8Array(20_000_000)]), controller.signal);
    controller.abort('cancelled');
    expect(await hashing.catch((reason: unknown) => reason)).to.equal('cancelled');
  });
});
