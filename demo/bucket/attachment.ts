/** RFC 6266: a plain name for old programs, the whole name beside it. */
export function attachment(name: string): string {
  const safe = name.replace(/[\u0000-\u001f\u007f/\\]|\p{Surrogate}/gu, '_');
  const plain = safe.replace(/[^\x20-\x7e]|["%]/gu, '_');
  const whole = encodeURIComponent(safe).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
