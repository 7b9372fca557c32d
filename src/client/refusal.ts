/** What a refusal says, for who has no schemas yet: a door of its own, because behind it they all come along. */
export { problemOf } from './call.ts';
