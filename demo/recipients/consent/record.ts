import * as v from 'valibot';
import {
  CONSENT_RECEIPT_TYP,
  CONSENT_SCHEMA,
  type ConsentReceipt,
  type Decide,
  Notice,
} from '../../../src/contract/index.ts';
import { record } from '../../audit/index.ts';
import { newId, sha256 } from '../../base/ids.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import type { Transaction } from '../../database/index.ts';
import { signReceipt } from '../../uploads/receipts.ts';
import { recipientAct } from '../codes.ts';
import type { OpenedLink } from '../link-store.ts';
import { consent, type recipientSession } from '../schema.ts';
import { maskAddress } from '../shown.ts';
import { noteAct } from './access-log.ts';
import type { Place } from './place.ts';

export type ConsentEvent = 'accepted' | 'declined' | 'withdrawn';

const STATES = { accepted: 'given', declined: 'refused', withdrawn: 'withdrawn' } as const;

export interface ConsentAct {
  readonly opened: OpenedLink;
  readonly who: RecipientCaller;
  readonly place: Place;
  readonly event: ConsentEvent;
  readonly at: Date;
  /** The session, with the notice exactly as it was shown. */
  readonly shown: typeof recipientSession.$inferSelect;
  readonly purposes: readonly ConsentReceipt['purposes'][number][];
  readonly component?: Decide['component'];
}

/** Evidence, audit entry and the mails about it, in the transaction of the act. Answers the receipt. */
export async function keep(deps: Deps, tx: Transaction, act: ConsentAct): Promise<string> {
  const { opened, who, event, at, shown } = act;
  const { row } = opened;
  const id = newId();
  const claims = claimsOf(deps, act, id);
  const receipt = await signReceipt(deps, CONSENT_RECEIPT_TYP, claims);
  const facts = { ...claims, notice_nonce: shown.noticeNonce, jkt: who.jkt };
  const { tenant, app } = row;
  const { surface } = act.place;
  const agreed = act.purposes.flatMap((one) => (one.agreed ? one.id : [])).join(' ');
  const [entry = ''] = await record(
    tx,
    at,
    recipientAct(opened, `consent.${event}`, {
      consent: id,
      surface,
      notice_sha256: shown.noticeSha256,
      // So that the ledger's proof of this act is a proof of this receipt.
      receipt_sha256: sha256(receipt).toString('base64'),
      ...(act.purposes.length > 0 && { agreed }),
    }),
  );
  await tx.insert(consent).values({ id, tenant, app, link: row.id, event, at, record: facts, receipt, entry });
  await noteAct(tx, row.id, event, at);
  await deps.jobs.send(tx, 'receipt-mail', { id });
  await deps.jobs.send(tx, 'sender-mail', { id }, event === 'accepted' ? deps.config.times.oneMail : 0);
  return receipt;
}

function claimsOf(deps: Deps, act: ConsentAct, id: string): ConsentReceipt {
  const { opened, place, event, at, shown, purposes, component } = act;
  const { row } = opened;
  const notice = v.parse(Notice, JSON.parse(shown.noticeCanonical));
  const principal = `recipient:${row.id}`;
  const kept = `P${notice.kept_months}M`;
  return {
    iss: deps.config.publicUrl,
    iat: Math.floor(at.getTime() / 1000),
    jti: id,
    app: row.app,
    link: row.id,
    reference: row.reference,
    schema_version: CONSENT_SCHEMA,
    record_id: row.id,
    pii_principal_id: principal,
    pii_principal: {
      masked_address: maskAddress(row.recipient),
      verification: shown.verification,
      ...(shown.verifiedBy !== null && { verified_by: shown.verifiedBy }),
    },
    privacy_notice: shown.noticeCanonical,
    privacy_notice_sha256: shown.noticeSha256,
    privacy_notice_version: notice.version,
    language: notice.language,
    pii_processing: processingOf(deps, opened, notice, kept),
    party_identification: partiesOf(opened, notice),
    purposes: [...purposes],
    event: {
      event_time: at.toISOString(),
      event_type: 'explicit',
      event_state: STATES[event],
      entity_id: principal,
      validity_duration: kept,
    },
    surface: place.surface,
    ...(place.origin !== null && { origin: place.origin }),
    ...(component !== undefined && { component }),
  };
}

function processingOf(
  deps: Deps,
  { app }: OpenedLink,
  notice: Notice,
  retention_period: string,
): ConsentReceipt['pii_processing'] {
  const { region } = app.template;
  return {
    purpose: notice.lines.find(({ id }) => id === 'why')?.text ?? notice.purpose,
    lawful_basis: notice.legal_basis,
    pii_information: notice.data_kept.map((pii_type) => ({ pii_type, pii_optional: false })),
    pii_controllers: [app.record.tenant],
    collection_method: 'given by the sender; answered on a page of the broker',
    processing_method: 'stored',
    storage_locations: [region.id],
    processing_locations: [region.id],
    geographic_restrictions: [region.id],
    retention_period,
    jurisdiction: app.record.org.jurisdiction ?? region.id.toUpperCase(),
    recipient_third_parties: notice.who_sees.slice(1),
    withdrawal_method: `${deps.config.publicUrl}/w`,
    privacy_rights: notice.rights,
    authority_party: notice.authority.name,
  };
}

function partiesOf({ app, row }: OpenedLink, notice: Notice): ConsentReceipt['party_identification'] {
  const { controller, sender, authority } = notice;
  return [
    {
      party_id: app.record.tenant,
      party_name: controller.name,
      party_address: controller.address,
      party_contact: controller.contact,
      party_role: 'controller',
    },
    { party_id: `person:${row.person}`, party_name: sender.name, party_contact: sender.address, party_role: 'sender' },
    ...notice.who_sees
      .slice(1)
      .map((name) => ({ party_id: name, party_name: name, party_role: 'third_party' as const })),
    {
      party_id: 'authority',
      party_name: authority.name,
      ...(authority.url !== undefined && { party_contact: authority.url }),
      party_role: 'authority',
    },
  ];
}
