import { seeModes } from '../gallery/see-modes.ts';

seeModes('firefox', { lessMotion: true, ownColours: true });
