/** The version of this package, as people copy it into a question; test/version.test.ts holds it to package.json. */
export const VERSION = '0.1.0';
