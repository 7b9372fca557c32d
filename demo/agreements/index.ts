import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import {
  type Agreements,
  type Asking,
  agreementNotice,
  canonical,
  type GiveAgreement,
} from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import { agreed } from './schema.ts';

type Queries = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert'>;

/** One person at one app, as the token says, and what that app asks them now. */
export interface Asked {
  readonly tenant: string;
  readonly person: string;
  readonly app: {
    readonly record: { readonly id: string; readonly org: Asking['org'] };
    readonly template: { readonly purposes?: Asking['purposes'] | undefined };
  };
}

const askingOf = ({ app: { record, template } }: Asked): Asking => ({
  app: record.id,
  org: record.org,
  purposes: template.purposes ?? [],
});

/** What was said, for the one list of acts that nobody can change afterwards. */
export interface AgreementAct {
  readonly tenant: string;
  readonly app: string;
  readonly actor: string;
  readonly act: 'agreement.given';
  /** Id of the agreement. */
  readonly subject: string;
  /** `notice`: canonical JSON; `agreed` and `declined`: ids of its purposes, with a space between. */
  readonly facts: Readonly<Record<'notice' | 'notice_sha256' | 'language' | 'agreed' | 'declined', string>>;
}

/** What this room is lent: it knows no broker. */
export interface Lent<Tx extends Queries> {
  readonly db: { readonly q: Queries; transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> };
  record(tx: Tx, at: Date, act: AgreementAct): Promise<void>;
  newId(): string;
  /** ms since epoch */
  now(): number;
}

/** What people agree to before they upload: asked, kept with the notice that was shown, and demanded. */
export class AgreementBook<Tx extends Queries> {
  readonly #lent: Lent<Tx>;

  constructor(lent: Lent<Tx>) {
    this.#lent = lent;
  }

  async read(asked: Asked): Promise<Agreements> {
    const { app, org, purposes } = askingOf(asked);
    const rows = await this.#answers(asked);
    return {
      app,
      org: { name: org.name, contact: org.contact },
      purposes: [...purposes],
      answers: rows.map(({ purpose, isAgreed, at, agreement, noticeSha256 }) => ({
        id: purpose,
        agreed: isAgreed,
        at: at.toISOString(),
        agreement,
        notice_sha256: noticeSha256,
      })),
    };
  }

  /** Keeps each tick, and each box that was left empty. Fails with notice_stale where that is not what is asked now. */
  async give(asked: Asked, given: GiveAgreement): Promise<Agreements> {
    const answers = new Map(given.purposes.map(({ id, agreed }) => [id, agreed]));
    const notice = agreementNotice(askingOf(asked), new Set(answers.keys()), given.language);
    const shown = canonical(notice);
    const sha256 = createHash('sha256').update(shown).digest('base64');
    const isAsShown = notice.purposes.length === given.purposes.length && sha256 === given.notice_sha256;
    if (!isAsShown) throw new Problem('notice_stale');
    const at = new Date(this.#lent.now());
    const agreement = this.#lent.newId();
    const { tenant, person } = asked;
    const { app } = notice;
    const rows = notice.purposes.map(({ id, version }) => ({
      tenant,
      app,
      person,
      purpose: id,
      version,
      isAgreed: answers.get(id) === true,
      at,
      agreement,
      noticeSha256: sha256,
    }));
    const idsOf = (isAgreed: boolean) =>
      rows.flatMap((row) => (row.isAgreed === isAgreed ? row.purpose : [])).join(' ');
    await this.#lent.db.transaction(async (tx) => {
      const { tenant: ofTenant, app: ofApp, person: ofPerson, purpose } = agreed;
      await tx
        .insert(agreed)
        .values(rows)
        .onConflictDoUpdate({
          target: [ofTenant, ofApp, ofPerson, purpose],
          set: {
            version: sql`excluded.version`,
            isAgreed: sql`excluded.is_agreed`,
            at: sql`excluded.at`,
            agreement: sql`excluded.agreement`,
            noticeSha256: sql`excluded.notice_sha256`,
          },
        });
      await this.#lent.record(tx, at, {
        tenant,
        app,
        actor: `person:${person}`,
        act: 'agreement.given',
        subject: agreement,
        facts: {
          notice: shown,
          notice_sha256: sha256,
          language: notice.language,
          agreed: idsOf(true),
          declined: idsOf(false),
        },
      });
    });
    return this.read(asked);
  }

  /** Ids of the agreements that an upload rests on. Fails with consent_needed where a needed one is missing. */
  async demand(asked: Asked): Promise<string[]> {
    const { purposes } = askingOf(asked);
    const rows = (await this.#answers(asked)).filter(({ isAgreed }) => isAgreed);
    const isMissing = purposes.some(({ id, needed }) => needed && !rows.some(({ purpose }) => purpose === id));
    if (isMissing) throw new Problem('consent_needed');
    return [...new Set(rows.map(({ agreement }) => agreement))];
  }

  /** To the purposes as they are now, in their order. */
  async #answers(asked: Asked) {
    const { tenant, person } = asked;
    const { app, purposes } = askingOf(asked);
    if (purposes.length === 0) return [];
    const rows = await this.#lent.db.q
      .select()
      .from(agreed)
      .where(and(eq(agreed.tenant, tenant), eq(agreed.app, app), eq(agreed.person, person)));
    return purposes.flatMap(({ id, version }) => {
      return rows.find((row) => row.purpose === id && row.version === version) ?? [];
    });
  }
}
