/** What this process writes (records, signing keys, uploaded bytes) is for its own user, whatever the shell's umask says. */
process.umask(0o077);
