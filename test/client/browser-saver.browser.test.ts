import { expect } from '@open-wc/testing';
import { BrowserSaver, READ_LIMIT } from '../../src/client/browser-saver.ts';

const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML) Version/18.0 Safari/605.1.15';
const INSIDE_AN_APP = 'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36';

/** Runs `act` and answers the anchors it clicked, without following them. */
function clicked(act: () => void): HTMLAnchorElement[] {
  const { click } = HTMLAnchorElement.prototype;
  const anchors: HTMLAnchorElement[] = [];
  HTMLAnchorElement.prototype.click = function note(this: HTMLAnchorElement) {
    anchors.push(this);
  };
  try {
    act();
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
  return anchors;
}

describe('saving in a browser', () => {
  it('hands over the bytes under their name, from an address of this page', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const [anchor] = clicked(() => new BrowserSaver(DESKTOP).save(new Blob([bytes]), 'rental contract.pdf'));
    expect(anchor?.download).to.equal('rental contract.pdf');
    expect(anchor?.isConnected).to.equal(false);
    const saved = await (await fetch(anchor?.href ?? '')).arrayBuffer();
    expect([...new Uint8Array(saved)]).to.deep.equal([1, 2, 3]);
  });

  it('opens an address without telling it where from, and leaves none of it in the page', () => {
    const url = 'https://store.example/object?signature=secret';
    const [anchor] = clicked(() => new BrowserSaver(DESKTOP).open(url));
    expect(anchor?.href).to.equal(url);
    expect(anchor?.rel).to.equal('noreferrer');
    expect(document.documentElement.outerHTML).not.to.contain('signature=secret');
  });

  it('reads up to 100 MB, and nothing inside another app', () => {
    expect(new BrowserSaver(DESKTOP).canRead(READ_LIMIT)).to.equal(true);
    expect(new BrowserSaver(DESKTOP).canRead(READ_LIMIT + 1)).to.equal(false);
    expect(new BrowserSaver(INSIDE_AN_APP).canRead(1)).to.equal(false);
  });
});
