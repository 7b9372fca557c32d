import { keysStory } from './support/keys-story.ts';

keysStory('chromium');
