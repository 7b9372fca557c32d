/** What a builder is given to paste: addresses of the broker, its storage and its scripts. */
export interface Snippet {
  /** Address of the broker. */
  readonly broker: string;
  /** Origin of the storage, for the policy. */
  readonly storage: string;
  /** Versioned address of the script, and its integrity. */
  readonly script: string;
  readonly integrity: string;
  /** The same of the script for the broker's frame. */
  readonly frameScript: string;
  readonly frameIntegrity: string;
}
