import type { MadeLink } from '../../src/contract/links.ts';
import type { StoredFile } from '../../src/contract/uploads.ts';
import { appDocument } from './app-document.ts';

const stored = (id: string, name: string, size: number, type: string): StoredFile => ({
  id,
  name,
  size,
  type,
  sha256: `${'A'.repeat(43)}=`,
  reference: '7F3K92QD',
  stored_at: '2026-11-22T13:00:00.000Z',
  delete_at: '2027-02-20T13:00:00.000Z',
  receipt: 'header.claims.signature',
});

export const FILES = [
  stored('file-contract', 'rental-contract.pdf', 1_258_291, 'application/pdf'),
  stored('file-rules', 'house-rules.pdf', 348_160, 'application/pdf'),
];

export const APP = appDocument({
  app: 'contracts',
  org: { name: 'Acme Legal', contact: 'help@acme.example' },
  purpose: { en: 'To send you contracts' },
  limits: {
    max_file_bytes: 104_857_600,
    max_total_bytes: 1_048_576_000,
    max_files: 20,
    max_name_length: 120,
    accepts: [{ name: 'documents', types: ['application/pdf'], extensions: ['pdf'] }],
  },
  scopes: ['uploads:create', 'links:create:internal'],
  links: { max_days: 14, default_days: 7, external: true },
});

export const MADE: MadeLink = {
  link: {
    id: 'link-to-jo',
    recipient: 'jo@mail.example',
    purpose: 'Your signed rental contract',
    files: ['file-contract', 'file-rules'],
    state: 'open',
    reference: '7F3K92QD',
    created_at: '2026-11-22T13:04:00.000Z',
    expires_at: '2026-11-29T13:03:59.000Z',
    claims: 1,
    claims_used: 0,
    external: true,
  },
  mail_from: 'files@broker.example',
};
