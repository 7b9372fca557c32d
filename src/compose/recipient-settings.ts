export interface RecipientSettings {
  readonly broker: URL;
  /** The secret of the link; null where the address holds none. */
  readonly token: string | null;
  readonly surface: 'page' | 'embedded';
}
