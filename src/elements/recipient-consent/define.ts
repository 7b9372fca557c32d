import { define } from '../define.ts';
import { RecipientConsent } from './recipient-consent.ts';

define('recipient-consent', RecipientConsent);
