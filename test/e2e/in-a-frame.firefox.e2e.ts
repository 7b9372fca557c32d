import { inAFrame } from './support/in-a-frame.ts';

inAFrame('firefox');
