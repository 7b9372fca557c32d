import * as v from 'valibot';
import { AppDocument } from '../contract/app.ts';
import { UploadError } from '../errors.ts';

/** The document that was read at a glance (app-glance.ts), checked as a whole. Fails with broker_unexpected. */
export function parseApp(glance: AppDocument): AppDocument {
  const parsed = v.safeParse(AppDocument, glance);
  if (!parsed.success) throw new UploadError('broker_unexpected');
  return parsed.output;
}
