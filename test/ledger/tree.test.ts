import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  append,
  consistencyPath,
  frontier,
  Hashes,
  inclusionPath,
  type Range,
  type Stored,
  storedUnder,
} from '../../demo/ledger/tree.ts';
import { GrowingTree, hashLeaf, isConsistent, rootFromInclusion } from '../../src/verify/merkle.ts';

/** The definitions of RFC 6962 section 2.1, word for word, over lists: slow, and easy to read beside the text. */
const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafOf = (data: Uint8Array) => sha256(Uint8Array.of(0), data);
const k = (n: number) => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};
const mth = ([first, ...rest]: readonly Uint8Array[]): Uint8Array => {
  if (!first) return sha256();
  const list = [first, ...rest];
  if (rest.length === 0) return first;
  const at = k(list.length);
  return sha256(Uint8Array.of(1), mth(list.slice(0, at)), mth(list.slice(at)));
};
const path = (m: number, list: readonly Uint8Array[]): Uint8Array[] => {
  if (list.length === 1) return [];
  const at = k(list.length);
  return m < at
    ? [...path(m, list.slice(0, at)), mth(list.slice(at))]
    : [...path(m - at, list.slice(at)), mth(list.slice(0, at))];
};
const subproof = (m: number, list: readonly Uint8Array[], b: boolean): Uint8Array[] => {
  const n = list.length;
  if (m === n) return b ? [] : [mth(list)];
  const at = k(n);
  return m <= at
    ? [...subproof(m, list.slice(0, at), b), mth(list.slice(at))]
    : [...subproof(m - at, list.slice(at), false), mth(list.slice(0, at))];
};

const hex = (hash: Uint8Array | null) => Buffer.from(hash ?? []).toString('hex');
const leaves = Array.from({ length: 600 }, (_, i) => new Uint8Array(leafOf(Buffer.from(`leaf ${i}`))));

/** What the tables would hold, filled by appending in batches, each of which sees the frontier alone. */
class Tables {
  readonly #rows = new Map<string, Uint8Array>();
  size = 0;

  append(several: readonly Uint8Array[]): void {
    const hashes = this.read(frontier(this.size));
    for (const { level, index, hash } of append(hashes, this.size, several)) {
      assert.ok(!this.#rows.has(`${level}/${index}`), 'a stored hash is written once');
      this.#rows.set(`${level}/${index}`, hash);
    }
    for (const [i, hash] of several.entries()) this.#rows.set(`0/${this.size + i}`, hash);
    this.size += several.length;
  }

  read(wanted: readonly Stored[]): Hashes {
    const hashes = new Hashes();
    for (const { level, first, end } of wanted) {
      for (let index = first; index < end; index++) {
        const hash = this.#rows.get(`${level}/${index}`);
        if (hash) hashes.add({ level, index }, hash);
      }
    }
    return hashes;
  }

  heads(ranges: readonly Range[]): Uint8Array<ArrayBuffer>[] {
    const hashes = this.read(ranges.flatMap(storedUnder));
    return ranges.map((range) => new Uint8Array(hashes.head(range)));
  }
}

/** Leaves and roots that the authors of Certificate Transparency test with. */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const KNOWN_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree of the ledger', () => {
  test('has the roots that are known of Certificate Transparency, in writer and verifier', async () => {
    const tables = new Tables();
    const growing = new GrowingTree();
    for (const [i, leaf] of KNOWN_LEAVES.entries()) {
      const hash = await hashLeaf(Buffer.from(leaf, 'hex'));
      tables.append([hash]);
      await growing.add(hash);
      assert.equal(hex(tables.heads([{ from: 0, to: i + 1 }])[0] ?? null), KNOWN_ROOTS[i]);
      assert.equal(hex(await growing.rootWith()), KNOWN_ROOTS[i]);
    }
  });

