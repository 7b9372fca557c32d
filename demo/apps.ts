import type { AppRecord } from './registry/app-record.ts';

const acme = { name: 'Acme Support', contact: 'help@acme.example', address: 'Example Street 1, Berlin' };

/** The micro apps of the demo: two of one organisation, one of another. */
export const demoApps = (site: string): AppRecord[] => [
  {
    id: 'cs-screenshots',
    tenant: 'acme',
    template: 'team-photo-share',
    org: acme,
    heading: { en: 'Upload your photos' },
    purpose: { en: 'To answer your support request' },
    mode: 'live',
    origins: [site],
    providers: ['acme'],
    domains: ['acme.example'],
    owners: ['maria@acme.example'],
  },
  {
    id: 'case-files',
    tenant: 'acme',
    template: 'case-files',
    org: acme,
    purpose: { en: 'To work on your case' },
    mode: 'live',
    origins: [site],
    providers: ['acme'],
    domains: ['acme.example'],
    owners: ['maria@acme.example'],
  },
  {
    id: 'event-photos',
    tenant: 'acme',
    template: 'photo-release',
    org: acme,
    heading: { en: 'Share your photos of the day', de: 'Teilen Sie Ihre Fotos vom Tag', ar: 'شارك صور اليوم' },
    purpose: { en: 'To remember the summer party' },
    mode: 'live',
    origins: [site],
    providers: ['acme'],
    domains: ['acme.example'],
    owners: ['maria@acme.example'],
  },
  {
    id: 'globex-photos',
    tenant: 'globex',
    template: 'team-photo-share',
    org: { name: 'Globex', contact: 'help@globex.example', address: 'Sample Road 2, Vienna' },
    purpose: { en: 'To show the team at work' },
    mode: 'live',
    origins: [site],
    providers: ['acme'],
    domains: ['globex.example'],
    owners: [],
  },
];
