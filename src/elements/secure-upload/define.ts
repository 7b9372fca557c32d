import { define } from '../define.ts';
import { SecureUpload } from './secure-upload.ts';

define('secure-upload', SecureUpload);
