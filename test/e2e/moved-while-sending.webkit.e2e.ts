import { movedWhileSending } from './support/moved-while-sending.ts';

movedWhileSending('webkit');
