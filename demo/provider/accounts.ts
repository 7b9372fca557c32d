export interface Account {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
  /** What the account is good for in the demo. */
  readonly what: string;
}

/** People of two organisations. The passwords are public: this provider is for the demo alone. */
export const ACCOUNTS: readonly Account[] = [
  {
    username: 'jo',
    password: 'jo-demo',
    name: 'Jo Meyer',
    email: 'jo@acme.example',
    what: 'Acme: uploads and sends links',
  },
  {
    username: 'maria',
    password: 'maria-demo',
    name: 'Maria Lopez',
    email: 'maria@acme.example',
    what: 'Acme: owner, sees what came in',
  },
  {
    username: 'sam',
    password: 'sam-demo',
    name: 'Sam Okafor',
    email: 'sam@globex.example',
    what: 'Globex: another organisation',
  },
];

/** The strength that a template may ask for: a password and a second step, which for everybody here is these digits. */
export const TWO_STEPS = 'urn:acme:two-steps';
export const SECOND_STEP = '246810';

export function accountOf(username: string, password: string): Account | undefined {
  return ACCOUNTS.find((account) => account.username === username.trim() && account.password === password);
}
