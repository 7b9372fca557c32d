import { big16, big32, little16, little32 } from './source.ts';

export interface Exif {
  /** 1 (upright) to 8; 1 where nothing says otherwise. */
  readonly orientation: number;
  readonly hasLocation: boolean;
}

const ORIENTATION = 0x0112;
const GPS = 0x8825;
/** Latitude, longitude, those of the destination, names of method and area (CIPA DC-008, table 15). */
const PLACES = new Set([0x02, 0x04, 0x14, 0x16, 0x1b, 0x1c]);

interface Entry {
  readonly tag: number;
  /** Offset of the value field. */
  readonly at: number;
}

/** Reads a TIFF structure as EXIF has it. What is broken in it says nothing; it never throws. */
export function readExif(tiff: Uint8Array): Exif {
  const isLittle = tiff[0] === 0x49 && tiff[1] === 0x49;
  const uint16 = isLittle ? little16 : big16;
  const uint32 = isLittle ? little32 : big32;
  const entries = (offset: number): Entry[] => {
    if (offset < 8 || offset + 2 > tiff.length) return [];
    const count = Math.min(uint16(tiff, offset), Math.floor((tiff.length - offset - 2) / 12));
    return Array.from({ length: count }, (_, i) => {
      const at = offset + 2 + 12 * i;
      return { tag: uint16(tiff, at), at: at + 8 };
    });
  };
  if (uint16(tiff, 2) !== 42) return { orientation: 1, hasLocation: false };
  const first = entries(uint32(tiff, 4));
  const turned = first.find(({ tag }) => tag === ORIENTATION);
  const orientation = turned ? uint16(tiff, turned.at) : 1;
  const places = first.filter(({ tag }) => tag === GPS).flatMap(({ at }) => entries(uint32(tiff, at)));
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    hasLocation: places.some(({ tag }) => PLACES.has(tag)),
  };
}

/** A TIFF structure that says how a picture is turned, and nothing else. */
export function orientationOnly(orientation: number): number[] {
  const header = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return [...header, 0, 1, ...entry, 0, 0, 0, 0];
}

/** Coordinates, or places by name, in XMP. */
const XMP_PLACE =
  /GPS(?:Dest)?(?:Latitude|Longitude)|photoshop:(?:City|State|Country)|Iptc4xmp(?:Core|Ext):(?:Location|CountryCode)/;
export const xmpHasLocation = (xmp: string): boolean => XMP_PLACE.test(xmp);

/** City, place within it, province, country (IPTC-IIM 4.2, data sets 2:26, 2:27, 2:90, 2:92, 2:95, 2:100, 2:101). */
export const iptcHasLocation = (iptc: string): boolean => /\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]/.test(iptc);
