/**
 * What a brand colour makes in every state on the page, as text to run there. Elements count whose words, ground, line,
 * sign or fill is another beside red than beside green; each is measured as the engine computes it: words 4.5 : 1 on what
 * is behind them, bars, signs and edges of what can be pressed 3 : 1 (WCAG 1.4.3 and 1.4.11). Answers what falls under
 * that, and the states in which there was something to measure.
 */
export const brandContrast = (brands: readonly string[]): string => `(() => {
  const root = document.documentElement;
  const before = [root.style.getPropertyValue('--su-accent'), root.dataset.scheme];
  const still = new CSSStyleSheet();
  still.replaceSync('* { transition: none !important; animation: none !important }');
  const walk = (at) => [...at.querySelectorAll('*')].flatMap((e) => {
    if (!e.shadowRoot) return [e];
    e.shadowRoot.adoptedStyleSheets = [...e.shadowRoot.adoptedStyleSheets, still];
    return [e, ...walk(e.shadowRoot)];
  });
  const DRAWN = '.icon, .fill, button, a, input, select, .zone';
  const hasWords = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== '');
  const states = [...document.querySelectorAll('figure')].map((figure) => [figure.id, walk(figure)
    .filter((e) => (hasWords(e) || e.matches(DRAWN)) && e.checkVisibility({ visibilityProperty: true }) && !e.closest('.hidden-text, .off'))]);

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const seen = new Map();
  const painted = (color) => {
    if (!seen.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      seen.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return seen.get(color);
  };
  const luminance = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [most, least] = [a, b].map((color) => luminance(painted(color)) + 0.05).sort((x, y) => y - x);
    return most / least;
  };
  const isClear = (color) => painted(color)[3] === 0;
  const parent = (e) => e.assignedSlot ?? e.parentElement ?? e.getRootNode().host ?? null;
  // Of one brand in one scheme; the same grounds are behind many.
  let grounds = new Map();
  const behind = (e) => {
    if (e === null) return 'white';
    if (!grounds.has(e)) {
      const { backgroundColor } = getComputedStyle(e);
      grounds.set(e, isClear(backgroundColor) ? behind(parent(e)) : backgroundColor);
    }
    return grounds.get(e);
  };
  const looksOf = (e) => {
    const { color, backgroundColor, borderTopColor, borderTopWidth, borderTopStyle, stroke } = getComputedStyle(e);
    const has = [];
    if (hasWords(e)) has.push(['words', color, behind(e), 4.5]);
    if (e.matches('.icon')) has.push(['sign', stroke === 'none' ? color : stroke, behind(e), 3]);
    if (e.matches('.fill') && e.getBoundingClientRect().width > 0) has.push(['bar', backgroundColor, behind(parent(parent(e))), 3]);
    const isEdged = borderTopStyle !== 'none' && borderTopWidth !== '0px' && !isClear(borderTopColor);
    if (isEdged && e.matches('button, a, input, select, .zone')) has.push(['edge', borderTopColor, behind(parent(e)), 3]);
    return has;
  };
  const wear = (brand) => {
    root.style.setProperty('--su-accent', brand);
    grounds = new Map();
  };

  const found = new Set();
  const met = new Set();
  for (const scheme of ['light', 'dark']) {
    root.dataset.scheme = scheme;
    const [red, green] = ['#e00000', '#00a000'].map((brand) => {
      wear(brand);
      return states.map(([, seen]) => seen.map((e) => JSON.stringify([e.localName, e.className.baseVal ?? e.className, looksOf(e)])));
    });
    // Of elements that are called and look the same beside both, one stands for all.
    const branded = new Map();
    for (const [s, [id, seen]] of states.entries()) for (const [i, e] of seen.entries()) {
      if (red[s][i] === green[s][i]) continue;
      met.add(id);
      const look = red[s][i] + green[s][i];
      if (!branded.has(look)) branded.set(look, [id, e]);
    }
    for (const brand of ${JSON.stringify(brands)}) {
      wear('#' + brand);
      for (const [id, e] of branded.values()) for (const [what, ink, ground, least] of looksOf(e)) {
        const ratio = contrast(ink, ground);
        if (ratio < least) found.add(id + ': ' + what + ' of ' + (e.className.baseVal ?? (e.className || e.localName)) + ' ' + scheme + ' beside #' + brand + ': ' + ratio.toFixed(2));
      }
    }
  }
  wear(before[0]);
  root.dataset.scheme = before[1];
  return { found: [...found], met: [...met] };
})()`;
