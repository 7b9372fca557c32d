import type { Plugin } from 'vite';

/** Where Lit makes its policy, once, as it is published for production. */
const POLICY = /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w+)=>\2\}\):void 0/g;
/** What Lit tells whoever puts something into a `css` template that is no style: nobody, in a script that is built. */
const ADVICE = /"Value passed to 'css' function [^"]+"\+(\w+)\+"\. Use 'unsafeCSS' [^"]+"/g;

/**
 * Lit as it stands in a script. It takes the text of templates through a Trusted Types policy called `lit-html`, which it
 * makes when it is evaluated: beside a Lit of the page's own it throws, and the box never appears. So here it takes it
 * through the one policy of the script (decision 039), and a copy whose element is there already makes none. Fails where
 * Lit writes that another way.
 */
export function ownLit(root: string, name: string, environment: string): Plugin {
  return {
    name: `own-lit:${environment}`,
    applyToEnvironment: (other) => other.name === environment,
    transform(code, id) {
      if (id === `${root}src/trusted-types.ts`) return { code: code.replaceAll('SCRIPT_NAME', `'${name}'`), map: null };
      if (!id.includes('/node_modules/')) return null;
      if (id.endsWith('/css-tag.js')) return { code: code.replace(ADVICE, '"css: "+$1'), map: null };
      if (!code.includes('createPolicy')) return null;
      if (code.match(POLICY)?.length !== 1)
        this.error(`${id} makes a Trusted Types policy in another way than Lit did`);
      const ours = code.replace(POLICY, `customElements.get("${name}")?void 0:ownPolicy()`);
      return { code: `import { ownPolicy } from '${root}src/trusted-types.ts';\n${ours}`, map: null };
    },
    generateBundle(_, bundle) {
      const code = Object.values(bundle).map((file) => (file.type === 'chunk' ? file.code : ''));
      const made = code.join('\n').match(/\bcreatePolicy\(/g) ?? [];
      if (made.length !== 1) this.error(`${name} makes ${made.length} policies`);
    },
  };
}
