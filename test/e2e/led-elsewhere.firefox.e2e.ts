import { ledElsewhere } from './support/led-elsewhere.ts';

ledElsewhere('firefox');
