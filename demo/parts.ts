import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { demoApps } from './apps.ts';
import { createLog } from './base/log.ts';
import { type Broker, startBroker } from './broker/main.ts';
import { BadRelease, readScripts, type Scripts } from './broker/scripts.ts';
import type { Config } from './context/config.ts';
import { galleryRoutes } from './gallery/index.ts';
import { inboxRoutes, startSink } from './inbox/index.ts';
import { ACCOUNTS } from './provider/accounts.ts';
import { startProvider } from './provider/index.ts';
import type { PartName, Settings } from './settings.ts';
import { createSite } from './site/index.ts';
import type { Snippet } from './site/snippet.ts';
import { startTable } from './start-table.ts';
import { startStore } from './storage/index.ts';

/** Why nothing starts: one line with the next step. */
export class Refused extends Error {}

/** Each part that runs is given to `onStop` with what ends it, so that a start that is broken off can be ended, too. */
type OnStop = (close: () => unknown) => void;

const HOST = '127.0.0.1';

/**
 * Starts every part on a port of its own. Answers the one line that says where they are: a table, or JSON.
 *
 * @throws {Refused}
 */
export async function startParts(
  settings: Settings,
  write: (line: string) => unknown,
  onStop: OnStop,
): Promise<string> {
  const open = (part: PartName, variable: string, host?: string) =>
    listen(settings.ports[part], variable, onStop, host);

  const site = await open('site', 'PORT');
  const broker = await open('broker', 'PORT_BROKER', settings.brokerHost);
  const provider = settings.providers ? null : await open('provider', 'PORT_PROVIDER');
  const store = settings.s3 ? null : await startOwnStore(settings, onStop);
  const sink = settings.smtp ? null : await startOwnSink(settings, onStop);

  const siteUrl = `http://localhost:${portOf(site)}`;
  const brokerUrl = settings.publicUrl ?? `http://${HOST}:${portOf(broker)}`;
  const client = { id: 'secure-upload-broker', secret: randomBytes(24).toString('base64url') };
  const providerUrl = settings.providers?.[0]?.issuer ?? `http://${HOST}:${portOf(provider)}`;
  if (provider)
    startProvider(provider, { url: providerUrl, redirectUri: `${brokerUrl}/sign-in/provider/acme`, client });

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
  const log = createLog(write, Date.now);
  const running: Broker = await startBroker(broker, config, scripts, log);
  onStop(() => running.close());
  for (const { name, ok, detail } of running.findings) {
    if (!ok) console.error(`The bucket does not hold a promise: ${name} (${detail}).`);
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
  return settings.isJson
    ? JSON.stringify({ ...addresses, accounts: ACCOUNTS })
    : startTable({ ...addresses, ...snippet, takesUploads: running.deps.storage.isCleared });
}

function refuse(line: string): never {
  throw new Refused(line);
}

function scriptsOf({ releases }: Settings): Scripts {
  try {
    return readScripts(new URL('../dist/cdn/', import.meta.url), releases);
  } catch (error) {
    if (error instanceof BadRelease) refuse(error.message);
    const isOfReleases = error instanceof Error && 'path' in error && String(error.path).startsWith(releases ?? '\0');
    return refuse(isOfReleases ? `RELEASES: ${releases} cannot be read.` : 'There is no build. Run "npm run build".');
  }
}

function portInUse(port: number, variable: string): Refused {
  const other = `start with ${variable}=${port + 10}, or with PORT=0, which takes free ones`;
  return new Refused(`Port ${port} is in use. Stop the other program, ${other}.`);
}

async function listen(port: number, variable: string, onStop: OnStop, host = HOST): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        code === 'EADDRINUSE'
          ? portInUse(port, variable)
          : new Refused(`Nothing can listen on ${host}, port ${port} (${code}).`),
      ),
    );
    server.listen(port, host, resolve);
  });
  onStop(() => {
    server.close();
    server.closeAllConnections();
  });
  return server;
}

function portOf(server: Server | null): number {
  return (server?.address() as AddressInfo | null)?.port ?? 0;
}

async function startOwnStore(settings: Settings, onStop: OnStop) {
  const credentials = storageKey(join(settings.dataDir, 'storage-key.json'));
  const running = await startStore({
    port: settings.ports.storage,
    dataDir: join(settings.dataDir, 'storage'),
    region: 'eu-central-1',
    credentials,
  }).catch(() => {
    throw portInUse(settings.ports.storage, 'PORT_STORAGE');
  });
  onStop(() => running.close());
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

async function startOwnSink(settings: Settings, onStop: OnStop) {
  const port = settings.ports.smtp;
  const running = await startSink({ port }).catch(() => {
    throw portInUse(port, 'PORT_SMTP');
  });
  onStop(() => running.close());
  return running;
}
