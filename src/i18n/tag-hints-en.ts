/** What is wrong with a pasted tag, for whoever builds the page: of the box and of its frame alike. */
export const tagHints = {
  app_missing: 'The attribute app is missing. Copy the lines again.',
  broker_missing: 'The attribute broker is missing, or not an address that starts with https://. Copy the lines again.',
  quotes_curly: 'The quotes around an attribute are typographic. Copy the lines again and paste them as plain text.',
} as const;

/** A sandboxed frame, or a file that was opened by a double click: its origin is `null`, which on a list would let in every other. */
export const NO_ORIGIN =
  'This frame or file has no address of its own that your list could name. Put the page on a server; in a sandboxed frame, add allow-same-origin; or use the link to the upload page.';

export const appUnknown = (app: string, broker: string): string =>
  `There is no app called “${app}” at ${broker}. Copy the lines again.`;

export const addressNotListed = (page: string): string =>
  `This address is not on your list: ${page}. Add it to the “origins” of the app.`;
