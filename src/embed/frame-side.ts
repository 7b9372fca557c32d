import {
  EMBED_PROTOCOL,
  type FrameFile,
  type FrameSettings,
  type FromFrame,
  type Said,
  ToFrame,
} from '../contract/embed.ts';
import { type Hearing, hear } from './channel.ts';

/** The little of the page's window that the frame touches. */
export interface Outside {
  postMessage(message: unknown, origin: string): void;
}

export interface FrameSidePorts {
  readonly win: Hearing;
  /** The page around the frame. */
  readonly outside: Outside;
  /** Of the app, each exact. */
  readonly origins: readonly string[];
  readonly ready: () => void;
  readonly settings: (settings: FrameSettings) => void;
  /** The page is come back to; its form held these. Said before `ready`. */
  readonly kept: (files: readonly FrameFile[]) => void;
  readonly reset: () => void;
  /** The page's form was refused for what the box lacks. */
  readonly refused: () => void;
}

/**
 * The frame's end of the talk. Says nothing before a page of the app has said hello, and from then on to that page's
 * origin alone. A second hello is not heard: whoever has the first talk keeps it until the frame loads anew.
 */
export class FrameSide {
  readonly #ports: FrameSidePorts;
  #talk: { readonly session: string; readonly origin: string } | null = null;

  constructor(ports: FrameSidePorts) {
    this.#ports = ports;
    const from = { source: () => ports.outside, origins: ports.origins };
    hear(ports.win, from, ToFrame, (message, origin) => this.#hear(message, origin));
  }

  say(said: Said<FromFrame>): void {
    if (!this.#talk) return;
    const { session, origin } = this.#talk;
    const message: FromFrame = { protocol: EMBED_PROTOCOL, session, ...said };
    this.#ports.outside.postMessage(message, origin);
  }

  #hear(message: ToFrame, origin: string): void {
    if (message.type === 'hello') {
      if (this.#talk) return;
      this.#talk = { session: message.session, origin };
      this.#ports.settings(message.settings);
      if (message.kept) this.#ports.kept(message.kept);
      this.say({ type: 'ready' });
      this.#ports.ready();
      return;
    }
    if (message.session !== this.#talk?.session || origin !== this.#talk.origin) return;
    if (message.type === 'settings') this.#ports.settings(message.settings);
    else if (message.type === 'reset') this.#ports.reset();
    else this.#ports.refused();
  }
}
