import { performance } from 'node:perf_hooks';
import { readMailAddress } from '../base/mail-address.ts';
import { forgetAddress } from '../erasure/forget-address.ts';
import { carryOutErasures, orderErasure } from '../erasure/forget-person.ts';
import { replaceIssuerKeys, rotateNow } from '../identity/key-rotation.ts';
import { CAP, cutLives } from '../identity/tokens/cut-lives.ts';
import { type Desk, endAccess, type Holder } from '../identity/tokens/end-access.ts';
import { endWork } from '../recipients/end-work.ts';
import { outsideShare } from '../recipients/outside-share.ts';

/** What an operator does in an emergency, on the database that the brokers are on. */

export const HELP = `npm run operator -- <command>

  end tenant <id>           Ends all that is signed in, sent and open: tokens, sign-ins, links, open uploads. Files stay.
  end app <id>              The same of one app.
  end person <app> <id>     The same of one person, by the id that the list of acts names.
  forget address <tenant> - Asks for a mail address, then erases what is kept of it in all apps of a tenant: who they
                            are, their files, folders, links and records, and as a recipient the links to them with
                            what they answered. In place of "-" the address itself would stay in the shell's history.
  forget person <app> <id>  The same of one sender alone, by the id that the list of acts names.
                            Both can be run again, and go on where they were interrupted. See docs/consent.md.
  cut-lives <seconds>       Nothing lives longer than this (${CAP.shortest} to ${CAP.longest}), what is out already too.
  restore-lives             The usual lives again. What was ended stays ended.
  rotate issuer|receipt     The next key is made now and signs in an hour, so that everybody knows it by then.
  consents                  Of each app: how many links to addresses outside have their sender's recorded consent.
                            All of them should; nothing is changed.
  scrub                     What was deleted or erased goes from the tables' files too. Each table is locked while it is
                            rewritten: choose a quiet hour. The log of writes and backups: see docs/ledger.md.
  replace-issuer-keys       The issuer's keys may be known to others: a new one signs at once, all tokens are over.

DATABASE_URL names the PostgreSQL; without it the folder DATA_DIR is opened, which no broker may be using then.
What was presigned before goes on to work until it ends by itself, after 5 minutes at most.
`;

/** What is wrong with what was typed. */
export class BadCommand extends Error {}

const ACTOR = 'operator';
type Command = (desk: Desk, words: readonly string[]) => Promise<string>;

const COMMANDS: Readonly<Record<string, Command>> = {
  end: async (desk, words) => {
    const holder = readHolder(desk, words);
    const { sign_ins, links, uploads, ms } = await endAccess(desk, holder, ACTOR, endWork);
    return `${words.join(' ')}: ${sign_ins} sign-ins, ${links} links, ${uploads} open uploads ended in ${ms} ms.`;
  },
  forget: async (desk, [whose, ...words]) => {
    const told = await forget(desk, whose, words);
    if (desk.db.kind === 'pglite') await desk.db.scrub();
    const more = desk.db.kind === 'pglite' ? '' : ' Files of the database: see scrub.';
    return `${told} Objects go with the next sweep of a broker.${more}`;
  },
  'cut-lives': async (desk, words) => {
    const [text = ''] = exactly(1, words);
    const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (seconds < CAP.shortest || seconds > CAP.longest) {
      throw new BadCommand(`Lives can be cut to ${CAP.shortest} to ${CAP.longest} seconds.`);
    }
    const ms = await timed(() => cutLives(desk, seconds, ACTOR));
    return `All lives cut to ${seconds} seconds in ${ms} ms.`;
  },
  'restore-lives': async (desk, words) => {
    exactly(0, words);
    return `The usual lives again, in ${await timed(() => cutLives(desk, null, ACTOR))} ms.`;
  },
  rotate: async ({ db, now, config }, words) => {
    const [purpose] = exactly(1, words);
    if (purpose !== 'issuer' && purpose !== 'receipt')
      throw new BadCommand('Which key? rotate issuer, or rotate receipt.');
    const { keyLife } = config.times;
    const ms = await timed(() => rotateNow({ db, now, keyLife }, purpose));
    return `The next ${purpose} key is made (${ms} ms), and signs in an hour.`;
  },
  consents: async ({ db, registry }, words) => {
    exactly(0, words);
    const lines = registry.all().map(async ({ record: { tenant, id: app } }) => {
      const { links, with_consent } = await outsideShare(db.q, { tenant, app });
      const share = links === 0 ? 100 : Math.floor((with_consent / links) * 100);
      return `${app}: ${with_consent} of ${links} links to addresses outside have recorded consent (${share} %).`;
    });
    return (await Promise.all(lines)).join('\n');
  },
  scrub: async ({ db }, words) => {
    exactly(0, words);
    return `Every table is rewritten without what was deleted, in ${await timed(() => db.scrub())} ms.`;
  },
  'replace-issuer-keys': async ({ db, now, config }, words) => {
    exactly(0, words);
    const { keyLife } = config.times;
    const ms = await timed(() => replaceIssuerKeys({ db, now, keyLife }));
    return `The issuer's keys are replaced (${ms} ms). Brokers refuse the old ones within 10 seconds; everybody signs in again.`;
  },
};

/** Carries one command out and answers the line that says what was done. Fails with BadCommand, before anything is done. */
export async function operate(desk: Desk, [name = '', ...words]: readonly string[]): Promise<string> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new BadCommand(`There is no command "${name}". Run "npm run operator -- --help".`);
  return command(desk, words);
}

async function forget(desk: Desk, whose: string | undefined, words: readonly string[]): Promise<string> {
  if (whose === 'address') {
    const [tenant = '', typed = ''] = exactly(2, words);
    readHolder(desk, ['tenant', tenant]);
    const address = readMailAddress(typed);
    if (!address) throw new BadCommand('That is no mail address.');
    const { people, files, links, received } = await forgetAddress(desk, tenant, address.address);
    return `Forgotten. People: ${people}, files: ${files}, links they sent: ${links}, links to the address: ${received}.`;
  }
  if (whose !== 'person') throw new BadCommand('Whom? forget address <tenant> <address>, or forget person <app> <id>.');
  const { tenant, app = '', person = '' } = readHolder(desk, ['person', ...words]);
  await orderErasure(desk, { tenant, app, person });
  const { files, links } = await carryOutErasures(desk);
  return `Forgotten. People: 1, files: ${files}, links they sent: ${links}.`;
}

function readHolder({ registry }: Desk, [what, ...words]: readonly string[]): Holder {
  const appOf = (id: string | undefined) => {
    const app = registry.find(id ?? '');
    if (!app) throw new BadCommand(`There is no app "${id ?? ''}".`);
    return { tenant: app.record.tenant, app: app.record.id };
  };
  if (what === 'tenant') {
    const [tenant = ''] = exactly(1, words);
    const isKnown = registry.all().some(({ record }) => record.tenant === tenant);
    if (!isKnown) throw new BadCommand(`There is no tenant "${tenant}".`);
    return { tenant };
  }
  if (what === 'app') return appOf(exactly(1, words)[0]);
  if (what !== 'person') throw new BadCommand('Whose? end tenant <id>, end app <id>, or end person <app> <id>.');
  const [app, person = ''] = exactly(2, words);
  return { ...appOf(app), person };
}

function exactly(count: number, words: readonly string[]): readonly string[] {
  if (words.length !== count)
    throw new BadCommand(`Wanted ${count} more, got ${words.length}. Run "npm run operator -- --help".`);
  return words;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
}
