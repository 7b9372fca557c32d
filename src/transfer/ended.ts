/** The upload has ended at the broker, and its parts with it. */
export const ENDED: ReadonlySet<string> = new Set(['upload_over', 'not_found']);
