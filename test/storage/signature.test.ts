import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { S3Request } from '../../demo/storage/request.ts';
import { type Claim, signatureOf } from '../../demo/storage/signature.ts';

/** The worked examples of the S3 documentation ("Signature Calculations for the Authorization Header"). */
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const HOST = 'examplebucket.s3.amazonaws.com';

const EXAMPLES = [
  {
    name: 'GET with a range',
    method: 'GET',
    path: '/test.txt',
    query: [],
    headers: { host: HOST, range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY, 'x-amz-date': '20130524T000000Z' },
    payloadHash: EMPTY,
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT with a name that is escaped',
    method: 'PUT',
    path: '/test$file.text',
    query: [],
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      host: HOST,
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    payloadHash: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'a query without a value',
    method: 'GET',
    path: '/',
    query: [['lifecycle', '']],
    headers: { host: HOST, 'x-amz-content-sha256': EMPTY, 'x-amz-date': '20130524T000000Z' },
    payloadHash: EMPTY,
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'a query with two values',
    method: 'GET',
    path: '/',
    query: [
      ['prefix', 'J'],
      ['max-keys', '2'],
    ],
    headers: { host: HOST, 'x-amz-content-sha256': EMPTY, 'x-amz-date': '20130524T000000Z' },
    payloadHash: EMPTY,
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
  {
    name: 'a presigned GET',
    method: 'GET',
    path: '/test.txt',
    query: [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
      ['X-Amz-Date', '20130524T000000Z'],
      ['X-Amz-Expires', '86400'],
      ['X-Amz-SignedHeaders', 'host'],
      ['X-Amz-Signature', 'not part of what is signed'],
    ],
    headers: { host: HOST },
    payloadHash: 'UNSIGNED-PAYLOAD',
    signature: 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  },
] as const;

describe('the signature is that of the S3 documentation', () => {
  for (const { name, method, path, query, headers, payloadHash, signature } of EXAMPLES) {
    test(name, () => {
      const request: S3Request = {
        method,
        path,
        bucket: '',
        key: '',
        query,
        headers: new Map(Object.entries(headers)),
      };
      const claim: Claim = {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        day: '20130524',
        region: 'us-east-1',
        service: 's3',
        at: '20130524T000000Z',
        signedHeaders: Object.keys(headers).sort(),
        signature,
        payloadHash,
      };
      assert.equal(signatureOf(request, claim, SECRET), signature);
    });
  }
});
