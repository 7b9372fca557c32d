import { familiesDe } from './de/families.ts';
import { figuresDe } from './de/figures.ts';
import { kindsDe } from './de/kinds.ts';
import { problemsDe } from './de/problems.ts';
import { sendLinkDe } from './de/send-link.ts';
import { uploadDe } from './de/upload.ts';
import type { UploaderPack } from './uploader-pack.ts';

export const pack: UploaderPack = {
  words: uploadDe,
  problems: problemsDe,
  kinds: kindsDe,
  families: familiesDe,
  figures: figuresDe,
  sendLink: sendLinkDe,
};
