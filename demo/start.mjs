/** `npm start`: prepares what is missing, then runs the demo in this same process, so that one signal stops it all. */
import { requireBuild, requireNode, requirePackages } from './bootstrap.mjs';

requireNode();
requirePackages();
requireBuild();
const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');
