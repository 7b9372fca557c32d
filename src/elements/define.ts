import { VERSION } from '../version.ts';

/** An element, and the version of the script that it came with. */
type Versioned = CustomElementConstructor & { readonly version: string };

/**
 * Two copies of the script may stand on one page: the first one there has the name and the other one rests. Where they are
 * of two versions, whoever builds the page is told which one works.
 */
export function define(name: string, element: Versioned): void {
  const first = customElements.get(name) as Versioned | undefined;
  if (!first) customElements.define(name, element);
  else if (first.version !== VERSION)
    console.warn(`[secure-upload] ${name} twice: ${first.version} works, ${VERSION} rests`);
}
