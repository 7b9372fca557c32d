import type { Page } from 'playwright-core';

interface AxValue {
  readonly value?: unknown;
}
interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly value?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
  readonly childIds?: readonly string[];
  readonly backendDOMNodeId?: number;
}

const SILENT = [
  'StaticText',
  'InlineTextBox',
  'generic',
  'none',
  'LineBreak',
  'LabelText',
  'SvgRoot',
  'graphics-symbol',
];
const STATES = ['expanded', 'pressed', 'checked', 'invalid', 'required', 'busy', 'live', 'valuetext', 'disabled'];

/** The browser's own accessibility tree of one element, a line for everything that assistive technology meets: role, name, states. */
export async function accessTree(page: Page, css: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: css });
  const { node } = await session.send('DOM.describeNode', { nodeId });
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly AxNode[] };
  const byId = new Map(nodes.map((one) => [one.nodeId, one]));
  const start = nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === node.backendNodeId);
  await session.detach();
  const lines: string[] = [];
  const walk = (at: AxNode | undefined, depth: number, told = ''): void => {
    // The panel for builders stands on pages of the machine itself only.
    if (!at || clean(at.name?.value) === 'Setup hints') return;
    const line =
      at.ignored || (at.role?.value === 'StaticText' && told.includes(clean(at.name?.value))) ? null : lineOf(at);
    // What live regions say comes and goes.
    if (line?.startsWith('status') || line?.startsWith('alert')) return void lines.push(line);
    if (line !== null) lines.push(`${'  '.repeat(depth)}${line}`);
    const name = line === null ? told : clean(at.name?.value);
    for (const id of at.childIds ?? []) walk(byId.get(id), line === null ? depth : depth + 1, name);
  };
  walk(start, 0);
  return lines;
}

function lineOf({ role, name, value, properties = [] }: AxNode): string | null {
  const kind = String(role?.value ?? '');
  const words = clean(name?.value);
  if (SILENT.includes(kind) && !(kind === 'StaticText' && words !== '')) return null;
  const states = properties
    .filter((one) => STATES.includes(one.name) && ![false, 'false', 'off', ''].includes(one.value.value as string))
    .map((one) =>
      one.value.value === true || one.value.value === 'true' ? one.name : `${one.name} ${clean(one.value.value)}`,
    );
  const told = value?.value === undefined ? [] : [`value ${clean(value.value)}`];
  const all = [...told, ...states].join(', ');
  return `${kind === 'StaticText' ? 'text' : kind}${words ? ` "${words}"` : ''}${all ? ` [${all}]` : ''}`;
}

function clean(value: unknown): string {
  return String(value ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
