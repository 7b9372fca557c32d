import { type CreateFolder, FileList, FileUrl, Folder } from '../contract/files.ts';
import {
  CheckedRecipient,
  type CheckRecipient,
  LinkList,
  LinkPreview,
  MadeLink,
  type MakeLink,
  type PreviewLink,
  type RenewLink,
} from '../contract/links.ts';
import { UploadClient } from './upload-client.ts';

export type { BatchCall } from './upload-client.ts';

/** All the calls that a signed-in person may make. Fails as `send` does. */
export class BrokerClient extends UploadClient {
  createFolder(body: CreateFolder): Promise<Folder> {
    return this.call('POST', '/v1/folders', Folder, { body });
  }

  listFiles(page: { folder?: string; cursor?: string } = {}, signal?: AbortSignal): Promise<FileList> {
    const query = new URLSearchParams(page).toString();
    return this.call('GET', query ? `/v1/files?${query}` : '/v1/files', FileList, { signal });
  }

  /** A GET of one file, for a minute at most. */
  fileUrl(id: string): Promise<FileUrl> {
    return this.call('POST', `/v1/files/${encodeURIComponent(id)}/url`, FileUrl, { body: {} });
  }

  deleteFile(id: string): Promise<undefined> {
    return this.call('DELETE', `/v1/files/${encodeURIComponent(id)}`, null, {});
  }

  makeLink(link: MakeLink, idempotencyKey: string): Promise<MadeLink> {
    const headers = { 'Idempotency-Key': idempotencyKey };
    return this.call('POST', '/v1/links', MadeLink, { body: link, headers });
  }

  checkRecipient(body: CheckRecipient): Promise<CheckedRecipient> {
    return this.call('POST', '/v1/links/recipient', CheckedRecipient, { body });
  }

  previewLink(body: PreviewLink): Promise<LinkPreview> {
    return this.call('POST', '/v1/links/preview', LinkPreview, { body });
  }

  listLinks(cursor?: string, signal?: AbortSignal): Promise<LinkList> {
    const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`;
    return this.call('GET', `/v1/links${query}`, LinkList, { signal });
  }

  renewLink(id: string, body: RenewLink): Promise<MadeLink> {
    return this.call('POST', `/v1/links/${encodeURIComponent(id)}/renew`, MadeLink, { body });
  }

  keepLink(id: string): Promise<undefined> {
    return this.call('POST', `/v1/links/${encodeURIComponent(id)}/keep`, null, { body: {} });
  }

  takeBackLink(id: string): Promise<undefined> {
    return this.call('DELETE', `/v1/links/${encodeURIComponent(id)}`, null, {});
  }
}
