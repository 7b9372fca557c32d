/** Another address is another module: it runs again, as a second version of the script would. */
declare module '*?second';
