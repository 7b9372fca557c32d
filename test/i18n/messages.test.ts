import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Catalogue, directionOf, pickWords } from '../../src/i18n/messages.ts';

describe('the catalogue', () => {
  const catalogue = new Catalogue({ yes: 'Yes', no: 'No' });
  catalogue.add('de', { yes: 'Ja', no: 'Nein' });
  catalogue.add('pt-BR', { yes: 'Sim' });

  test('gives the language asked for, then the one without region, then English', () => {
    assert.deepEqual(catalogue.for('de').words, { yes: 'Ja', no: 'Nein' });
    assert.deepEqual(catalogue.for('de-AT'), { lang: 'de', words: { yes: 'Ja', no: 'Nein' } });
    assert.deepEqual(catalogue.for('fr'), { lang: 'en', words: { yes: 'Yes', no: 'No' } });
    assert.equal(catalogue.for('en-GB').words.yes, 'Yes');
  });

  test('says in English what a language leaves out', () => {
    assert.deepEqual(catalogue.for('pt-br').words, { yes: 'Sim', no: 'No' });
  });
});

test('sentences of an app document are picked by language, English last', () => {
  const words = { en: 'To help you', de: 'Um Ihnen zu helfen' };
  assert.equal(pickWords(words, 'de-CH'), words.de);
  assert.equal(pickWords(words, 'uk'), words.en);
});

test('direction belongs to the language', () => {
  assert.deepEqual(['en', 'ar', 'ar-EG', 'he', 'arn', 'de'].map(directionOf), [
    'ltr',
    'rtl',
    'rtl',
    'rtl',
    'ltr',
    'ltr',
  ]);
});
