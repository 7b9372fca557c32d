/** A page that has an Uppy already: what README tells its owner to add, and nothing else of ours. */
import AwsS3, { type AwsBody } from '@uppy/aws-s3';
import { type Meta, Uppy } from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import { brokerSignRequest, connectBroker } from '../../../src/uppy/index.ts';

/** For the test alone. */
declare global {
  var uppy: Uppy<Meta, AwsBody>;
}

const broker = connectBroker({ broker: new URLSearchParams(location.search).get('broker') ?? '', app: 'case-files' });
const signing = brokerSignRequest(broker);
globalThis.uppy = new Uppy<Meta, AwsBody>();
uppy.use(Dashboard, { inline: true, target: '#uppy' });
uppy.use(AwsS3, signing);
signing.follow(uppy);

document.querySelector('button')?.addEventListener('click', async () => {
  const { name } = await broker.signIn();
  document.querySelector('output')?.append(name);
});
