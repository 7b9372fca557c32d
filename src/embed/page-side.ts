import {
  EMBED_PROTOCOL,
  type FrameFile,
  type FrameSettings,
  FromFrame,
  type Said,
  type ToFrame,
} from '../contract/embed.ts';
import { type Hearing, hear, newSession } from './channel.ts';

export interface PageSidePorts {
  readonly win: Hearing;
  readonly frame: HTMLIFrameElement;
  /** Exact origin of the broker. */
  readonly origin: string;
  readonly heard: (message: Said<FromFrame>) => void;
}

/** The page's end of the talk with one frame. What an earlier document in it still says is not heard. */
export class PageSide {
  readonly #ports: PageSidePorts;
  readonly #end: () => void;
  #session = '';
  #isReady = false;

  constructor(ports: PageSidePorts) {
    this.#ports = ports;
    this.#end = hear(
      ports.win,
      { source: () => ports.frame.contentWindow, origins: [ports.origin] },
      FromFrame,
      ({ protocol: _, session, ...message }) => {
        if (session !== this.#session || (message.type !== 'ready') !== this.#isReady) return;
        this.#isReady = true;
        ports.heard(message);
      },
    );
  }

  /** A document has loaded in the frame; the browser hands the message over only if it is the broker's. */
  greet(settings: FrameSettings, kept: readonly FrameFile[] = []): void {
    this.#session = newSession();
    this.#isReady = false;
    this.#post({ type: 'hello', settings, ...(kept.length > 0 && { kept: [...kept] }) });
  }

  tell(message: Exclude<Said<ToFrame>, { type: 'hello' }>): void {
    if (this.#isReady) this.#post(message);
  }

  end(): void {
    this.#end();
  }

  #post(said: Said<ToFrame>): void {
    const message: ToFrame = { protocol: EMBED_PROTOCOL, session: this.#session, ...said };
    this.#ports.frame.contentWindow?.postMessage(message, this.#ports.origin);
  }
}
