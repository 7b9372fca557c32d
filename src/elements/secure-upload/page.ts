import { mayAsk, type Reach, reach } from './reach.ts';

/** The page around the box. Tests put other pages here, because their own is always a builder's. */
export interface Page {
  /** Its address. */
  place(): URL;
  isFramed(): boolean;
  /** Whether the page and its policy let the box reach this address. */
  reach(url: URL): Promise<Reach>;
  /** Whether its policy does; nothing is sent. */
  mayAsk(url: URL): Promise<boolean>;
}

export const page: { -readonly [Key in keyof Page]: Page[Key] } = {
  place: () => new URL(location.href),
  isFramed: () => window !== window.top,
  reach,
  mayAsk,
};
