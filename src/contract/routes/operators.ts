import { EndAccess, EndedAccess } from '../access.ts';
import { ConsistencyProof, InclusionProof, LedgerKeys } from '../ledger.ts';
import type { RouteFacts } from './route.ts';

/** What an operator, an owner or a monitor calls: the end of access, the ledger. */
export const OPERATOR_ROUTES = {
  endAccess: {
    method: 'POST',
    path: '/v1/access/end',
    summary: 'End at once what one person, or everybody, has at this app',
    auth: 'token',
    scope: 'access:end',
    request: EndAccess,
    response: EndedAccess,
    status: 200,
  },
  ledgerKeys: {
    method: 'GET',
    path: '/v1/ledger-keys',
    summary: 'Keys that sign checkpoints of the ledger, with their dates',
    auth: 'none',
    response: LedgerKeys,
    status: 200,
  },
  ledgerCheckpoint: {
    method: 'GET',
    path: '/v1/ledger/checkpoint',
    summary: 'The latest checkpoint (C2SP tlog-checkpoint, text)',
    auth: 'none',
    status: 200,
  },
  ledgerProof: {
    method: 'GET',
    path: '/v1/ledger/proof/:id',
    summary: 'Inclusion proof of an entry',
    auth: 'none',
    response: InclusionProof,
    status: 200,
  },
  ledgerConsistency: {
    method: 'GET',
    path: '/v1/ledger/consistency',
    summary: 'Consistency proof between two sizes (?from=&to=)',
    auth: 'none',
    response: ConsistencyProof,
    status: 200,
  },
  ledgerEntries: {
    method: 'GET',
    path: '/v1/ledger/entries',
    summary: "All leaves, with the app's own records (JSON Lines)",
    auth: 'token',
    scope: 'exports:read',
    status: 200,
  },
} as const satisfies Record<string, RouteFacts>;
