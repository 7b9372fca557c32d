import { remote } from 'webdriverio';
import { webkitCapabilities } from '../../support/browsers.ts';
import { startWebKitDriver } from '../../support/webkit-driver.ts';
import {
  type Browser,
  type Engine,
  FIND,
  findArguments,
  nameOf,
  SCREEN,
  type Tab,
  type Target,
  until,
  windowsAt,
} from './tab.ts';

type Native = Awaited<ReturnType<typeof remote>>;

/** WebKitGTK's own small browser, through the driver that comes with it, which opens one of them and no more. */
export async function startByWebDriver(path: string): Promise<Engine> {
  const opened: Browser[] = [];
  return {
    async open() {
      const browser = await openAlone(path);
      opened.push(browser);
      return { ...browser, close: () => close(browser) };
    },
    close: async () => void (await Promise.all([...opened].map(close))),
  };

  async function close(browser: Browser): Promise<void> {
    opened.splice(opened.indexOf(browser), 1);
    await browser.close();
  }
}

async function openAlone(path: string): Promise<Browser> {
  const driver = await startWebKitDriver();
  const native = await remote({
    hostname: driver.hostname,
    port: driver.port,
    path: '/',
    logLevel: 'error',
    connectionRetryCount: 0,
    capabilities: webkitCapabilities(path),
  });
  return {
    name: 'webkit',
    tab: tabOf(native, await native.getWindowHandle()),
    async window(address, timeout) {
      let seen: string[] = [];
      const look = async () => {
        seen = [];
        for (const handle of await native.getWindowHandles()) {
          // One that closes meanwhile is not it.
          const turned = native.switchToWindow(handle);
          const url = await turned.then(() => native.getUrl()).catch(() => '');
          if (url.startsWith(address)) return handle;
          seen.push(url);
        }
        return null;
      };
      return tabOf(native, await until(look, address, timeout, () => windowsAt(seen)));
    },
    async close() {
      await native.deleteSession();
      await driver.stop();
    },
  };
}

/** WebDriver speaks to one window at a time, so every verb first turns to its own. */
function tabOf(native: Native, handle: string, turn = () => native.switchToWindow(handle)): Tab {
  const find = (target: Target, isHidden = false, timeout?: number) => {
    const script = `return (${FIND})(${findArguments(target, isHidden)})`;
    const look = async () => {
      const found: unknown = await native.executeScript(script, []).catch(() => null);
      return found === null ? null : native.$(found as WebdriverIO.Element);
    };
    return until(look, nameOf(target), timeout, () => native.executeScript(`return ${SCREEN}`, []));
  };
  return {
    async open(url) {
      await turn();
      await native.url(url);
    },
    async front() {
      await turn();
    },
    async url() {
      await turn();
      return native.getUrl();
    },
    async see(target, timeout) {
      await turn();
      await find(target, false, timeout);
    },
    async text(target) {
      await turn();
      return (await (await find(target)).getText()).replace(/\s+/g, ' ').trim();
    },
    async click(target) {
      await turn();
      await (await find(target)).click();
    },
    async tap(target) {
      throw new Error(`${nameOf(target)} needs a finger, which this driver has not`);
    },
    async type(target, text) {
      await turn();
      await (await find(target)).addValue(text);
    },
    async press(keys) {
      await turn();
      await native.keys(keys.split('+'));
    },
    async choose(target, paths) {
      await turn();
      // One path a line: WebDriver's way of several files in one input.
      await (await find(target, true)).addValue(paths.join('\n'));
    },
    async pick(_act, target, paths) {
      await this.choose(target, paths);
    },
    async evaluate<Value>(expression: string) {
      await turn();
      return (await native.executeScript(`return (${expression})`, [])) as Value;
    },
    async screenshot(path) {
      await turn();
      await native.saveScreenshot(path);
    },
    async frame(target) {
      const turnInside = async () => {
        await turn();
        await native.switchToFrame(await find(target));
      };
      return tabOf(native, handle, turnInside);
    },
  };
}
