import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './demo/identity/schema.ts',
    './demo/identity/tokens/schema.ts',
    './demo/audit/schema.ts',
    './demo/ledger/schema.ts',
    './demo/agreements/schema.ts',
    './demo/uploads/schema.ts',
    './demo/recipients/schema.ts',
    './demo/erasure/schema.ts',
  ],
  out: './demo/database/migrations',
});
