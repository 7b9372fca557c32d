import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { TestRunnerConfig } from '@web/test-runner';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { root } from '../../build/root.ts';
import { legacyDecorators } from '../../vite.config.ts';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];
type RunnerPlugin = NonNullable<TestRunnerConfig['plugins']>[number];

/** The runner serves this itself; Vite must leave imports of it alone. */
const RUNNER_SOCKET = '/__web-dev-server__web-socket.js';

const runnerSocket: Plugin = {
  name: 'runner-socket',
  enforce: 'pre',
  resolveId: (id) => (id === RUNNER_SOCKET ? { id, external: true } : null),
};

/**
 * Lets Vite serve sources, tests and dependencies to Web Test Runner, so that a test runs what the build builds.
 * A middleware of the runner and not one of its plugin's, because its own static files would answer for `.ts` first.
 */
export function viteMiddleware(entries: readonly string[]): { middleware: Middleware; plugin: RunnerPlugin } {
  let vite: ViteDevServer | undefined;
  // Of its own for each run: two runs at a time would rewrite each other's dependencies.
  const cacheDir = `${root}node_modules/.vite/elements-${process.pid}`;

  const plugin: RunnerPlugin = {
    name: 'vite-middleware',
    async serverStart() {
      vite = await createServer({
        root,
        configFile: false,
        clearScreen: false,
        logLevel: 'warn',
        appType: 'custom',
        cacheDir,
        oxc: legacyDecorators,
        plugins: [runnerSocket],
        optimizeDeps: {
          entries: [...entries, 'src/**/*.ts'],
          // Imports RUNNER_SOCKET at run time; the optimiser would make a relative path of it.
          exclude: ['@web/test-runner-commands'],
        },
        // A sandboxed frame, whose origin is `null`, imports sources too.
        server: { middlewareMode: true, hmr: false, ws: false, watch: null, cors: true },
      });
    },
    async serverStop() {
      await vite?.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };

  const middleware: Middleware = async (context, next) => {
    if (vite === undefined || context.path === '/' || context.path.startsWith('/__web-')) return next();
    const { middlewares } = vite;
    context.respond = false;
    context.res.statusCode = 200;
    const isUnknown = await Promise.race([
      once(context.res, 'close').then(() => false),
      new Promise<boolean>((resolve, reject) => {
        middlewares(context.req, context.res, (error?: unknown) => (error ? reject(error) : resolve(true)));
      }),
    ]);
    if (!isUnknown) return;
    context.respond = true;
    context.res.statusCode = 404;
    await next();
  };

  return { middleware, plugin };
}
