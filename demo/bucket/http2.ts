import { isIP } from 'node:net';
import { connect } from 'node:tls';

const PATIENCE_MS = 5000;

/** True where the server takes HTTP/2 when it is offered (ALPN, RFC 7301), as browsers offer it: over TLS only. */
export function speaksHttp2(origin: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(origin);
  if (protocol !== 'https:') return Promise.resolve(false);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ['h2', 'http/1.1'],
      timeout: PATIENCE_MS,
    });
    const end = (found: boolean) => {
      resolve(found);
      socket.destroy();
    };
    socket.on('secureConnect', () => end(socket.alpnProtocol === 'h2'));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
