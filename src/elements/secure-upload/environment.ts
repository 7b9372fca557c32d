/** A finger and no mouse. */
export function isTouchDevice(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}

/** Undefined where there is none, null where it cannot be read. */
export function readContext(context: string | object): Record<string, string> | undefined | null {
  if (context === '') return undefined;
  try {
    const value: unknown = typeof context === 'string' ? JSON.parse(context) : context;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value);
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? Object.fromEntries(entries)
      : null;
  } catch {
    return null;
  }
}
