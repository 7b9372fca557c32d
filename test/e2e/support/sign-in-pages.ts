import type { Page } from 'playwright-core';
import { mintGuestCode } from '../../../demo/identity/guests/codes.ts';
import { SIGN_IN_WORDS } from '../../../demo/identity/words.ts';
import type { RecordedJobs, TestDeps } from '../../support/broker.ts';
import { type SignInRig, startSignInRig, TestTag } from '../../support/sign-in.ts';
import { wholeBroker } from '../../support/whole-broker.ts';

type Lang = keyof typeof SIGN_IN_WORDS;

const APP = 'photos';
/** Nothing listens there. */
const SILENT = { id: 'silent-id', name: 'Globex', issuer: 'http://127.0.0.1:1' };

/** A broker with an app whose people meet every page: two providers, guests with a notice, typed codes. */
export function startPages(): Promise<SignInRig> {
  return startSignInRig((deps, issuer) => {
    letInEverybody(deps);
    return wholeBroker(deps, issuer);
  });
}

function letInEverybody(deps: TestDeps): void {
  const { record, template } = deps.registry.app(APP);
  const known = deps.config.providers.map((provider) => ({ ...provider, ...SILENT }));
  Object.assign(deps.config, { providers: [...deps.config.providers, ...known] });
  Object.assign(record, { guests: true, codes: true, providers: [...record.providers, SILENT.id] });
  const notice = {
    en: 'You send as a guest. The team keeps your address for a year.',
    de: 'Sie senden als Gast. Das Team behält Ihre Adresse ein Jahr lang.',
    ar: 'أنت ترسل كضيف. يحتفظ الفريق بعنوانك لمدة عام.',
  };
  Object.assign(template, { guests: { scopes: ['uploads:create'], notice } });
}

