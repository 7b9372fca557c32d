/**
 * oidc-provider warns at import that it prefers a newer Node, and that the demo's provider keeps nothing. Both are known
 * and no newcomer can act on them; every other warning passes.
 */
const { warn } = console;
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes('oidc-provider WARNING')) warn(...words);
};
