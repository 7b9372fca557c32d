import { writeFileSync } from 'node:fs';
import { root } from '../../vite.config.ts';
import { licencesPage } from './licences.ts';

writeFileSync(`${root}docs/licences.md`, licencesPage());
