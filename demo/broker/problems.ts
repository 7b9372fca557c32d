export { Problem, problemBody } from '../problem.ts';
