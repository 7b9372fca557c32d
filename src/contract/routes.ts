import { LINK_ROUTES } from './routes/links.ts';
import { OPERATOR_ROUTES } from './routes/operators.ts';
import { RECIPIENT_ROUTES } from './routes/recipient.ts';
import { UPLOAD_ROUTES } from './routes/uploads.ts';

export type { RouteFacts } from './routes/route.ts';

/**
 * The calls of protocol 1 as data: the broker mounts them, the client calls them, the OpenAPI document and the list of
 * public routes are made from them. `auth` says which proof a route demands.
 */
export const ROUTES = { ...UPLOAD_ROUTES, ...LINK_ROUTES, ...OPERATOR_ROUTES, ...RECIPIENT_ROUTES } as const;
