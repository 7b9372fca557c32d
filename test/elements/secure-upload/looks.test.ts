import { expect } from '@open-wc/testing';
import { luminanceOf } from '../../../src/styles/scheme.ts';
import { APP, EMPTY } from './fixtures.ts';
import { cleanUp, mount } from './mount.ts';

/** Any colour as the screen shows it, 0 to 255. */
function painted(color: string): [number, number, number] {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

/** Whether nothing is painted; an engine may leave it to the painting what `currentColor` is. */
function isClear(line: string, currentColor: string): boolean {
  const probe = document.createElement('span');
  probe.style.color = currentColor;
  probe.style.backgroundColor = line;
  document.body.append(probe);
  const { backgroundColor } = getComputedStyle(probe);
  probe.remove();
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data[3] === 0;
}

function contrast(a: string, b: string): number {
  const light = [a, b].map((color) => luminanceOf(`rgb(${painted(color).join(', ')})`) ?? 0).sort((x, y) => y - x);
  return ((light[0] ?? 0) + 0.05) / ((light[1] ?? 0) + 0.05);
}

const style = (root: ShadowRoot, selector: string) => {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`no ${selector}`);
  return getComputedStyle(element);
};

/** A place on the page that sets our public properties. */
function page(properties: Record<string, string>): HTMLElement {
  const place = document.createElement('main');
  for (const [name, value] of Object.entries(properties)) place.style.setProperty(name, value);
  document.body.append(place);
  return place;
}

describe('one brand colour', () => {
  afterEach(cleanUp);

  for (const brand of ['#2a5bd7', '#ffd600', '#ff4d8d', '#00a651', '#001f5b', '#ffffff', '#ff7a00', '#000000']) {
    it(`is readable as ${brand}, light and dark`, async () => {
      for (const scheme of ['light', 'dark']) {
        const within = page({ '--su-accent': brand });
        const { root } = await mount('uploading', { attributes: { scheme }, within });
        const { backgroundColor: surface } = style(root, '.card');
        expect(contrast(style(root, '.progress .fill').backgroundColor, surface), 'bar').to.be.at.least(3);
        const other = await mount('signed-out', { attributes: { scheme }, within });
        const primary = style(other.root, '.button.primary');
        expect(contrast(primary.color, primary.backgroundColor), 'words on the button').to.be.at.least(4.5);
        expect(contrast(primary.borderTopColor, surface), 'edge of the button').to.be.at.least(3);
        expect(contrast(style(other.root, '.link').color, surface), 'link').to.be.at.least(4.5);
        cleanUp();
      }
    });
  }

  /** What stands on what, and how much light must be between them. */
  const PAIRS: readonly (readonly [ink: string, ground: string, least: number])[] = [
    ['on', 'accent', 4.5],
    ['on', 'fill-hover', 4.5],
    ...(['surface', 'subtle', 'hover', 'accent-tint'] as const).flatMap(
      (ground) =>
        [
          ['accent-text', ground, 4.5],
          ['text', ground, 4.5],
          ['muted', ground, 4.5],
        ] as const,
    ),
    ...(['surface', 'subtle', 'hover'] as const).map((ground) => ['accent-edge', ground, 3] as const),
    ...(['ok', 'warn', 'bad'] as const).flatMap(
      (kind) =>
        [
          [kind, 'surface', 4.5],
          [kind, `${kind}-bg`, 4.5],
          ['text', `${kind}-bg`, 4.5],
        ] as const,
    ),
    ['edge', 'surface', 3],
    ['edge', 'subtle', 3],
  ];

  for (const brand of ['#2a5bd7', '#ffd600', '#ff4d8d', '#00a651', '#001f5b', '#ffffff', '#ff7a00', '#000000']) {
    it(`keeps every pair of colours apart beside ${brand}, as this engine computes them`, async () => {
      for (const scheme of ['light', 'dark']) {
        const { root } = await mount('ready', { attributes: { scheme }, within: page({ '--su-accent': brand }) });
        const probe = document.createElement('span');
        root.querySelector('.card')?.append(probe);
        const computed = (token: string): string => {
          probe.style.color = `var(--_${token})`;
          return getComputedStyle(probe).color;
        };
        for (const [ink, ground, least] of PAIRS) {
          expect(contrast(computed(ink), computed(ground)), `${scheme}: ${ink} on ${ground}`).to.be.at.least(least);
        }
        cleanUp();
      }
    });
  }

  it('draws a line under quiet buttons where it is a grey, which would look like words to be read', async () => {
    const lineUnder = async (brand: string) => {
      const { root } = await mount('done', { within: page({ '--su-accent': brand }) });
      const { textDecorationLine, textDecorationColor, color } = style(root, '.button.quiet');
      cleanUp();
      return `${textDecorationLine} ${isClear(textDecorationColor, color) ? 'clear' : 'drawn'}`;
    };
    expect(await lineUnder('#000000')).to.equal('underline drawn');
    expect(await lineUnder('#7d8088')).to.equal('underline drawn');
    expect(await lineUnder('#2a5bd7')).to.equal('underline clear');
    expect(await lineUnder('#ff7a00')).to.equal('underline clear');
  });

  it('comes from the page first, then from the app', async () => {
    const app = { ...APP, appearance: { accent: '#00a651', roundness: 0 } };
    const { root } = await mount({ ...EMPTY, app });
    expect(painted(style(root, '.button.primary').backgroundColor)).to.deep.equal([0, 166, 81]);
    expect(style(root, '.card').borderTopLeftRadius).to.equal('0px');
    const within = page({ '--su-accent': '#ff7a00', '--su-roundness': '2' });
    const other = await mount({ ...EMPTY, app }, { within });
    expect(painted(style(other.root, '.button.primary').backgroundColor)).to.deep.equal([255, 122, 0]);
    expect(style(other.root, '.card').borderTopLeftRadius).to.equal('28px');
  });
});

