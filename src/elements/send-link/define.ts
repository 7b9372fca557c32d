import { define } from '../define.ts';
import { SendLink } from './send-link.ts';

define('send-link', SendLink);
