/**
 * Within the press: Safari lets a page write to the clipboard only while one lasts, so words that are still on their way
 * go along as a promise. Rejects where the page's policy forbids it.
 */
export async function toClipboard(text: string | Promise<string>): Promise<void> {
  if (typeof text === 'string' || typeof ClipboardItem === 'undefined') {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const type = 'text/plain';
  await navigator.clipboard.write([new ClipboardItem({ [type]: text.then((words) => new Blob([words], { type })) })]);
}
