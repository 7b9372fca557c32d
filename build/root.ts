import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at its end. Vite is not loaded to know it: that takes 0.5 s of a processor. */
export const root = fileURLToPath(new URL('../', import.meta.url));
