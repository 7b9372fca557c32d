import { swappedChunks } from './support/swapped-chunk.ts';

swappedChunks('chromium');
