import { writeFileSync } from 'node:fs';
import { root } from '../../build/root.ts';
import { licencesPage } from './licences.ts';

writeFileSync(`${root}docs/licences.md`, licencesPage());
