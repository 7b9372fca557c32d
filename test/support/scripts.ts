import type { Scripts } from '../../demo/broker/scripts.ts';

const script = (path: string) => ({
  path,
  integrity: `sha384-${'A'.repeat(64)}`,
  body: new TextEncoder().encode('//'),
});

/** Scripts as a build lists them, with nothing in them. */
export const NO_SCRIPTS: Scripts = {
  version: '1.2.3',
  upload: script('/v1/secure-upload@1.2.3.js'),
  recipient: script('/v1/recipient-consent@1.2.3.js'),
  whole: script('/v1/secure-upload-whole@1.2.3.js'),
  frame: script('/v1/secure-upload-frame@1.2.3.js'),
  embed: script('/v1/secure-upload-embed@1.2.3.js'),
  chunks: [script('/v1/secure-upload@1.2.3.engine.js')],
  isReleased: true,
  earlier: [script('/v1/secure-upload@1.1.0.js')],
};
