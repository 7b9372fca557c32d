import { waysIn } from './support/ways-in.ts';

waysIn('webkit');
