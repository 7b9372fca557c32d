/** The same engine on a page whose policy lets no worker start: it hashes on the main thread, part by part. */
import './us.ts';
