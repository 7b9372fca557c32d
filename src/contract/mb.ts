/** Multiples of 1024, so that a file which any system shows as "15 MB" or less always passes a limit of 15 MB. */
export const MB = 1024 * 1024;
