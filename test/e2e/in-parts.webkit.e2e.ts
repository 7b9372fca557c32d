import { inPartsStory } from './support/in-parts-story.ts';

inPartsStory('webkit');
