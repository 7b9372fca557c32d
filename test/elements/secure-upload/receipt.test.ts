import { expect } from '@open-wc/testing';
import { browserName, detailsText, problemOfBox } from '../../../src/elements/secure-upload/details-text.ts';
import { receiptJson, receiptPage } from '../../../src/elements/secure-upload/receipt.ts';
import { formatsFor } from '../../../src/i18n/format.ts';
import { ownerText } from '../../../src/i18n/owner-text.ts';
import { EMPTY, item, JO, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf, until } from './mount.ts';
import { viewOf } from './view-of.ts';

const NOW = Date.parse('2026-11-21T13:05:00Z');

describe('the receipt', () => {
  afterEach(cleanUp);

  it('says who got what, when, until when and where, with the reference and the fingerprints', () => {
    const page = new DOMParser().parseFromString(receiptPage(viewOf(STATES.done)), 'text/html');
    const text = clean(page.querySelector('main')?.textContent ?? '');
    expect(page.title).to.equal('Receipt 7F3K-92QD');
    expect(text).to.contain('You uploaded 2 files to Acme Support');
    expect(text).to.match(/21 November 2026, \d\d:03 \(/);
    expect(text).to.contain('IMG_2041.jpg 4.1 MB photo');
    expect(text).to.contain('Kept until 19 February 2027 in the European Union, then deleted');
    expect(text).to.contain('IMG_2041jpgxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=');
    expect(text).to.contain('Upload number upload-IMG_2041jpg');
    expect(page.querySelector('a, script, img, link')).to.equal(null);
  });

  it('says of a file that travelled in parts what its fingerprint is of', async () => {
    const [file, other] = STATES.done.items;
    if (!file?.stored || !other) throw new Error('not stored');
    const inParts = { ...file, stored: { ...file.stored, part_bytes: 8 * 1024 * 1024 } };
    const snapshot = { ...STATES.done, items: [inParts, other] };
    const page = new DOMParser().parseFromString(receiptPage(viewOf(snapshot)), 'text/html');
    const prints = [...page.querySelectorAll('dd')].map((one) => clean(one.textContent));
    expect(prints[0]).to.match(/^Fingerprint \(SHA-256 of parts of 8 MB\)IMG_2041jpg/);
    expect(prints[1]).not.to.contain('parts');
    const { root } = await mount(snapshot);
    const labels = [...root.querySelectorAll('.prints dd > span')].map((one) => clean(one.textContent));
    expect(labels).to.deep.equal(['Fingerprint (SHA-256 of parts of 8 MB)', 'Fingerprint (SHA-256)']);
  });

  it('names the key that signed the receipt of each file, and none where the receipt names none', async () => {
    const [file, other] = STATES.done.items;
    if (!file?.stored || !other) throw new Error('not stored');
    const kid = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
    const signed = (header: object) => `${btoa(JSON.stringify(header)).replaceAll('=', '')}.claims.signature`;
    const shown = (header: object) => {
      const stored = file.stored && { ...file.stored, receipt: signed(header) };
      return { ...STATES.done, items: [{ ...file, stored }, other] };
    };
    const snapshot = shown({ alg: 'ES256', typ: 'upload-receipt+jwt', kid });
    const page = new DOMParser().parseFromString(receiptPage(viewOf(snapshot)), 'text/html');
    const prints = [...page.querySelectorAll('dd')].map((one) => clean(one.textContent));
    expect(prints[0]).to.match(new RegExp(`Signature key ${kid}$`));
    expect(prints[1]).not.to.contain('Signature key');
    const { root } = await mount(snapshot);
    const inBox = [...root.querySelectorAll('.prints dd')].map((one) => clean(one.textContent));
    expect(inBox[0]).to.match(new RegExp(`Signature key ${kid}$`));
    expect(inBox[1]).not.to.contain('Signature key');
    for (const header of [{ alg: 'ES256' }, { kid: '<b>' }, { kid: 7 }]) {
      expect(receiptPage(viewOf(shown(header)))).not.to.contain('Signature key');
    }
  });

  it('shows a name as text, whatever it holds', () => {
    const name = '"><script>alert(1)</script>\u202Egpj.html';
    const html = receiptPage(viewOf({ ...STATES.done, items: [item(name, 1, 'image/jpeg', 'uploaded')] }));
    const page = new DOMParser().parseFromString(html, 'text/html');
    expect(page.querySelector('script')).to.equal(null);
    expect(page.querySelector('td')?.textContent).to.equal('"><script>alert(1)</script>gpj.html');
  });

  it('says the same for machines, with the signed receipts as they came', () => {
    const copy = JSON.parse(receiptJson(viewOf(STATES.done)));
    expect(copy.reference).to.equal('7F3K92QD');
    expect(copy.organisation.name).to.equal('Acme Support');
    expect(copy.files.map((file: { receipt: string }) => file.receipt)).to.deep.equal([
      'jws.IMG_2041.jpg',
      'jws.shop-window-final-version-2026-october.png',
    ]);
  });

  it('is saved as a file that the page makes', async () => {
    const { root } = await mount('done');
    const saved: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(`${this.download} ${this.protocol}`);
    };
    press(root, 'Save receipt');
    press(root, 'Technical copy');
    HTMLAnchorElement.prototype.click = click;
    expect(saved).to.deep.equal(['receipt-7F3K-92QD.html blob:', 'receipt-7F3K-92QD.json blob:']);
  });

  it('lets the reference be copied, and says so', async () => {
    const { element, root } = await mount('done');
    const copied: string[] = [];
    const { clipboard } = navigator;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    press(root, 'Copy');
    await new Promise(requestAnimationFrame);
    await element.updateComplete;
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    expect(copied).to.deep.equal(['7F3K-92QD']);
    expect(textsOf(root)).to.include('Copied');
  });
});

