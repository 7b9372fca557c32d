import type { Template } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { AppRecord } from './app-record.ts';
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
}

/** The apps as registered, each with its template. An app that names an unknown template stops the start. */
export function createRegistry(records: readonly AppRecord[]): Registry {
  const templates = readTemplates();
  const apps = new Map<string, RegisteredApp>();
  for (const record of records) {
    const template = templates.get(record.template);
    if (!template) throw new Error(`app ${record.id}: there is no template ${record.template}`);
    if (apps.has(record.id)) throw new Error(`app ${record.id} is registered twice`);
    apps.set(record.id, { record, template, templateSha256: sha256(JSON.stringify(template)).toString('base64') });
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
  };
}
