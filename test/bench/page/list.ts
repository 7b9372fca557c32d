/** The element with 10,000 files: chosen while it stands on the page, then scrolled from end to end. */
import '../../../src/define.ts';
import { NO_LINKS } from '../../../demo/gallery/recorded-upload.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import { benchFlow, FILES } from './bench-flow.ts';
import { enter, time } from './contest.ts';
import { smallPictures } from './small-pictures.ts';

const SCROLL_MS = 5000;

export interface ListFigures {
  /** Until each file was looked at, and its row is there. */
  readonly addMs: number;
  /** Tasks over 50 ms meanwhile. ms. */
  readonly longTasks: readonly number[];
  /** Of the frames while the list was scrolled. ms. */
  readonly frames: readonly number[];
  /** The most that were in the page. */
  readonly rows: number;
}

enter(async () => {
  const flow = benchFlow();
  SecureUpload.compose = () => ({ flow, links: NO_LINKS });
  const element = document.createElement('secure-upload');
  element.setAttribute('broker', location.origin);
  element.setAttribute('app', 'bench');
  document.body.append(element);
  while (!flow.snapshot.app) await nextFrame();
  await element.updateComplete;
  const root = element.shadowRoot;
  const input = root?.querySelector<HTMLInputElement>('#files');
  if (!root || !input) throw new TypeError('There is no input');
  const choice = new DataTransfer();
  for (const picture of smallPictures(FILES)) choice.items.add(picture);
  input.files = choice.files;
  const run = async (): Promise<ListFigures> => {
    const { ms, longTasks } = await time(async () => {
      input.dispatchEvent(new Event('change'));
      while (flow.snapshot.items.length < FILES || flow.snapshot.items.some(({ phase }) => phase !== 'ready')) {
        await nextFrame();
      }
      await nextFrame();
    });
    return { addMs: ms, longTasks, ...(await scroll(root)) };
  };
  Object.assign(globalThis, { list: { run } });
  return () => Promise.reject(new TypeError('Nothing is sent here'));
});

async function scroll(root: ShadowRoot): Promise<Pick<ListFigures, 'frames' | 'rows'>> {
  const scroller = root.querySelector('.scroller');
  if (!scroller) throw new TypeError('The list does not scroll');
  const frames: number[] = [];
  let rows = 0;
  const begin = await nextFrame();
  for (let last = begin; last - begin < SCROLL_MS; ) {
    scroller.scrollTop = ((last - begin) / SCROLL_MS) * scroller.scrollHeight;
    const now = await nextFrame();
    frames.push(now - last);
    rows = Math.max(rows, root.querySelectorAll('.row').length);
    last = now;
  }
  return { frames, rows };
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
}
