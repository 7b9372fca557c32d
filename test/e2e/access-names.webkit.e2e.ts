import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { remote } from 'webdriverio';
import { serveGallery } from '../gallery/serve.ts';
import { requireBrowser, webkitCapabilities } from '../support/browsers.ts';
import { startWebKitDriver, type WebKitDriver } from '../support/webkit-driver.ts';
import { until } from './support/tab.ts';

/** What Chromium tells assistive technology, `access-tree.e2e.ts`. */
const EXPECTED = readFileSync(new URL('./access-tree.txt', import.meta.url), 'utf8');
/** Of what Chromium names in its tree, that which is one element in the page and has the same role everywhere. */
const NAMED = /^ *((?:button|checkbox|heading|textbox|progressbar) "[^"]*")/;
/** Drawn only where a name is shortened, which the width of an engine's letters decides. */
const SHORTENED = /^button "Show the whole name/;

const CANDIDATES = `const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  return all(document.querySelector('figure')).filter((e) => e.matches('button, h2, h3, input:not([type=file]), textarea, [role=progressbar]')
    && e.checkVisibility({ visibilityProperty: true }) && !e.closest('[aria-label="Setup hints"]'));`;

const { path, driver: kind } = requireBrowser('webkit');
// Of the drivers of WebKit this one alone answers with computed roles and names.
if (kind === 'webdriver') {
  describe('what WebKit tells assistive technology', () => {
    let gallery: Awaited<ReturnType<typeof serveGallery>>;
    let driver: WebKitDriver;
    let browser: Awaited<ReturnType<typeof remote>>;
    before(async () => {
      gallery = await serveGallery();
      driver = await startWebKitDriver();
      browser = await remote({
        ...{ hostname: driver.hostname, port: driver.port, path: '/', logLevel: 'error', connectionRetryCount: 0 },
        capabilities: webkitCapabilities(path),
      });
    });
    after(async () => {
      await browser?.deleteSession();
      await driver?.stop();
      gallery?.stop();
    });

    for (const chapter of EXPECTED.split(/^# /m).slice(1)) {
      const [title = '', ...lines] = chapter.trimEnd().split('\n');
      const [element = '', state = ''] = title.split(' ');
      test(`names buttons, boxes, fields, headings and bars of ${element}, ${state}, as Chromium does`, async () => {
        await browser.url(`${gallery.url}/box?element=${element}&state=${state}&width=480`);
        const isShown = () => browser.executeScript(`return document.documentElement.dataset.shown === 'yes'`, []);
        await until(async () => ((await isShown()) === true ? true : null), 'all of the state', 60_000);
        const told: string[] = [];
        for (const one of (await browser.executeScript(CANDIDATES, [])) as Record<string, string>[]) {
          const [id = ''] = Object.values(one);
          const [role, name] = [await browser.getElementComputedRole(id), await browser.getElementComputedLabel(id)];
          told.push(
            `${role} "${name
              .replace(/[\u2066-\u2069]/g, '')
              .replace(/\s+/g, ' ')
              .trim()}"`,
          );
        }
        const expected = lines.flatMap((line) => NAMED.exec(line)?.[1] ?? []);
        assert.deepEqual(
          told.filter((line) => NAMED.test(line) && !SHORTENED.test(line)),
          expected,
        );
      });
    }
  });
}
