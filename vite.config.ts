import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export const root = fileURLToPath(new URL('./', import.meta.url));

/** Vite reads the decorator flags of tsconfig.json only for files in its `include`; elsewhere they would pass through raw. */
export const legacyDecorators = {
  decorator: { legacy: true },
  assumptions: { setPublicClassFields: true },
  typescript: { removeClassFieldsWithoutInitializer: true },
};

export default defineConfig({ root, oxc: legacyDecorators });
