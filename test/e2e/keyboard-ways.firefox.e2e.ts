import { waysKeys } from './support/ways-keys.ts';

waysKeys('firefox');