describe('"Copy details"', () => {
  afterEach(cleanUp);

  it('writes within the press, with the words of the owner still on their way', async () => {
    const { element, root } = await mount('not-done');
    const { clipboard } = navigator;
    const written: ClipboardItem[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { write: async (items: ClipboardItem[]) => void written.push(...items) },
    });
    press(root, 'Copy details');
    const withinPress = written.length;
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    expect(withinPress).to.equal(1);
    const text = await (await written[0]?.getType('text/plain'))?.text();
    expect(text).to.include('Code: store_unreachable');
    expect(text).to.include(`For the owner: ${ownerText('store_unreachable')}`);
    await until(() => textsOf(element.shadowRoot ?? root).includes('Copied'));
  });

  it('names reference, code, time, page, app, versions and what the owner can do', () => {
    const full = { ...STATES['room-full-app'], reference: '7F3K92QD' };
    const forOwner = ownerText(problemOfBox(full)?.code ?? '');
    const text = detailsText(full, { app: 'cs-screenshots', formats: formatsFor('en'), now: NOW, forOwner });
    const lines = Object.fromEntries(text.split('\n').map((line) => line.split(/: (.*)/)));
    expect(Object.keys(lines)).to.deep.equal([
      ...['Reference', 'Code', 'Time', 'Page', 'App', 'Upload box', 'Browser', 'For the owner'],
    ]);
    expect(lines.Code).to.equal('app_full');
    expect(lines.Page).to.equal(location.origin + location.pathname);
    expect(lines['For the owner']).to.equal('Raise the limit of the app, or shorten how long files are kept.');
  });

  it('are what can be had where the words for the owner did not come', () => {
    const text = detailsText(STATES['room-full-app'], { app: 'app', formats: formatsFor('en'), now: NOW });
    expect(text).to.include('Code: app_full').and.not.to.include('For the owner');
  });

  it('names no file, no person, and nothing after the path of the page', () => {
    const text = detailsText(
      { ...EMPTY, ...STATES['not-done'], person: JO },
      { app: 'app', formats: formatsFor('en'), now: NOW },
    );
    expect(text).not.to.match(/contract|plans|Jo|\?|#/);
  });

  it('knows browsers by their own name', () => {
    const mozilla = 'Mozilla/5.0 (X11; Linux x86_64)';
    expect(browserName(`${mozilla} Gecko/20100101 Firefox/128.0`)).to.equal('Firefox 128');
    expect(browserName(`${mozilla} AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36`)).to.equal('Chrome 140');
    expect(browserName(`${mozilla} AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/139.0`)).to.equal('Edge 139');
    expect(browserName(`${mozilla} AppleWebKit/605.1.15 Version/18.3 Safari/605.1.15`)).to.equal('Safari 18.3');
  });
});
