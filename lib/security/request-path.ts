/** Path and query of the page that was asked for; `proxy.ts` writes it over whatever a browser sent. */
export const REQUEST_PATH_HEADER = "x-request-path";
