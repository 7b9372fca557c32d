import { once } from 'node:events';
import { createServer } from 'node:http';
import { startProvider } from '../../../demo/provider/index.ts';
import { answerQuestions } from './part.ts';

answerQuestions(async ({ start }) => {
  const { port, ...options } = start as { port: number } & Parameters<typeof startProvider>[1];
  const server = createServer();
  startProvider(server, options);
  await once(server.listen(port, '127.0.0.1'), 'listening');
});
