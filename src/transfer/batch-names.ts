/** Of what this browser keeps of batches: under it one entry for each, and a Web Lock while its page is there. */
export const batchPrefix = (broker: string): string => `secure-upload batch ${broker} `;

/** Whether any is kept here beside this one, without what reads it: most visitors have none. */
export function hasBatches(broker: string, own?: string): boolean {
  try {
    return Object.keys(localStorage).some((key) => key !== own && key.startsWith(batchPrefix(broker)));
  } catch {
    return false; // Refused in some frames and private windows.
  }
}
