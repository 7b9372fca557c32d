/** An OpenID provider of an organisation, registered once by the operator. */
export interface ProviderRecord {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Mail domains for which its `email` claim counts. */
  readonly domains: readonly string[];
}
