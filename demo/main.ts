import './private-files.ts';
import './quiet.ts';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { demoApps } from './apps.ts';
import { createLog } from './base/log.ts';
import { type Broker, startBroker } from './broker/main.ts';
import { BadRelease, readScripts, type Scripts } from './broker/scripts.ts';
import type { Config } from './context/config.ts';
import { FolderBusy, lockFolder } from './database/folder-lock.ts';
import { galleryRoutes } from './gallery/index.ts';
import { inboxRoutes, startSink } from './inbox/index.ts';
import { ACCOUNTS } from './provider/accounts.ts';
import { startProvider } from './provider/index.ts';
import { BadSetting, type PartName, readSettings, type Settings } from './settings.ts';
import { createSite } from './site/index.ts';
import type { Snippet } from './site/snippet.ts';
import { startTable } from './start-table.ts';
import { startStore } from './storage/index.ts';

/** Starts every part on a port of its own and prints one table. Each refusal is one line with the next step, and exit 1. */

const HOST = '127.0.0.1';
/** SIGTERM must have stopped everything within two seconds. */
const STOP_MS = 1500;

const closers: (() => unknown)[] = [];

function refuse(line: string): never {
  console.error(line);
  if (process.env.DEBUG === '1') console.trace();
  process.exit(1);
}

