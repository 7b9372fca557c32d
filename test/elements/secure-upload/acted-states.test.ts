import '../../../src/elements/secure-upload/define.ts';
import { axeInActedStates } from '../axe-every-state.ts';

axeInActedStates('secure-upload');
