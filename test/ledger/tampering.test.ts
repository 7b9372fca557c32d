import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eraseRecords, record } from '../../demo/audit/index.ts';
import { exportLedger } from '../../demo/ledger/export.ts';
import { ledgerKeys, originOf } from '../../demo/ledger/note.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { latestCheckpoint } from '../../demo/ledger/store.ts';
import { checkLedger, readLedgerKeys, VerifyError } from '../../src/verify/index.ts';
import { type TestDeps, testDeps } from '../support/broker.ts';
import { leafHashOf, readCheckpoint, rootOf } from '../support/ledger-check.ts';

interface Line {
  leaf: number;
  leaf_hash: string;
  key?: string;
  record?: { entry: string; at: string; acts: { subject: string; app: string }[] };
  checkpoint?: string;
}

/** Leaves 0 to 29. Each run of the sequencer signs one to four; 12 is another app's, 13 was erased. */
async function writeSome(deps: TestDeps, name: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    deps.clock.pass(1);
    const app = i === 12 ? 'photos' : 'cases';
    const actor = i === 13 ? 'person:gone' : 'person:one';
    const act = { tenant: 'acme', app, actor, act: 'upload.granted', subject: `${name}-${i}`, facts: { size: i } };
    await deps.db.transaction((tx) => record(tx, new Date(deps.now()), act));
    if ([0, 1, 4, 8, 11, 12, 13, 17, 18, 19, 23, 29].includes(i)) await sequence(deps);
  }
  await deps.db.transaction((tx) => eraseRecords(tx, { actors: ['person:gone'] }));
}

async function linesOf(deps: TestDeps, app: string | null = 'cases'): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of exportLedger(deps, app)) lines.push(JSON.parse(JSON.stringify(line)));
  return lines;
}

