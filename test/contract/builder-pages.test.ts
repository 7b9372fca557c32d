import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBuildersPage } from '../../src/contract/builder-pages.ts';

const BUILDERS = [
  'http://localhost:8080/',
  'https://shop.localhost/',
  'http://127.0.0.1/',
  'http://127.8.8.8/',
  'http://2130706433/',
  'http://[::1]:8080/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.178.20/',
  'http://169.254.1.1/',
  'http://[fd12:3456::1]/',
  'http://[fe80::1]/',
  'file:///home/maria/shop.html',
  'https://my-site.canvas.webflow.com/contact',
];

const VISITORS = [
  'https://www.mysite.com/',
  'https://my-site.webflow.io/',
  'https://shop.softr.app/',
  'https://localhost.example/',
  'https://notlocalhost/',
  'https://127.0.0.1.example/',
  'http://172.15.0.1/',
  'http://172.32.0.1/',
  'http://192.169.0.1/',
  'http://11.0.0.1/',
  'http://[2001:db8::1]/',
  'http://intranet.local/',
  'https://canvas.webflow.com.evil.example/',
  'about:srcdoc',
];

describe('a page that only its builder can have open', () => {
  for (const address of BUILDERS) test(`is ${address}`, () => assert.equal(isBuildersPage(new URL(address)), true));
  for (const address of VISITORS) {
    test(`is not ${address}`, () => assert.equal(isBuildersPage(new URL(address)), false));
  }
});
