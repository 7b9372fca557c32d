import { earlyPress } from './support/early-press.ts';

earlyPress('firefox');
