import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

/** Files that pages load from `/pages/…`: a text each, with its type. */
export function pageFiles(folder: URL, files: Readonly<Record<string, string>>): Hono {
  const routes = new Hono();
  for (const [name, type] of Object.entries(files)) {
    const body = readFileSync(new URL(name, folder), 'utf8');
    routes.get(`/pages/${name}`, (c) => c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }));
  }
  return routes;
}
