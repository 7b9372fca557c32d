import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demandOf } from '../../src/identity/demand.ts';

const refusal = (challenge: string, status = 401) =>
  new Response(null, { status, headers: { 'WWW-Authenticate': challenge } });

describe('what a refused call asks of the sign-in', () => {
  for (const [what, response, demand] of [
    [
      'a way and an age',
      refusal('DPoP error="insufficient_user_authentication", acr_values="urn:acme:mfa", max_age=300'),
      { acr_values: 'urn:acme:mfa', max_age: 300 },
    ],
    ['an age in quotes', refusal('DPoP error="insufficient_user_authentication", max_age="0"'), { max_age: 0 }],
    [
      'an age beyond a day counts as a day',
      refusal('DPoP error="insufficient_user_authentication", max_age=99999999'),
      { max_age: 86_400 },
    ],
    ['neither', refusal('DPoP error="insufficient_user_authentication"'), {}],
    ['what no way is called', refusal('DPoP error="insufficient_user_authentication", acr_values="<script>"'), {}],
    ['a token that is over asks nothing', refusal('DPoP error="invalid_token"'), null],
    ['another status asks nothing', refusal('DPoP error="insufficient_user_authentication"', 403), null],
    ['no challenge asks nothing', new Response(null, { status: 401 }), null],
  ] as const) {
    test(what, () => assert.deepEqual(demandOf(response), demand));
  }
});
