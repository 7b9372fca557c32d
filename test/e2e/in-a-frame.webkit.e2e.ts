import { inAFrame } from './support/in-a-frame.ts';

inAFrame('webkit');
