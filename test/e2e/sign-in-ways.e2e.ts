import { signInWays } from './support/sign-in-ways.ts';

signInWays('chromium');