describe('an export of the ledger', () => {
  let deps: TestDeps;
  let stranger: TestDeps;
  let keys: Awaited<ReturnType<typeof ledgerKeys>>;
  let good: readonly Line[];
  before(async () => {
    [deps, stranger] = await Promise.all([testDeps(), testDeps()]);
    await writeSome(deps, 'upload');
    await writeSome(stranger, 'other');
    keys = await ledgerKeys(deps.keys.ledger, originOf(deps.config.publicUrl));
    good = await linesOf(deps);
  });
  after(() => Promise.all([deps.close(), stranger.close()]));

  /** What is said of an export that somebody has changed. */
  const told = async (change: (lines: Line[]) => unknown, held: string[] = []) => {
    const lines = structuredClone([...good]);
    const answer = change(lines);
    const changed: unknown[] = Array.isArray(answer) ? answer : lines;
    const verdict = await checkLedger(
      changed.map((line) => JSON.stringify(line)),
      { keys, held },
    );
    return verdict.findings.map(({ text }) => text);
  };
  const at = (lines: Line[], leaf: number): Line => lines.find((line) => line.leaf === leaf) ?? assert.fail(`${leaf}`);
  const turned = (hash: string) => (hash.startsWith('A') ? 'B' : 'A') + hash.slice(1);
  const without = (lines: Line[], leaf: number) => lines.filter((line) => line.leaf !== leaf);
  /** So that the numbers of the lines tell nothing. */
  const renumbered = (lines: Line[]) => {
    let next = 0;
    return lines.map((line) => (line.checkpoint === undefined ? { ...line, leaf: next++ } : line));
  };
  const checkpointAt = (size: number) =>
    good.find(({ checkpoint }) => checkpoint?.split('\n')[1] === String(size))?.checkpoint ?? '';

  test('is right as it was written: 30 leaves, of which two are blind', async () => {
    const verdict = await checkLedger(
      good.map((line) => JSON.stringify(line)),
      { keys },
    );
    assert.deepEqual(verdict, { origin: 'broker.example/v1/ledger', size: 30, records: 28, findings: [] });
  });

  test('is as it was written by code, too, that shares nothing with writer and verifier', () => {
    const [head = { leaf: -1, leaf_hash: '' }, ...lines] = good;
    const leaves = lines.filter(({ leaf }) => leaf !== undefined);
    for (const { record, key, leaf_hash } of leaves) {
      if (record && key) assert.equal(leafHashOf(record, key), leaf_hash);
    }
    const heads = [head, ...lines].flatMap(({ checkpoint }) => checkpoint ?? []);
    assert.equal(heads.length, 12);
    for (const note of heads) {
      const { size, root } = readCheckpoint(note, keys.keys[0]?.x ?? '');
      const signed = leaves.slice(0, size).map(({ leaf_hash }) => Buffer.from(leaf_hash, 'base64'));
      assert.equal(rootOf(signed).toString('base64'), root);
    }
  });

  test('has no record of another app, and of all for the operator', async () => {
    assert.deepEqual(Object.keys(at([...good], 12)), ['leaf', 'leaf_hash']);
    const [own, other] = [await linesOf(deps, null), await linesOf(deps, 'photos')];
    assert.equal(own.filter((line) => line.record).length, 29);
    assert.deepEqual(
      other.flatMap((line) => line.record?.acts.map(({ subject }) => subject) ?? []),
      ['upload-12'],
    );
    assert.equal(
      (
        await checkLedger(
          other.map((line) => JSON.stringify(line)),
          { keys },
        )
      ).findings.length,
      0,
    );
  });

  describe('in which something was changed', () => {
    test('names the leaf of a record with one byte turned', async () => {
      assert.deepEqual(
        await told((lines) => {
          const { record } = at(lines, 17);
          if (record?.acts[0]) record.acts[0].subject = 'upload-16';
        }),
        ['Leaf 17 was changed: its record is not what the leaf commits to.'],
      );
    });

    for (const part of ['at', 'key', 'leaf_hash'] as const) {
      test(`names the leaf whose ${part} was changed, and no other`, async () => {
        assert.deepEqual(
          await told((lines) => {
            const [line, other] = [at(lines, 20), at(lines, 21)];
            if (part === 'at' && line.record) line.record.at = '2026-03-02T09:00:20.500Z';
            if (part === 'key' && other.key) line.key = other.key;
            if (part === 'leaf_hash') line.leaf_hash = turned(line.leaf_hash);
          }),
          ['Leaf 20 was changed: its record is not what the leaf commits to.'],
        );
      });
    }

    test('names the leaf of a blind leaf hash that was changed, as closely as checkpoints stand', async () => {
      const turn = (leaf: number) => (lines: Line[]) => {
        const line = at(lines, leaf);
        line.leaf_hash = turned(line.leaf_hash);
        delete line.key;
        delete line.record;
      };
      assert.deepEqual(await told(turn(13)), ['Leaf 13 was changed: the signed root of 14 leaves differs.']);
      assert.deepEqual(await told(turn(15)), [
        'One of leaves 14 to 17 was changed: the signed root of 18 leaves differs.',
      ]);
    });

    test('names several at once', async () => {
      assert.deepEqual(
        await told((lines) => {
          for (const leaf of [3, 25]) at(lines, leaf).leaf_hash = at(lines, 0).leaf_hash;
        }),
        [3, 25].map((leaf) => `Leaf ${leaf} was changed: its record is not what the leaf commits to.`),
      );
    });

    test('sees a word that was put beside what was signed', async () => {
      assert.deepEqual(
        await told((lines) => {
          Object.assign(at(lines, 5).record ?? {}, { note: 'paid' });
        }),
        ['The line of leaf 5 cannot be read: it was changed or cut off.'],
      );
    });

    test('names the leaf that was deleted', async () => {
      assert.deepEqual(await told((lines) => without(lines, 17)), ['Leaf 17 is missing: deleted.']);
      assert.deepEqual(await told((lines) => without(without(lines, 17), 18)), [
        'Leaves 17 to 18 are missing: deleted.',
      ]);
    });

    test('names it as closely as checkpoints stand where the others were renumbered', async () => {
      assert.deepEqual(await told((lines) => renumbered(without(lines, 18))), [
        'Leaf 18 is missing: deleted, and what follows renumbered.',
      ]);
      assert.deepEqual(await told((lines) => renumbered(without(lines, 15))), [
        'One of leaves 14 to 17 is missing: deleted, and what follows renumbered.',
      ]);
    });

    test('names a leaf that was put in', async () => {
      assert.deepEqual(
        await told((lines) => renumbered(lines.flatMap((line) => (line.leaf === 18 ? [line, at(lines, 2)] : [line])))),
        ['One of leaves 18 to 19 was put in: the checkpoint there signs 19 leaves.'],
      );
      assert.deepEqual(await told((lines) => lines.flatMap((line) => (line.leaf === 18 ? [line, line] : [line]))), [
        'Leaf 18 is there more than once.',
      ]);
    });

    test('names leaves whose order was changed, with their numbers or without', async () => {
      const moved = (lines: Line[]) => {
        const [i, j] = [lines.indexOf(at(lines, 15)), lines.indexOf(at(lines, 16))];
        [lines[i], lines[j]] = [at(lines, 16), at(lines, 15)];
        return lines;
      };
      assert.deepEqual(await told(moved), ['Leaf 15 stands after leaf 16: the order was changed.']);
      assert.deepEqual(await told((lines) => renumbered(moved(lines))), [
        'Leaves 15 and 16 were exchanged: the order was changed.',
      ]);
      const far = (lines: Line[]) => {
        const [i, j] = [lines.indexOf(at(lines, 5)), lines.indexOf(at(lines, 27))];
        [lines[i], lines[j]] = [at(lines, 27), at(lines, 5)];
        return renumbered(lines);
      };
      assert.deepEqual(await told(far), ['Leaves 5 and 27 were exchanged: the order was changed.']);
    });

    test('names where an export was cut off', async () => {
      assert.deepEqual(await told((lines) => lines.filter(({ leaf }) => leaf === undefined || leaf < 24)), [
        'The export ends before leaf 24: 6 of 30 signed leaves were cut off.',
      ]);
      const inTheMiddle = (lines: Line[]) => lines.slice(0, lines.indexOf(at(lines, 27)));
      assert.deepEqual(await told(inTheMiddle), [
        'The export ends before leaf 27: 3 of 30 signed leaves were cut off, or deleted after leaf 24 with the others renumbered.',
      ]);
    });

    test('sees a line that was torn', async () => {
      const text = good
        .map((line) => JSON.stringify(line))
        .join('\n')
        .slice(0, -70);
      const { findings } = await checkLedger(text.split('\n'), { keys });
      assert.deepEqual(
        findings.map(({ text }) => text),
        ['The line of leaf 29 cannot be read: it was changed or cut off.'],
      );
    });

    test('is cut back to an older signed state, which whoever holds a later checkpoint sees', async () => {
      const rolledBack = (lines: Line[]) => [
        { ...lines[0], checkpoint: checkpointAt(18) } as Line,
        ...lines.slice(1, lines.indexOf(at(lines, 18))).filter(({ checkpoint }) => checkpoint !== checkpointAt(18)),
      ];
      assert.deepEqual(await told(rolledBack), []);
      assert.deepEqual(await told(rolledBack, [checkpointAt(30)]), [
        'The export ends before leaf 18: the checkpoint that you hold signs 30 leaves.',
      ]);
    });

    test('names a checkpoint that was changed', async () => {
      const bent = (lines: Line[]) =>
        lines.map((line, i) =>
          i > 0 && line.checkpoint === checkpointAt(18)
            ? { ...line, checkpoint: line.checkpoint.replace('\n18\n', '\n19\n') }
            : line,
        );
      assert.deepEqual(await told(bent), ['The checkpoint before leaf 18 was changed: no key signed it.']);
    });
  });

  test('is a fork where a checkpoint that somebody kept has another root', async () => {
    // The same broker with the same key, that has written its ledger anew.
    const anew = await testDeps();
    Object.assign(anew, { keys: deps.keys });
    await writeSome(anew, 'better');
    const lines = (await linesOf(anew)).map((line) => JSON.stringify(line));
    assert.deepEqual((await checkLedger(lines, { keys })).findings, [], 'nobody can tell from it alone');
    const held = [checkpointAt(18)];
    assert.deepEqual((await checkLedger(lines, { keys, held })).findings, [
      { kind: 'fork', leaf: 0, text: 'Fork: One of leaves 0 to 17 is not the one that the checkpoint you hold signs.' },
    ]);
    const first = [checkpointAt(1)];
    assert.equal(
      (await checkLedger(lines, { keys, held: first })).findings[0]?.text,
      'Fork: Leaf 0 is not the one that the checkpoint you hold signs.',
    );
    await anew.close();
  });

  test("is not checked by a stranger's key, or for another ledger", async () => {
    const lines = good.map((line) => JSON.stringify(line));
    const theirs = await ledgerKeys(stranger.keys.ledger, keys.origin);
    const code = (expected: string) => (error: unknown) => error instanceof VerifyError && error.code === expected;
    await assert.rejects(checkLedger(lines, { keys: theirs }), code('wrong_signature'));
    await assert.rejects(
      checkLedger(lines, { keys: { ...keys, origin: 'broker.test/v1/ledger' } }),
      code('wrong_receipt'),
    );
    await assert.rejects(checkLedger(lines.slice(1), { keys }), code('malformed'));
    const held = [(await latestCheckpoint(stranger.db.q))?.note ?? ''];
    await assert.rejects(checkLedger(lines, { keys, held }), code('wrong_signature'));
  });

  describe('on the command line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'su-ledger-'));
    after(() => rmSync(folder, { recursive: true }));
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const COMMAND = fileURLToPath(new URL('../../bin/secure-upload.ts', import.meta.url));
    const run = (...args: string[]) =>
      new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
        execFile(process.execPath, ['--import', 'tsx', COMMAND, 'verify', 'ledger', ...args], (error, out, err) =>
          resolve({ code: error ? error.code : 0, out, err }),
        );
      });

    test('ends with 0, 1 or 2, and says why in plain lines', async () => {
      const text = good.map((line) => `${JSON.stringify(line)}\n`).join('');
      const [file, json] = [write('ledger.jsonl', text), write('keys.json', JSON.stringify(keys))];
      const kept = write('checkpoints.txt', checkpointAt(18) + checkpointAt(24));
      const right = 'broker.example/v1/ledger: 30 leaves as they were written; 28 records read, 2 leaves are blind.\n';
      assert.deepEqual(await run(file, '--key', json, '--checkpoint', kept), { code: 0, out: right, err: '' });
      assert.deepEqual(await run(file, '--key', keys.keys[0]?.vkey ?? ''), { code: 0, out: right, err: '' });
      const bent = write('bent.jsonl', text.replace('"upload-17"', '"upload-71"'));
      assert.deepEqual(await run(bent, '--key', json), {
        code: 1,
        out: 'Leaf 17 was changed: its record is not what the leaf commits to.\nbroker.example/v1/ledger is not as it was written.\n',
        err: '',
      });
      const theirs = write('theirs.json', JSON.stringify(await ledgerKeys(stranger.keys.ledger, keys.origin)));
      assert.deepEqual(await run(file, '--key', theirs), {
        code: 2,
        out: 'Nothing was checked: no key of these signed the checkpoint.\n',
        err: '',
      });
      assert.equal((await run(join(folder, 'none.jsonl'), '--key', json)).code, 2);
      assert.equal((await run(file)).code, 2);
    });
  });

  test('takes keys as tools for signed notes write them', () => {
    const [key] = keys.keys;
    const { keys: read, origin } = readLedgerKeys(key?.vkey ?? '');
    assert.deepEqual([origin, read], [keys.origin, [{ kty: 'OKP', crv: 'Ed25519', x: key?.x }]]);
  });
});
