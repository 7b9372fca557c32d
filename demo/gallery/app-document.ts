import type { AppDocument } from '../../src/contract/app.ts';

/** An app as the broker describes it, and as the wire allows it; what a test is about stands in `facts`. */
export function appDocument(facts: Partial<AppDocument> & Pick<AppDocument, 'app' | 'limits'>): AppDocument {
  return {
    protocol: 1,
    org: { name: 'Acme', contact: 'help@acme.example' },
    purpose: { en: 'Photos' },
    mode: 'live',
    template: { id: 'team-photo-share', version: 1, sha256: `${'A'.repeat(43)}=` },
    retention_days: 90,
    region: { id: 'eu', label: { en: 'the European Union', de: 'Europäische Union', ar: 'الاتحاد الأوروبي' } },
    start: 'button',
    sign_in: 'at_upload',
    providers: [{ id: 'acme', name: 'Acme' }],
    issuer: 'https://broker.example/oidc',
    audience: 'https://broker.example/v1',
    scopes: ['uploads:create'],
    context_keys: [],
    folders: false,
    scan: false,
    links: null,
    delivery_window_s: 900,
    storage_origin: 'https://storage.example',
    retired_scripts: [],
    dpop_nonce: 'nonce',
    ...facts,
  };
}
