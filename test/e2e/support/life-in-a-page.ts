import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { withSite } from './stage.ts';
import type { Loaded, StrictSite } from './strict-site.ts';
import { startStrictSite } from './strict-site.ts';
import { type Browser, until } from './tab.ts';

const CHOOSE = { css: 'button', text: 'Choose files' };

/** How pages come to have a box: each puts one into the empty `main`. `box` makes one, `markup` passes the page's own policy. */
const WAYS: Readonly<Record<string, string>> = {
  'is made by a script': 'main.append(box())',
  'is made with properties in the place of attributes': `{
    const made = document.createElement('secure-upload');
    made.app = 'shop';
    made.broker = broker;
    main.append(made);
  }`,
  'comes as text': 'main.innerHTML = markup(tag)',
  'is taken out of a template': `{
    const template = document.createElement('template');
    template.innerHTML = markup(tag);
    main.append(document.importNode(template.content, true));
  }`,
  'is adopted out of a template': `{
    const template = document.createElement('template');
    template.innerHTML = markup(tag);
    main.append(template.content.firstElementChild);
  }`,
  'is adopted out of another document': `{
    const other = document.implementation.createHTMLDocument();
    other.body.innerHTML = markup(tag);
    main.append(other.querySelector('secure-upload'));
  }`,
  'stands in a shadow root': `main.attachShadow({ mode: 'open' }).append(box())`,
  'is a clone of one that nobody has seen': 'main.append(box().cloneNode(true))',
  'is taken out and put back at once': `{
    const made = box();
    main.append(made);
    made.remove();
    document.querySelector('aside').append(made);
    main.append(made);
  }`,
};

/** A box through the life of a page, under the strictest policy; the same in each engine. */
export function lifeInAPage(name: BrowserName): void {
  describe(`a box in the life of a page, in ${name}`, () => {
    let site: StrictSite;
    let browser: Browser;
    const folder = makeFolder();
    const [one, other] = ['one.png', 'other.png'].map((path, i) => makeFile(folder, path, pngBytes(5000 + i)));
    withSite(name, startStrictSite, (...parts) => {
      [site, browser] = parts;
    });

    /** Runs with what a page's own script would have. */
    const inPage = <Value>(code: string) =>
      browser.tab.evaluate<Value>(`(() => {
        const [main, broker, tag] = [document.querySelector('main'), ${JSON.stringify(site.broker)}, ${JSON.stringify(site.tag)}];
        const { markup, address } = (globalThis.own ??= (() => {
          const policy = trustedTypes.createPolicy('page', { createHTML: (text) => text, createScriptURL: (url) => url });
          return { markup: (text) => policy.createHTML(text), address: (url) => policy.createScriptURL(url) };
        })());
        const box = () => {
          const made = document.createElement('secure-upload');
          made.setAttribute('app', 'shop');
          made.setAttribute('broker', broker);
          return made;
        };
        ${code}
      })()`);
    const open = (scripts: readonly Loaded[], body = '') =>
      browser.tab.open(site.page({ scripts, policies: 'secure-upload page', body }));
    const choose = (file: typeof one) => browser.tab.choose({ css: 'input[type=file]' }, [file?.path ?? '']);
    /** Names of the files in each box of the page. */
    const inBoxes = () =>
      inPage<string[][]>(`return [...document.querySelectorAll('secure-upload')].map((box) =>
        [...box.shadowRoot.querySelectorAll('[part~=row] bdi')].map((name) => name.textContent.replace(/\\s/g, '')))`);
    const whenBoxes = (files: readonly (readonly string[])[]) =>
      until(
        async () => (JSON.stringify(await inBoxes()) === JSON.stringify(files) ? true : null),
        JSON.stringify(files),
      ).catch(async () => assert.deepEqual(await inBoxes(), files));
    const nothingWrong = async () => {
      const { broken, errors } = await browser.tab.evaluate<{ broken: string[]; errors: string[] }>('seen');
      assert.deepEqual({ broken, errors }, { broken: [], errors: [] });
    };
    const takesAFile = async () => {
      await browser.tab.see(CHOOSE);
      await choose(one);
      await browser.tab.see({ css: 'button', text: 'Upload 1 file' });
      await nothingWrong();
    };

    for (const [what, code] of Object.entries(WAYS)) {
      test(`that ${what} takes a file, whether the script is there before it or after it`, async () => {
        await open(['upload']);
        await until(() => browser.tab.evaluate("customElements.get('secure-upload') ? true : null"), 'the script');
        await inPage(code);
        await takesAFile();

        await open([]);
        await inPage(`${code}
          const script = document.createElement('script');
          script.type = 'module';
          script.crossOrigin = 'anonymous';
          script.src = address(${JSON.stringify(site.script)});
          document.head.append(script);`);
        await takesAFile();
      });
    }

    test('beside a second one has its files for itself, and so has its clone', async () => {
      await open(['upload'], site.tag + site.tag);
      await takesAFile();
      await whenBoxes([['one.png'], []]);
      await inPage('main.prepend(main.firstElementChild.cloneNode(true))');
      await browser.tab.see(CHOOSE);
      await until(
        () => inPage("return main.firstElementChild.shadowRoot.querySelector('input[type=file]') ? true : null"),
        'its input',
      );
      await choose(other);
      await whenBoxes([['other.png'], ['one.png'], []]);
      await nothingWrong();
    });

    test('keeps its files and its looks where it is taken out, put away in a template, and put back', async () => {
      await open(['upload'], site.tag);
      await takesAFile();
      const looks = () =>
        inPage<string[]>(`const { shadowRoot } = document.querySelector('secure-upload');
          const { borderTopStyle, display, inlineSize } = getComputedStyle(shadowRoot.querySelector('[part~=card]'));
          return [borderTopStyle, display, inlineSize, getComputedStyle(shadowRoot.querySelector('[part~=primary]')).backgroundColor]`);
      const before = await looks();
      for (const put of ['own.box.remove()', "document.createElement('template').content.append(own.box)"]) {
        await inPage(`own.box = main.querySelector('secure-upload'); ${put}`);
        await inPage('main.append(own.box)');
        await browser.tab.see({ css: 'button', text: 'Upload 1 file' });
        await whenBoxes([['one.png']]);
        assert.deepEqual(await looks(), before, put);
      }
      await choose(other);
      await browser.tab.see({ css: 'button', text: 'Upload 2 files' });
      await nothingWrong();
    });
  });
}
