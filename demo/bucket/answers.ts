import { Problem } from '../base/problem.ts';

/** What a store said, read to its end. */
export interface Said {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Fails with store_down where the answer breaks off. */
export async function hear(response: Response): Promise<Said> {
  try {
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    throw new Problem('store_down', { cause: error });
  }
}

/** S3's own word for what went wrong, `NoSuchKey`; empty where there is none. */
export const codeOf = ({ body }: Said): string =>
  /<Error\b[\s\S]{0,2048}?<Code>(\w{1,64})<\/Code>/.exec(textOf(body))?.[1] ?? '';

/** Any other answer than the wanted one: a storage that refuses its own broker is as good as not there. */
export const unexpected = (said: Said): Problem =>
  new Problem('store_down', { cause: new Error(`The storage answered ${said.status} ${codeOf(said)}`.trim()) });

/** The body of an answer with one of these statuses. Fails with store_down on any other. */
export async function bytes(response: Response, ...statuses: readonly number[]): Promise<Uint8Array> {
  const said = await hear(response);
  if (!statuses.includes(said.status)) throw unexpected(said);
  return said.body;
}

export async function finish(response: Response, ...statuses: readonly number[]): Promise<void> {
  await bytes(response, ...statuses);
}

export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);
