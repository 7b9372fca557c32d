import { type StartOptions, startStore } from '../../../demo/storage/index.ts';
import { answerQuestions } from './part.ts';

answerQuestions(async ({ start }) => {
  await startStore(start as StartOptions);
});
