/**
 * @uppy/core and @uppy/aws-s3 as published, with their own defaults. `signRequest` answers in the page, at once: in life it
 * asks a server for every request. That is in its favour, and leaves out nothing that Uppy itself does.
 */
import AwsS3, { type AwsBody } from '@uppy/aws-s3';
import { Uppy } from '@uppy/core';
import { presigned } from '../presigned.ts';
import { enter } from './contest.ts';

enter(({ store }) => async (files) => {
  const uppy = new Uppy<Record<string, unknown>, AwsBody>();
  let made = 0;
  uppy.use(AwsS3<Record<string, unknown>, AwsBody>, {
    generateObjectKey: () => {
      made += 1;
      return `uppy-${made}`;
    },
    signRequest: (request) => ({
      url: presigned(store, request.key, {
        ...('uploadId' in request && { uploadId: request.uploadId }),
        ...('partNumber' in request && { partNumber: String(request.partNumber) }),
      }),
    }),
  });
  uppy.addFiles(
    files.map((data, i) => ({ name: data.name, type: data.type, data, meta: { relativePath: `${i}/${data.name}` } })),
  );
  const result = await uppy.upload();
  if (result?.successful?.length !== files.length) throw new Error('Uppy did not upload every file');
});
