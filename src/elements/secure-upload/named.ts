const two = (part: number): string => String(part).padStart(2, '0');

/** A pasted picture with the time of the paste in its name: `Screenshot 2026-11-22 14.05.09.png` */
export function named(file: File, say = (time: string) => time, now = new Date()): File {
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  const ending = file.name.slice(file.name.lastIndexOf('.'));
  const { type, lastModified } = file;
  return new File([file], `${say(`${day} ${time}`)}${ending}`, { type, lastModified });
}
