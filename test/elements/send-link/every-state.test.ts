import '../../../src/elements/send-link/define.ts';
import { axeInEveryState } from '../axe-every-state.ts';

axeInEveryState('send-link');
