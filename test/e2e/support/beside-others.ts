import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserName } from '../../support/browsers.ts';
import { makeFile, makeFolder, pngBytes } from './files.ts';
import { withSite } from './stage.ts';
import { type Loaded, NEXT_VERSION, type StrictSite, startStrictSite } from './strict-site.ts';
import type { Browser } from './tab.ts';

interface Seen {
  readonly broken: readonly string[];
  readonly errors: readonly string[];
  readonly lines: readonly string[];
}

/** Which scripts a page has, what its `trusted-types` names, and which version then works. */
const PAGES: readonly {
  readonly what: string;
  readonly scripts: readonly Loaded[];
  readonly policies: string;
  readonly isNext?: true;
  readonly isTold?: true;
}[] = [
  { what: 'the script twice', scripts: ['upload', 'upload'], policies: 'secure-upload' },
  { what: 'the script, and then in one file', scripts: ['upload', 'whole'], policies: 'secure-upload' },
  { what: 'the script in one file, and then in several', scripts: ['whole', 'upload'], policies: 'secure-upload' },
  { what: 'a newer script after an older one', scripts: ['upload', 'next'], policies: 'secure-upload', isTold: true },
  {
    what: 'an older script after a newer one',
    scripts: ['next', 'upload'],
    policies: 'secure-upload',
    isNext: true,
    isTold: true,
  },
  {
    what: 'a newer script in one file after an older one',
    scripts: ['upload', 'next whole'],
    policies: 'secure-upload',
    isTold: true,
  },
  { what: 'a Lit of the page before it', scripts: ['page', 'upload'], policies: 'lit-html secure-upload' },
  { what: 'a Lit of the page after it', scripts: ['upload', 'page'], policies: 'lit-html secure-upload' },
  {
    what: 'a Lit of the page, and the script twice',
    scripts: ['page', 'upload', 'whole'],
    policies: 'secure-upload lit-html',
  },
  { what: 'a bundle with the package before it', scripts: ['bundle', 'whole'], policies: 'lit-html secure-upload' },
  { what: 'a bundle with the package after it', scripts: ['upload', 'bundle'], policies: 'lit-html secure-upload' },
  {
    what: "the recipient's script before it",
    scripts: ['recipient', 'upload'],
    policies: 'secure-upload recipient-consent',
  },
  {
    what: "the recipient's script after it",
    scripts: ['upload', 'recipient'],
    policies: 'secure-upload recipient-consent',
  },
];

/** The box beside other scripts, where each name of a policy may be used once; the same in each engine. */
export function besideOthers(name: BrowserName): void {
  describe(`a page under Trusted Types with the tag, in ${name}`, () => {
    let site: StrictSite;
    let browser: Browser;
    const picture = makeFile(makeFolder(), 'picture.png', pngBytes());
    withSite(name, startStrictSite, (...parts) => {
      [site, browser] = parts;
    });

    test('enforces it: markup from text is refused, and so is a second policy of one name', async () => {
      const { tab } = browser;
      await tab.open(site.page({ scripts: [], policies: 'once' }));
      const made = (what: string) =>
        tab.evaluate<string>(`(() => { try { ${what}; return 'done' } catch (error) { return error.name } })()`);
      assert.equal(await made("document.querySelector('aside').innerHTML = '<b>x</b>'"), 'TypeError');
      assert.equal(await made("trustedTypes.createPolicy('once', {})"), 'done');
      assert.equal(await made("trustedTypes.createPolicy('once', {})"), 'TypeError');
    });

    for (const { what, scripts, policies, isNext, isTold } of PAGES) {
      test(`has ${what}: the box takes a file, the page draws what is its own, and nothing is refused or thrown`, async () => {
        const { tab } = browser;
        await tab.open(site.page({ scripts, policies, body: `<page-clock></page-clock>${site.tag}` }));
        await tab.see({ css: 'button', text: 'Choose files' });
        await tab.choose({ css: 'input[type=file]' }, [picture.path]);
        await tab.see({ css: 'button', text: 'Upload 1 file' });
        await tab.see({ css: 'li', text: /picture\.png/ });
        if (scripts.some((script) => script === 'page' || script === 'bundle')) {
          await tab.see({ css: 'p', text: 'Drawn by the page' });
        }
        const { broken, errors, lines } = await tab.evaluate<Seen>('seen');
        assert.deepEqual({ broken, errors }, { broken: [], errors: [] });
        const [works, rests] = isNext ? [NEXT_VERSION, site.version] : [site.version, NEXT_VERSION];
        const told = isTold ? [`[secure-upload] secure-upload twice: ${works} works, ${rests} rests`] : [];
        assert.deepEqual(
          lines.filter((line) => line.includes('twice')),
          told,
        );
        assert.equal(await tab.evaluate("customElements.get('secure-upload').version"), works);
      });
    }

    test('does not name the policy: the link inside the tag stays, and nothing half done is in its place', async () => {
      const { tab } = browser;
      await tab.open(site.page({ scripts: ['upload'], policies: 'lit-html' }));
      await tab.see({ css: 'secure-upload > a', text: 'Upload files' });
      const { broken, errors } = await tab.evaluate<Seen>('seen');
      assert.deepEqual(
        broken.map((line) => line.split(' ', 1).join()),
        ['trusted-types'],
      );
      assert.equal(errors.length, 1);
      assert.equal(await tab.evaluate("customElements.get('secure-upload') === undefined"), true);
    });

    test('gets nothing out of the script that lets markup or addresses through', async () => {
      const { tab } = browser;
      await tab.open(site.page({ scripts: ['upload'], policies: 'secure-upload' }));
      await tab.see({ css: 'button', text: 'Choose files' });
      const open = await tab.evaluate<string[]>(`import('${site.script}').then((module) =>
        Object.entries(module).flatMap(([name, value]) => {
          const given = ['<b>x</b>', 'https://elsewhere.example/x.js'];
          const isTrusted = (it) => it instanceof TrustedHTML || it instanceof TrustedScriptURL;
          const isPolicy = (it) => it instanceof TrustedTypePolicy;
          if (isPolicy(value)) return [name];
          if (typeof value !== 'function' || /^class\\b/.test(String(value))) return [];
          return given.flatMap((text) => {
            try { const made = value(text); return isTrusted(made) || isPolicy(made) ? [name] : [] } catch { return [] }
          });
        }))`);
      assert.deepEqual(open, []);
    });
  });
}
