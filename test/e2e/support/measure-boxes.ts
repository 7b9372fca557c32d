/**
 * What is measured in every recorded state, as text to run in a page of the gallery, because a compiled function may call
 * what a page does not have. Each answers a list of what is wrong, so that an empty one is good.
 */
const each = (within: string): string => `const found = [];
  const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && e.getClientRects().length > 0;
  const isHidden = (e) => e.closest('.hidden-text, .unseen') !== null;
  const name = (e) => (e.getAttribute('aria-label') ?? (e.textContent.trim() || e.id || e.className)).replace(/\\s+/g, ' ').slice(0, 60);
  const boxes = [...document.querySelectorAll('${within}')].map((figure) => ({ state: figure.id || figure.localName, figure, seen: all(figure).filter(isSeen) }));`;
const EACH = each('figure');

const PRESSABLE = 'button, a[href], summary, input:not([type=file]), select';

/**
 * Targets smaller than \`least\` px. A line of text keeps its height: what counts there is the room that \`::before\` lends
 * a link, and the exception for links in a sentence (WCAG 2.5.8) is not used.
 */
export const smallTargets = (least: number, { wide = 24, within = 'figure' } = {}): string => `(() => { ${each(within)}
  for (const { state, seen } of boxes) for (const e of seen.filter((e) => e.matches('${PRESSABLE}') && !isHidden(e) && !e.matches('.skip'))) {
    const { width, height } = (e.matches('input[type=checkbox]') ? e.labels[0] ?? e : e).getBoundingClientRect();
    const lent = getComputedStyle(e, '::before');
    const room = (size) => lent.content === 'none' || lent.position !== 'absolute' ? 0 : Number.parseFloat(size) || 0;
    const [across, high] = [Math.max(width, room(lent.inlineSize)), Math.max(height, room(lent.blockSize))].map(Math.round);
    if (high < ${least} || across < ${wide}) found.push(state + ': ' + name(e) + ' ' + across + 'x' + high);
  }
  return found; })()`;

/** What is wider than its place, or cut off. */
export const lost = (within = 'figure'): string => `(() => { ${each(within)}
  for (const { state, figure, seen } of boxes) {
    const most = figure.getBoundingClientRect();
    for (const e of seen.filter((e) => !isHidden(e) && !e.matches('.skip, .skip *, canvas'))) {
      const at = e.getBoundingClientRect();
      if (at.right > most.right + 1 || at.left < most.left - 1) found.push(state + ': ' + name(e) + ' leaves the box');
      if (e.matches('.progress') && at.width < 60) found.push(state + ': ' + name(e) + ' has no room');
      const { overflowX, overflowY } = getComputedStyle(e);
      const isCut = overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1;
      if (isCut && !e.matches('input, select, .progress')) found.push(state + ': ' + name(e) + ' is cut off');
    }
  }
  return found; })()`;

/** The spacing of text that a person may set, WCAG 1.4.12, within every element. */
export const SPACE_TEXT = `(() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  const walk = (root) => { for (const e of root.querySelectorAll('*')) if (e.shadowRoot) {
    e.shadowRoot.adoptedStyleSheets = [...e.shadowRoot.adoptedStyleSheets, sheet]; walk(e.shadowRoot); } };
  walk(document); return true; })()`;

/** In the system's own colours: what has no edge, no icon, no fill. */
export const COLOURLESS = `(() => { ${EACH}
  const style = (e) => getComputedStyle(e);
  const tell = (state, e, what) => found.push(state + ': ' + name(e) + ' ' + what);
  for (const { state, seen } of boxes) for (const e of seen) {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor, color } = style(e);
    if (e.matches('.button, .slim, .input, .note, .progress')) {
      const page = style(e.closest('.card') ?? e).backgroundColor;
      if (borderTopStyle === 'none' || borderTopWidth === '0px' || borderTopColor === page) tell(state, e, 'has no edge');
    }
    if (e.matches('.fill') && e.getBoundingClientRect().width > 0 && backgroundColor === style(e.parentElement).backgroundColor) tell(state, e, 'cannot be told from its track');
    if (e.matches('.icon') && (style(e).stroke === 'none' || style(e).stroke === style(e.closest('.card') ?? e).backgroundColor)) tell(state, e, 'is not drawn');
    if (e.matches('[aria-pressed=true]')) {
      const other = e.parentElement.querySelector('[aria-pressed=false]');
      if (other && ['backgroundColor', 'borderTopColor', 'borderTopWidth'].every((what) => style(e)[what] === style(other)[what])) tell(state, e, 'looks as if it were not chosen');
    }
  }
  return found; })()`;

/** What moves though the person asked for no motion: anything but a change of opacity or colour. */
export const MOVING = `(() => { ${EACH}
  for (const { state, figure, seen } of boxes) {
    const roots = [document, ...seen.flatMap((e) => e.shadowRoot ?? [])];
    for (const animation of new Set(roots.flatMap((root) => root.getAnimations()))) {
      const moved = animation.effect.getKeyframes().flatMap((frame) => Object.keys(frame)).filter((key) => !['offset', 'easing', 'composite', 'computedOffset', 'opacity'].includes(key));
      if (animation.effect.target && figure.contains(animation.effect.target.getRootNode().host ?? null) && moved.length > 0) found.push(state + ': ' + moved.join());
    }
    for (const e of seen) {
      const { transitionProperty, transitionDuration } = getComputedStyle(e);
      if (transitionDuration.split(', ').some((time) => time !== '0s') && !/^(background-color|color|opacity|, )+$/.test(transitionProperty)) found.push(state + ': ' + name(e) + ' ' + transitionProperty);
    }
  }
  return found; })()`;
