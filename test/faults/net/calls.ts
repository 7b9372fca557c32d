import type { IncomingMessage } from 'node:http';
import type { Call } from '../script.ts';

/** Which call a request is; null for those that no fault is made for: pages, scripts, sign-in, the storage doctor's tries. */
export function callOf(end: 'broker' | 'store', { method = 'GET', url = '/', headers }: IncomingMessage): Call | null {
  const { pathname, searchParams } = new URL(url, 'http://rig');
  return end === 'broker' ? brokerCall(method, pathname, headers) : storeCall(method, pathname, searchParams, headers);
}

function brokerCall(method: string, path: string, headers: IncomingMessage['headers']): Call | null {
  if (!path.startsWith('/v1/uploads')) return path === '/oidc/token' && headers.dpop !== undefined ? 'token' : null;
  if (method === 'OPTIONS') return 'preflight';
  if (method === 'GET') return 'status';
  const calls: Record<string, Call> = { '': 'start', '/parts': 'sign', '/complete': 'complete' };
  return method === 'POST' ? (calls[path.slice('/v1/uploads'.length)] ?? null) : null;
}

function storeCall(
  method: string,
  path: string,
  query: URLSearchParams,
  headers: IncomingMessage['headers'],
): Call | null {
  // A form names its key inside. Only pages send them; the storage doctor tries some, too.
  const isForm = method === 'POST' && headers['content-type']?.startsWith('multipart/form-data');
  if (isForm) return headers['user-agent']?.startsWith('Mozilla') ? 'put' : null;
  // Keys of uploads start with their tenant.
  if (!path.startsWith('/uploads/acme/')) return null;
  const isInUpload = query.has('uploadId');
  switch (method) {
    case 'OPTIONS':
      return 'preflight';
    case 'PUT':
      return isInUpload ? 'part' : 'put';
    case 'HEAD':
      return 'head';
    case 'POST':
      return isInUpload ? 'assemble' : 'open';
    case 'GET':
      return isInUpload ? 'list' : 'read';
    default:
      return null;
  }
}
