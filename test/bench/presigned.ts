/**
 * An address as long as a presigned one is, for browsers keep a preflight per address. Signed by nobody: the store of the
 * bench looks at no signature. Runs in pages and in Node.
 */
export function presigned(store: string, key: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(`/bench/${key}`, store);
  const all = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'BENCHBENCHBENCHBENCH/20260101/eu-central-1/s3/aws4_request',
    'X-Amz-Date': '20260101T000000Z',
    'X-Amz-Expires': '120',
    'X-Amz-Signature': '0'.repeat(64),
    'X-Amz-SignedHeaders': 'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
    ...query,
  };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return url.href;
}
