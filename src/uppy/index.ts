/** For an Uppy that is there already: its @uppy/aws-s3 uploads through the broker. */
import { BrokerConnection } from './connection.ts';
import type { SigningPorts } from './ports.ts';
import { BrokerSigning } from './signing.ts';

export type { AppDocument } from '../contract/app.ts';
export type { StoredFile } from '../contract/uploads.ts';
export { type ErrorCode, UploadError } from '../errors.ts';
export type { BrokerConnection, Person } from './connection.ts';
export type { BrokerSigning } from './signing.ts';

/** Where people sign in, and who calls the broker for them. `broker` is its address, `app` the name of the app there. */
export function connectBroker({ broker, app }: { broker: string | URL; app: string }): BrokerConnection {
  return new BrokerConnection({ broker: new URL(broker), app });
}

/** The options for @uppy/aws-s3, and what ties the Uppy to the broker: `uppy.use(AwsS3, signing)`, `signing.follow(uppy)`. */
export function brokerSignRequest(connection: SigningPorts): BrokerSigning {
  return new BrokerSigning(connection);
}
