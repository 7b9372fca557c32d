/** `Retry-After` of a broker or a storage: seconds or a date (RFC 9110 section 10.2.3), as milliseconds from `now`. */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
