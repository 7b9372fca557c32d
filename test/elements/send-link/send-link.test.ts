import { expect } from '@open-wc/testing';
import type { CheckedRecipient, MadeLink, MakeLink } from '../../../src/contract/links.ts';
import { dayChoices } from '../../../src/elements/send-link/draft.ts';
import '../../../src/elements/send-link/define.ts';
import { recordedLinks } from '../../../demo/gallery/recorded-links.ts';
import { UploadError } from '../../../src/errors.ts';
import { LinkSentEvent } from '../../../src/events.ts';
import type { LinkMaker } from '../../../src/flow/ports.ts';
import { APP, FILES, INSIDE, MADE, MANY_FILES, OUTSIDE, SENT } from './samples.ts';

const plain = (text: string | null | undefined) =>
  (text ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

async function form(answer: () => Promise<MadeLink> = async () => MADE, others: Partial<LinkMaker> = {}) {
  const asked: MakeLink[] = [];
  const keys: string[] = [];
  const element = document.createElement('send-link');
  element.app = APP;
  element.files = FILES;
  element.links = recordedLinks({
    ...others,
    makeLink: (link, key) => {
      asked.push(link);
      keys.push(key);
      return answer();
    },
  });
  const main = document.createElement('main');
  main.append(element);
  document.body.append(main);
  await element.updateComplete;
  const root = element.shadowRoot;
  if (!root) throw new Error('no shadow');
  const field = (id: string): HTMLInputElement => {
    const found = root.querySelector<HTMLInputElement>(`#${id}`);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const type = async (id: string, text: string) => {
    field(id).value = text;
    field(id).dispatchEvent(new Event('input'));
    await element.updateComplete;
  };
  const send = async () => {
    root.querySelector('form')?.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
  };
  const text = () => plain(root.querySelector('.card')?.textContent);
  return { element, root, asked, keys, field, type, send, text, main };
}

const filled = async (answer?: () => Promise<MadeLink>) => {
  const made = await form(answer);
  await made.type('recipient', ' jo@mail.example ');
  await made.type('purpose', 'Your signed rental contract');
  return made;
};

beforeEach(() => {
  document.documentElement.lang = 'en';
});
afterEach(() => document.body.replaceChildren());

describe('the form for a link', () => {
  it('says what the design guide says', async () => {
    const { text } = await form();
    for (const sentence of [
      'Send files by link',
      'rental-contract.pdf',
      'Send to One email address per person. Each gets their own link.',
      'What is it for? They read this before they open anything. For example: your signed contract',
      'Works until',
      'They prove it is them with a code sent to this address.',
      'Send link',
    ]) {
      expect(text()).to.contain(sentence);
    }
  });

  it('takes none of many files, or all, with one press', async () => {
    const { element, root } = await form();
    expect(root.querySelector('#all')).to.equal(null);
    element.files = MANY_FILES;
    await element.updateComplete;
    const ticked = () => [...root.querySelectorAll<HTMLInputElement>('[name=files]')].filter(({ checked }) => checked);
    const all = root.querySelector<HTMLButtonElement>('#all');
    expect([ticked().length, plain(all?.textContent)]).to.deep.equal([20, 'Choose none']);
    all?.click();
    await element.updateComplete;
    expect([ticked().length, plain(all?.textContent)]).to.deep.equal([0, 'Choose all']);
    root.querySelector<HTMLInputElement>('[name=files]')?.click();
    await element.updateComplete;
    expect([ticked().length, plain(all?.textContent)]).to.deep.equal([1, 'Choose all']);
    all?.click();
    await element.updateComplete;
    expect(ticked().length).to.equal(20);
  });

  it('sends what stands in it, and tells who the mail comes from', async () => {
    const { element, asked, send, text, root } = await filled();
    const seen: LinkSentEvent[] = [];
    document.body.addEventListener('link-sent', (event) => seen.push(event), { once: true });
    const before = Date.now();
    await send();
    const [link] = asked;
    expect(link).to.deep.include({
      files: ['file-contract', 'file-rules'],
      recipient: 'jo@mail.example',
      purpose: 'Your signed rental contract',
      language: 'en',
    });
    const days = (Date.parse(link?.expires_at ?? '') - before) / 86_400_000;
    expect(days).to.be.within(6.99, 7);
    expect(text()).to.contain('Link sent to jo@mail.example');
    expect(text()).to.match(/Tell them to expect an email from files@broker\.example, with the reference 7F3K-92QD\./);
    const reference = root.querySelector<HTMLElement>('.note .whole');
    expect(plain(reference?.textContent)).to.equal('7F3K-92QD');
    expect(reference && getComputedStyle(reference).whiteSpace, 'not broken at its hyphen').to.equal('nowrap');
    expect(root.activeElement?.id).to.equal('heading');
    expect(seen[0] instanceof LinkSentEvent && seen[0].detail).to.deep.equal({
      id: 'link-to-jo',
      reference: '7F3K92QD',
    });
    let isClosed = false;
    element.addEventListener('close', () => {
      isClosed = true;
    });
    root.querySelector<HTMLElement>('.primary')?.click();
    expect(isClosed).to.equal(true);
  });

  it('asks for the same link with the same key when it is pressed again after a lost answer', async () => {
    let isLost = true;
    const { asked, keys, send, type, root, element } = await filled(async () => {
      if (isLost) throw new UploadError('broker_down');
      return MADE;
    });
    await send();
    const { now } = Date;
    try {
      Date.now = () => now() + 60_000;
      await send();
    } finally {
      Date.now = now;
    }
    expect(asked[1]).to.deep.equal(asked[0]);
    expect(keys[1]).to.equal(keys[0]);
    expect(keys[0]).to.match(/^[0-9a-f-]{36}$/);
    await type('purpose', 'Another contract');
    await send();
    expect(keys[2]).not.to.equal(keys[0]);
    isLost = false;
    await send();
    expect(keys[3]).to.equal(keys[2]);
    [...root.querySelectorAll<HTMLElement>('button')]
      .find((one) => plain(one.textContent) === 'Send to someone else')
      ?.click();
    await element.updateComplete;
    await type('recipient', 'jo@mail.example');
    await send();
    expect(asked[4]).to.deep.include({ recipient: 'jo@mail.example', purpose: 'Another contract' });
    expect(keys[4]).not.to.equal(keys[3]);
  });

  it('asks for what is missing, at the field, and sends nothing', async () => {
    const { asked, send, text, root, type, element } = await form();
    await send();
    expect(text()).to.contain('Enter an email address like name@example.com');
    expect(text()).to.contain('Say what it is for');
    expect(root.activeElement?.id).to.equal('recipient');
    await type('recipient', 'jo@');
    expect(text()).to.contain('“jo@” is not an email address');
    await type('recipient', 'jo@mail.example');
    expect(text()).not.to.contain('is not an email address');
    root.querySelectorAll<HTMLInputElement>('[name="files"]').forEach((box) => {
      box.click();
    });
    await element.updateComplete;
    await send();
    expect(text()).to.contain('Choose at least one file');
    expect(asked).to.deep.equal([]);
  });

  it('leaves out a file that was unticked', async () => {
    const { asked, send, root, element } = await filled();
    root.querySelector<HTMLInputElement>('[name="files"]')?.click();
    await element.updateComplete;
    await send();
    expect(asked[0]?.files).to.deep.equal(['file-rules']);
  });

  it('takes 120 characters for the purpose, and no more', async () => {
    const { field } = await form();
    expect(field('purpose').maxLength).to.equal(120);
  });

  it('keeps everything where the link could not be made, and can be pressed again', async () => {
    const answers = [new UploadError('broker_down'), null];
    const made = await filled(async () => {
      const error = answers.shift();
      if (error) throw error;
      return MADE;
    });
    await made.send();
    expect(made.text()).to.contain('We cannot reach the service. Try again: nobody gets a link twice.');
    expect(plain(made.root.querySelector('[aria-live="assertive"]')?.textContent)).to.contain('We cannot reach');
    expect(made.field('recipient').value.trim()).to.equal('jo@mail.example');
    await made.send();
    expect(made.text()).to.contain('Link sent to jo@mail.example');
  });

  const words: [string, string][] = [
    ['not_allowed', 'Your account cannot send outside Acme Legal.'],
    ['sign_in_ended', 'Your sign-in has ended. Nothing was sent. Sign in again, then send the link.'],
    ['not_found', 'One of these files is no longer kept. Choose the others and try again.'],
    ['mail_down', 'The email could not be sent. Try again in a few minutes.'],
    ['a_code_of_next_year', 'Something went wrong on our side. Nothing was sent. Try again.'],
  ];
  for (const [code, sentence] of words) {
    it(`${code} reads: ${sentence}`, async () => {
      const { send, text } = await filled(() => Promise.reject(new UploadError(code)));
      await send();
      expect(text()).to.contain(sentence);
    });
  }

  const faults: [string, string, string, string][] = [
    ['purpose_plain', 'purpose', 'Plain words only: no addresses of pages', 'Your contract'],
    [
      'address_letters',
      'recipient',
      'We cannot send to the letters before the @ in jo@mail.example.',
      'ann@mail.example',
    ],
    ['mails_stopped', 'recipient', 'jo@mail.example does not want mails from here.', 'ann@mail.example'],
  ];
  for (const [code, id, sentence, mended] of faults) {
    it(`${code} stands at the field that mends it, once, and goes when that is written in`, async () => {
      const { element, send, text, root, field, type } = await filled(() => Promise.reject(new UploadError(code)));
      await send();
      await settled(element);
      expect(plain(root.querySelector(`#${id}-problem`)?.textContent)).to.contain(sentence);
      expect(text().split(sentence).length, 'told once').to.equal(2);
      expect(field(id).getAttribute('aria-invalid')).to.equal('true');
      expect(field(id).getAttribute('aria-describedby')).to.contain(`${id}-problem`);
      expect(root.activeElement?.id).to.equal(id);
      await type(id === 'purpose' ? 'recipient' : 'purpose', id === 'purpose' ? 'ann@mail.example' : 'Another');
      expect(text(), 'another field mends nothing').to.contain(sentence);
      await type(id, mended);
      expect(text()).not.to.contain(sentence);
      expect(field(id).getAttribute('aria-invalid')).to.equal('false');
    });
  }

  it('asks at the files for others where one is no longer kept', async () => {
    const { send, text, root, element } = await filled(() => Promise.reject(new UploadError('not_found')));
    await send();
    await settled(element);
    const sentence = 'One of these files is no longer kept. Choose the others and try again.';
    expect(plain(root.querySelector('#files-problem')?.textContent)).to.equal(sentence);
    expect(root.querySelector('fieldset')?.getAttribute('aria-describedby')).to.equal('files-problem');
    root.querySelector<HTMLElement>('[name="files"]')?.click();
    await element.updateComplete;
    expect(text()).not.to.contain(sentence);
  });

  it('leads to the sign-in that a link waits for, with what was written, and takes that back in', async () => {
    const { element, root, send, text, field } = await filled(async () => {
      throw new UploadError('stronger_sign_in');
    });
    const asked: unknown[] = [];
    element.signIn = (draft) => asked.push(draft);
    await send();
    expect(text()).to.contain('To send a link you are asked to confirm once more who you are.');
    expect(root.querySelector('[type=submit]')).to.equal(null);
    const goOn = root.querySelector<HTMLButtonElement>('.buttons .primary');
    expect(plain(goOn?.textContent)).to.equal('Continue');
    goOn?.click();
    expect(asked).to.deep.equal([
      {
        files: FILES.map(({ id }) => id),
        recipient: ' jo@mail.example ',
        purpose: 'Your signed rental contract',
        days: 7,
        language: '',
      },
    ]);
    await expect(element).shadowDom.to.be.accessible();

    const again = await form();
    again.element.kept = { files: [], recipient: 'jo@mail.example', purpose: 'Your contract', days: 2, language: 'de' };
    await again.element.updateComplete;
    expect([again.field('recipient').value, again.field('purpose').value]).to.deep.equal([
      'jo@mail.example',
      'Your contract',
    ]);
    expect(field('recipient').value).to.equal(' jo@mail.example ');
  });
});

describe('a sign-in that has ended', () => {
  it('is begun by a button that says so', async () => {
    const { element, root, send } = await filled(() => Promise.reject(new UploadError('sign_in_ended')));
    element.signIn = () => {};
    await send();
    expect(plain(root.querySelector('.buttons .primary')?.textContent)).to.equal('Sign in');
  });
});

describe('how long a link may work', () => {
  it('goes from a day to the maximum, with the default among them', () => {
    expect(dayChoices({ max_days: 14, default_days: 5 })).to.deep.equal([1, 2, 3, 5, 7, 14]);
    expect(dayChoices({ max_days: 1, default_days: 1 })).to.deep.equal([1]);
  });
});

describe('several addresses', () => {
  const checkRecipient: LinkMaker['checkRecipient'] = async ({ recipient }) =>
    recipient.startsWith('ann') ? OUTSIDE : INSIDE;
  const told = async (addresses: string) => {
    const { type, field, element, root } = await form(async () => MADE, { checkRecipient });
    await type('recipient', addresses);
    field('recipient').dispatchEvent(new Event('change'));
    await settled(element);
    return {
      listed: [...root.querySelectorAll('.each li')].map(({ textContent }) => plain(textContent)),
      chips: [...root.querySelectorAll('.chip')].map(({ textContent }) => plain(textContent)),
    };
  };

  it('stand below the field, which may be too narrow for them, with who is outside', async () => {
    expect(await told('jo@mail.example, ann@mail.example')).to.deep.equal({
      listed: ['jo@mail.example', 'ann@mail.example Outside Acme Legal'],
      chips: ['Outside Acme Legal'],
    });
  });

  it('are listed when they are whole, so that nothing is told twice and nothing is half', async () => {
    expect(await told('ann@mail.example')).to.deep.equal({ listed: [], chips: ['Outside Acme Legal'] });
    expect(await told('jo@mail.example, ann@')).to.deep.equal({ listed: [], chips: [] });
  });
});

describe('who is outside', () => {
  it('is told at the address, and nothing is sent before the sender has said yes to what that means', async () => {
    const made = await form(async () => MADE, { checkRecipient: async () => OUTSIDE });
    await made.type('recipient', 'jo@mail.example');
    await made.type('purpose', 'Your signed rental contract');
    await made.send();
    await settled(made.element);
    expect(made.text()).to.contain('Outside Acme Legal');
    expect(made.text()).to.contain('Read what sending outside means and say yes first.');
    expect(made.asked).to.deep.equal([]);
    expect(made.root.activeElement?.id).to.equal('outside');
    made.root.querySelector<HTMLElement>('#outside')?.click();
    await made.send();
    await settled(made.element);
    expect(made.asked.map(({ outside }) => outside)).to.deep.equal([
      { sha256: OUTSIDE.outside?.sha256, language: 'en' },
    ]);
  });

  it('is refused where the account may not, with whom to ask', async () => {
    const made = await form(async () => MADE, { checkRecipient: async () => ({ external: true, allowed: false }) });
    await made.type('recipient', 'jo@mail.example');
    await made.type('purpose', 'Your signed rental contract');
    await made.send();
    await settled(made.element);
    expect(made.text()).to.contain('Your account cannot send outside Acme Legal. Ask for permission');
    expect(made.asked).to.deep.equal([]);
  });

  const found = async (code: string, then: CheckedRecipient) => {
    const answers = [INSIDE, then];
    let isRefused = false;
    const made = await form(
      async () => {
        if (isRefused) return MADE;
        isRefused = true;
        throw new UploadError(code);
      },
      { checkRecipient: async () => answers.shift() ?? then },
    );
    await made.type('recipient', 'jo@mail.example');
    await made.type('purpose', 'Your signed rental contract');
    await made.send();
    await settled(made.element);
    return made;
  };

  it('is looked up anew where the broker finds it out: what it means stands there, with its box, and then it goes', async () => {
    const made = await found('outside_consent_needed', OUTSIDE);
    expect(made.text()).to.contain('These files leave Acme Legal.');
    expect(made.text().split('Read what sending outside means and say yes first.').length, 'told once').to.equal(2);
    expect(made.root.activeElement?.id).to.equal('outside');
    made.root.querySelector<HTMLElement>('#outside')?.click();
    await made.send();
    await settled(made.element);
    expect(made.asked.at(-1)?.outside).to.deep.equal({ sha256: OUTSIDE.outside?.sha256, language: 'en' });
    expect(made.text()).to.contain('Link sent to jo@mail.example');
  });

  it('is looked up anew where the broker refuses the account: whom to ask stands at the address', async () => {
    const made = await found('not_allowed', { external: true, allowed: false });
    expect(made.text().split('Your account cannot send outside Acme Legal.').length, 'told once').to.equal(2);
    expect(made.text()).to.contain('Ask for permission');
    expect(made.root.activeElement?.id).to.equal('recipient');
  });
});

describe('several people', () => {
  it('get a link each; whoever has one keeps it where a later one is refused, and is not sent another', async () => {
    let turn = 0;
    const made = await form(async () => {
      turn += 1;
      if (turn === 2) throw new UploadError('broker_down');
      return MADE;
    });
    await made.type('recipient', 'jo@mail.example; ann@mail.example JO@mail.example');
    await made.type('purpose', 'Your signed rental contract');
    expect(made.text()).to.contain('Send 2 links');
    await made.send();
    await settled(made.element);
    expect(made.field('recipient').value).to.equal('ann@mail.example');
    expect(made.text()).to.contain('Sent already: jo@mail.example');
    await made.send();
    await settled(made.element);
    expect(made.asked.map(({ recipient }) => recipient)).to.deep.equal([
      'jo@mail.example',
      'ann@mail.example',
      'ann@mail.example',
    ]);
    expect(made.text()).to.contain('2 links sent');
  });
});

describe('the links that were sent', () => {
  const listed = async (others: Partial<LinkMaker> = {}) => {
    const made = await form(undefined, { listLinks: async () => ({ links: [...SENT] }), ...others });
    made.root.querySelector<HTMLElement>('#list')?.click();
    await settled(made.element);
    const row = (id: string) => {
      const found = made.root.querySelector(`#link-${id}`);
      if (!found) throw new Error(`no row ${id}`);
      return found;
    };
    const press = async (id: string, text: string) => {
      const button = [...row(id).querySelectorAll('button')].find((one) => plain(one.textContent) === text);
      if (!button) throw new Error(`no ${text} in ${id}`);
      button.click();
      await settled(made.element);
    };
    return { ...made, row, press };
  };
  const WORDS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    waiting: ['Waiting for an answer', ['Take back']],
    accepted: ['Accepted 21 November 2026, not downloaded yet', ['Take back']],
    downloaded: ['Download started 20 November 2026', ['Send a new link']],
    declined: ['Declined 19 November 2026', ['Send a new link']],
    withdrawn: ['Withdrawn 18 November 2026. What we keep about them is being deleted', []],
    expired: ['Expired 17 November 2026', ['Send a new link']],
    'taken-back': ['Taken back 16 November 2026', ['Send a new link']],
    undeliverable: ['The email came back. Check the address', ['Send to another address', 'Take back']],
    refused: ['Their mailbox did not take the email. Reach them another way', ['Send to another address', 'Take back']],
    asked: ['Asks for a new link', ['Send a new link', 'Not now']],
    'wrong-person': ['Somebody said the link was not for them', ['Take back', 'Keep it']],
    renewed: ['Replaced by a new link', []],
    erased: ['What we kept about them is deleted', []],
  };
  for (const [id, [words, acts]] of Object.entries(WORDS)) {
    it(`${id}: “${words}”, and what can be done`, async () => {
      const { row } = await listed();
      expect(plain(row(id).querySelector('.status')?.textContent)).to.equal(words);
      const buttons = [...row(id).querySelectorAll('button')].map((button) => plain(button.textContent));
      expect(buttons).to.deep.equal(acts);
    });
  }

  it('have a sign of their own once taken back, and the clock while they wait', async () => {
    const { row } = await listed();
    const sign = (id: string) => row(id).querySelector('.status path')?.getAttribute('d');
    expect([sign('taken-back'), sign('waiting')]).to.deep.equal(['m5.05 5.05 9.9 9.9', 'M10 6v4.25l2.75 1.75']);
  });

  it('name nobody, and nothing that they were for, once that is deleted', async () => {
    const { row } = await listed();
    expect(plain(row('erased').textContent)).to.equal('Address deleted What we kept about them is deleted 2 files');
  });

  it('are asked about before one is taken back, and can be kept', async () => {
    const taken: string[] = [];
    const made = await listed({ takeBackLink: async (id) => void taken.push(id) });
    await made.press('waiting', 'Take back');
    expect(plain(made.root.activeElement?.textContent)).to.equal(
      'Take back the link to jo@mail.example? It stops working at once. Files already downloaded stay with them.',
    );
    await made.press('waiting', 'Keep it');
    expect(taken).to.deep.equal([]);
    await made.press('waiting', 'Take back');
    await made.press('waiting', 'Take back');
    expect(taken).to.deep.equal(['waiting']);
    expect(plain(made.root.querySelector('#polite')?.textContent)).to.contain(
      'The link to jo@mail.example is taken back',
    );
  });

  it('are renewed and left as they are with one press', async () => {
    const done: string[] = [];
    const made = await listed({
      renewLink: async (id) => {
        done.push(`renew ${id}`);
        return MADE;
      },
      keepLink: async (id) => void done.push(`keep ${id}`),
    });
    await made.press('asked', 'Send a new link');
    await made.press('asked', 'Not now');
    await made.press('wrong-person', 'Keep it');
    expect(done).to.deep.equal(['renew asked', 'keep asked', 'keep wrong-person']);
  });

  it('come page by page', async () => {
    const asked: (string | undefined)[] = [];
    const made = await listed({
      listLinks: async (cursor) => {
        asked.push(cursor);
        return cursor === undefined ? { links: SENT.slice(0, 2), next: 'second' } : { links: SENT.slice(1, 4) };
      },
    });
    made.root.querySelector<HTMLElement>('#more')?.click();
    await settled(made.element);
    expect(asked).to.deep.equal([undefined, 'second']);
    expect(made.root.querySelectorAll('.row').length).to.equal(4);
    expect(made.root.querySelector('#more')).to.equal(null);
  });

  it('stand alone where there is nothing to send', async () => {
    const made = await form(undefined, { listLinks: async () => ({ links: [...SENT] }) });
    made.element.files = [];
    made.element.links = recordedLinks({ listLinks: async () => ({ links: [...SENT] }) });
    await settled(made.element);
    expect(made.root.querySelectorAll('.row').length).to.equal(SENT.length);
    expect(made.root.querySelector('#back')).to.equal(null);
  });
});

async function settled(element: { updateComplete: Promise<boolean> }): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
}