/** Leads a browser from page to page of what the broker shows while somebody signs in; yields the name of each as it stands. */
export async function* signInPages(page: Page, rig: SignInRig, lang: Lang): AsyncGenerator<string> {
  const words = SIGN_IN_WORDS[lang];
  const { deps, url } = rig;
  const press = (name: string) => page.getByRole('button', { name }).click();
  const stands = (text: string) => page.getByText(text).first().waitFor();
  const open = (path: string) => page.goto(`${url}${path}`);

  /** Its clock goes with the broker's, which is moved on between codes. */
  async function newTag() {
    const tag = await TestTag.make(url);
    tag.drift = Math.round((deps.now() - Date.now()) / 1000);
    return tag;
  }
  /** To the page of ways in, of a sign-in of this browser. */
  async function begin() {
    const tag = await newTag();
    await open(`/sign-in/start?app=${APP}`);
    const asked = JSON.stringify(tag.transaction(APP));
    await page.goto(
      await page.evaluate(
        `fetch('/sign-in/start', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(asked)} })
          .then((answer) => answer.json()).then(({ authorize }) => authorize)`,
      ),
    );
    return tag;
  }
  async function mailedCode(): Promise<string> {
    const last = (deps.jobs as RecordedJobs).sent.at(-1);
    const minted = await mintGuestCode(deps, last?.payload.id ?? '');
    if (!minted) throw new Error('no code was mailed');
    return minted.code;
  }
  const another = (code: string, by: number) => String((Number(code) + by) % 100_000_000).padStart(8, '0');
  /** Without the script that sends a whole code by itself, and without what the browser checks first. */
  async function enter(code: string) {
    await page.locator('input[name=code]').evaluate((field: HTMLInputElement, value) => {
      field.value = value;
      field.form?.setAttribute('novalidate', '');
    }, code);
    await press(words.code.go);
  }
  async function askFor(address: string, agrees = true) {
    await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
    await page.getByLabel(words.address.label).fill(address);
    if (agrees) await page.getByLabel(words.address.agree).check();
    await press(words.address.send);
  }
  const callback = (tag: TestTag, answer: Record<string, string>) =>
    open(`/sign-in/callback?${new URLSearchParams({ state: tag.state, iss: `${url}/oidc`, ...answer })}`);

  await open(`/sign-in/start?app=${APP}`);
  yield 'start-lost';
  const [waiting] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(`void window.open('/sign-in/start?app=${APP}')`),
  ]);
  await waiting.close();
  await page.evaluate(
    `{ document.querySelector('#wait').hidden = false; document.querySelector('#lost').hidden = true; }`,
  );
  yield 'start';

  await begin();
  yield 'choose';
  await page.getByRole('link', { name: words.choose.with(SILENT.name) }).click();
  await stands(words.choose.silent(SILENT.name));
  yield 'choose-silent';

  await page.getByRole('link', { name: words.choose.guest }).click();
  await stands(words.address.send);
  yield 'guest';
  await askFor('kim@outside', false);
  await stands(words.address.wrong);
  yield 'guest-wrong';
  await askFor(`kim-${lang}@outside.example`, false);
  await stands(words.address.unread);
  yield 'guest-unread';
  await askFor(`kim-${lang}@outside.example`);
  await stands(words.code.title);
  yield 'code';
  const code = await mailedCode();
  await enter('123');
  await stands(words.code.format);
  yield 'code-format';
  await enter(another(code, 1));
  await stands(words.code.miss(4));
  yield 'code-wrong';
  for (let more = 2; more < 5; more += 1) {
    await enter(another(code, more));
    await stands(words.code.miss(5 - more));
  }
  yield 'code-last-try';
  await enter(another(code, 5));
  await stands(words.code.used);
  yield 'code-used';
  for (let codes = 1; codes < 3; codes += 1) {
    deps.clock.pass(120);
    await press(words.code.again);
    await page.locator('input[name=code]').waitFor();
    const next = await mailedCode();
    for (let more = 1; more <= 5; more += 1) {
      await enter(another(next, more));
      await stands(more < 5 ? words.code.miss(5 - more) : codes < 2 ? words.code.used : words.locked.title);
    }
  }
  yield 'locked';

  const guest = async (name: string) => {
    await page.getByRole('link', { name: words.choose.guest }).click();
    await askFor(`${name}-${lang}@outside.example`);
    await stands(words.code.title);
    await enter(await mailedCode());
  };
  await begin();
  await guest('ann');
  await stands(words.parked.title);
  yield 'parked';
  await begin();
  await page.getByRole('link', { name: words.choose.guest }).click();
  await askFor(`ann-${lang}@outside.example`);
  await stands(words.address.limit.trim());
  yield 'guest-limit';
  const cancelled = await begin();
  await cancelled.call('POST', '/v1/sign-in/cancel', { body: { app: APP, secret: cancelled.secret } });
  await callback(cancelled, { error: 'access_denied' });
  await stands(words.cancelled.title);
  yield 'cancelled';
  await callback(await begin(), { error: 'access_denied' });
  await stands(words.refused.title);
  yield 'refused';
  await callback(await begin(), { error: 'server_error' });
  await stands(words.lost.title);
  yield 'failed';
  await open('/sign-in/lost');
  await stands(words.lost.title);
  yield 'lost';

  await open('/code');
  yield 'typed-code';
  const typed = page.locator('#code');
  await typed.fill('BBBB-BBBB');
  await typed.press('Enter');
  await page.locator('#problem:not(:empty)').waitFor();
  yield 'typed-code-wrong';
  const tag = await newTag();
  const asked = await tag.call('POST', '/v1/sign-in/code', { body: tag.transaction(APP) });
  await typed.fill(((await asked.json()) as { user_code: string }).user_code);
  await typed.press('Enter');
  await page.locator('#confirm:not([hidden])').waitFor();
  yield 'typed-code-confirm';
  await page.locator('#confirm button').click();
  await page.waitForURL('**/sign-in/interaction/**');
  await guest('bea');
  await stands(words.elsewhere.title);
  yield 'elsewhere';

  await open('/oidc/session/end');
  yield 'leave';
  await press(words.leave.yes);
  await stands(words.left.title);
  yield 'left';

  await open('/nowhere');
  yield 'no-page';
  await open('/u/typo');
  yield 'no-app';
  await open(`/u/${APP}`);
  yield 'hosted-page-without-script';
}
