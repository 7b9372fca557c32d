import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BadSetting, readSettings } from '../../demo/settings.ts';

/** Parts of somebody's own, in place of the demo's. */
const OWN = {
  OIDC_ISSUER: 'https://id.acme.example',
  OIDC_CLIENT_ID: 'broker',
  OIDC_CLIENT_SECRET: 'not-a-secret',
  OIDC_DOMAINS: 'acme.example',
  S3_ENDPOINT: 'https://s3.example',
  S3_REGION: 'eu-test-1',
  S3_BUCKET: 'bucket',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'not-a-secret',
  SMTP_URL: 'smtp://mail.example',
  SMTP_FROM: 'files@acme.example',
};
const read = (address: string, more: Readonly<Record<string, string>> = OWN) =>
  readSettings({ ...more, PUBLIC_URL: address }).publicUrl;
const refused = (line: string) => (error: unknown) => error instanceof BadSetting && error.message === line;

describe('where people reach the broker', () => {
  test('is where it listens, on this machine alone, where nothing is set', () => {
    const { publicUrl, brokerHost } = readSettings({});
    assert.deepEqual([publicUrl, brokerHost], [null, '127.0.0.1']);
    assert.equal(readSettings({ HOST_BROKER: '0.0.0.0' }).brokerHost, '0.0.0.0');
  });

  test('is an https address, or http on this machine; a slash at the end is taken off', () => {
    assert.equal(read('https://files.example.com'), 'https://files.example.com');
    assert.equal(read('https://files.example.com:8443/'), 'https://files.example.com:8443');
    for (const here of ['http://localhost:9000', 'http://127.0.0.1:9000', 'http://[::1]:9000']) {
      assert.equal(read(here, {}), here);
    }
  });

  for (const wrong of [
    'http://files.example.com',
    'https://files.example.com/upload',
    'https://files.example.com/?a',
    'https://files.example.com#a',
    'https://u:p@files.example.com',
    'http://localhost.evil.example',
    'files.example.com',
    'ftp://files.example.com',
    'https://*',
    "https://a.example;script-src 'unsafe-inline'",
  ]) {
    test(`is not ${wrong}`, () => {
      assert.throws(
        () => read(wrong),
        refused(
          'PUBLIC_URL must be an https address (http on this machine) without a path, like https://files.example.com.',
        ),
      );
    });
  }

  test('is for others only where no part of the demo is left, whose accounts everybody knows', () => {
    assert.throws(
      () => read('https://files.example.com', {}),
      refused(
        "PUBLIC_URL is for others than this machine: set OIDC_ISSUER, S3_ENDPOINT, SMTP_URL too, in place of the demo's own.",
      ),
    );
    const { SMTP_URL: _url, SMTP_FROM: _from, ...noMail } = OWN;
    assert.throws(
      () => read('https://files.example.com', noMail),
      refused("PUBLIC_URL is for others than this machine: set SMTP_URL too, in place of the demo's own."),
    );
  });
});
