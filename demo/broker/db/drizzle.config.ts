import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./demo/broker/db/schema.ts', './demo/agreements/schema.ts'],
  out: './demo/broker/db/migrations',
});
