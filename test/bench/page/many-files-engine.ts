/** 10,000 files through the engine alone, over ports that move nothing. */
import { enter } from './contest.ts';
import { nullTransfer } from './null-transport.ts';
import { Outcome } from './outcome.ts';
import { smallPictures } from './small-pictures.ts';

const FILES = 10_000;

enter(() => {
  const outgoing = smallPictures(FILES).map((file, i) => ({ key: `f${i}`, file, sniffedType: 'image/png' }));
  return async () => {
    const outcome = new Outcome();
    await nullTransfer().send(outgoing, {}, outcome);
    outcome.check(FILES);
  };
});