describe('light and dark', () => {
  afterEach(() => {
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
    cleanUp();
  });

  const isDark = async (attributes: Record<string, string> = {}, scheme?: 'light' | 'dark' | 'page') => {
    const shown = { ...EMPTY, app: { ...APP, ...(scheme && { appearance: { scheme } }) } };
    const { element, root } = await mount(shown, { attributes });
    await element.updateComplete;
    const [red] = painted(style(root, '.card').backgroundColor);
    cleanUp();
    return red < 128;
  };

  it('follow the page and not the device: a page that says nothing is light, unless it is painted dark', async () => {
    expect(await isDark()).to.equal(false);
    document.body.style.backgroundColor = 'rgb(20 22 28)';
    expect(await isDark()).to.equal(true);
    document.body.style.backgroundColor = 'oklch(0.2 0.02 250)';
    expect(await isDark()).to.equal(true);
    document.body.style.backgroundColor = 'rgb(0 0 0 / 0.1)';
    expect(await isDark()).to.equal(false);
  });

  it('follow what the page declares before what it is painted like', async () => {
    document.documentElement.style.colorScheme = 'dark';
    document.body.style.backgroundColor = 'white';
    expect(await isDark()).to.equal(true);
  });

  it('take the attribute first, then the app; "page" asks the page after all', async () => {
    expect(await isDark({ scheme: 'dark' }, 'light')).to.equal(true);
    expect(await isDark({}, 'dark')).to.equal(true);
    expect(await isDark({ scheme: 'page' }, 'dark')).to.equal(false);
    expect(await isDark({}, 'page')).to.equal(false);
  });

  it('turn with the page', async () => {
    const { element, root } = await mount('signed-out');
    document.documentElement.style.backgroundColor = '#111';
    await new Promise(requestAnimationFrame);
    await element.updateComplete;
    expect(painted(style(root, '.card').backgroundColor)[0]).to.be.below(128);
  });
});

describe('a box to tick', () => {
  afterEach(cleanUp);

  for (const scheme of ['light', 'dark']) {
    it(`has an edge, a ground as the card and a tick that can be seen, ${scheme}, whatever the brand`, async () => {
      for (const brand of ['#2a5bd7', '#ffd600', '#001f5b', '#ffffff', '#000000']) {
        const { root } = await mount('agree-ticked', {
          attributes: { scheme },
          within: page({ '--su-accent': brand }),
        });
        const { backgroundColor: surface } = style(root, '.card');
        const [empty, ticked] = ['input:not(:checked)', 'input:checked'].map((one) => style(root, `.agree ${one}`));
        expect(painted(empty?.backgroundColor ?? '')).to.deep.equal(painted(surface));
        expect([empty?.inlineSize, empty?.blockSize]).to.deep.equal(['20px', '20px']);
        expect(contrast(empty?.borderTopColor ?? '', surface), 'empty').to.be.at.least(3);
        expect(contrast(ticked?.borderTopColor ?? '', surface), 'ticked').to.be.at.least(3);
        const tick = getComputedStyle(root.querySelector('.agree input:checked') ?? root.host, '::before');
        expect(tick.content).to.equal('""');
        expect(contrast(tick.borderRightColor, ticked?.backgroundColor ?? ''), 'tick').to.be.at.least(4.5);
        const none = getComputedStyle(root.querySelector('.agree input:not(:checked)') ?? root.host, '::before');
        expect(none.content).to.equal('none');
        cleanUp();
      }
    });
  }
});

