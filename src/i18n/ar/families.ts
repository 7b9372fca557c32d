import type { FamilyWords } from '../families-en.ts';

export const familiesAr: FamilyWords = {
  photos: 'صور فوتوغرافية',
  images: 'صور',
  documents: 'مستندات',
  texts: 'نصوص',
  archives: 'أرشيفات',
  videos: 'مقاطع فيديو',
  sound: 'ملفات صوتية',
  tables: 'جداول',
  slides: 'عروض شرائح',
};
