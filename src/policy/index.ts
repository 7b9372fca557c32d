export { type BatchCheck, checkBatch, checkTotals } from './check-batch.ts';
export { checkFile, typeOf } from './check-file.ts';
export type { Dimensions } from './dimensions.ts';
export { type Guess, type Look, look, type ReadBytes } from './look.ts';
export { checkMetadata } from './metadata.ts';
export { extensionOf, hasHiddenCharacters } from './name.ts';
export { checkPath } from './path.ts';
export { type Content, sniffed } from './sniff.ts';
export { type BatchFile, EDGE_BYTES, type FileFacts, type Violation } from './violation.ts';
