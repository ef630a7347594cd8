// What a language may be: for the server's schema and the page's `setLocale`, which loads on use.

/** BCP 47, as far as languages, scripts and regions go; or that of the page. */
export const LOCALE_PATTERN = /^(auto|[a-z]{2,3}(-[a-z\d]{2,8})*)$/i;