  test('has the root of the definition at every size up to 600, however the leaves came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }), (batches) => {
        const tables = new Tables();
        for (const count of batches) {
          if (tables.size + count > leaves.length) return;
          tables.append(leaves.slice(tables.size, tables.size + count));
          assert.equal(
            hex(tables.heads([{ from: 0, to: tables.size }])[0] ?? null),
            hex(mth(leaves.slice(0, tables.size))),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  describe('once it has 600 leaves', () => {
    const tables = new Tables();
    tables.append(leaves);
    const root = (size: number) => new Uint8Array(mth(leaves.slice(0, size)));
    const anySize = fc.integer({ min: 1, max: leaves.length });

    test('proves every leaf of every size up to 70 by the path of the definition, and the verifier agrees', async () => {
      for (let size = 1; size <= 70; size++) {
        const head = hex(root(size));
        for (let leaf = 0; leaf < size; leaf++) {
          const proof = tables.heads(inclusionPath(leaf, { from: 0, to: size }));
          assert.deepEqual(proof.map(hex), path(leaf, leaves.slice(0, size)).map(hex));
          const hash = leaves[leaf] ?? new Uint8Array();
          assert.equal(hex(await rootFromInclusion(leaf, size, hash, proof)), head);
        }
      }
    });

    test('proves that every size up to 70 holds every smaller one, and the verifier agrees', async () => {
      for (let to = 1; to <= 70; to++) {
        for (let from = 1; from <= to; from++) {
          const proof = tables.heads(consistencyPath(from, to));
          assert.deepEqual(proof.map(hex), subproof(from, leaves.slice(0, to), true).map(hex));
          assert.ok(await isConsistent({ size: from, root: root(from) }, { size: to, root: root(to) }, proof));
        }
      }
    });

    test('proves what is drawn at random among all sizes', async () => {
      await fc.assert(
        fc.asyncProperty(anySize, fc.nat(), anySize, async (to, some, other) => {
          const leaf = some % to;
          const from = ((other - 1) % to) + 1;
          const inclusion = tables.heads(inclusionPath(leaf, { from: 0, to }));
          assert.deepEqual(inclusion.map(hex), path(leaf, leaves.slice(0, to)).map(hex));
          assert.equal(
            hex(await rootFromInclusion(leaf, to, leaves[leaf] ?? new Uint8Array(), inclusion)),
            hex(root(to)),
          );
          const consistency = tables.heads(consistencyPath(from, to));
          assert.deepEqual(consistency.map(hex), subproof(from, leaves.slice(0, to), true).map(hex));
          assert.ok(await isConsistent({ size: from, root: root(from) }, { size: to, root: root(to) }, consistency));
        }),
        { numRuns: 200 },
      );
    });

    test('proves nothing with a bit turned, a hash more or less, another place or another size', async () => {
      const turned = (hash: Uint8Array, bit: number) => {
        const copy = new Uint8Array(hash);
        copy[Math.floor(bit / 8) % 32] = (copy[Math.floor(bit / 8) % 32] ?? 0) ^ (1 << (bit % 8));
        return copy;
      };
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 600 }),
          fc.nat(),
          fc.nat(),
          fc.nat(),
          async (size, some, one, bit) => {
            const leaf = some % size;
            const hash = leaves[leaf] ?? new Uint8Array();
            const proof = tables.heads(inclusionPath(leaf, { from: 0, to: size }));
            const at = one % proof.length;
            const bent = proof.map((part, i) => (i === at ? turned(part, bit) : part));
            const good = hex(root(size));
            const differs = async (...args: Parameters<typeof rootFromInclusion>) =>
              assert.notEqual(hex(await rootFromInclusion(...args)), good);
            await differs(leaf, size, hash, bent);
            await differs(leaf, size, turned(hash, bit), proof);
            await differs(leaf, size, hash, proof.slice(0, -1));
            await differs(leaf, size, hash, [...proof, hash]);
            await differs(leaf === 0 ? 1 : leaf - 1, size, hash, proof);
            await differs(leaf, size * 4, hash, proof);
            await differs(size, size, hash, proof);
          },
        ),
        { numRuns: 100 },
      );
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 2, max: 600 }), fc.nat(), fc.nat(), fc.nat(), async (to, some, one, bit) => {
          const from = (some % (to - 1)) + 1;
          const proof = tables.heads(consistencyPath(from, to));
          const older = { size: from, root: root(from) };
          const newer = { size: to, root: root(to) };
          const bent = proof.map((part, i) => (i === one % proof.length ? turned(part, bit) : part));
          assert.equal(await isConsistent(older, newer, bent), false);
          assert.equal(await isConsistent(older, newer, proof.slice(1)), false);
          assert.equal(await isConsistent(older, newer, [...proof, root(1)]), false);
          assert.equal(await isConsistent({ ...older, root: turned(older.root, bit) }, newer, proof), false);
          assert.equal(await isConsistent(older, { ...newer, root: turned(newer.root, bit) }, proof), false);
          assert.equal(await isConsistent(newer, older, proof), false);
        }),
        { numRuns: 100 },
      );
    });
  });
});
