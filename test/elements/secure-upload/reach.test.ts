import { expect } from '@open-wc/testing';
import { reach } from '../../../src/elements/secure-upload/reach.ts';

/** Asks from within a page that has a policy of its own. */
async function reachFrom(policy: string, url: string): Promise<string> {
  const frame = document.createElement('iframe');
  const module = new URL('../../../src/elements/secure-upload/reach.ts', import.meta.url).href;
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module">
      import { reach } from '${module}';
      parent.postMessage(await reach(new URL('${url}')), '*');
    </script>`;
  const told = new Promise<string>((resolve) => {
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || typeof data !== 'string') return;
      removeEventListener('message', hear);
      resolve(data);
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
    expect(await reachFrom("connect-src 'none'", here.href)).to.equal('blocked');
    expect(await reachFrom(`connect-src ${here.origin}`, here.href)).to.equal('reached');
    // Port 9 (discard, RFC 863): browsers never connect to it.
    expect(await reachFrom('connect-src *', 'http://127.0.0.1:9/')).to.equal('silent');
  });
});