describe('a hostile page', () => {
  let sheet: HTMLStyleElement;
  before(() => {
    sheet = document.createElement('style');
    sheet.textContent = `html { font-size: 62.5% } body { font-size: 10px; letter-spacing: 4px; text-transform: uppercase; line-height: 1;
      text-align: center; cursor: wait } * { box-sizing: content-box } p, button, h2 { color: red; margin: 40px }`;
    document.head.append(sheet);
  });
  after(() => sheet.remove());
  afterEach(cleanUp);

  it('changes neither size, nor spacing, nor case of the words', async () => {
    const { root } = await mount('signed-out');
    const card = style(root, '.card');
    expect([card.fontSize, card.letterSpacing, card.textTransform, card.textAlign, card.cursor]).to.deep.equal([
      ...['16px', 'normal', 'none', 'start', 'auto'],
    ]);
    expect(Number.parseFloat(style(root, '.heading').marginTop)).to.equal(0);
    expect(style(root, '.small').fontSize).to.equal('14px');
  });

  it('leaves the way on in sight where the box goes on below the screen', async () => {
    const above = document.createElement('div');
    above.style.height = `${innerHeight - 250}px`;
    document.body.append(above);
    const { root } = await mount('uploading');
    const [card, foot] = ['.card', '.foot'].map((one) => root.querySelector(one)?.getBoundingClientRect());
    expect(card?.bottom).to.be.above(innerHeight);
    expect(Math.round(foot?.bottom ?? 0)).to.equal(innerHeight);
  });

  it('does not squeeze the box in a flex row', async () => {
    const row = document.createElement('div');
    row.style.cssText = 'display: flex; width: 500px';
    document.body.append(row);
    const { element } = await mount('signed-out');
    row.append(element);
    expect(element.getBoundingClientRect().width).to.equal(500);
  });

  /** In px, of a box in the `<slot>` of these tags, on a page of this style. */
  async function widthIn(tags: string, style: string): Promise<number> {
    const { element } = await mount('signed-out');
    const page = document.createElement('div');
    page.style.cssText = style;
    page.innerHTML = tags;
    document.body.append(page);
    page.querySelector('slot')?.replaceWith(element);
    return element.getBoundingClientRect().width;
  }

  for (const [place, tags] of [
    ['a table cell', '<table><tr><td><slot></slot></td></tr></table>'],
    ['a dialog', '<dialog open><slot></slot></dialog>'],
    ['an inline block', '<div style="display: inline-block"><slot></slot></div>'],
    ['a float', '<div style="float: inline-start"><slot></slot></div>'],
    ['what is placed absolutely', '<div style="position: absolute"><slot></slot></div>'],
    ['what fits its content', '<div style="width: fit-content"><slot></slot></div>'],
    ['a row that centres', '<div style="display: flex; justify-content: center"><div><slot></slot></div></div>'],
    ['a grid that centres', '<div style="display: grid; place-items: center"><div><slot></slot></div></div>'],
  ] as const) {
    it(`has room in ${place}, which shrinks to what is in it`, async () => {
      expect(await widthIn(tags, 'width: 700px')).to.be.within(480, 520);
    });

    it(`does not burst ${place} on a narrow page`, async () => {
      expect(await widthIn(tags, 'position: relative; width: 300px')).to.be.within(240, 300);
    });
  }

  it('leaves columns of one share as wide as they were', async () => {
    const { element } = await mount('signed-out');
    const page = document.createElement('div');
    page.style.cssText = 'display: grid; grid-template-columns: 1fr 1fr; width: 600px';
    page.append(element, document.createElement('p'));
    document.body.append(page);
    expect(element.getBoundingClientRect().width).to.equal(300);
  });
});

describe('the ring of the focus', () => {
  afterEach(cleanUp);

  it('keeps clear of a button, and of the words before and above a link within a line', async () => {
    const { root } = await mount('some-refused');
    const ring = (selector: string) => {
      root.querySelector<HTMLElement>(selector)?.focus();
      const { outlineStyle, outlineWidth, outlineOffset, boxShadow } = style(root, selector);
      return [outlineStyle, outlineWidth, outlineOffset, boxShadow === 'none'];
    };
    expect(ring('#upload')).to.deep.equal(['solid', '2px', '2px', false]);
    expect(ring('.foot .link')).to.deep.equal(['solid', '2px', '0px', true]);
  });

  it('is as wide as its words around "Skip the list"', async () => {
    const { root } = await mount('over-count', { width: 480 });
    const skip = root.querySelector<HTMLElement>('.skip');
    skip?.focus();
    expect(skip?.getBoundingClientRect().width).to.be.within(50, 150);
  });
});

describe('parts', () => {
  afterEach(cleanUp);

  for (const [part, state] of [
    ['card', 'signed-out'],
    ['heading', 'signed-out'],
    ['zone', 'signed-out'],
    ['primary', 'signed-out'],
    ['list', 'some-refused'],
    ['row', 'some-refused'],
    ['progress', 'uploading'],
    ['note', 'signing-in'],
  ] as const) {
    it(`${part} can be styled by the page`, async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`secure-upload::part(${part}) { outline-color: rgb(1, 2, 3) }`);
      document.adoptedStyleSheets.push(sheet);
      try {
        const { root } = await mount(state);
        expect(style(root, `[part=${part}]`).outlineColor).to.equal('rgb(1, 2, 3)');
      } finally {
        document.adoptedStyleSheets.pop();
      }
    });
  }
});
