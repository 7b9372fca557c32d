import { formBack } from './support/form-back.ts';

formBack('webkit');
