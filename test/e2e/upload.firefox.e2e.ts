import { oneUpload } from './support/one-upload.ts';

oneUpload('firefox');
