import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Languages } from '../../src/i18n/languages.ts';
import { Catalogue, directionOf, pickWords } from '../../src/i18n/messages.ts';

interface Words {
  readonly yes: string;
  readonly no: string;
}
const ENGLISH: Words = { yes: 'Yes', no: 'No' };
const GERMAN: Words = { yes: 'Ja', no: 'Nein' };

/** German that comes, and French that does not until the network is back. */
function languages() {
  const network = { isUp: false, asked: [] as string[] };
  const made = new Languages<Words>({
    de: async () => {
      network.asked.push('de');
      return { pack: GERMAN };
    },
    fr: async () => {
      network.asked.push('fr');
      if (!network.isUp) throw new TypeError('did not come');
      return { pack: { yes: 'Oui', no: 'Non' } };
    },
    'pt-br': async () => ({ pack: { yes: 'Sim', no: 'Não' } }),
  });
  return { made, network, catalogue: new Catalogue<Words>(ENGLISH, made) };
}

describe('the catalogue', () => {
  test('speaks English until the language asked for is here', async () => {
    const { made, catalogue } = languages();
    assert.deepEqual(catalogue.for('de'), { lang: 'en', words: ENGLISH });
    await made.load('de');
    assert.deepEqual(catalogue.for('de'), { lang: 'de', words: GERMAN });
  });

  test('gives the language asked for, then the one without region, then English', async () => {
    const { made, catalogue } = languages();
    await made.load('de-AT');
    await made.load('pt-BR');
    assert.deepEqual(catalogue.for('de-AT'), { lang: 'de', words: GERMAN });
    assert.equal(catalogue.for('DE').words.yes, 'Ja');
    assert.equal(catalogue.for('pt-BR').words.yes, 'Sim');
    assert.deepEqual(catalogue.for('pt'), { lang: 'en', words: ENGLISH });
    assert.deepEqual(catalogue.for('en-GB'), { lang: 'en', words: ENGLISH });
  });

  test('has nothing to wait for where the language is English, unknown or here', async () => {
    const { made } = languages();
    assert.equal(made.load('en'), null);
    assert.equal(made.load('xx-YY'), null);
    assert.equal(made.load(''), null);
    await made.load('de');
    assert.equal(made.load('de-CH'), null);
  });

  test('stays English where a language cannot be loaded, and asks for it anew the next time', async () => {
    const { made, network, catalogue } = languages();
    await made.load('fr');
    assert.deepEqual(catalogue.for('fr'), { lang: 'en', words: ENGLISH });
    network.isUp = true;
    await made.load('fr');
    assert.equal(catalogue.for('fr').words.yes, 'Oui');
    assert.deepEqual(network.asked, ['fr', 'fr']);
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
