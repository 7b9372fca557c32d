/** Whether a value has at least what a sample has, of the same types. Every entry of an array is like the first of the sample. */
export function isLike(value: unknown, sample: unknown): boolean {
  if (Array.isArray(sample)) return Array.isArray(value) && value.every((one) => isLike(one, sample[0]));
  if (typeof sample !== 'object' || sample === null) return typeof value === typeof sample;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(sample).every(([key, one]) => isLike(value[key as keyof typeof value], one));
}
