/** Hosts on which site builders show a page to its builder alone. Hosts of free published sites are not among them. */
const DESIGNER_CANVASES = ['.canvas.webflow.com', '.framercanvas.com'];

/**
 * Whether only whoever builds a page can have it open at this address: a file, a loopback or private address, a
 * designer's canvas. Names that look local may have visitors of their own, so they do not count.
 */
export function isBuildersPage(url: URL): boolean {
  const host = url.hostname;
  return (
    url.protocol === 'file:' ||
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    isPrivateIpv4(host) ||
    isPrivateIpv6(host) ||
    DESIGNER_CANVASES.some((canvas) => host.endsWith(canvas))
  );
}

/** RFC 1122 section 3.2.1.3 (loopback), RFC 1918 (private), RFC 3927 (link-local). */
function isPrivateIpv4(host: string): boolean {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(host)) return false;
  const [first = 0, second = 0] = host.split('.').map(Number);
  return (
    first === 127 ||
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  );
}

/** Loopback, RFC 4193 (unique local), RFC 4291 section 2.5.6 (link-local). */
function isPrivateIpv6(host: string): boolean {
  return host === '[::1]' || /^\[(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host);
}
