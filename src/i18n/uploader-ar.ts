import { familiesAr } from './ar/families.ts';
import { figuresAr } from './ar/figures.ts';
import { kindsAr } from './ar/kinds.ts';
import { problemsAr } from './ar/problems.ts';
import { sendLinkAr } from './ar/send-link.ts';
import { uploadAr } from './ar/upload.ts';
import type { UploaderPack } from './uploader-pack.ts';

export const pack: UploaderPack = {
  words: uploadAr,
  problems: problemsAr,
  kinds: kindsAr,
  families: familiesAr,
  figures: figuresAr,
  sendLink: sendLinkAr,
};
