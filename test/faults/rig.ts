import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { demoApps } from '../../demo/apps.ts';
import { CODES } from '../../demo/base/code-law.ts';
import { type Config, MAILS, TIMES } from '../../demo/context/config.ts';
import { PACE } from '../../demo/ledger/sequencer.ts';
import { launchChromium } from '../e2e/support/chromium.ts';
import { quietPort } from '../support/quiet-port.ts';
import { Gate } from './net/gate.ts';
import { Part } from './parts/part.ts';
import type { Script } from './script.ts';
import { Visit } from './visit.ts';

const APP = 'case-files';
const CREDENTIALS = { accessKeyId: 'FAULTS', secretAccessKey: 'not-a-secret-outside-of-this-test' };
const REGION = 'eu-central-1';
const BUCKET = 'uploads';
/** Each minute of the fast clock at the slowest factor: sweeps run while uploads do. */
const SWEEP_SECONDS = 5;

/** How long a stalled connection stands (as long as an operating system keeps it), and by how much a late request is late. Seconds of the fast clock. */
const STALL_SECONDS = 900;
const LATE_SECONDS = 3;

/** All that outlives a run: ports, proxies, the provider, the browser; and folders to start each run from. */
export class Rig {
  readonly factor: number;
  readonly store: Part;
  readonly broker: Part;
  readonly gates: { readonly store: Gate; readonly broker: Gate };
  readonly #provider: Part;
  readonly #ports: { readonly store: number; readonly broker: number; readonly provider: number };
  readonly #time: string;
  readonly #browser: Browser;
  readonly #site: Server;
  readonly #folder = mkdtempSync(join(tmpdir(), 'secure-upload-faults-rig-'));
  #script = '';

  private constructor(
    factor: number,
    time: string,
    browser: Browser,
    site: Server,
    gates: { readonly store: Gate; readonly broker: Gate },
    ports: { readonly store: number; readonly broker: number; readonly provider: number },
  ) {
    this.factor = factor;
    this.#time = time;
    this.#browser = browser;
    this.#site = site;
    this.gates = gates;
    this.#ports = ports;
    this.store = new Part('store', time);
    this.broker = new Part('broker', time);
    this.#provider = new Part('provider', time);
    site.on('request', (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Faults</title><link rel=icon href=data:,><script type=module crossorigin src="${this.gates.broker.url}${this.#script}"></script>`,
      );
    });
  }

  /** `factor`: how much faster than ours the clock of everything runs. */
  static async start(factor: number): Promise<Rig> {
    const [store, broker, provider] = [await quietPort(), await quietPort(), await quietPort()];
    const gates = { store: await Gate.open('store', store), broker: await Gate.open('broker', broker) };
    const site = createHttpServer();
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const browser = await launchChromium();
    const rig = new Rig(factor, `${Date.now()},${factor}`, browser, site, gates, { store, broker, provider });
    try {
      await rig.#prepare();
    } catch (error) {
      await rig.close();
      throw error;
    }
    return rig;
  }

  get s3() {
    return { endpoint: this.gates.store.url, region: REGION, bucket: BUCKET, ...CREDENTIALS };
  }

  /** Everything as it was after the first start, and up. */
  async begin({
    grantSeconds,
    tokenSeconds,
    sessionSeconds = TIMES.refreshToken,
  }: Pick<Script, 'grantSeconds' | 'tokenSeconds'> & { readonly sessionSeconds?: number }): Promise<void> {
    await this.clear();
    cpSync(join(this.#folder, 'first'), join(this.#folder, 'run'), { recursive: true });
    await this.#up('run', { grant: grantSeconds, accessToken: tokenSeconds, refreshToken: sessionSeconds });
    const { stallMs, lateMs } = {
      stallMs: (STALL_SECONDS * 1000) / this.factor,
      lateMs: ((grantSeconds + LATE_SECONDS) * 1000) / this.factor,
    };
    for (const gate of Object.values(this.gates)) gate.times = { stallMs, lateMs };
  }

  /** ms since epoch, by the fast clock. */
  now(): number {
    const [origin = 0, factor = 1] = this.#time.split(',').map(Number);
    return origin + (Date.now() - origin) * factor;
  }

  /** `ahead`: ms that the clock of the page is ahead of everybody else's. */
  visit(say: (text: string) => void, ahead = 0): Promise<Visit> {
    const place = { site: this.#siteUrl, broker: this.gates.broker.url, app: APP, time: this.#time, ahead };
    return Visit.begin(this.#browser, place, say);
  }

  /** Ends what a run started. */
  async clear(): Promise<void> {
    for (const gate of Object.values(this.gates)) {
      gate.watcher = null;
      gate.slowMs = 0;
      gate.clear();
    }
    await Promise.all([this.broker.kill(), this.store.kill()]);
    rmSync(join(this.#folder, 'run'), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await Promise.all([this.broker, this.store, this.#provider].map((part) => part.close()));
    for (const gate of Object.values(this.gates)) gate.close();
    this.#site.close();
    this.#site.closeAllConnections();
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #prepare(): Promise<void> {
    await this.#provider.start({
      port: this.#ports.provider,
      url: this.#providerUrl,
      redirectUri: `${this.gates.broker.url}/sign-in/provider/acme`,
      client: this.#client,
    });
    await this.#up('first', {});
    await this.broker.ask({ stop: true });
    await Promise.all([this.broker.kill(), this.store.kill()]);
  }

  async #up(folder: string, times: Partial<Config['times']>): Promise<void> {
    const dataDir = join(this.#folder, folder);
    await this.store.start({
      port: this.#ports.store,
      dataDir: join(dataDir, 'storage'),
      region: REGION,
      credentials: CREDENTIALS,
    });
    const config: Config = {
      publicUrl: this.gates.broker.url,
      databaseUrl: null,
      dataDir: join(dataDir, 'broker'),
      s3: this.s3,
      smtp: { url: 'smtp://127.0.0.1:9', from: 'files@acme.example' },
      apps: demoApps(this.#siteUrl),
      services: [],
      rate: null,
      providers: [
        {
          id: 'acme',
          name: 'Acme',
          issuer: this.#providerUrl,
          clientId: this.#client.id,
          clientSecret: this.#client.secret,
          domains: ['acme.example'],
        },
      ],
      codes: CODES,
      mails: MAILS,
      ledger: PACE,
      times: { ...TIMES, sweepEvery: SWEEP_SECONDS, ...times },
    };
    this.#script = await this.broker.start({ port: this.#ports.broker, config });
  }

  readonly #client = { id: 'secure-upload-broker', secret: 'not-a-secret' };

  get #providerUrl(): string {
    return `http://127.0.0.1:${this.#ports.provider}`;
  }

  get #siteUrl(): string {
    const address = this.#site.address();
    return `http://localhost:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }
}
