/** A page that never rests waits no longer than this; so does a browser that cannot say when it rests (Safari). */
const QUIET_MS = 500;

/** A finger and no mouse. */
export function isTouchDevice(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}

/** Calls once when the page has loaded, shows what was drawn, and has nothing else to do. */
export function whenQuiet(act: () => void): void {
  if (document.readyState !== 'complete') addEventListener('load', () => whenQuiet(act), { once: true });
  // Between a draw and the frame that shows it a page counts as resting. What nobody looks at gets no frame.
  else if ('requestIdleCallback' in window) {
    const rest = () => requestIdleCallback(act, { timeout: QUIET_MS });
    if (document.hidden) rest();
    else requestAnimationFrame(rest);
  } else setTimeout(act, QUIET_MS);
}
