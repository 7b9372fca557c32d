import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/browser.ts';
import { makeFile, makeFolder, pngBytes } from './support/files.ts';
import { type StrictSite, startStrictSite } from './support/strict-site.ts';
import { type Browser, until } from './support/tab.ts';

/** The tag in a component, with a property that holds an object, a listener, and a setting that changes. */
const COMPONENTS = {
  'vue.js': `import 'secure-upload/define';
import { createApp, h, ref } from 'vue';
const [isOff, isThere] = [ref(false), ref(true)];
globalThis.set = (off, there) => { isOff.value = off; isThere.value = there; };
const main = document.querySelector('main');
const broker = new URL(location.href).searchParams.get('broker');
createApp({
  render: () => isThere.value ? h('secure-upload', {
    broker, app: 'shop', start: 'button', disabled: isOff.value, context: { case: '4711' },
    onUploadAccepted: (event) => { globalThis.heard = event.detail.files.map(({ name }) => name); },
  }, [h('a', { href: '/' }, 'Upload files')]) : h('p', 'Gone'),
}).mount(main);
`,
  'svelte.js': `import 'secure-upload/define';
import { mount } from 'svelte';
import Box from './Box.svelte';
const main = document.querySelector('main');
const broker = new URL(location.href).searchParams.get('broker');
mount(Box, { target: main, props: { broker } });
`,
  'Box.svelte': `<script>
  let { broker } = $props();
  let isOff = $state(false);
  let isThere = $state(true);
  globalThis.set = (off, there) => { isOff = off; isThere = there; };
</script>
{#if isThere}
  <secure-upload {broker} app="shop" start="button" disabled={isOff} context={{ case: '4711' }}
    onupload-accepted={(event) => { globalThis.heard = event.detail.files.map(({ name }) => name); }}>
    <a href="/">Upload files</a>
  </secure-upload>
{:else}
  <p>Gone</p>
{/if}
`,
};

describe('the package in a framework, under the strict policy', () => {
  let site: StrictSite;
  let browser: Browser;
  const picture = makeFile(makeFolder(), 'picture.png', pngBytes());
  before(async () => {
    site = await startStrictSite(new Map(Object.entries(COMPONENTS)));
    browser = await openBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    site?.stop();
  });

  for (const [script, policy] of [
    ['vue', 'vue'],
    ['svelte', 'svelte-trusted-html'],
  ] as const) {
    test(`${script} sets attributes and properties, hears events, changes a setting, takes the box away and makes another`, async () => {
      const { tab } = browser;
      const value = <Value>(name: string) =>
        tab.evaluate<Value>(`document.querySelector('secure-upload')?.${name} ?? null`);
      const page = site.page({ scripts: [script], policies: `lit-html secure-upload ${policy}`, body: '' });
      await tab.open(`${page}&broker=${site.broker}`);
      await tab.see({ css: 'button', text: 'Choose files' });
      assert.deepEqual(await value('context'), { case: '4711' });
      assert.equal(await value('startBy'), 'button');
      await tab.choose({ css: 'input[type=file]' }, [picture.path]);
      await tab.see({ css: 'button', text: 'Upload 1 file' });
      assert.deepEqual(await tab.evaluate('heard'), ['picture.png']);

      await tab.evaluate('set(true, true)');
      await until(async () => ((await value('disabled')) ? true : null), 'a box that is switched off');
      await tab.evaluate('set(false, false)');
      await tab.see({ css: 'p', text: 'Gone' });
      await tab.evaluate('set(false, true)');
      await tab.see({ css: 'button', text: 'Choose files' });
      const { broken, errors } = await tab.evaluate<{ broken: string[]; errors: string[] }>('seen');
      assert.deepEqual({ broken, errors }, { broken: [], errors: [] });
    });
  }
});
