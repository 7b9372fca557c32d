import type { Kind, KindWords } from '../kinds.ts';

export const kindsAr: Readonly<Record<Kind, KindWords>> = {
  photo: { one: 'صورة فوتوغرافية', a: 'صورة فوتوغرافية', many: 'الصور الفوتوغرافية' },
  image: { one: 'صورة', a: 'صورة', many: 'الصور' },
  video: { one: 'فيديو', a: 'فيديو', many: 'مقاطع الفيديو' },
  sound: { one: 'ملف صوتي', a: 'ملف صوتي', many: 'الملفات الصوتية' },
  pdf: { one: 'PDF', a: 'ملف PDF', many: 'ملفات PDF' },
  document: { one: 'مستند Word', a: 'مستند Word', many: 'مستندات Word' },
  table: { one: 'جدول', a: 'جدول', many: 'الجداول' },
  slides: { one: 'عرض شرائح', a: 'عرض شرائح', many: 'عروض الشرائح' },
  text: { one: 'نص', a: 'ملف نصي', many: 'الملفات النصية' },
  zip: { one: 'أرشيف ZIP', a: 'أرشيف ZIP', many: 'أرشيفات ZIP' },
  archive: { one: 'أرشيف', a: 'أرشيف', many: 'الأرشيفات' },
  program: { one: 'برنامج', a: 'برنامج', many: 'البرامج' },
  file: { one: 'ملف', a: 'نوع آخر من الملفات', many: 'الملفات من هذا النوع' },
};
