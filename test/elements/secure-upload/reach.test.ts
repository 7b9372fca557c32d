import { expect } from '@open-wc/testing';
import { mayAsk, reach } from '../../../src/elements/secure-upload/reach.ts';

/** Asks from within a page that has a policy of its own. */
async function from(policy: string, question: 'reach' | 'mayAsk', url: string): Promise<unknown> {
  const frame = document.createElement('iframe');
  const module = new URL('../../../src/elements/secure-upload/reach.ts', import.meta.url).href;
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module">
      import { ${question} } from '${module}';
      parent.postMessage({ answer: await ${question}(new URL('${url}')) }, '*');
    </script>`;
  const told = new Promise<unknown>((resolve) => {
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || typeof data?.answer === 'undefined') return;
      removeEventListener('message', hear);
      resolve(data.answer);
    };
    addEventListener('message', hear);
  });
  document.body.append(frame);
  const answer = await told;
  frame.remove();
  return answer;
}

describe('whether the page lets the box reach an address', () => {
  const here = new URL('/', location.href);

  it('is seen where it answers', async () => {
    expect(await reach(here)).to.equal('reached');
  });

  it('is told apart: the policy of the page, or nobody there', async () => {
    expect(await from("connect-src 'none'", 'reach', here.href)).to.equal('blocked');
    expect(await from(`connect-src ${here.origin}`, 'reach', here.href)).to.equal('reached');
    // Port 9 (discard, RFC 863): browsers never connect to it.
    expect(await from('connect-src *', 'reach', 'http://127.0.0.1:9/')).to.equal('silent');
  });

  it('is known without a request, which a storage would answer with 403', async () => {
    expect(await from("connect-src 'none'", 'mayAsk', here.href)).to.equal(false);
    expect(await from('connect-src https://storage.example', 'mayAsk', 'https://storage.example/')).to.equal(true);
    expect(await from('connect-src https://broker.example', 'mayAsk', 'https://storage.example/')).to.equal(false);

    const asked = new URL(`/nobody-asks-${crypto.randomUUID()}`, here);
    expect(await mayAsk(asked)).to.equal(true);
    // Some engines list what was taken back: without an answer, and so without its status.
    const listed = performance.getEntriesByName(asked.href) as PerformanceResourceTiming[];
    expect(listed.filter(({ responseStatus, responseStart }) => (responseStatus ?? responseStart) > 0)).to.deep.equal(
      [],
    );
  });
});
