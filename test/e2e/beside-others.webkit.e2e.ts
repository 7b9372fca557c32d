import { besideOthers } from './support/beside-others.ts';

besideOthers('webkit');
