/** `npm run manifest`: writes what editors and frameworks read about the elements. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manifestFiles } from './files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
for (const [path, text] of Object.entries(manifestFiles(root))) writeFileSync(`${root}${path}`, text);
