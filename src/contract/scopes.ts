/**
 * What an access token may allow, one word for each kind of act. `:app` is the whole app's, for its owners; `internal` is
 * an address of one of the organisation's own domains. `exports:read` is for lists that leave the broker as a file;
 * `access:end` ends what people of the app have, at once.
 */
export const SCOPES = [
  'uploads:create',
  'files:read',
  'files:read:app',
  'files:delete',
  'links:create:internal',
  'links:create:external',
  'links:read:app',
  'exports:read',
  'access:end',
] as const;
export type Scope = (typeof SCOPES)[number];
