import { seeGallery } from './see-gallery.ts';

seeGallery('webkit');
