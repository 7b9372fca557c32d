import '../../../src/elements/recipient-consent/define.ts';
import { axeInEveryState } from '../axe-every-state.ts';

axeInEveryState('recipient-consent');
