import type { Config } from './config.ts';
import { readTemplates } from './config.ts';
import type { RegisteredApp, Registry } from './deps.ts';
import { sha256 } from './ids.ts';
import { Problem } from './problems.ts';

/** The apps of the configuration, each with its template. An app that names an unknown template stops the start. */
export function createRegistry(config: Config): Registry {
  const templates = readTemplates();
  const apps = new Map<string, RegisteredApp>();
  for (const record of config.apps) {
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
