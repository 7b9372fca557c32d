export { TransformFailure } from './failure.ts';
export type { Found } from './picture.ts';
export { type Measures, type Transformed, transform } from './transform.ts';
