import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recipientAr } from '../../src/i18n/ar/recipient.ts';
import { sendLinkAr } from '../../src/i18n/ar/send-link.ts';
import { recipientDe } from '../../src/i18n/de/recipient.ts';
import { sendLinkDe } from '../../src/i18n/de/send-link.ts';
import { firstRecipientEn } from '../../src/i18n/recipient-first-en.ts';
import { sendLinkEn } from '../../src/i18n/send-link-en.ts';

describe('what a sender sees of the page that a link opens', () => {
  for (const [lang, sender, recipient] of [
    ['en', sendLinkEn, firstRecipientEn],
    ['de', sendLinkDe, recipientDe],
    ['ar', sendLinkAr, recipientAr],
  ] as const) {
    test(`is what the page says, in ${lang}`, () => {
      const { cover } = recipient;
      for (const n of [1, 2, 3, 11, 100]) {
        assert.equal(sender.previewHeading('Maria Lopez', n), cover.heading('Maria Lopez', n));
      }
      assert.equal(
        sender.previewSender('Maria Lopez', 'maria@acme.example'),
        cover.fromText('Maria Lopez', 'maria@acme.example'),
      );
      assert.deepEqual(
        [sender.previewPurpose, sender.previewFrom, sender.previewUntil, sender.previewReference],
        [cover.purpose, cover.from, cover.openUntil, recipient.reference],
      );
    });
  }
});
