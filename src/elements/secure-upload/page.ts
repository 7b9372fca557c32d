import { mayAsk, type Reach, reach } from './reach.ts';

/** The page around the box. Tests put other pages here, because their own is always a builder's. */
export interface Page {
  /** Its address. */
  place(): URL;
  isFramed(): boolean;
  /** Another app shows it, in a browser of its own that opens no windows. */
  isInApp(): boolean;
  /** Whether the page and its policy let the box reach this address. */
  reach(url: URL): Promise<Reach>;
  /** Whether its policy does; nothing is sent. */
  mayAsk(url: URL): Promise<boolean>;
}

/** How the best known of them, and Android's WebView, name themselves. */
const IN_APP =
  /\bFB(AN|AV|_IAB)\b|Instagram|\bLine\/|MicroMessenger|LinkedInApp|Snapchat|musical_ly|BytedanceWebview|Pinterest\/|; wv\)/;

export const page: { -readonly [Key in keyof Page]: Page[Key] } = {
  place: () => new URL(location.href),
  isFramed: () => window !== window.top,
  isInApp: () => IN_APP.test(navigator.userAgent),
  reach,
  mayAsk,
};
