import { expect } from '@open-wc/testing';
import { LanguageController } from '../../src/elements/language.ts';
import { SendLink } from '../../src/elements/send-link/send-link.ts';
import '../../src/elements/send-link/define.ts';
import { html, LitElement } from 'lit';
import { Languages } from '../../src/i18n/languages.ts';
import { consentIn } from './recipient-consent/fake-flow.ts';
import { STATES as RECIPIENT_STATES } from './recipient-consent/states.ts';
import { STATES } from './secure-upload/fixtures.ts';
import { clean, cleanUp, mount, press, until } from './secure-upload/mount.ts';
import { APP, FILES } from './send-link/samples.ts';

const heading = (root: ShadowRoot) => clean(root.querySelector('.heading')?.textContent ?? null);
const card = (root: ShadowRoot) => {
  const found = root.querySelector<HTMLElement>('.card');
  if (!found) throw new Error('no card');
  return found;
};
const speaks = (root: ShadowRoot, words: string) => until(() => heading(root) === words);

afterEach(() => {
  document.documentElement.removeAttribute('lang');
  cleanUp();
});
beforeEach(() => {
  document.documentElement.lang = 'en';
});

describe('the language of the box', () => {
  it('is that of its own lang, and turns with it', async () => {
    const { element, root } = await mount('signed-out', { attributes: { lang: 'de-AT' } });
    await speaks(root, 'Dateien hochladen');
    expect([card(root).lang, card(root).dir]).to.deep.equal(['de', 'ltr']);
    element.lang = 'ar';
    await speaks(root, 'رفع الملفات');
    expect([card(root).lang, card(root).dir]).to.deep.equal(['ar', 'rtl']);
    element.removeAttribute('lang');
    await speaks(root, 'Upload files');
    expect([card(root).lang, card(root).dir]).to.deep.equal(['en', 'ltr']);
  });

  it('is that of the nearest ancestor, whichever of them changes', async () => {
    const outer = document.createElement('main');
    const inner = document.createElement('section');
    outer.append(inner);
    document.body.append(outer);
    const { root } = await mount('signed-out', { within: inner });
    expect(heading(root)).to.equal('Upload files');
    outer.lang = 'de';
    await speaks(root, 'Dateien hochladen');
    inner.lang = 'ar';
    await speaks(root, 'رفع الملفات');
    inner.removeAttribute('lang');
    await speaks(root, 'Dateien hochladen');
    outer.removeAttribute('lang');
    document.documentElement.lang = 'ar-EG';
    await speaks(root, 'رفع الملفات');
  });

  it('is found across shadow roots', async () => {
    const page = document.createElement('div');
    const place = document.createElement('div');
    const within = document.createElement('div');
    page.attachShadow({ mode: 'open' }).append(place);
    place.attachShadow({ mode: 'open' }).append(within);
    document.body.append(page);
    const { root } = await mount('signed-out', { within });
    page.lang = 'de';
    await speaks(root, 'Dateien hochladen');
    place.lang = 'ar';
    await speaks(root, 'رفع الملفات');
  });

  it('follows the box to another place', async () => {
    const { element, root } = await mount('signed-out');
    const other = Object.assign(document.createElement('main'), { lang: 'de' });
    document.body.append(other);
    other.append(element);
    await speaks(root, 'Dateien hochladen');
  });

  it('is English where it is one that the box does not speak', async () => {
    const { root } = await mount('signed-out', { attributes: { lang: 'tlh' } });
    expect([heading(root), card(root).lang]).to.deep.equal(['Upload files', 'en']);
  });

  it('is told by the messages of its form', async () => {
    const { element, root } = await mount('signed-out', { attributes: { lang: 'de', name: 'papers', required: '' } });
    await speaks(root, 'Dateien hochladen');
    await element.updateComplete;
    expect(element.validationMessage).to.equal('Wählen Sie mindestens eine Datei aus');
  });

  it('leaves what is under way as it is', async () => {
    const { element, flow, root } = await mount('uploading');
    const acts = () => flow.calls.filter((call) => !call.startsWith('configure'));
    const before = acts();
    element.lang = 'de';
    await until(() => /hochgeladen/.test(card(root).textContent));
    expect(root.querySelectorAll('.row').length).to.equal(flow.snapshot.items.length);
    expect(acts()).to.deep.equal(before);
  });

  it('keeps references and fingerprints readable among Arabic words', async () => {
    const { root } = await mount('done', { attributes: { lang: 'ar' } });
    await until(() => card(root).dir === 'rtl');
    const reference = root.querySelector('.reference');
    expect(reference?.getAttribute('dir')).to.equal('ltr');
    expect(clean(reference?.textContent ?? null)).to.match(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  });
});

describe('a language on its way', () => {
  const onItsWay = () => {
    let resolve: (here: { pack: object }) => void = () => {};
    const promise = new Promise<{ pack: object }>((done) => {
      resolve = done;
    });
    return { promise, resolve: (here: { pack: object }) => resolve(here) };
  };
  const bench = (load: () => Promise<{ pack: object }>) => {
    const languages = new Languages<object>({ de: load, ar: async () => ({ pack: {} }) });
    class Speaker extends LitElement {
      readonly language = new LanguageController(this, languages);
      override render() {
        const { lang } = this.language;
        return lang === null ? html`` : html`<p>${languages.find(lang)?.lang ?? 'en'}</p>`;
      }
    }
    const name = `x-speaker-${document.querySelectorAll('*').length}-${Math.random().toString(36).slice(2)}`;
    customElements.define(name, Speaker);
    const element = document.createElement(name) as Speaker;
    element.lang = 'de';
    document.body.append(element);
    const said = () => element.shadowRoot?.textContent?.trim();
    return { element, said };
  };

  it('is waited for without a word in English', async () => {
    const waiting = onItsWay();
    const { element, said } = bench(() => waiting.promise);
    await element.updateComplete;
    expect(said()).to.equal('');
    waiting.resolve({ pack: {} });
    await until(() => said() === 'de');
  });

  it('that does not come leaves English', async () => {
    const { said } = bench(async () => {
      throw new TypeError('did not come');
    });
    await until(() => said() === 'en');
  });

  it('does not take away what is spoken before it is here, nor overtake a newer wish', async () => {
    const waiting = onItsWay();
    const { element, said } = bench(() => waiting.promise);
    element.lang = 'ar';
    await until(() => said() === 'ar');
    element.lang = 'de';
    await new Promise(requestAnimationFrame);
    await element.updateComplete;
    expect(said()).to.equal('ar');
    element.lang = 'en';
    await until(() => said() === 'en');
    waiting.resolve({ pack: {} });
    await waiting.promise;
    await element.updateComplete;
    expect(said()).to.equal('en');
  });
});

describe('the other elements', () => {
  it('the recipient’s page speaks the language around it', async () => {
    document.documentElement.lang = 'de';
    const { element } = await consentIn(RECIPIENT_STATES.cover);
    const root = element.shadowRoot;
    if (!root) throw new Error('no shadow root');
    await until(() => /hat Ihnen 2 Dateien gesendet/.test(clean(root.textContent)));
    document.documentElement.lang = 'ar';
    await until(() => card(root).dir === 'rtl');
    expect(clean(root.textContent)).to.include('وصلك من Maria Lopez ملفان');
  });

  it('the form for a link speaks it too, alone and in the box', async () => {
    const element = new SendLink();
    Object.assign(element, { app: APP, files: FILES, links: null });
    element.lang = 'ar';
    document.body.append(element);
    const root = await until(() => element.shadowRoot?.querySelector('.card') != null).then(() => element.shadowRoot);
    if (!root) throw new Error('no shadow root');
    expect([heading(root), card(root).dir]).to.deep.equal(['إرسال الملفات برابط', 'rtl']);
    cleanUp();

    const box = await mount('done', { attributes: { lang: 'de' } });
    await until(() => /An jemanden senden/.test(card(box.root).textContent));
    press(box.root, 'An jemanden senden');
    await until(() => box.root.querySelector('send-link')?.shadowRoot?.querySelector('.heading') != null);
    const inside = box.root.querySelector('send-link')?.shadowRoot;
    expect(inside && heading(inside)).to.equal('Dateien als Link senden');
  });
});

describe('long words and mirrored boxes', () => {
  for (const lang of ['de', 'ar'])
    for (const width of [240, 320])
      it(`have room at ${width} px in ${lang}, in every state`, async () => {
        const wide: string[] = [];
        const { flow, element, root } = await mount('signed-out', { attributes: { lang }, width });
        await until(() => card(root).lang === lang);
        for (const [name, snapshot] of Object.entries(STATES)) {
          flow.show(snapshot);
          await element.updateComplete;
          if (card(root).scrollWidth > card(root).clientWidth + 1) wide.push(name);
          const { left, right } = card(root).getBoundingClientRect();
          for (const part of root.querySelectorAll<HTMLElement>('.card :is(button, a, h2, h3, p)')) {
            const box = part.getBoundingClientRect();
            if (
              part.checkVisibility() &&
              !part.closest('.hidden-text') &&
              (box.left < left - 1 || box.right > right + 1)
            )
              wide.push(`${name}: ${clean(part.textContent)}`);
          }
        }
        expect(wide).to.deep.equal([]);
      });
});
