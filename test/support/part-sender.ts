import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../demo/identity/ports.ts';
import { signParts } from '../../demo/uploads/grants.ts';
import { startUploads } from '../../demo/uploads/uploads.ts';
import type { TestDeps } from './broker.ts';
import { MemoryStorage } from './memory-storage.ts';
import { factsOf, type Part } from './upload-rig.ts';

/** Starts an upload that must travel in parts, without routes; answers its id. */
export async function beginParts(deps: TestDeps, caller: Caller, bytes: Uint8Array, name = 'a.pdf'): Promise<string> {
  const { sha256: _, ...facts } = factsOf(name, 'application/pdf', bytes);
  const { files } = await startUploads(deps, caller, randomUUID(), { files: [facts] });
  const [entry] = files;
  assert.ok(entry && 'upload' in entry && entry.upload.part_bytes, JSON.stringify(entry));
  return entry.upload.id;
}

/** Signs and sends one part; answers the status of the store. Fails as signing does. */
export async function sendPart(deps: TestDeps, caller: Caller, upload: string, part: Part): Promise<number> {
  assert.ok(deps.storage instanceof MemoryStorage);
  const { number, size, sha256, bytes } = part;
  const { parts } = await signParts(deps, caller, { upload, parts: [{ number, size, sha256 }] });
  const [signed] = parts;
  assert.ok(signed);
  return deps.storage.put(signed.grant, bytes);
}
