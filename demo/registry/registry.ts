import type { Scope, Template } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { AppRecord } from './app-record.ts';
import type { ServiceClient } from './service-client.ts';
import { readTemplates } from './templates.ts';

export interface RegisteredApp {
  readonly record: AppRecord;
  readonly template: Template;
  /** SHA-256 of the template's JSON, base64. */
  readonly templateSha256: string;
}

export interface Registry {
  /** Fails with the problem app_unknown. */
  app(id: string): RegisteredApp;
  find(id: string): RegisteredApp | undefined;
  all(): readonly RegisteredApp[];
  /** The app that a client of the issuer acts for: an app's pages are a client under its own id. */
  ofClient(id: string): RegisteredApp | undefined;
  service(id: string): ServiceClient | undefined;
  services(): readonly ServiceClient[];
}

/** The apps as registered, each with its template. An app that names an unknown template stops the start. */
export function createRegistry(records: readonly AppRecord[], clients: readonly ServiceClient[] = []): Registry {
  const templates = readTemplates();
  const apps = new Map<string, RegisteredApp>();
  for (const record of records) {
    const template = templates.get(record.template);
    if (!template) throw new Error(`app ${record.id}: there is no template ${record.template}`);
    if (apps.has(record.id)) throw new Error(`app ${record.id} is registered twice`);
    apps.set(record.id, { record, template, templateSha256: sha256(JSON.stringify(template)).toString('base64') });
  }
  const services = new Map<string, ServiceClient>();
  for (const client of clients) {
    const app = apps.get(client.app);
    if (!app || !client.id.startsWith(`${client.app}.`)) {
      throw new Error(`service client ${client.id}: its id must begin with its app, and there must be such an app`);
    }
    const foreign = client.scopes.find((scope) => !scopesOf(app).includes(scope));
    if (foreign) throw new Error(`service client ${client.id}: the app ${client.app} has no scope ${foreign}`);
    if (services.has(client.id)) throw new Error(`service client ${client.id} is registered twice`);
    services.set(client.id, client);
  }
  const find = (id: string) => apps.get(id);
  return {
    find,
    app(id) {
      const app = find(id);
      if (!app) throw new Problem('app_unknown');
      return app;
    },
    all: () => [...apps.values()],
    ofClient: (id) => find(services.get(id)?.app ?? id),
    service: (id) => services.get(id),
    services: () => [...services.values()],
  };
}

/** What people of an app may get: the template's scopes, and for its owners what concerns everybody's files, sign-ins and acts. */
export const scopesOf = ({ template }: RegisteredApp): Scope[] => [
  ...new Set<Scope>([...template.scopes, 'files:read:app', 'links:read:app', 'exports:read', 'access:end']),
];
