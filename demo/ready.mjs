/** `node --import ./demo/ready.mjs <file>.ts` runs in a fresh clone, which was neither installed nor built. */
import { requireNode, requirePackages } from './bootstrap.mjs';

requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
register();
