import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { playwrightOptions, requireBrowser } from '../../support/browsers.ts';
import { Folder } from '../folder.ts';
import { Cdp } from './cdp.ts';
import { Page } from './page.ts';

/** Chromium ends within a second of being asked; what has not by then is ended. */
const CLOSE_MS = 5000;

/** One Chromium with a profile of its own. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #cdp: Cdp;
  readonly #profile: Folder;

  private constructor(child: ChildProcess, cdp: Cdp, profile: Folder) {
    this.#child = child;
    this.#cdp = cdp;
    this.#profile = profile;
  }

  /** `secureHost` is a name of this machine that counts as https does: http://name:port. */
  static launch({ secureHost }: { secureHost?: URL } = {}): Browser {
    const { path } = requireBrowser('chromium');
    const profile = new Folder();
    const { args = [] } = playwrightOptions('chromium', path);
    const own = ['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile.path}`];
    if (secureHost) {
      own.push(`--host-resolver-rules=MAP ${secureHost.hostname} 127.0.0.1`);
      own.push(`--unsafely-treat-insecure-origin-as-secure=${secureHost.origin}`);
    }
    const child = spawn(path, [...args, ...own], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const [, , , out, input] = child.stdio;
    if (!(out instanceof Writable) || !(input instanceof Readable)) throw new TypeError('Chromium has no pipe');
    return new Browser(child, new Cdp(out, input), profile);
  }

  /** Fails when the browser ends, by itself or by `close`. */
  get ended(): Promise<never> {
    return this.#cdp.ended;
  }

  /** A window of its own, loaded when the page says so itself. */
  async open(url: string): Promise<Page> {
    const target = v.object({ targetId: v.string() });
    const { targetId } = await this.#cdp.send('Target.createTarget', target, { url, newWindow: true });
    return Page.attach(this.#cdp, targetId);
  }

  /** CPU that all processes of the browser have taken so far. ms. */
  async cpuMs(): Promise<number> {
    const answer = v.object({ processInfo: v.array(v.object({ cpuTime: v.number() })) });
    const { processInfo } = await this.#cdp.send('SystemInfo.getProcessInfo', answer);
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_MS);
      this.#cdp.send('Browser.close', v.unknown()).catch(() => {});
      await gone;
      clearTimeout(timer);
    }
    this.#profile.remove();
  }
}
