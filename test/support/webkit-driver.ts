import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { quietPort } from './quiet-port.ts';

export interface WebKitDriver {
  readonly hostname: '127.0.0.1';
  readonly port: number;
  stop(): Promise<void>;
}

const START_MS = 15_000;

/** WebKitWebDriver on a free port, drawing on a virtual display of its own, `screen` px wide and high. */
export async function startWebKitDriver(
  screen = '1280x1024',
  environment: Readonly<Record<string, string>> = {},
): Promise<WebKitDriver> {
  // The display's number comes back on descriptor 3, so that two runs never fight for one.
  const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${screen}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await firstLine(display, display.stdio[3] as Readable);
  const port = await quietPort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...{ ...process.env, DISPLAY: `:${number}`, NO_AT_BRIDGE: '1', GTK_A11Y: 'none', LIBGL_ALWAYS_SOFTWARE: '1' },
      ...environment,
    },
  });
  const killBoth = () => {
    driver.kill();
    display.kill();
  };
  process.once('exit', killBoth);
  await Promise.race([listening(port), failure(driver, 'WebKitWebDriver')]);
  return {
    hostname: '127.0.0.1',
    port,
    async stop() {
      process.off('exit', killBoth);
      for (const child of [driver, display]) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill();
        await once(child, 'exit');
      }
    },
  };
}

async function firstLine(child: ChildProcess, stream: Readable): Promise<string> {
  const line = (async () => {
    let text = '';
    for await (const chunk of stream) {
      text += String(chunk);
      if (text.includes('\n')) return text.trim();
    }
    throw new Error('Xvfb named no display');
  })();
  return Promise.race([line, failure(child, 'Xvfb')]);
}

async function failure(child: ChildProcess, name: string): Promise<never> {
  const [reason] = await Promise.race([once(child, 'error'), once(child, 'exit')]).catch((error) => [error]);
  throw new Error(`${name} did not start. It comes with \`npm test\` on Debian.`, { cause: reason });
}

async function listening(port: number): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await wait(50);
  }
  throw new Error(`WebKitWebDriver did not answer within ${START_MS} ms`);
}
