import { lifeInAPage } from './support/life-in-a-page.ts';

lifeInAPage('chromium');
