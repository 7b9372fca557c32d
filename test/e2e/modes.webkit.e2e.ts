import { seeModes } from '../gallery/see-modes.ts';

seeModes('webkit', { lessMotion: true });
