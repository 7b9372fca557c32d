import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { Template } from '../../src/contract/index.ts';

const TEMPLATES = ['team-photo-share', 'case-files', 'photo-release', 'visitor-photos', 'contracts'] as const;

/** Reads and checks the templates beside this file. A template that does not fit its schema stops the start. */
export function readTemplates(): ReadonlyMap<string, Template> {
  return new Map(
    TEMPLATES.map((id) => [
      id,
      readTemplate(id, readFileSync(new URL(`./templates/${id}.json`, import.meta.url), 'utf8')),
    ]),
  );
}

export function readTemplate(id: string, json: string): Template {
  const template = v.parse(Template, JSON.parse(json));
  if (template.id !== id) throw new Error(`templates/${id}.json names itself ${template.id}`);
  // People would read that files are checked for viruses before anyone can open them.
  if (template.scan) throw new Error(`templates/${id}.json promises a virus check, and this broker makes none`);
  return template;
}
