import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { sha256 } from '../../demo/base/ids.ts';
import { recipientSession } from '../../demo/recipients/schema.ts';
import type { Claimed } from '../../src/contract/index.ts';
import { openTestPglite, openTestPostgres } from '../support/database.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { RecipientProcess } from '../support/recipient-processes.ts';

const PLACES = {
  PGlite: async (t: TestContext) => {
    const folder = mkdtempSync(join(tmpdir(), 'su-claim-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    return { database: folder, db: await openTestPglite({ dataDir: folder }) };
  },
  PostgreSQL: async (t: TestContext) => {
    const server = await openTestPostgres();
    t.after(() => server.stop());
    return { database: server.url, db: await server.open() };
  },
};

for (const [place, open] of Object.entries(PLACES)) {
  test(`kill -9 between the claim and its answer, on ${place}: the page that won asks again and gets the files, no other does`, async (t) => {
    const { database, db } = await open(t);
    const rig = await LinkRig.start({ db });
    const [winner, other] = [await PageKey.make(), await PageKey.make()];
    const { id, token, files } = await rig.sentLink();
    const { verified } = await rig.accepted(token, winner);
    const won = verified.recipient_token;
    // Somebody else who has proven the same address, with a page of their own.
    const proven = randomBytes(32).toString('base64url');
    const [session] = await db.q.select().from(recipientSession).where(eq(recipientSession.link, id));
    assert.ok(session);
    await db.q.insert(recipientSession).values({ ...session, tokenHash: sha256(proven), jkt: other.jkt });
    const { deps } = rig;
    await rig.close();
    await db.close(); // A folder of PGlite is one process's at a time.

    const killed = await RecipientProcess.start(database, { stands: true });
    t.after(() => killed.kill());
    const lost = assert.rejects(killed.ask(deps, 'claim', won, winner), TypeError);
    await killed.claimed();
    await killed.kill();
    await lost;

    const next = await RecipientProcess.start(database);
    t.after(() => next.close());
    // Whoever comes first after the cut: the other finds the link used, although nobody has had the files yet.
    const refused = await next.ask(deps, 'claim', proven, other);
    assert.deepEqual([refused.status, codeOf(refused)], [410, 'link_used']);
    const again = await next.ask(deps, 'claim', won, winner);
    assert.equal(again.status, 200);
    assert.deepEqual(
      (again.body as Claimed).files.map((file) => file.id),
      files,
    );
    const stolen = await next.ask(deps, 'claim', won, other);
    assert.deepEqual([stolen.status, codeOf(stolen)], [401, 'sign_in_ended']);
    assert.equal(codeOf(await next.ask(deps, 'claim', proven, other)), 'link_used');
  });
}
