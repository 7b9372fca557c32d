/** 10,000 files from chosen to done: looked at, listed, handed over, told of; over ports that move nothing. */
import { benchFlow, FILES } from './bench-flow.ts';
import { enter } from './contest.ts';
import { smallPictures } from './small-pictures.ts';

enter(async () => {
  const flow = benchFlow();
  // A view reads the snapshot after each change.
  let rows = 0;
  flow.addEventListener('change', () => {
    rows = flow.snapshot.items.length;
  });
  await flow.load();
  const pictures = smallPictures(FILES);
  return async () => {
    const ended = new Promise<void>((resolve, reject) => {
      flow.addEventListener('done', () => resolve());
      flow.addEventListener('failed', () => reject(new Error('Not every file was stored')));
      flow.addEventListener('rejected', () => reject(new Error('Not every file was accepted')));
    });
    await flow.accept(pictures);
    flow.upload();
    await ended;
    if (rows !== FILES) throw new Error(`The list has ${rows} rows`);
  };
});
