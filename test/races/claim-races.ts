import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { sha256 } from '../../demo/base/ids.ts';
import type { Database } from '../../demo/database/index.ts';
import { link, linkClaim, recipientSession } from '../../demo/recipients/schema.ts';
import type { Claimed } from '../../src/contract/index.ts';
import type { Answer } from '../support/broker.ts';
import { openTestPglite, openTestPostgres, type TestPostgres } from '../support/database.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { RecipientProcess } from '../support/recipient-processes.ts';

export type Kind = 'pglite' | 'postgresql';

/** What was seen of one link that many proven keys claimed at once. */
export interface Round {
  readonly won: number;
  readonly milliseconds: number;
  /** Everything that is not as it must be; empty where one key won and no other ever gets the files. */
  readonly wrong: readonly string[];
}

/** One link after the other, claimed by many keys at once: in one broker on PGlite, or by turns in two on PostgreSQL. */
export class ClaimRaces {
  readonly #rig: LinkRig;
  readonly #db: Database;
  readonly #server: TestPostgres | null;
  readonly #brokers: readonly RecipientProcess[];
  readonly #keys: readonly PageKey[];

  private constructor(
    rig: LinkRig,
    db: Database,
    server: TestPostgres | null,
    brokers: readonly RecipientProcess[],
    keys: readonly PageKey[],
  ) {
    this.#rig = rig;
    this.#db = db;
    this.#server = server;
    this.#brokers = brokers;
    this.#keys = keys;
  }

  static async start(kind: Kind, callers: number): Promise<ClaimRaces> {
    const server = kind === 'postgresql' ? await openTestPostgres() : null;
    const db = await (server?.open() ?? openTestPglite());
    const rig = await LinkRig.start({ db });
    const brokers = server ? [await RecipientProcess.start(server.url), await RecipientProcess.start(server.url)] : [];
    const keys = await Promise.all(Array.from({ length: callers }, () => PageKey.make()));
    return new ClaimRaces(rig, db, server, brokers, keys);
  }

  async close(): Promise<void> {
    await Promise.all(this.#brokers.map((broker) => broker.close()));
    await this.#rig.close();
    await this.#db.close();
    await this.#server?.stop();
  }

  async round(): Promise<Round> {
    const { id, tokens } = await this.#provenLink();
    const begun = performance.now();
    const answers = await Promise.all(tokens.map((token, index) => this.#claim(token, index)));
    const milliseconds = performance.now() - begun;
    const winner = answers.findIndex(({ status }) => status === 200);
    const won = answers.filter(({ status }) => status === 200).length;
    const wrong: string[] = [];
    const hold = (what: string, seen: unknown, expected: unknown) => {
      if (seen !== expected) wrong.push(`${what}: ${seen}, not ${expected}`);
    };
    hold('keys that won', won, 1);
    hold('keys told link_used', answers.filter(isUsed).length, tokens.length - 1);

    const claims = await this.#db.q.select().from(linkClaim).where(eq(linkClaim.link, id));
    hold('claims in the database', claims.length, 1);
    hold('key of the claim', claims[0]?.jkt, this.#keys[winner]?.jkt);
    const [row] = await this.#db.q.select().from(link).where(eq(link.id, id));
    hold('claims counted', row?.claimsUsed, 1);
    const acts = and(eq(audit.subject, id), eq(audit.act, 'link.claimed'));
    hold('claims in the audit', (await this.#db.q.select().from(audit).where(acts)).length, 1);

    // Once more, each at the other process: the winner gets the files again, nobody else does.
    const again = await Promise.all(tokens.map((token, index) => this.#claim(token, index, 1)));
    again.forEach((answer, index) => {
      if (index === winner) hold('files of the winner, asked again', (answer.body as Claimed).files?.length, 2);
      else if (!isUsed(answer)) wrong.push(`key ${index}, asked again: ${answer.status}`);
    });
    return { won, milliseconds, wrong };
  }

  /** A link that was accepted, and a session of it for every key: more than the limits on codes would ever let in. */
  async #provenLink(): Promise<{ id: string; tokens: string[] }> {
    const { id, token } = await this.#rig.sentLink();
    const [first, ...others] = this.#keys;
    if (!first) throw new RangeError('A race needs callers');
    const { recipient_token } = (await this.#rig.accepted(token, first)).verified;
    const [session] = await this.#db.q.select().from(recipientSession).where(eq(recipientSession.link, id));
    if (!session) throw new Error('A proven recipient has a session');
    const copies = others.map((key) => ({ key, token: randomBytes(32).toString('base64url') }));
    if (copies.length > 0)
      await this.#db.q
        .insert(recipientSession)
        .values(copies.map(({ key, token }) => ({ ...session, tokenHash: sha256(token), jkt: key.jkt })));
    return { id, tokens: [recipient_token, ...copies.map(({ token }) => token)] };
  }

  #claim(token: string, index: number, shift = 0): Promise<Answer> {
    const key = this.#keys[index];
    if (!key) throw new RangeError('A key per caller');
    const broker = this.#brokers[(index + shift) % 2];
    return broker?.ask(this.#rig.deps, 'claim', token, key) ?? this.#rig.asRecipient('claim', token, key);
  }
}

const isUsed = (answer: Answer): boolean => answer.status === 410 && codeOf(answer) === 'link_used';
