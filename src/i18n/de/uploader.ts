import type { UploaderPack } from '../uploader-languages.ts';
import { familiesDe } from './families.ts';
import { kindsDe } from './kinds.ts';
import { problemsDe } from './problems.ts';
import { sendLinkDe } from './send-link.ts';
import { uploadDe } from './upload.ts';

export const pack: UploaderPack = {
  words: uploadDe,
  problems: problemsDe,
  kinds: kindsDe,
  families: familiesDe,
  sendLink: sendLinkDe,
};
