import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { SIGN_IN_WORDS } from '../../demo/identity/words.ts';
import { SECOND_STEP } from '../../demo/provider/accounts.ts';
import type { DammedStore } from './support/dammed-store.ts';
import type { Demo } from './support/demo.ts';
import { makeFile, makeFolder, pngBytes, type TestFile } from './support/files.ts';
import { Finger, phoneOf } from './support/finger.ts';
import { codeIn, linkIn, mailTo } from './support/mail.ts';
import { pdf } from './support/pdf.ts';
import { ELEVEN_MINUTES_ON, KEEP_LONG_TIMERS } from './support/recipient-keys.ts';
import { type SentBefore, sendBefore } from './support/sender-keys.ts';
import { withDammedChromium } from './support/stage.ts';
import { hashesIn } from './support/storage.ts';
import { until } from './support/tab.ts';
import { RECORDED } from './support/unfinished-keys.ts';

const MB = 1024 * 1024;
const RECIPIENT = 'iris@outside.example';
const GUEST = 'guest@visitors.example';
const { choose, address, code: entering, elsewhere } = SIGN_IN_WORDS.en;
const SHARE = 'I may share these files.';

describe('more by a finger on 360 × 740', { timeout: 300_000 }, () => {
  let store: DammedStore;
  let demo: Demo;
  let browser: Browser;
  let phone: BrowserContext;
  const file = (name: string, bytes: Buffer): TestFile => makeFile(makeFolder(), name, bytes);

  withDammedChromium((...parts) => {
    [store, demo, browser] = parts;
  });
  /** A phone of its own for each: who signed in on another is not known there. */
  const story = (title: string, act: () => Promise<void>) =>
    test(title, async () => {
      phone = await phoneOf(browser);
      try {
        await act();
      } finally {
        await phone.close();
      }
    });

  story('what an upload needs is read and ticked; reference, details and receipt are had afterwards', async () => {
    const photo = file('photo.png', pngBytes(20_000));
    await phone.grantPermissions(['clipboard-read', 'clipboard-write']);
    const finger = await Finger.on(phone, `${demo.site}/event`);
    await finger.see('More about your files');
    await finger.tap('More about your files');
    await finger.see('Who gets them');
    await finger.tap('More about your files');
    await finger.tap('Choose files first');
    await finger.see('before anything is sent');
    await finger.pick('Choose files', photo.path);
    await finger.see(SHARE);
    await finger.tap('Upload 1 file');
    await finger.see(`Tick the box to upload: ${SHARE}`);
    const ticked = () =>
      finger.page.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.matches(':checked')));
    assert.deepEqual(await ticked(), [false, false]);
    await finger.tapWords(SHARE);
    await finger.tapWords(/train/);
    await finger.tapWords(/train/);
    assert.deepEqual(await ticked(), [true, false]);
    await finger.tapWords('What this means');
    await finger.see('You took the pictures yourself');
    await finger.signsIn('Upload 1 file');
    await finger.see('1 file uploaded');
    assert.deepEqual(await hashesIn(store), [photo.sha256]);

    await finger.tap('Copy');
    await finger.see('Copied');
    const reference = await finger.page.getByText(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/).innerText();
    assert.equal(await finger.page.evaluate('navigator.clipboard.readText()'), reference);
    await finger.tapWords(/^Details$/);
    await finger.see('Technical copy');
    assert.ok((await finger.saves('Technical copy')).includes(reference.replace('-', '')));
    const receipt = await finger.saves('Save receipt');
    assert.ok(receipt.includes(reference) && receipt.includes('Agreed to: I may share these files'));
    await finger.tap('Upload more files');
    await finger.see('Choose files');
  });

  story(
    'an unfinished upload: what was sent is kept, another file is no match, it goes on; the next is deleted',
    async () => {
      const drawings = file('drawings.pdf', pdf(24 * MB));
      const other = file('drawings.pdf', pdf(24 * MB));
      const letters = file('letters.pdf', pdf(24 * MB));
      const finger = await Finger.on(phone, `${demo.site}/files`);

      /** Two parts are stored when the page is opened anew. */
      const leave = async ({ path, name }: TestFile) => {
        store.let(2);
        const { length } = store.stored;
        await finger.pick('Choose files', path);
        await finger.tap('Upload 1 file');
        await store.until(length + 2);
        await until(
          async () => ((await finger.page.evaluate(RECORDED)) === 2 ? true : null),
          'the record of two parts',
        );
        await finger.page.goto(`${demo.site}/files`);
        await finger.see('You have an unfinished upload. Sign in to see it.');
        await finger.tap(/^Sign in/);
        await finger.see('You have 1 unfinished upload');
        await finger.tap(new RegExp(`^Delete what was sent of .?${name}`));
        await finger.see('Keep');
      };

      await finger.see('Choose files first');
      await finger.signsIn(/^Sign in with/);
      await finger.see('Signed in as Jo Meyer');
      await leave(drawings);
      await finger.tap('Keep');
      await finger.pick(/^Choose it again: .?drawings\.pdf/, other.path);
      await finger.see(/^This is not the same file\./);
      store.let(Number.POSITIVE_INFINITY);
      await finger.pick(/^Choose again: .?drawings\.pdf/, drawings.path);
      await finger.see('1 file uploaded');
      assert.ok((await hashesIn(store)).includes(drawings.sha256));

      await finger.tap('Upload more files');
      await leave(letters);
      const deleted = finger.page.waitForResponse((response) => response.request().method() === 'DELETE');
      await finger.tap('Delete');
      assert.equal((await deleted).status(), 204);
      await finger.page.getByRole('heading', { name: /unfinished/ }).waitFor({ state: 'detached' });
      await finger.fits();
    },
  );

  story('a form that waits is let go, sent again, and goes when its file is in', async () => {
    const report = file('report.pdf', pdf(24 * MB));
    const finger = await Finger.on(phone, `${demo.site}/form`);
    await finger.page.locator('secure-upload').evaluate((box) => box.setAttribute('submit', 'wait'));
    await finger.see('Choose files first');
    await finger.write('What is it about?', 'Rain');
    await finger.signsIn(/^Sign in with/);
    await finger.see('Signed in as Jo Meyer');
    store.let(1);
    const { length } = store.stored;
    await finger.pick('Choose files', report.path);
    await store.until(length + 1);
    await finger.tap('Send the case');
    await finger.see('The form is sent when your files are uploaded.');
    await finger.tap('Do not send yet');
    await finger.page.getByText('The form is sent when').waitFor({ state: 'detached' });
    await finger.tap('Send the case');
    await finger.see('The form is sent when your files are uploaded.');
    store.open();
    await finger.see('With 1 document.');
    assert.ok((await hashesIn(store)).includes(report.sha256));
  });

  let earlier: SentBefore;

  story('a link is looked at, agreed to and sent; another is taken back and renewed', async () => {
    earlier = await sendBefore(demo);
    const { waiting } = earlier;
    const note = file('note.txt', Buffer.from('hello'));
    const finger = await Finger.on(phone, `${demo.site}/files`);
    await finger.signsIn(/^Sign in with/);
    await finger.pick('Choose files', note.path);
    await finger.tap('Upload 1 file');
    await finger.see('1 file uploaded');
    await finger.tap('Send to someone');
    await finger.see('See what they will see');
    await finger.write('Send to', RECIPIENT);
    await finger.write('What is it for?', 'Your signed contract');
    await finger.tap('See what they will see');
    await finger.see('The first page');
    await finger.tap('Send link');
    await finger.see('I have read this and say yes');
    await finger.tapWords('I have read this and say yes');
    await finger.tap('Send link');
    await finger.see(/^Link sent to .?iris/);

    await finger.tap('Links you sent');
    await finger.see(waiting);
    await finger.tap(new RegExp(`^Take back the link to .?${waiting}`));
    await finger.see('It stops working at once.');
    await finger.tap('Keep it');
    await finger.tap(new RegExp(`^Take back the link to .?${waiting}`));
    await finger.tap('Take back');
    await finger.see(/^Taken back/);
    await finger.tap(new RegExp(`^Send a new link to .?${waiting}`));
    await finger.see('Replaced by a new link');
  });

  story('who gets a link reports it, declines and accepts, withdraws, and stops the mails', async () => {
    const finger = await Finger.on(phone, earlier.used);
    await finger.see('This link has been used');
    await finger.tap('That was not me');
    await finger.see('has been told.');

    await finger.page.goto(linkIn(await mailTo(demo, RECIPIENT, /sent you/)));
    await finger.see('This is not for me');
    await finger.tap('This is not for me');
    await finger.see('Thank you');
    await finger.page.reload();
    await finger.see('Is this genuine?');
    await finger.tapWords('Is this genuine?');
    await finger.see('We never ask for a password');
    await finger.tap('Send me the code');
    await finger.see('Enter the code from your email');
    const code = codeIn(await mailTo(demo, RECIPIENT, /is your code/));
    await finger.write('Code', code === '00000000' ? '11111111' : '00000000');
    await finger.tap('Continue');
    await finger.see(/You have 4 tries left/);
    // What did not match is marked: the next digits take its place.
    await finger.page.locator('#code:focus').waitFor();
    await finger.page.keyboard.type(code);
    await finger.tap('Continue');

    await finger.see('Do you want to receive these files?');
    await finger.tapWords('Read the full notice');
    await finger.tap(/^Decline/);
    await finger.see('You declined');
    await finger.tap('Show the details again');
    await finger.tap(/^Accept/);
    await finger.see('Your files are ready');
    // A slow line: while the file is on its way its time runs out.
    let release = () => {};
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    const isElsewhere = (url: URL) => url.origin !== new URL(demo.broker).origin;
    await finger.page.route(isElsewhere, (route) => isReleased.then(() => route.continue()));
    await finger.page.evaluate(KEEP_LONG_TIMERS);
    const saved = finger.saves(/^Download .?note/);
    await until(() => finger.page.evaluate<true | null>('window.late ? true : null'), 'the timer of the files');
    await finger.page.evaluate(ELEVEN_MINUTES_ON);
    await finger.tap(/^15\s+more minutes$/);
    await finger.button(/more minutes/).waitFor({ state: 'detached' });
    release();
    assert.equal(await saved, 'hello');
    await finger.see('Nothing was changed on the way');
    await finger.tap('Email me the receipt');
    await finger.see('The receipt is on its way');
    await finger.tapWords('What was recorded');
    await finger.see('You accepted');
    await finger.tap('Withdraw');
    await finger.see('Withdraw?');
    await finger.tap('Withdraw');
    await finger.see(/^You withdrew/);

    await finger.page.goto(earlier.stop);
    await finger.see('Stop these emails');
    await finger.tap('Stop these emails');
    await finger.see('You get no more of these emails');
    await finger.tap('Allow them again');
    await finger.button('Stop these emails').waitFor();
    await finger.fits();
  });

  story('a guest reads what becomes of the address, and types the code from the mail', async () => {
    const picture = file('picture.png', pngBytes(50_000));
    const finger = await Finger.on(phone, `${demo.site}/ways/guests`);
    await finger.tap('Choose files first');
    await finger.pick('Choose files', picture.path);
    const window = await finger.opens('Upload 1 file');
    await window.see(choose.title);
    await window.tap(window.page.getByRole('link', { name: choose.guest }));
    await window.see('Your address is kept with your pictures, and goes when they go.');
    await window.write(address.label, GUEST);
    await window.tapWords(address.agree);
    await window.tap(address.send);
    await window.see(entering.title);
    const code = codeIn(await mailTo(demo, GUEST, /./));
    await window.write(entering.label, code === '00000000' ? '11111111' : '00000000');
    await window.tap(entering.go);
    await window.see(entering.miss(4));
    await window.page.keyboard.type(code);
    await window.tap(entering.go);
    await finger.see('1 file uploaded');
    await finger.see(`Signed in as ${GUEST}`);
    assert.ok((await hashesIn(store)).includes(picture.sha256));
  });

  story('a second step is asked for when it is needed, and what was agreed to and chosen stays', async () => {
    const picture = file('picture.png', pngBytes(51_000));
    const finger = await Finger.on(phone, `${demo.site}/ways/stronger`);
    await finger.tap('Choose files first');
    await finger.pick('Choose files', picture.path);
    await finger.tapWords('I have read what I send.');
    await finger.signsIn('Upload 1 file');
    await finger.see('For this step Acme asks you to confirm once more.');
    const again = await finger.opens('Upload 1 file');
    await again.atProvider(SECOND_STEP);
    await finger.see('1 file uploaded');
    assert.ok((await hashesIn(store)).includes(picture.sha256));
  });

  story('a box that goes to the sign-in itself comes back, and uploads', async () => {
    const picture = file('picture.png', pngBytes(52_000));
    const finger = await Finger.on(phone, `${demo.site}/hard/own-group/redirect`);
    await finger.tap(/^Sign in with/);
    await finger.atProvider();
    await finger.see('Signed in as Jo Meyer');
    await finger.pick('Choose files', picture.path);
    await finger.tap('Upload 1 file');
    await finger.see('1 file uploaded');
    assert.ok((await hashesIn(store)).includes(picture.sha256));
  });

  story('a box in the frame of another site signs in through its window', async () => {
    const finger = await Finger.on(phone, `${demo.site}/framed`);
    const box = finger.page.frameLocator('iframe');
    await finger.signsIn(box.getByRole('button', { name: /^Sign in with/ }));
    await box.getByText('Signed in as Jo Meyer').filter({ visible: true }).first().waitFor();
    await box.getByRole('button', { name: 'Choose files', exact: true }).waitFor();
    await finger.fits();
  });

  story('the code of a kiosk is typed on a phone, mended, and the kiosk carries on', async () => {
    const picture = file('picture.png', pngBytes(50_000));
    const kiosk = await Finger.on(phone, `${demo.site}/ways/codes`);
    await kiosk.tap('Choose files first');
    await kiosk.pick('Choose files', picture.path);
    await kiosk.tap('Upload 1 file');
    await kiosk.see('Use a code instead');
    await kiosk.tap('Use a code instead');
    const code = await kiosk.page.locator('.user-code').innerText();
    await kiosk.fits();

    const other = await phoneOf(browser);
    const finger = await Finger.on(other, `${demo.broker}/code`);
    await finger.see('Continue');
    const field = finger.page.locator('input[name=code]');
    await finger.tap(field);
    await finger.page.keyboard.type('BBBB-BBBB');
    await finger.tap('Continue');
    await finger.see(/^This code does not work\./);
    await field.evaluate((input: HTMLInputElement) => input.select());
    await finger.page.keyboard.type(code.toLowerCase().replace('-', ' '));
    await finger.tap('Continue');
    await finger.see('Upload to Acme Support');
    await finger.tap('Yes, sign in');
    await finger.atProvider();
    await finger.see(elsewhere.title);
    await other.close();
    await kiosk.see('1 file uploaded');
    assert.ok((await hashesIn(store)).includes(picture.sha256));
  });
});
