/** What of the marked sentences people meet in a place: with their eyes, or with their ears alone. */
export interface DrawnKeys {
  readonly seen: readonly string[];
  /** Names of what is pressed, texts for assistive technology, and what the browser itself says of a form. */
  readonly heard: readonly string[];
}

const SPOKEN = ['aria-label', 'aria-valuetext', 'aria-description', 'alt', 'title', 'placeholder'];

export function drawnKeys(place: ParentNode): DrawnKeys {
  const seen = new Set<string>();
  const heard = new Set<string>();
  const note = (to: Set<string>, text: string | null | undefined) => {
    for (const [, key = ''] of (text ?? '').matchAll(/⟦([\w.]+)⟧/g)) to.add(key);
  };
  const walk = (node: Node): void => {
    if (node instanceof Text) note(isSeen(node.parentElement) ? seen : heard, node.data);
    if (node instanceof Element) {
      // What is announced is gone in a moment.
      if (node.hasAttribute('aria-live')) return;
      for (const name of SPOKEN) note(heard, node.getAttribute(name));
      if ('validationMessage' in node) note(heard, String(node.validationMessage));
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    node.childNodes.forEach(walk);
  };
  for (const child of place.children) walk(child);
  return { seen: [...seen], heard: [...heard].filter((key) => !seen.has(key)) };
}

/** Words within a slot stand where it stands: it has no box of its own. */
function isSeen(element: Element | null): boolean {
  if (element === null || element.closest('.hidden-text') !== null) return false;
  const boxed = element instanceof HTMLSlotElement ? element.parentElement : element;
  return boxed?.checkVisibility({ visibilityProperty: true }) ?? false;
}
