import type { UploaderPack } from '../uploader-languages.ts';
import { familiesAr } from './families.ts';
import { kindsAr } from './kinds.ts';
import { problemsAr } from './problems.ts';
import { sendLinkAr } from './send-link.ts';
import { uploadAr } from './upload.ts';

export const pack: UploaderPack = {
  words: uploadAr,
  problems: problemsAr,
  kinds: kindsAr,
  families: familiesAr,
  sendLink: sendLinkAr,
};