let settings: Settings;
try {
  settings = readSettings(process.env);
} catch (error) {
  if (error instanceof BadSetting) refuse(error.message);
  throw error;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
process.on('exit', takeFolder(settings.dataDir));

const site = await listen('site', 'PORT');
const broker = await listen('broker', 'PORT_BROKER', settings.brokerHost);
const provider = settings.providers ? null : await listen('provider', 'PORT_PROVIDER');
const store = settings.s3 ? null : await startOwnStore();
const sink = settings.smtp ? null : await startOwnSink();

const siteUrl = `http://localhost:${portOf(site)}`;
const brokerUrl = settings.publicUrl ?? `http://${HOST}:${portOf(broker)}`;
const client = { id: 'secure-upload-broker', secret: randomBytes(24).toString('base64url') };
const providerUrl = settings.providers?.[0]?.issuer ?? `http://${HOST}:${portOf(provider)}`;
if (provider) startProvider(provider, { url: providerUrl, redirectUri: `${brokerUrl}/sign-in/provider/acme`, client });

const config: Config = {
  publicUrl: brokerUrl,
  databaseUrl: settings.databaseUrl,
  dataDir: join(settings.dataDir, 'broker'),
  ...(settings.checkpointFolder !== null && { checkpointFolder: settings.checkpointFolder }),
  ...(settings.checkpointWebhook !== null && { checkpointWebhook: settings.checkpointWebhook }),
  s3: settings.s3 ?? store?.s3 ?? refuse('There is no storage.'),
  smtp: settings.smtp ?? { url: `smtp://${HOST}:${sink?.port}`, from: 'files@acme.example' },
  apps: demoApps(siteUrl),
  services: settings.services,
  providers: settings.providers ?? [
    {
      id: 'acme',
      name: 'Acme',
      issuer: providerUrl,
      clientId: client.id,
      clientSecret: client.secret,
      domains: ['acme.example', 'globex.example'],
    },
  ],
  times: settings.times,
  rate: settings.rate,
  proxies: settings.proxies,
  codes: settings.codes,
  mails: settings.mails,
  ledger: settings.ledger,
};
const scripts = scriptsOf(settings);
const log = createLog((line) => process.env.LOG === '1' && process.stderr.write(`${line}\n`), Date.now);
const running: Broker = await startBroker(broker, config, scripts, log);
closers.push(() => running.close());
for (const { name, ok, detail } of running.findings) {
  if (!ok)
    console.error(`The bucket does not hold a promise: ${name} (${detail}). Uploads are off. Run "npm run doctor".`);
}

const snippet: Snippet = {
  broker: brokerUrl,
  storage: new URL(config.s3.endpoint).origin,
  script: brokerUrl + scripts.upload.path,
  integrity: scripts.upload.integrity,
  frameScript: brokerUrl + scripts.frame.path,
  frameIntegrity: scripts.frame.integrity,
};
const pages = createSite(snippet);
if (sink) pages.route('/', inboxRoutes(sink));
pages.route('/', galleryRoutes());
site.on('request', getRequestListener(pages.fetch));

const addresses = {
  site: siteUrl,
  broker: brokerUrl,
  provider: providerUrl,
  storage: config.s3.endpoint,
  inbox: `${siteUrl}/inbox`,
};
console.log(
  settings.isJson
    ? JSON.stringify({ ...addresses, accounts: ACCOUNTS })
    : startTable({ ...addresses, ...snippet, takesUploads: running.deps.storage.isCleared }),
);

function scriptsOf({ releases }: Settings): Scripts {
  try {
    return readScripts(new URL('../dist/cdn/', import.meta.url), releases);
  } catch (error) {
    if (error instanceof BadRelease) return refuse(error.message);
    const isOfReleases = error instanceof Error && 'path' in error && String(error.path).startsWith(releases ?? '\0');
    return refuse(isOfReleases ? `RELEASES: ${releases} cannot be read.` : 'There is no build. Run "npm run build".');
  }
}

/** One process on one folder: PGlite itself would lose data in silence. Answers what gives the folder back. */
function takeFolder(folder: string): () => void {
  try {
    const release = lockFolder(folder);
    if (process.argv.includes('--fresh')) {
      for (const part of ['broker', 'storage', 'storage-key.json'])
        rmSync(join(folder, part), { recursive: true, force: true });
    }
    return release;
  } catch (error) {
    if (error instanceof FolderBusy) {
      return refuse(`Another demo uses ${folder} (process ${error.pid}). Stop it, or set DATA_DIR.`);
    }
    return refuse(`The folder ${folder} cannot be written. Check its owner, or set DATA_DIR.`);
  }
}

function refusePort(port: number, variable: string): never {
  const other = `start with ${variable}=${port + 10}, or with PORT=0, which takes free ones`;
  return refuse(`Port ${port} is in use. Stop the other program, ${other}.`);
}

async function listen(part: PartName, variable: string, host = HOST): Promise<Server> {
  const server = createServer();
  const port = settings.ports[part];
  await new Promise<void>((resolve) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      code === 'EADDRINUSE'
        ? refusePort(port, variable)
        : refuse(`Nothing can listen on ${host}, port ${port} (${code}).`),
    );
    server.listen(port, host, resolve);
  });
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return server;
}

function portOf(server: Server | null): number {
  return (server?.address() as AddressInfo | null)?.port ?? 0;
}

async function startOwnStore() {
  const credentials = storageKey(join(settings.dataDir, 'storage-key.json'));
  const running = await startStore({
    port: settings.ports.storage,
    dataDir: join(settings.dataDir, 'storage'),
    region: 'eu-central-1',
    credentials,
  }).catch(() => refusePort(settings.ports.storage, 'PORT_STORAGE'));
  closers.push(() => running.close());
  return { s3: { endpoint: running.url, region: 'eu-central-1', bucket: 'uploads', ...credentials } };
}

/** Made once, so that grants given out before a restart still hold after it. */
function storageKey(file: string): { accessKeyId: string; secretAccessKey: string } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const made = {
      accessKeyId: `DEMO${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64url'),
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
    return made;
  }
}

async function startOwnSink() {
  const port = settings.ports.smtp;
  const running = await startSink({ port }).catch(() => refusePort(port, 'PORT_SMTP'));
  closers.push(() => running.close());
  return running;
}

function stop(): void {
  setTimeout(() => process.exit(0), STOP_MS).unref();
  Promise.allSettled(closers.reverse().map(async (close) => close())).then(() => process.exit(0));
}
